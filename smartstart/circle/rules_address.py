"""Whether a text gives a secret address away: by its postcode, or by its street and number."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_POSTCODE: Final = re.compile(r"\b[1-9][0-9]{3} ?[a-z]{2}\b")
_STREET: Final = re.compile(r"\b([^\W\d_]+(?: [^\W\d_]+)*) ([0-9]{1,5})")
_PIECES: Final = re.compile(r"[\n;]|,(?!\s*\d)")  # a comma before a number is of that number
OF_A_NUMBER: Final = frozenset({"nr", "no", "nummer", "huisnummer"})
SHORTEST: Final = 3  # letters of a street, before its number says something


def tells_address(address: str, *texts: str) -> bool:
    """Whether one of the texts holds the postcode, or the street with its number, of an address."""
    marks = _marks(address)
    said = [_bare(text) for text in texts]
    return any(mark.search(text) for mark in marks for text in said)


def _marks(address: str) -> list[re.Pattern[str]]:
    """Return what to look for; words between which anything but a letter or digit may stand."""
    pieces = [_bare(piece) for piece in _PIECES.split(address)]
    postcodes = [
        f"{found[:4]} {found[-2:]}" for piece in pieces for found in _POSTCODE.findall(piece)
    ]
    streets = [
        f"{street} {number}"
        for piece in pieces
        for street, number in _STREET.findall(_POSTCODE.sub(" ", piece))
        if len(street) >= SHORTEST
    ]
    return [_mark(one) for one in postcodes] + [_mark(one, "(?: ?[a-z])?") for one in streets]


def _mark(bare: str, suffix: str = "") -> re.Pattern[str]:
    """Return a pattern of words; a house number may be said with its letter or without."""
    return re.compile(rf"\b{bare.replace(' ', ' ?')}{suffix}\b")


def _bare(text: str) -> str:
    """Return letters and digits in small letters, with single spaces between; no "nr."."""
    words = re.findall(r"[^\W_]+", normalize("NFC", text).lower())
    return " ".join(word for word in words if word not in OF_A_NUMBER)
