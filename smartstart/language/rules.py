"""When one word means different things to two fields at the table. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Known:
    """One meaning as the dictionary holds it; ``forms`` are all ways the word is written."""

    word: str
    forms: frozenset[str]
    domain: str
    meaning: str


@dataclass(frozen=True)
class Clash:
    """A word at ``text[start:end]`` and what it means to each field, in the order of the fields."""

    word: str
    start: int
    end: int
    meanings: tuple[tuple[str, str], ...]


def clashes(text: str, known: Iterable[Known], *, domains: Collection[str]) -> list[Clash]:
    """Find the terms that mean different things to two of these fields, in text order.

    A term of several words is found when single spaces stand between them. Each term is told
    once, where it first stands. Fields that share one meaning do not clash.
    """
    words_of_form: dict[str, str] = {}
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    for item in known:
        if item.domain in domains:
            meanings[item.word][item.domain] = item.meaning
            words_of_form |= dict.fromkeys(item.forms | {item.word}, item.word)
    longest = max((form.count(" ") + 1 for form in words_of_form), default=0)
    matches = list(WORD.finditer(text))
    found: dict[str, Clash] = {}
    for at, first in enumerate(matches):
        for last in matches[at : at + longest][::-1]:
            word = words_of_form.get(text[first.start() : last.end()].casefold())
            if word and word not in found and len(set(meanings[word].values())) > 1:
                told = tuple(sorted(meanings[word].items()))
                found[word] = Clash(word, first.start(), last.end(), told)
    return list(found.values())
