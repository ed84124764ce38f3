"""What a file is, told by what it holds; its name only says what somebody thinks it is."""

from enum import StrEnum
from typing import NoReturn

from smartstart.base.files.errors import FileIsEmpty, FileIsLocked, FileIsMislabelled
from smartstart.base.files.packages import Package
from smartstart.voices.errors import FileIsOfAnotherKind
from smartstart.voices.transcripts.names import ending_of


class Shape(StrEnum):
    """The four kinds of file a transcript can come in; the value is the ending."""

    TEXT = "txt"
    WORD = "docx"
    OPEN_DOCUMENT = "odt"
    SUBTITLES = "vtt"


_STARTS_OF_OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"RIFF", "wav"),
    (b"\x1f\x8b", "gz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
)
_OTHER_PACKAGES = (("xl/", ".xlsx"), ("ppt/", ".pptx"), ("OEBPS/", ".epub"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml")
_OTHER_ENDINGS = (
    ".pdf .doc .rtf .htm .html .xml .zip .xlsx .xls .pptx .ppt .ods .odp .docm .dotm .dotx .exe "
    ".png .jpg .jpeg .gif .mp3 .mp4 .m4a .wav .ogg .7z .rar .gz"
)


def shape_of(content: bytes, name: str) -> Shape:
    """What kind of file this is, by content.

    Raises FileIsEmpty, FileIsLocked, FileIsOfAnotherKind, FileHasMacros, FileIsBroken (and what
    Package raises for an unsafe one) or, when the name says something else, FileIsMislabelled.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileIsEmpty
    found = _shape_by_content(content, name)
    says = ending_of(name)
    named_otherwise = says in {f".{shape}" for shape in Shape} | set(_OTHER_ENDINGS.split())
    if named_otherwise and says != f".{found}":
        raise FileIsMislabelled(name=name, ending=f".{found}")
    return found


def _shape_by_content(content: bytes, name: str) -> Shape:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _shape_of_package(Package(content), name)
    if content.startswith(_OLD_OFFICE):
        _refuse_old_office(content, name)
    for start, kind in _STARTS_OF_OTHER_KINDS:
        if content.startswith(start) and not _reads_as_words(content[:200], start):
            raise FileIsOfAnotherKind(name=name, kind=f".{kind}")
    opening = _opening(content)
    if opening.lower().startswith(_WEB_PAGE_STARTS):
        raise FileIsOfAnotherKind(name=name, kind=".html")
    return Shape.SUBTITLES if _opens_subtitles(opening) else Shape.TEXT


def _reads_as_words(start_of_file: bytes, start: bytes) -> bool:
    """Whether letters as "MZ" or "GIF8" start a sentence here and not a program or picture."""
    return start.isalnum() and all(byte >= 32 or byte in b"\t\r\n" for byte in start_of_file)


def _opening(content: bytes) -> bytes:
    """The first characters without mark, blanks or the NULs of UTF-16."""
    return content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _opens_subtitles(opening: bytes) -> bool:
    return opening[:6] == b"WEBVTT" and opening[6:7] in {b"", b" ", b"\t", b"\r", b"\n"}


def _shape_of_package(package: Package, name: str) -> Shape:
    if package.holds("mimetype") and package.starts_with(
        "mimetype", b"application/vnd.oasis.opendocument.text"
    ):
        return Shape.OPEN_DOCUMENT
    if package.holds("[Content_Types].xml") and package.holds_under("word/"):
        return Shape.WORD
    for folder, kind in _OTHER_PACKAGES:
        if package.holds_under(folder):
            raise FileIsOfAnotherKind(name=name, kind=kind)
    raise FileIsOfAnotherKind(name=name, kind=".zip")


def _refuse_old_office(content: bytes, name: str) -> NoReturn:
    if _LOCKED_OFFICE in content:
        raise FileIsLocked
    raise FileIsOfAnotherKind(name=name, kind=".doc")
