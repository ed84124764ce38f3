"""Which notes may tell who somebody is: looked at for who leads, who decides. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from smartstart.consult.identity import check
from smartstart.design.queries_boards import Card

MOST_LETTERS: Final = 6_000  # looked at in one go, as they are shown: about 60 ms
BETWEEN: Final = "\n\n"


def hinted(cards: Iterable[Card]) -> frozenset[UUID]:
    """Return the notes, of those that are shown now, in which a name or a number may stand."""
    places: list[tuple[int, int, UUID]] = []
    words = ""
    for card in cards:
        text = " / ".join(card.texts)
        if len(words) + len(text) > MOST_LETTERS:
            break
        places.append((len(words), len(words) + len(text), card.line.ref))
        words += text + BETWEEN
    found = check(words).found if words.strip() else []
    return frozenset(
        ref
        for begin, end, ref in places
        if any(one.start < end and one.end > begin for one in found)
    )
