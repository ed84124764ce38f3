"""Words of somebody between quotation marks: never two marks beside each other."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = '“”„"'
_AROUND: Final = re.compile(rf"[{MARKS}]?([^{MARKS}]*)[{MARKS}]?", re.DOTALL)
_OPENING: Final = re.compile(rf"(?:^|(?<=[\s(–—]))[{MARKS}]")


def quoted(words: str) -> str:
    """Return words between double marks; marks that stood around all of them are not doubled.

    A piece of what somebody said often has one mark, at its edge: the other stands outside the
    piece. That one is left out too. Marks inside become single ones. The words themselves stay.
    """
    words = words.strip()
    whole = _AROUND.fullmatch(words)
    if whole:
        return f"“{whole[1]}”"
    inside = re.sub(rf"[{MARKS}]", "’", _OPENING.sub("‘", words))
    return f"“{inside}”"
