"""Letters as a person reads them: what is not seen, or turns a line around, is left out. Pure.

A name with an unseen sign between its letters looks like the name and is found by no list.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A joiner shapes Arabic letters and faces of emoji; between letters of our own it only hides.
_JOINER: Final = re.compile(r"(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")
_JOINERS: Final = "\u200c\u200d"
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by name, blank to the eye
_FULL_WIDTH: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def as_read(words: str) -> str:
    """Return words without unseen signs, with accents on their letters and letters of one width."""
    whole = unicodedata.normalize("NFC", words.translate(_FULL_WIDTH))
    seen = (one for one in whole if one in _JOINERS or not _is_unseen(one))
    return _JOINER.sub("", "".join(seen))


def _is_unseen(one: str) -> bool:
    return one in _BLANKS or unicodedata.category(one) == "Cf"
