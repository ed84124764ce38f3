"""Roads of several people laid side by side: where help could have come earlier. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

LEAST_ROADS: Final = 3
LEAST_AT_A_POINT: Final = 3


class Help(StrEnum):
    """What came of a moment of contact."""

    FITS = "fits"
    NO_FIT = "no_fit"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """One moment on one person's road: the event by its place on the line of life.

    ``contact`` is with whom; None when there was nobody. ``id`` is what a page shows of it.
    """

    person: Hashable
    event: int
    contact: str | None
    help: Help
    id: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One event of life over all roads: how many people, with contact, and with help that fitted.

    ``missed`` are people who had contact and for whom nothing fitted. Numbers under three are never
    shown: ``is_shown`` says whether they may be. ``steps`` are all of those who were missed, also
    what they felt there.
    """

    event: int
    people: int
    with_contact: int
    fitted: int
    missed: int
    contacts: tuple[str, ...] = ()
    steps: tuple[int, ...] = field(default=())

    @property
    def is_shown(self) -> bool:
        """Whether enough people stand here to show numbers and words."""
        return self.people >= LEAST_AT_A_POINT

    @property
    def is_turning_point(self) -> bool:
        """Whether so many had contact without fitting help that help could have come earlier."""
        return self.missed >= LEAST_AT_A_POINT


@dataclass(frozen=True, slots=True)
class Composite:
    """The roads of several people as one line; empty while there are fewer than three."""

    roads: int
    line: tuple[Stretch, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are roads enough to lay side by side."""
        return self.roads >= LEAST_ROADS

    @property
    def turning_points(self) -> tuple[Stretch, ...]:
        """Where it could have gone otherwise: most people first, then the larger part."""
        found = [stretch for stretch in self.line if stretch.is_turning_point]
        return tuple(sorted(found, key=_rank))


def _rank(stretch: Stretch) -> tuple[float, ...]:
    return (-stretch.missed, -stretch.missed / stretch.with_contact, stretch.event)


def composite(steps: Sequence[Step]) -> Composite:
    """Lay roads side by side, aligned on the events of life, in their order.

    A person counts once at each event: missed when there was contact there and help fitted nowhere.
    """
    roads = len({step.person for step in steps})
    if roads < LEAST_ROADS:
        return Composite(roads)
    events = sorted({step.event for step in steps})
    return Composite(
        roads,
        tuple(_stretch(event, [step for step in steps if step.event == event]) for event in events),
    )


def _stretch(event: int, steps: Collection[Step]) -> Stretch:
    people = {step.person for step in steps}
    contact = {step.person for step in steps if step.contact is not None}
    fitted = {step.person for step in steps if step.help is Help.FITS}
    missed = contact - fitted
    mine = [step for step in steps if step.person in missed]
    return Stretch(
        event=event,
        people=len(people),
        with_contact=len(contact),
        fitted=len(fitted),
        missed=len(missed),
        contacts=tuple(sorted({step.contact for step in mine if step.contact is not None})),
        steps=tuple(sorted(step.id for step in mine)),
    )
