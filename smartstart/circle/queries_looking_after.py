"""Circles that somebody looks after, was asked to look after, or opened for a family: no content.

What is shown is what who looks after it knows: since when, and who asked for it; no word of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called, called, of_position
from smartstart.circle.models import Circle, Seat
from smartstart.circle.models.family import CircleQuerySet
from smartstart.circle.operations_erasing import goes_untaken_on, untaken
from smartstart.circle.operations_looking_after import looked_after_by, offered_to
from smartstart.circle.states import SeatKind
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class After:
    """One circle: ``who`` lives there, by the name of their account; "" when nobody came yet.

    ``asked``: who was asked to look after it from now on, "" when nobody was.
    """

    ref: UUID
    since: date
    who: str
    asked: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class Waits:
    """A circle opened for a family of which nobody came yet; ``seat`` is the place that waits."""

    ref: UUID
    seat: UUID | None
    since: date
    goes_on: date


@dataclass(frozen=True, slots=True)
class LookingAfter:
    """What this professional looks after, was asked for, and opened."""

    mine: tuple[After, ...]
    offered: tuple[After, ...]
    waiting: tuple[Waits, ...]


def looking_after(actor: Actor, *, on: date) -> LookingAfter:
    """Return it, the newest first. Raises NotFound for who works in no circle."""
    if actor.role is not Role.PROFESSIONAL or actor.position is None:
        raise NotFound
    return LookingAfter(
        _after(looked_after_by(actor, on=on)), _after(offered_to(actor)), _waiting(actor.position)
    )


def one_looked_after(actor: Actor, ref: UUID, *, on: date) -> After:
    """Return one of the circles this professional looks after. Raises NotFound."""
    found = _after(looked_after_by(actor, on=on).filter(ref=ref))
    if not found:
        raise NotFound
    return found[0]


def who_could(actor: Actor) -> list[Called]:
    """Return the colleagues of who looks after a circle, with somebody in the function.

    A family chooses from ``queries_opening.who_can_look_after``.
    """
    if actor.organisation is None or actor.position is None:
        return []
    here = Position.objects.filter(organisation__ref=actor.organisation, occupant__is_active=True)
    rows = here.exclude(ref=actor.position).select_related("occupant", "organisation")
    return [of_position(row) for row in rows.order_by("called", "id")]


def _after(rows: CircleQuerySet) -> tuple[After, ...]:
    found = list(rows.order_by("-opened_at", "-pk"))
    at_home = Seat.objects.filter(
        folder__in=[row.folder_id for row in found],
        kind=SeatKind.FAMILY,
        who__isnull=False,
        member__is_child=False,
        ended_at=None,
    )
    first = dict(at_home.order_by("-pk").values_list("folder", "who"))
    asked = {one for row in found for one in (row.offered_to, row.offered_by)}
    people = called({*asked, *first.values()})

    def name(ref: UUID | None) -> str:
        return people[ref].name if ref in people else ""

    return tuple(
        After(
            row.ref,
            day_of(row.opened_at),
            name(first.get(row.folder_id)),
            name(row.offered_to),
            name(row.offered_by),
        )
        for row in found
    )


def _waiting(mine: UUID) -> tuple[Waits, ...]:
    """What this function opened itself; not the other home of a child, which nobody sees.

    A second home is made in the name of who looks after the first, so nobody lists it; the first
    stays on the list when a second opens: that it vanished would tell of the other home.
    """
    earlier = Circle.objects.filter(family=OuterRef("family"), pk__lt=OuterRef("pk"))
    rows = untaken().filter(~Exists(earlier), opened_by=mine)
    places = Seat.objects.filter(kind=SeatKind.FAMILY, who=None, made_by=mine)
    seats = {seat.folder_id: seat.ref for seat in places.filter(folder__in=rows.values("folder"))}
    return tuple(
        Waits(row.ref, seats.get(row.folder_id), day_of(row.opened_at), goes_untaken_on(row))
        for row in rows.order_by("-opened_at")
    )
