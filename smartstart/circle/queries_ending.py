"""What a family sees of the end of its circle: what stops, what is erased and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.home import adults_at_home, me
from smartstart.circle.models import Circle, Seat
from smartstart.circle.queries_files import to_keep
from smartstart.circle.queries_kijkboek import home_of
from smartstart.circle.states import SeatKind


@dataclass(frozen=True, slots=True)
class Ending:
    """How far a circle is. ``people``: outside the family, who read or are asked now.

    ``goes_on``: the day on which nobody can read it any more; later than a year when ``held_why``
    says why. ``goes``: about whom it is that then goes. ``has_files``: whether any can be kept.
    """

    circle: UUID
    called: str
    household: UUID
    is_mine_to_end: bool
    people: int
    closed_on: date | None
    goes_on: date | None
    held_until: date | None
    held_why: str
    goes: tuple[str, ...]
    has_files: bool


def closed_since(actor: Actor, circle: UUID, *, on: date) -> date | None:
    """Return the day on which a circle that this actor sees was closed. One query."""
    seen = Circle.objects.visible_to(actor, on=on).filter(ref=circle)
    return seen.values_list("closed_on", flat=True).first()


def ending_of(reading: Reading, circle: UUID) -> Ending:
    """Return how far a circle is. Raises NotFound."""
    home, parts = home_of(reading, circle)
    on = day_of(reading.at)
    own = [part for part in parts if part.circle_id == home.pk]
    seats = Seat.objects.held_on(on).filter(folder_id__in=[part.folder_id for part in own])
    days = [day for day in (home.erase_on, home.held_until) if day is not None]
    is_held = home.held_until is not None and home.held_until >= on
    household = next(part for part in parts if part.folder_id == home.folder_id)
    return Ending(
        circle=home.ref,
        called=reading.text(home, "called"),
        household=household.ref,
        is_mine_to_end=adults_at_home(home, on=on).filter(person__in=[me(reading.actor)]).exists(),
        people=seats.exclude(kind=SeatKind.FAMILY).count(),
        closed_on=home.closed_on,
        goes_on=max(days) if home.closed_on and days else None,
        held_until=home.held_until if is_held else None,
        held_why=reading.text(home, "held_why") if is_held else "",
        goes=tuple(reading.text(part, "called") for part in own),
        has_files=to_keep(reading, parts).exists(),
    )
