"""Writing so that it is on disk when the call returns."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def write_new(path: Path, content: bytes) -> None:
    """Write a new file that only the server's user reads; it is on disk when this returns.

    Its name is on disk after ``sync`` of its folder. Raises OSError, also when it exists.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; who comes second leaves what the first made.

    Its folder is made when it is not there, for the server's user only. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{os.urandom(4).hex()}")
    try:
        write_new(beside, content)
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink(missing_ok=True)


def write_over(path: Path, content: bytes) -> None:
    """Put other content in the place of a file, whole or not at all, and wipe what stood there.

    Whoever dies half way leaves the one or the other. Raises OSError.
    """
    beside = path.with_suffix(f".{os.urandom(4).hex()}")
    with path.open("r+b") as before:
        try:
            write_new(beside, content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync(path.parent)
        wipe(before)


def wipe(file: BinaryIO) -> None:
    """Overwrite a file that is open with zeros, as long as it is."""
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    file.write(bytes(size))
    file.flush()
    os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Bring the names in a folder to disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
