"""File names as uploaded, made safe to show: a name can lie, hide and break a header."""

import unicodedata

LONGEST_NAME = 100
_NAMELESS = "document"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(claimed: str) -> str:
    """A name to show and store: one line, no path, nothing invisible, at most 100 characters.

    The ending survives shortening. A name of which nothing is left becomes ``document``.
    """
    last = claimed.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    plain = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    if not plain:
        return _NAMELESS
    if len(plain) <= LONGEST_NAME:
        return plain
    ending = ending_of(plain)
    return plain[: LONGEST_NAME - 1 - len(ending)].rstrip() + "…" + ending


def ending_of(name: str) -> str:
    """The ending in lower case with its dot (``.docx``); empty when the name has none."""
    stem, dot, ending = name.rpartition(".")
    known = dot and stem and 0 < len(ending) <= 8 and ending.isascii() and ending.isalnum()
    return f".{ending.lower()}" if known else ""
