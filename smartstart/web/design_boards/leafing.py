"""The notes of a full board for who leads, sixty at a time: groups first, then the newest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.core.paginator import Page, Paginator

from smartstart.design.queries_boards import BoardPage, Card

AT_ONCE: Final = 60
Place = tuple[Card | None, Card | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A group with what lies in it and is shown now; without group the loose notes."""

    group: Card | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of notes."""

    sections: tuple[Section, ...]
    page: Page[Place]

    @property
    def cards(self) -> list[Card]:
        """Every card that is shown now, groups too."""
        groups = [section.group for section in self.sections if section.group]
        return [*groups, *(card for section in self.sections for card in section.cards)]


def leaf(board: BoardPage, number: str) -> Leaf:
    """Return the notes of one page; a page that is not there is the nearest that is."""
    places: list[Place] = [
        (group, card) for group in board.groups for card in (group.under or (None,))
    ]
    places += [(None, card) for card in reversed(board.loose)]
    page = Paginator(places, AT_ONCE).get_page(number)
    sections = tuple(
        Section(found[0][0], tuple(card for _group, card in found if card is not None))
        for _name, pairs in groupby(page.object_list, key=lambda place: id(place[0]))
        if (found := list(pairs))
    )
    return Leaf(sections, page)
