"""Who can be picked to see a line of strain: who lives or sits here and reads that side."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.circle.home import me, members_at_home
from smartstart.circle.models import Ground, Part, Seat
from smartstart.people.models import Position


def can_be_picked(actor: Actor, seat: Seat, own: Part, *, on: date) -> dict[UUID, UUID]:
    """Return as whom they would see the line, and which human being that is today.

    Only people of the home in which ``own``, the part of who drew it, lies. Four queries.
    """
    reads = Ground.objects.standing_on(on).filter(
        folder=seat.folder_id, question=None, topic__in={"", seat.side}
    )
    wide = set(reads.values_list("receiver", flat=True)) - {me(actor)}
    people = wide & _live_here(own, on=on)
    seats = wide & _sit_here(actor, own, on=on)
    rows = Position.objects.filter(ref__in=seats).exclude(occupant=None)
    works = dict(rows.values_list("ref", "occupant__person"))
    of_function = set(Position.objects.filter(ref__in=seats).values_list("ref", flat=True))
    near = (people | seats) - of_function
    return {one: one for one in near} | works


def _live_here(own: Part, *, on: date) -> set[UUID]:
    if own.circle is None:
        return set()
    return set(members_at_home(own.circle, on=on).values_list("person", flat=True))


def _sit_here(actor: Actor, own: Part, *, on: date) -> set[UUID]:
    """Return who has a seat in this home, or in what a child of it shares with another home."""
    home = Part.objects.filter(circle=own.circle_id)
    shared = Q(circle=None, member__in=home.exclude(member=None).values("member"))
    here = Part.objects.filter(Q(circle=own.circle_id) | shared)
    seats = Seat.objects.visible_to(actor, on=on).held_on(on).exclude(who=None)
    people = seats.filter(folder__in=here.values("folder")).values_list("who", flat=True)
    return {who for who in people if who is not None}
