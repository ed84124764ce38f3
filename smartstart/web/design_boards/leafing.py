"""The notes of a full board for who leads, sixty at a time: groups first, then the newest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse

from smartstart.design.notes_in_thread import MadeOf
from smartstart.design.queries_boards import BoardPage, Card
from smartstart.thread.names import KINDS

AT_ONCE: Final = 60
Place = tuple[Card | None, Card | None]


@dataclass(frozen=True, slots=True)
class Led:
    """A note as who leads sees it: ``made`` are (kind in words, reference) in the thread."""

    card: Card
    made: tuple[tuple[str, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A group with what lies in it and is shown now; without group the loose notes."""

    group: Card | None
    notes: tuple[Led, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of notes; ``taken`` of ``notes`` on the whole board stand in the thread."""

    sections: tuple[Section, ...]
    page: Page[Place]
    taken: int
    notes: int

    @property
    def cards(self) -> list[Card]:
        """Every card that is shown now, groups too."""
        groups = [section.group for section in self.sections if section.group]
        return [*groups, *(led.card for section in self.sections for led in section.notes)]


def note_address(board_id: int, note: UUID) -> str:
    """Return where who leads finds a note, on whichever page it stands."""
    return f"{reverse('design_boards:lead', args=[board_id])}?note={note}#note-{note}"


def leaf(
    board: BoardPage, number: str, note: str = "", *, made: Mapping[UUID, tuple[MadeOf, ...]]
) -> Leaf:
    """Return the notes of one page; a page that is not there is the nearest that is.

    ``note``: the page on which this note stands.
    """
    places: list[Place] = [
        (group, card) for group in board.groups for card in (group.under or (None,))
    ]
    places += [(None, card) for card in reversed(board.loose)]
    asked = (i for i, place in enumerate(places) if note and _ref(place) == note)
    found_at = next(asked, None)
    number = number if found_at is None else str(found_at // AT_ONCE + 1)
    page = Paginator(places, AT_ONCE).get_page(number)
    sections = tuple(
        Section(found[0][0], tuple(_led(card, made) for _group, card in found if card is not None))
        for _name, pairs in groupby(page.object_list, key=lambda place: id(place[0]))
        if (found := list(pairs))
    )
    notes = [card.line.ref for card in board.cards if not card.line.is_group]
    return Leaf(sections, page, sum(ref in made for ref in notes), len(notes))


def _ref(place: Place) -> str:
    group, card = place
    shown = card or group
    return str(shown.line.ref) if shown else ""


def _led(card: Card, made: Mapping[UUID, tuple[MadeOf, ...]]) -> Led:
    of_note = made.get(card.line.ref, ())
    return Led(card, tuple((str(KINDS[one.kind]), one.knot) for one in of_note))
