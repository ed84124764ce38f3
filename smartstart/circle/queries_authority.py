"""Who decides about a child, as a home sees it, and as a professional who reads along sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle import rules
from smartstart.circle.called import Called, called
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import at_ref, me
from smartstart.circle.models import Authority, Part, Seat
from smartstart.circle.models.family import PartQuerySet
from smartstart.circle.queries_homes import by_home
from smartstart.circle.rules import NO_END, Edge
from smartstart.circle.scene import Scene, scene
from smartstart.circle.states import AuthorityKind, AuthorityState, SeatKind

DECIDES = (AuthorityKind.PARENT, AuthorityKind.GUARDIAN)


@dataclass(frozen=True, slots=True)
class Says:
    """One thing that was said about who decides. ``seen``: by whom, "" when nobody saw it."""

    ref: UUID
    name: str
    kind: str
    label: str
    decides: bool
    is_doubted: bool
    seen: str
    seen_on: date | None
    paper: str
    from_day: date
    last_day: date | None
    begins: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """Who decides about one child. ``can_say``: whether this reader may say somebody does.

    ``is_alone``: the child is old enough to decide alone; those with authority do not.
    """

    ref: UUID
    child: str
    member: UUID | None
    rows: tuple[Says, ...]
    edges: tuple[Edge, ...]
    can_say: bool
    can_see: bool
    is_alone: bool = False
    holder: Called | None = None


def authority_at_home(reading: Reading, circle_ref: UUID, member_ref: UUID) -> AuthorityPage:
    """Return who decides about a child of this home. Raises NotFound."""
    seen = scene(reading, circle_ref)
    child = next((one for one in seen.children if one.member == member_ref), None)
    if child is None:
        raise NotFound
    part = _parts(reading).get(ref=child.ref)
    names = _at_home(seen)
    rows = _said(reading, part, names)
    deciding = {row.who for row in _rows(reading, part) if row.kind in DECIDES}
    mine = me(reading.actor)
    return _page(
        reading,
        part,
        rows,
        can_say=mine in deciding or (not deciding and mine in names),
        can_see=False,
        holder=seen.called_by(seen.circle.coordinator),
    )


def authority_at_work(reading: Reading, part_ref: UUID) -> AuthorityPage:
    """Return who decides about a child this professional reads along about. Raises NotFound."""
    if reading.actor.role is not Role.PROFESSIONAL:
        raise NotFound
    part = at_ref(_parts(reading).filter(member__is_child=True), part_ref)
    rows = _said(reading, part, {})
    page = _page(reading, part, rows, can_say=False, can_see=True)
    (name,) = by_home(reading.actor, [part], [page.child], on=day_of(reading.at))
    return replace(page, child=name)


def child_of(actor: Actor, authority_ref: UUID, *, on: date) -> UUID:
    """Return about which child something was said that this actor sees. Raises NotFound."""
    rows = Authority.objects.visible_to(actor, on=on).select_related("child")
    return at_ref(rows, authority_ref).child.ref


def adults_of(seen: Scene) -> list[tuple[UUID, str]]:
    """Return the adults of a home as a form asks for them: person and name."""
    return [(person, name) for person, name in _at_home(seen).items()]


def _parts(reading: Reading) -> PartQuerySet:
    rows = Part.objects.visible_to(reading.actor, on=day_of(reading.at))
    return rows.select_related("folder", "circle", "member")


def _at_home(seen: Scene) -> dict[UUID, str]:
    """Return who the adults of a home are called, by person; also who has not come yet."""
    kept = Seat.objects.filter(
        pk__in=[seat.pk for seat in seen.seats if seat.kind == SeatKind.FAMILY],
        member__is_child=False,
    )
    rows = kept.select_related("folder", "member").order_by("id")
    return {seat.member.person: seen.reading.text(seat, "called") for seat in rows if seat.member}


def _rows(reading: Reading, part: Part) -> list[Authority]:
    on = day_of(reading.at)
    rows = Authority.objects.visible_to(reading.actor, on=on).filter(child=part.member)
    here = rows.filter(circle=part.circle_id) if part.circle_id else rows
    standing = Q(last_day__gte=on, ended_at=None)
    return list(here.filter(standing).order_by("from_day", "id"))


def _said(reading: Reading, part: Part, names: dict[UUID, str]) -> list[Says]:
    rows = _rows(reading, part)
    people = called({one for row in rows for one in (row.who, row.seen_by)})
    on, mine = day_of(reading.at), me(reading.actor)
    reading.relies_on(part.folder)
    return [
        Says(
            ref=row.ref,
            name=names.get(row.who) or (people[row.who].whole if row.who in people else ""),
            kind=row.kind,
            label=str(row.get_kind_display()),
            decides=row.kind in DECIDES,
            is_doubted=row.state == AuthorityState.DISPUTED,
            seen=people[row.seen_by].whole if row.seen_by in people else "",
            seen_on=row.seen_on,
            paper=str(row.get_paper_display()) if row.paper else "",
            from_day=row.from_day,
            last_day=row.last_day if row.last_day < NO_END else None,
            begins=row.from_day > on,
            is_me=row.who == mine,
        )
        for row in rows
    ]


def _page(
    reading: Reading,
    part: Part,
    rows: list[Says],
    *,
    can_say: bool,
    can_see: bool,
    holder: Called | None = None,
) -> AuthorityPage:
    return AuthorityPage(
        ref=part.ref,
        child=reading.text(part, "called"),
        member=part.member.ref if part.member else None,
        rows=tuple(rows),
        edges=_edges(reading, part),
        can_say=can_say and reading.actor.role in FAMILY_ROLES,
        can_see=can_see,
        is_alone=_decides_alone(reading, part),
        holder=holder,
    )


def _decides_alone(reading: Reading, part: Part) -> bool:
    born, on = reading.text(part, "born"), day_of(reading.at)
    if not born or part.member is None or not part.member.is_able:
        return False
    return on >= rules.birthday(date.fromisoformat(born), rules.strictest((), on).child_alone_from)


def _edges(reading: Reading, part: Part) -> tuple[Edge, ...]:
    """Return the birthdays that are still to come and change who decides."""
    born = reading.text(part, "born")
    if not born:
        return ()
    return rules.edges_from(date.fromisoformat(born), day_of(reading.at))
