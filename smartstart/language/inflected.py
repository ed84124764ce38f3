"""How a Dutch word is written when it bends: plurals, adjectives with -e, forms of a verb. Pure.

It makes what the spelling allows, and sometimes a form that nobody says; such a form is never met.
A form that no rule gives (“afgesloten”) stands with the word in the dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

VOWELS: Final = "aeiou"
ADJECTIVE: Final = re.compile(
    r"\w+(?:baar|ig|lijk|isch|end|ant|ent|ieel|air|loos|zaam|bonden|gericht)"
)
BEFORE_A_VERB: Final = (
    "aan|af|bij|door|in|mee|na|om|onder|op|over|toe|uit|voor|weg|be|ver|ont|her|ge"
)
VERB: Final = re.compile(rf"(?:{BEFORE_A_VERB})\w{{3,}}en")
SPLITS: Final = re.compile(r"(aan|af|bij|door|in|mee|na|om|op|over|toe|uit|voor|weg)(\w+)")
UNSTRESSED: Final = ("be", "ver", "ont", "her", "ge")
HARD: Final = "tkfschp"  # after these a past participle ends in t


def forms_of(word: str) -> set[str]:
    """Return the word and its other forms; of several words the last one bends."""
    first, blank, last = word.rpartition(" ")
    return {first + blank + form for form in _forms(last)}


def _forms(word: str) -> Iterator[str]:
    yield word
    yield from (f"{word}s", f"{word}'s", f"{word}’s")
    yield from _plurals(word)
    if ADJECTIVE.fullmatch(word):
        yield from (plural.removesuffix("n") for plural in _plurals(word))
    if VERB.fullmatch(word):
        yield from _of_a_verb(word)


def _plurals(word: str) -> Iterator[str]:
    if word.endswith("heid"):
        yield word.removesuffix("heid") + "heden"
    elif word.endswith("ie"):
        yield word + "ën"
    elif word.endswith("e"):
        yield word + "n"
    elif word[-1] not in VOWELS:
        yield word + "en"
        yield from _bent(word)


def _bent(word: str) -> Iterator[str]:
    """Return plurals whose spelling changes: maat, maten; plan, plannen; brief, brieven."""
    soft = {"f": "v", "s": "z"}.get(word[-1])
    if re.search(r"(aa|ee|oo|uu)[^aeiou]$", word):
        yield word[:-2] + (soft or word[-1]) + "en"
    elif re.search(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$", word):
        yield word + word[-1] + "en"
    if soft:
        yield word[:-1] + soft + "en"


def _of_a_verb(word: str) -> Iterator[str]:
    stem = _stem(word)
    third = stem if stem.endswith("t") else stem + "t"
    end = "" if stem[-1] in "td" else "t" if stem[-1] in HARD else "d"
    yield from (stem, third)
    split = SPLITS.fullmatch(stem)
    if split:
        apart, rest = split.groups()
        yield f"{apart}ge{rest}{end}"
        yield f"{apart}te{word.removeprefix(apart)}"
        yield f"{apart} te {word.removeprefix(apart)}"
    elif stem.startswith(UNSTRESSED):
        yield stem + end


def _stem(verb: str) -> str:
    """Return what is left without -en: melden, meld; schalen, schaal; bellen, bel."""
    stem = verb.removesuffix("en")
    if re.search(r"([^aeiou])\1$", stem):
        return stem[:-1]
    if re.search(r"(?:^|[^aeiou])(?:[aou][^aeiou]|e[^aeioulrnm])$", stem):
        stem = stem[:-1] + stem[-2:-1] + stem[-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
