"""The keyring: one 256-bit key per folder, outside the database and outside its backups.

Destroying a key makes all that was sealed under it unreadable at once, and unreadable in
every backup as soon as the keyring's own backups (kept at most 30 days) are gone.
Keys are read from disk each time: a copy in memory would live on after ``destroy``.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartstart.base.disk import sync, write_new
from smartstart.base.refusals import Refusal, TryLater

KEY_BYTES = 32
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
        """Return the key; raise KeyIsGone when there is none."""

    def destroy(self, folder: UUID) -> None:
        """Make the key unreadable for ever; a second time changes nothing."""


class KeyFiles:
    """A keyring of files, one a folder, readable by the server's user only."""

    def __init__(self, at: Path) -> None:
        self._at = at

    def create(self, folder: UUID) -> bytes:
        """Make a key file whole or not at all: written beside, synced, then linked in place.

        Raises FileExistsError, or TryLater when the disk refuses. When this returns, the key and
        every directory that leads to it are on disk: a row that needs it may be committed.
        """
        key, path = os.urandom(KEY_BYTES), self._path(folder)
        beside = path.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._make_shelf(path.parent)
            try:
                write_new(beside, key)
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
        """Return the 32 bytes; KeyIsGone when the file is not there, cut short or overwritten."""
        try:
            key = self._path(folder).read_bytes()
        except FileNotFoundError:
            raise KeyIsGone from None
        except OSError as error:
            raise TryLater from error
        if len(key) != KEY_BYTES or key == NO_KEY:
            raise KeyIsGone
        return key

    def destroy(self, folder: UUID) -> None:
        """Overwrite the file, sync, remove it and sync the shelf it stood on.

        Raises TryLater when the disk refuses. A process that dies half way leaves zeros, which
        ``key`` takes for what they are.
        """
        path = self._path(folder)
        try:
            with path.open("r+b") as file:
                file.write(NO_KEY)
                file.flush()
                os.fsync(file.fileno())
            path.unlink(missing_ok=True)
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
        return self._at / folder.hex[:2] / f"{folder.hex}.key"


@lru_cache(maxsize=8)
def key_files(at: Path) -> KeyFiles:
    """Return the keyring that keeps its files below ``at``."""
    return KeyFiles(at)


def keyring() -> Keyring:
    """Return the keyring that the settings name."""
    from django.conf import settings

    return key_files(Path(settings.KEYRING_DIR))
