"""The keyring: one 256-bit key per folder, outside the database and outside its backups.

Destroying a key makes all that was sealed under it unreadable at once, and unreadable in
every backup as soon as the keyring's own backups (kept at most 30 days) are gone.
Keys are read from disk each time: a copy in memory would live on after ``destroy``.

A file holds a ring: the key that seals, and behind it those it took the place of, until nothing
is sealed under them any more. The ring may be wrapped (``base.wrapping``).
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartstart.base.disk import sync, wipe, write_new, write_over
from smartstart.base.refusals import Refusal, TryLater
from smartstart.base.sealing import KEY_BYTES, SealIsBroken, key_id, keys_of
from smartstart.base.wrapping import Wrapping

MOST_BYTES = 1 << 16  # of a ring: two thousand earlier keys
NO_KEY = bytes(KEY_BYTES)


class KeyIsGone(Refusal):
    """The key of this folder was destroyed: what it held cannot be read any more by anyone."""

    sentence = _("This was erased. Nobody can read it any more.")
    status = 410


class Keyring(Protocol):
    """What a store of keys can do; a key service of a data centre can take the files' place."""

    def create(self, folder: UUID) -> bytes:
        """Make and keep a key; raise FileExistsError when the folder has one."""

    def key(self, folder: UUID) -> bytes:
        """Return the ring, the key that seals first; raise KeyIsGone when there is none."""

    def destroy(self, folder: UUID) -> None:
        """Make the key unreadable for ever; a second time changes nothing."""

    def renew(self, folder: UUID) -> bytes:
        """Put a new key before the others, which go on opening; raise KeyIsGone."""

    def forget(self, folder: UUID, used: Collection[bytes]) -> int:
        """Drop the earlier keys whose name is not in ``used``; return how many."""

    def age(self, folder: UUID) -> float:
        """Return how many seconds ago the ring last changed; raise KeyIsGone."""


class KeyFiles:
    """A keyring of files, one a folder, readable by the server's user only."""

    def __init__(self, at: Path, wrapping: Path | None = None) -> None:
        self._at = at
        self._wrapping = Wrapping(wrapping)

    def create(self, folder: UUID) -> bytes:
        """Make a key file whole or not at all: written beside, synced, then linked in place.

        Raises FileExistsError, or TryLater when the disk refuses. When this returns, the key and
        every directory that leads to it are on disk: a row that needs it may be committed.
        """
        key, path = os.urandom(KEY_BYTES), self._path(folder)
        beside = path.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._make_shelf(path.parent)
            with self._alone(fcntl.LOCK_SH):
                try:
                    write_new(beside, self._wrapping.wrapped(key, folder))
                    os.link(beside, path)
                finally:
                    beside.unlink(missing_ok=True)
            for shelf in (path.parent, self._at, self._at.parent):
                sync(shelf)
        except OSError as error:
            if isinstance(error, FileExistsError) and path.exists():
                raise
            raise TryLater from error
        return key

    def key(self, folder: UUID) -> bytes:
        """Return the ring; KeyIsGone when the file is not there, cut short or overwritten.

        It is looked at twice: one that was renewed just now is wiped where it stood.
        """
        try:
            return self._ring(folder)
        except KeyIsGone:
            return self._ring(folder)

    def _ring(self, folder: UUID) -> bytes:
        try:
            ring = self._wrapping.opened(_content(f"{self._at}/{_place(folder)}"), folder)
        except (FileNotFoundError, SealIsBroken):
            raise KeyIsGone from None
        except OSError as error:
            raise TryLater from error
        if not ring or len(ring) % KEY_BYTES or ring[:KEY_BYTES] == NO_KEY:
            raise KeyIsGone
        return ring

    def renew(self, folder: UUID) -> bytes:
        """Put a new key before the others: whoever dies half way leaves the old ring or the new.

        Raises KeyIsGone, TryLater.
        """
        with self._changing():
            ring = os.urandom(KEY_BYTES) + self.key(folder)
            self._write(folder, ring)
        return ring

    def forget(self, folder: UUID, used: Collection[bytes]) -> int:
        """Drop earlier keys that seal nothing any more. Raises KeyIsGone, TryLater."""
        with self._changing():
            first, *earlier = keys_of(self.key(folder))
            kept = [key for key in earlier if key_id(key) in used]
            if len(kept) < len(earlier):
                self._write(folder, b"".join([first, *kept]))
        return len(earlier) - len(kept)

    def age(self, folder: UUID) -> float:
        """Return how many seconds ago the ring last changed. Raises KeyIsGone."""
        try:
            return time.time() - self._path(folder).stat().st_mtime
        except FileNotFoundError:
            raise KeyIsGone from None

    def wrap(self) -> tuple[int, int]:
        """Wrap every ring under a new key, or finish what an earlier run began.

        Returns the number of the key that was made (0: none) and how many files were written;
        earlier wrapping keys are gone. Raises TryLater (also WrappingIsMissing).
        """
        with self._changing():
            made = 0 if self._to_wrap() else self._wrapping.make()
            files = self._to_wrap()
            for path in files:
                folder = UUID(hex=path.stem)
                self._write(folder, self._wrapping.opened(path.read_bytes(), folder))
            self._wrapping.drop_earlier()
        return made, len(files)

    def _to_wrap(self) -> list[Path]:
        rings = sorted(self._at.glob("??/*.key"))
        return [path for path in rings if not self._wrapping.is_newest(path.read_bytes())]

    def _write(self, folder: UUID, ring: bytes) -> None:
        path = self._path(folder)
        self._sweep(path)
        write_over(path, self._wrapping.wrapped(ring, folder))

    def _sweep(self, path: Path) -> None:
        """Wipe what somebody who died half way left beside a ring: keys may stand in it."""
        for left in path.parent.glob(f"{path.stem}.*"):
            if left != path:
                with left.open("r+b") as file:
                    wipe(file)
                left.unlink(missing_ok=True)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            with self._alone(fcntl.LOCK_EX):
                yield
        except OSError as error:
            raise TryLater from error

    @contextmanager
    def _alone(self, how: int) -> Iterator[None]:
        """Let nobody change rings meanwhile (``LOCK_EX``), or nobody wrap them (``LOCK_SH``)."""
        handle = os.open(self._at, os.O_RDONLY)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    def destroy(self, folder: UUID) -> None:
        """Overwrite the file, sync, remove it and sync the shelf it stood on.

        Raises TryLater when the disk refuses. A process that dies half way leaves zeros, which
        ``key`` takes for what they are.
        """
        path = self._path(folder)
        try:
            path.stat()
            with self._alone(fcntl.LOCK_EX):
                self._sweep(path)
                with path.open("r+b") as file:
                    wipe(file)
                path.unlink()
                sync(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise TryLater from error

    def _make_shelf(self, shelf: Path) -> None:
        """Make both directories for the server's user only (``parents`` forgets the mode)."""
        self._at.mkdir(mode=0o700, parents=True, exist_ok=True)
        shelf.mkdir(mode=0o700, exist_ok=True)

    def _path(self, folder: UUID) -> Path:
        return self._at / _place(folder)


@lru_cache(maxsize=8)
def key_files(at: Path, wrapping: Path | None = None) -> KeyFiles:
    """Return the keyring that keeps its files below ``at``, its wrapping keys elsewhere."""
    return KeyFiles(at, wrapping)


def keyring() -> Keyring:
    """Return the keyring that the settings name."""
    from django.conf import settings

    return _keyring_of(settings.KEYRING_DIR, settings.WRAPPING_DIR)


@lru_cache(maxsize=8)
def _keyring_of(at: Path | str, wrapping: Path | str | None) -> Keyring:
    return key_files(Path(at), Path(wrapping) if wrapping else None)


def _place(folder: UUID) -> str:
    name = folder.hex
    return f"{name[:2]}/{name}.key"


def _content(path: str) -> bytes:
    """Return what a file of keys holds: a page asks for twenty, and a ``Path`` for each is slow."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, MOST_BYTES)
    finally:
        os.close(handle)
