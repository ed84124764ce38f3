"""When a text is a copy of another, and which answers are like what somebody types. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
COPIED: Final = 6  # words in a row that stand in both
LEAST_ALIKE: Final = 2  # stems in common
MOST_ALIKE: Final = 3


def is_copied(text: str, sources: Iterable[str]) -> bool:
    """Whether the text has six words in a row from one of the sources."""
    runs = set(_runs(text))
    return any(runs & set(_runs(source)) for source in sources)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [match.group().casefold() for match in WORD.finditer(text)]
    return [tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1)]


def most_alike(asked: Sequence[str], known: Mapping[int, Sequence[str]]) -> list[int]:
    """Return at most three of what is known that share most with the stems asked, best first.

    A rare stem weighs more than a common one; fewer than two in common is chance.
    """
    wanted = set(asked)
    among = Counter(stem for stems in known.values() for stem in set(stems) if stem in wanted)
    scored = []
    for key, stems in known.items():
        common = wanted & set(stems)
        if len(common) >= LEAST_ALIKE:
            scored.append((-sum(log(1 + len(known) / among[stem]) for stem in common), key))
    return [key for _score, key in sorted(scored)[:MOST_ALIKE]]
