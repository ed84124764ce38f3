"""In which language a question is written, as far as the ranking needs to know. Pure.

The page may be Dutch while the question is not. Letters tell Arabic and Ukrainian; the small words
of a language tell the others. In doubt it is Dutch.
"""

from __future__ import annotations

import re
from typing import Final

DUTCH: Final = "nl"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARABIC: Final = re.compile(r"[\u0600-\u06FF]")
CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")
LETTERS: Final = {
    "tr": re.compile("[ğışĞİŞ]"),
    "pl": re.compile("[ąćęłńśźżĆŁŚŻ]"),
}
WORD: Final = re.compile(r"[^\W\d_]+")
SMALL_WORDS: Final = {
    "nl": _words(
        "de het een en van ik is zijn dat niet met voor op mijn hij zij wat hoe maar we ze te"
        " naar om bij er als ook aan heb heeft kan wil mij me onze ons geen haar hem word wordt"
    ),
    "en": _words(
        "the a and i my is are that not with for on my he she what how to was but we they them"
        " their our have has do don't can can't his her me this from at who without"
    ),
    "tr": _words(
        "ve bir bu ne için çok benim da de mi kızım oğlum ama nasıl var yok bana beni ben biz gibi"
        " değil daha artık çocuğum evde okul okula annem babam"
    ),
    "pl": _words(
        "i w na nie się że do jest mój moja jak co to ma od syn mnie mi mam jestem moje czy po już"
        " nic dziecko córka córki syna szkole za ze przez ale jej jego"
    ),
}
SURE: Final = 2  # so many more small words than Dutch, when it has one; so much counts a letter


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
    enough = SURE if counts["nl"] else 1
    return best if counts[best] >= counts["nl"] + enough else "nl"
