"""Plain text in one form: UTF-8, one kind of line end, nothing that cannot print."""

from __future__ import annotations

from smartstart.base.files import limits
from smartstart.base.files.decoding import decode
from smartstart.base.files.errors import FileHasNoText, FileUnpacksTooLarge
from smartstart.base.files.tidying import tidy


def wash_text(content: bytes) -> bytes:
    """Return the words of a text file. Raises FileHasNoText, FileUnpacksTooLarge."""
    words = tidy(decode(content))
    if not words:
        raise FileHasNoText
    if len(words) > limits.LONGEST_TEXT_CHARACTERS:
        raise FileUnpacksTooLarge
    return words.encode() + b"\n"
