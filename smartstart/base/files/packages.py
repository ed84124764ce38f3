"""Opening a packed file (.docx, .odt, .qdpx) so that it cannot hurt.

Nothing is unpacked to disk, and limits hold for what really comes out, not only for what the
file says of itself.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from smartstart.base.files import limits
from smartstart.base.files.errors import (
    FileHasMacros,
    FileHoldsAnotherFile,
    FileIsBroken,
    FileIsLocked,
    FileUnpacksTooLarge,
)

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
_STARTS_OF_ARCHIVES = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
    b"MZ",
)
_LONGEST_START = max(map(len, _STARTS_OF_ARCHIVES))


class Package:
    """A packed file, held in memory and looked over before anything is read from it.

    Raises, in this order: FileIsBroken, FileUnpacksTooLarge, FileIsLocked, FileHasMacros,
    FileHoldsAnotherFile.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as broken:
            raise FileIsBroken from broken
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._refuse_a_bomb(len(content))
        self._refuse_what_is_locked()
        self._refuse_macros()
        self._refuse_nesting()

    def holds(self, name: str) -> bool:
        """Whether there is a part with this name."""
        return name in self._entries

    def holds_under(self, folder: str) -> bool:
        """Whether there is a part in this folder."""
        return any(name.startswith(folder) for name in self._entries)

    def names(self) -> list[str]:
        """The names of all parts, in order."""
        return list(self._entries)

    def starts_with(self, name: str, start: bytes) -> bool:
        """Whether the part starts so, followed by nothing but blanks (a media type)."""
        return next(self.chunks(name), b"").strip() == start

    def read(self, name: str) -> bytes:
        """One whole part. Raises FileIsBroken or FileUnpacksTooLarge."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """One part, piece by piece. Raises FileIsBroken or FileUnpacksTooLarge while reading."""
        if name not in self._entries:
            raise FileIsBroken
        come_out = 0
        try:
            with self._zip.open(self._entries[name]) as part:
                while chunk := part.read(limits.CHUNK_BYTES):
                    come_out += len(chunk)
                    if come_out > limits.LARGEST_PART_BYTES:
                        raise FileUnpacksTooLarge
                    yield chunk
        except _BROKEN as broken:
            raise FileIsBroken from broken

    def _refuse_a_bomb(self, packed_bytes: int) -> None:
        infos = self._zip.infolist()
        unpacked_bytes = sum(entry.file_size for entry in infos)
        swells = unpacked_bytes > packed_bytes * limits.MOST_UNPACKED_PER_PACKED
        if (
            len(infos) > limits.MOST_ENTRIES
            or unpacked_bytes > limits.LARGEST_UNPACKED_BYTES
            or (swells and unpacked_bytes > limits.SMALLEST_BOMB_BYTES)
        ):
            raise FileUnpacksTooLarge
        if len(infos) != len(self._entries) or any(i.compress_type not in _METHODS for i in infos):
            raise FileIsBroken

    def _refuse_what_is_locked(self) -> None:
        if any(entry.flag_bits & _IS_ENCRYPTED for entry in self._entries.values()):
            raise FileIsLocked
        manifest = "META-INF/manifest.xml"
        if self.holds(manifest) and b"encryption-data" in self.read(manifest):
            raise FileIsLocked

    def _refuse_macros(self) -> None:
        for name in self._entries:
            if name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")):
                raise FileHasMacros
        types = "[Content_Types].xml"
        if self.holds(types) and b"macroenabled" in self.read(types).lower():
            raise FileHasMacros

    def _refuse_nesting(self) -> None:
        for entry in self._entries.values():
            if self._start_of(entry).startswith(_STARTS_OF_ARCHIVES):
                raise FileHoldsAnotherFile

    def _start_of(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            part: IO[bytes]
            with self._zip.open(entry) as part:
                return part.read(_LONGEST_START)
        except _BROKEN as broken:
            raise FileIsBroken from broken
