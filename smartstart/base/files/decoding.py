"""From bytes to characters, for files that do not say how they were written."""

import codecs

from smartstart.base.files.errors import FileHasNoText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
_ODD_SHARE = 0.01
_BLANK_SHARE = 0.03
# Bytes that Windows-1252 leaves empty, and controls no text editor writes.
_NEVER_IN_TEXT = frozenset(b"\x81\x8d\x8f\x90\x9d") | frozenset(
    byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a"
)


def decode(content: bytes) -> str:
    """The characters of a plain text file: UTF-8, UTF-16 with or without mark, Windows-1252.

    A mark at the start decides; then whether UTF-16 gives words; then UTF-8 when it
    fits without one error; then Windows-1252, the only other thing Dutch offices write.
    Raises FileHasNoText for bytes that are no text in any of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _readable(content[len(mark) :].decode(encoding, "replace"))
    if encoding := _unmarked_utf_16(content[:_SAMPLE_BYTES]):
        return _readable(content.decode(encoding, "replace"))
    if b"\x00" in content:
        raise FileHasNoText
    try:
        return _readable(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _as_windows_1252(content)


def _unmarked_utf_16(sample: bytes) -> str:
    """Name the UTF-16 in which this reads as words with blanks between, or nothing."""
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        beside, within = sample[side::2].count(0), sample[1 - side :: 2].count(0)
        if beside > 5 * within and _has_blanks(sample.decode(encoding, "ignore")):
            return encoding
    return ""


def _has_blanks(text: str) -> bool:
    return sum(text.count(blank) for blank in " \n\t") > len(text) * _BLANK_SHARE


def _as_windows_1252(content: bytes) -> str:
    strange = sum(content.count(byte) for byte in _NEVER_IN_TEXT)
    if strange > len(content) * _ODD_SHARE:
        raise FileHasNoText
    return _readable(content.decode("cp1252", "replace"))


def _readable(text: str) -> str:
    """The text, unless so much of it is control characters that it cannot be one."""
    odd = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\x0b\x0c\x1a")
    odd += text.count("\ufffd")
    if odd > max(2, len(text) * _ODD_SHARE):
        raise FileHasNoText
    return text
