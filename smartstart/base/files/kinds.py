"""What a file is, told by what it holds; its name only says what somebody thinks it is."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from smartstart.base.files.errors import (
    FileHasMacros,
    FileIsEmpty,
    FileIsMislabelled,
    FileIsNotTaken,
)
from smartstart.base.files.packages import Package


class FileKind(StrEnum):
    """The kinds that are taken; the value is the ending."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    TEXT = "txt"
    WORD = "docx"
    OPEN_DOCUMENT = "odt"
    WEBM = "webm"
    OGG = "ogg"
    MPEG4 = "m4a"
    WAVE = "wav"


PICTURES: Final = frozenset({FileKind.PNG, FileKind.JPEG})
SOUNDS: Final = frozenset({FileKind.WEBM, FileKind.OGG, FileKind.MPEG4, FileKind.WAVE})
PAPERS: Final = frozenset(FileKind) - PICTURES - SOUNDS
MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.OPEN_DOCUMENT: "application/vnd.oasis.opendocument.text",
    FileKind.WEBM: "audio/webm",
    FileKind.OGG: "audio/ogg",
    FileKind.MPEG4: "audio/mp4",
    FileKind.WAVE: "audio/wav",
}
_BLANK: Final = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_STARTS: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x1a\x45\xdf\xa3", FileKind.WEBM),
    (b"OggS", FileKind.OGG),
)
# Starts of files that are no text, whatever letters they begin with.
_OTHERS: Final = (
    b"GIF8", b"ID3", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"MZ", b"\x7fELF", b"{\\rtf", b"BZh",
    b"\xd0\xcf\x11\xe0", b"\xfd7zXZ", b"II*\x00", b"MM\x00*", b"BM", b"%!PS", b"fLaC", b"\xff\xfb",
)  # fmt: skip
_WEB: Final = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script")
_ENDINGS: Final = {
    "jpeg": FileKind.JPEG, "mp4": FileKind.MPEG4, "oga": FileKind.OGG, "opus": FileKind.OGG,
    "weba": FileKind.WEBM,
} | {kind.value: kind for kind in FileKind}  # fmt: skip


def kind_of(content: bytes, name: str, *, wanted: Collection[FileKind]) -> FileKind:
    """Return what kind of file this is, by content.

    Raises FileIsEmpty, FileIsNotTaken, what Package raises, or FileIsMislabelled when the name
    ends as another kind that we know.
    """
    if not content.strip(_BLANK):
        raise FileIsEmpty
    found = _by_content(content)
    if found is None or found not in wanted:
        raise FileIsNotTaken(kinds=", ".join(f".{kind}" for kind in FileKind if kind in wanted))
    says = _ENDINGS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if says is not None and says is not found:
        raise FileIsMislabelled(name=name[-60:], ending=f".{found}")
    return found


def _by_content(content: bytes) -> FileKind | None:
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF":
        return FileKind.WAVE if content[8:12] == b"WAVE" else None
    if content[4:8] == b"ftyp":
        return FileKind.MPEG4 if content[8:11] in {b"M4A", b"mp4", b"iso", b"M4V"} else None
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_package(Package(content))
    return FileKind.TEXT if _may_be_text(content) else None


def _of_package(package: Package) -> FileKind | None:
    if package.holds("mimetype") and package.starts_with(
        "mimetype", b"application/vnd.oasis.opendocument.text"
    ):
        return FileKind.OPEN_DOCUMENT
    if package.holds("[Content_Types].xml") and package.holds("word/document.xml"):
        return FileKind.WORD
    if package.holds_under("word/vba"):
        raise FileHasMacros
    return None


def _may_be_text(content: bytes) -> bool:
    """Whether nothing says that it is a program, a picture or a page of the web."""
    opening = content[:400].replace(b"\x00", b"").lstrip(_BLANK).lower()
    reads = all(byte >= 32 or byte in b"\t\r\n" for byte in content[:200])
    other = next((start for start in _OTHERS if content.startswith(start)), b"")
    return not opening.startswith(_WEB) and (not other or (other.isalpha() and reads))
