"""Which notes may tell who somebody is: looked at for who leads, who decides. Nothing is kept."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from smartstart.consult.identity import check
from smartstart.design.queries_boards import BoardPage

MOST_LETTERS: Final = 6_000  # looked at in one go, the latest notes first: about 60 ms
BETWEEN: Final = "\n\n"


def hinted(page: BoardPage) -> frozenset[UUID]:
    """Return the notes in which a name, a number or an address may stand."""
    places: list[tuple[int, int, UUID]] = []
    words = ""
    for card in reversed(page.cards):
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
