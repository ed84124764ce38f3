"""Files on disk, each sealed under the key of its folder and bound to the row that tells of it.

A file is written whole before its row is committed: a row never points at nothing. One whose row
never came, or went, is swept away later; until then nobody can open it without the key.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from smartstart.base.disk import sync, write_new
from smartstart.base.refusals import TryLater
from smartstart.base.sealing import KEY_BYTES, Place, key_id, seal, sealed_by, unseal

SUFFIX = ".sealed"


class FileIsGone(TryLater):
    """The row is there and the file is not: a backup without its files was put back."""


class SealedFiles:
    """A shelf of sealed files, readable by the server's user only."""

    def __init__(self, at: Path) -> None:
        self._at = at

    def put(self, place: Place, clear: bytes, key: bytes) -> None:
        """Seal and keep a file, whole or not at all; it is on disk when this returns.

        Raises TryLater when the disk refuses.
        """
        path = self._path(place.row)
        beside = path.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._at.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                write_new(beside, seal(clear, key, place))
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            for shelf in (path.parent, self._at):
                sync(shelf)
        except OSError as error:
            raise TryLater from error

    def opened(self, place: Place, key: bytes) -> bytes:
        """Return the clear bytes. Raises FileIsGone, SealIsBroken."""
        try:
            token = self._path(place.row).read_bytes()
        except OSError as error:
            raise FileIsGone from error
        return unseal(token, key, place)

    def seal_anew(self, place: Place, key: bytes) -> bool:
        """Seal a file under the first key of a ring; False when it was, or there is no file.

        Whoever dies half way leaves it as it was. Raises TryLater, SealIsBroken.
        """
        try:
            token = self._path(place.row).read_bytes()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise TryLater from error
        if sealed_by(token) == key_id(key[:KEY_BYTES]):
            return False
        self.put(place, unseal(token, key, place), key)
        return True

    def names_of(self, rows: Collection[UUID]) -> set[bytes]:
        """Return the names of the keys under which the files of these rows are sealed."""
        paths = [self._path(row) for row in rows]
        return {sealed_by(path.read_bytes()[:64]) for path in paths if path.exists()}

    def remove(self, row: UUID) -> None:
        """Take a file away; a second time changes nothing. Raises TryLater."""
        try:
            self._path(row).unlink(missing_ok=True)
        except OSError as error:
            raise TryLater from error

    def sweep(self, kept: Collection[UUID], *, older_than_seconds: int) -> int:
        """Remove files that no row tells of, unless they are so new that a row may still come."""
        names = {one.hex for one in kept}
        edge = time.time() - older_than_seconds
        lost = [
            path
            for path in self._at.glob("??/*")
            if path.name.partition(".")[0] not in names and _age_of(path) <= edge
        ]
        for path in lost:
            path.unlink(missing_ok=True)
        return len(lost)

    def _path(self, row: UUID) -> Path:
        return self._at / row.hex[:2] / f"{row.hex}{SUFFIX}"


def _age_of(path: Path) -> float:
    """Return when a file was written; of one that went meanwhile that it is not old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def sealed_files() -> SealedFiles:
    """Return the shelf that the settings name."""
    from django.conf import settings

    return SealedFiles(Path(settings.FILES_DIR))
