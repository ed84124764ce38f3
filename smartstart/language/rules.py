"""When one word means different things to two fields at the table. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from smartstart.language.recognise import Recogniser


@dataclass(frozen=True, slots=True)
class Clash:
    """A word at ``text[start:end]`` and what it means to each field, in the order of the fields."""

    word: str
    start: int
    end: int
    meanings: tuple[tuple[str, str], ...]


def clashes(
    text: str,
    recogniser: Recogniser,
    meanings: Mapping[str, Mapping[str, str]],
    *,
    domains: Collection[str],
) -> list[Clash]:
    """Find the terms that mean different things to two of these fields, in text order.

    ``meanings`` gives per term its meaning by field. Each term is told once, where it first
    stands. Fields that share one meaning do not clash.
    """
    told = []
    for found in recogniser.first_of_each(text):
        here = {k: v for k, v in meanings.get(found.word, {}).items() if k in domains}
        if len(set(here.values())) > 1:
            told.append(Clash(found.word, found.start, found.end, tuple(sorted(here.items()))))
    return told
