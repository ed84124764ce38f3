"""Find the words of the dictionary in a text, also bent and as the end of a compound. Pure.

Never inside another word: “zorg” is found in “jeugdzorg” and “zorgen”, not in “verzorging”. A
text goes through once: each word is looked up, so a text of 5,000 words costs as much among twenty
terms as among two thousand. Nothing of the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from smartstart.language.inflected import forms_of

WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
BETWEEN: Final = re.compile(r"[ \t\u00a0]+|-[ \t\u00a0]+|[ \t]*\n[ \t]*")
PARTS: Final = Path(__file__).with_name("compound_parts.txt")
OTHER: Final = Path(__file__).with_name("other_phrases.txt")
SHORTEST_COMPOUND: Final = 7
SHORTEST_END: Final = 4
JOINS: Final = ("s", "en", "e", "n")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One term as the dictionary holds it; ``forms`` are ways of writing that no rule gives."""

    word: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """``text[start:end]`` is a form of the term ``word``."""

    word: str
    start: int
    end: int


class Recogniser:
    """Knows a dictionary. Made once for each edition of it, then only read."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[Phrase, str]]] = {}
        for term in known:
            self._learn(term)
        for phrase in other_phrases():
            self._put(phrase, "", is_sure=True)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self._parts = compound_parts() | self._single.keys()
        self._lengths = _lengths_by_end(self._single)

    def _learn(self, term: Known) -> None:
        """A word as it stands goes before a form that only a rule gives."""
        for form in (term.word, *term.forms):
            self._put(form, term.word, is_sure=True)
        for form in forms_of(term.word):
            self._put(form, term.word, is_sure=False)

    def _put(self, form: str, word: str, *, is_sure: bool) -> None:
        tokens = tuple(match.group().casefold() for match in WORD.finditer(form))
        if len(tokens) == 1 and (is_sure or tokens[0] not in self._single):
            self._single[tokens[0]] = word
        elif len(tokens) > 1:
            self._phrases.setdefault(tokens[0], []).append((tokens, word))

    def find(self, text: str) -> Iterator[Found]:
        """Find every term in text order; of two that start together the longest."""
        matches = list(WORD.finditer(text))
        tokens = [match.group().casefold() for match in matches]
        single, phrases, at = self._single, self._phrases, 0
        while at < len(tokens):
            token, length = tokens[at], 1
            word = single.get(token)
            if token in phrases:
                word, length = self._phrase(text, matches, tokens, at) or (word, 1)
            if word is None and len(token) >= SHORTEST_COMPOUND:
                word = self._end_of(token)
            if word:
                yield Found(word, matches[at].start(), matches[at + length - 1].end())
            at += length

    def first_of_each(self, text: str) -> list[Found]:
        """Find each term where it first stands."""
        firsts: dict[str, Found] = {}
        for found in self.find(text):
            firsts.setdefault(found.word, found)
        return list(firsts.values())

    def _phrase(
        self, text: str, matches: list[re.Match[str]], tokens: list[str], at: int
    ) -> tuple[str, int] | None:
        for phrase, word in self._phrases[tokens[at]]:
            last = at + len(phrase) - 1
            if tuple(tokens[at : last + 1]) == phrase and all(
                BETWEEN.fullmatch(text[matches[i].end() : matches[i + 1].start()])
                for i in range(at, last)
            ):
                return word, len(phrase)
        return None

    def _end_of(self, token: str) -> str | None:
        """Return the term in which a compound ends, when what stands before it is known too."""
        _before, hyphen, last = token.rpartition("-")
        if hyphen and self._single.get(last):
            return self._single[last]
        for length in self._lengths.get(token[-SHORTEST_END:], ()):
            at = len(token) - length
            word = self._single.get(token[at:]) if at > 1 else None
            if word and self._is_made_of_parts(token[:at]):
                return word
        return None

    def _is_made_of_parts(self, before: str) -> bool:
        """Whether this is one known part or two, each perhaps with the letter that joins."""
        if self._is_part(before):
            return True
        return any(
            self._is_part(before[:at]) and self._is_part(before[at:])
            for at in range(SHORTEST_END, len(before) - SHORTEST_END + 1)
        )

    def _is_part(self, word: str) -> bool:
        return word in self._parts or any(
            word.endswith(join) and word.removesuffix(join) in self._parts for join in JOINS
        )


def _lengths_by_end(forms: Iterable[str]) -> dict[str, list[int]]:
    """Return by their last letters how long the forms are that end so, the longest first."""
    found: dict[str, set[int]] = {}
    for form in forms:
        if len(form) >= SHORTEST_END:
            found.setdefault(form[-SHORTEST_END:], set()).add(len(form))
    return {end: sorted(lengths, reverse=True) for end, lengths in found.items()}


@cache
def other_phrases() -> frozenset[str]:
    """Return what looks like a term and means something else: “zorg voor”."""
    lines = OTHER.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def compound_parts() -> frozenset[str]:
    """Return the first parts of compounds that we know."""
    lines = PARTS.read_text(encoding="utf-8").splitlines()
    return frozenset(part for line in lines if not line.startswith("#") for part in line.split())
