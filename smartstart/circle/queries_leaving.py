"""What a home sees before somebody says that an adult left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called
from smartstart.circle.home import adults_at_home, me
from smartstart.circle.models import Authority, Ground, Leaving, Part, Seat
from smartstart.circle.scene import Scene, scene
from smartstart.circle.states import GroundKind, GroundState, LeavingState, SeatKind


@dataclass(frozen=True, slots=True)
class AdultAtHome:
    """One other adult of a home. ``is_asked``: this reader said it, and it is looked into."""

    member: UUID
    called: str
    holder: Called
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody of a home, and their place."""

    ref: UUID
    member: UUID
    called: str
    is_taken: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A child whom the reader does not read. ``is_mine``: the reader decides, or did until 16.

    ``can_give``: whether the reader may hand over its place.
    """

    place: Adult
    is_mine: bool
    can_give: bool


@dataclass(frozen=True, slots=True)
class Grown:
    """A child that decides alone ``since`` a day, and has no place; its name is its own."""

    member: UUID
    since: date


def adults(seen: Scene) -> list[Adult]:
    """Return the adults of a home with their places. One query."""
    return _places(seen, is_child=False)


def unread(seen: Scene) -> list[Unread]:
    """Return the children with a place whom the reader does not read. Two queries.

    They decide alone; or the reader is their brother, or lives here and decides nothing.
    """
    read, mine = {child.member for child in seen.children}, me(seen.reading.actor)
    rows = Authority.objects.filter(circle=seen.circle).deciding().standing_on(seen.on)
    said = set(rows.values_list("child__ref", "who"))
    decided = {child for child, _who in said}
    is_grown = not is_child_here(seen)
    return [
        Unread(
            one,
            is_mine=(one.member, mine) in said,
            can_give=(one.member, mine) in said or (is_grown and one.member not in decided),
        )
        for one in _places(seen, is_child=True)
        if one.member not in read
    ]


def is_child_here(seen: Scene) -> bool:
    """Whether the reader is a child of this home, and so settles nothing about who lives there."""
    return seen.me is not None and seen.me.is_child


def without_place(seen: Scene) -> list[Grown]:
    """Return the children that grew up in the circle and have no place of their own. Two queries.

    The reader decides about them, and read them until a birthday: the law ended that, nobody else.
    """
    mine, on = me(seen.reading.actor), seen.on
    decided = Authority.objects.filter(circle=seen.circle, who=mine).deciding().standing_on(on)
    ended = Ground.objects.filter(
        receiver=mine, kind=GroundKind.AUTHORITY, state=GroundState.GRANTED, last_day__lt=on
    )
    kept = Seat.objects.held_on(on).filter(kind=SeatKind.FAMILY, folder=seen.circle.folder)
    parts = Part.objects.filter(circle=seen.circle, member__in=decided.values("child"))
    placed = kept.exclude(member=None).values("member")
    alone = parts.filter(folder__in=ended.values("folder")).exclude(member__in=placed)
    read = {child.member for child in seen.children}
    days = dict(ended.filter(folder__in=alone.values("folder")).values_list("folder", "last_day"))
    rows = alone.values_list("member__ref", "folder").order_by("id")
    return [
        Grown(member, days[folder] + timedelta(days=1))
        for member, folder in rows
        if member not in read
    ]


def _places(seen: Scene, *, is_child: bool) -> list[Adult]:
    kept = Seat.objects.filter(
        pk__in=[seat.pk for seat in seen.seats if seat.kind == SeatKind.FAMILY],
        member__is_child=is_child,
    )
    mine = me(seen.reading.actor)
    return [
        Adult(
            seat.ref,
            seat.member.ref,
            seen.reading.text(seat, "called"),
            seat.who is not None,
            seat.who == mine,
        )
        for seat in kept.select_related("folder", "member").order_by("id")
        if seat.member is not None
    ]


def adult_at_home(reading: Reading, circle_ref: UUID, member_ref: UUID) -> AdultAtHome:
    """Return another adult who lives in this home. Raises NotFound, also for oneself."""
    seen = scene(reading, circle_ref)
    there = adults_at_home(seen.circle, on=seen.on).exclude(person=me(reading.actor))
    member = there.filter(ref=member_ref).first()
    if member is None or seen.me is None:
        raise NotFound
    kept = Seat.objects.filter(
        pk__in=[seat.pk for seat in seen.seats if seat.kind == SeatKind.FAMILY]
    )
    seat = kept.filter(who=member.person).select_related("folder").first()
    if seat is None:
        raise NotFound
    said = Leaving.objects.visible_to(reading.actor, on=seen.on)
    return AdultAtHome(
        member.ref,
        reading.text(seat, "called"),
        seen.called_by(seen.circle.coordinator),
        said.filter(member=member, state=LeavingState.ASKED).exists(),
    )
