"""In which language a question is written, as far as the ranking needs to know. Pure.

The page may be Dutch while the question is not. Letters tell Arabic and Ukrainian; the small words
of a language tell the others. In doubt it is Dutch.
"""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARABIC: Final = re.compile(r"[\u0600-\u06FF]")
CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")
LETTERS: Final = {
    "tr": re.compile("[ğışĞİŞ]"),
    "pl": re.compile("[ąęłńśźżŁŚŻ]"),
}
WORD: Final = re.compile(r"[^\W\d_]+")
SMALL_WORDS: Final = {
    "nl": _words("de het een en van ik is zijn dat niet met voor op mijn hij zij wat hoe"),
    "en": _words("the a and of i is are that not with for on my he she what how to"),
    "tr": _words("ve bir bu ne için çok benim da de mi kızım oğlum ama nasıl var yok"),
    "pl": _words("i w na nie się że do jest mój moja jak co to ma od syn"),
}
SURE: Final = 2  # so many more small words than Dutch has here, or letters of its own


def language_of(text: str) -> str:
    """Return nl, en, tr, ar, pl or uk."""
    if ARABIC.search(text):
        return "ar"
    if CYRILLIC.search(text):
        return "uk"
    said = [match.group().casefold() for match in WORD.finditer(text)]
    counts = {name: sum(word in small for word in said) for name, small in SMALL_WORDS.items()}
    for name, letters in LETTERS.items():
        counts[name] += SURE * len(letters.findall(text))
    best = max(counts, key=lambda name: (counts[name], name == "nl"))
    return best if counts[best] >= counts["nl"] + SURE else "nl"
