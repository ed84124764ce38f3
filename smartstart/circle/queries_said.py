"""A child's room: its people, what it said and heard back; and what was said to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from smartstart.access.actor import TWO_FACTORS, Actor
from smartstart.access.looks import looks
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.called import BY_FUNCTION, Called, called
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Circle, Member, Part, Said, Seat
from smartstart.circle.queries_files import FileLine, files_of_said
from smartstart.circle.states import SeatKind
from smartstart.people.models import Hat


@dataclass(frozen=True, slots=True)
class Near:
    """One of a child's people: a name and one plain word, no organisation."""

    ref: UUID
    name: str
    work: str
    face: str


Placed = tuple[Near, UUID | None, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a child said and heard back. ``was_read``: by whom it chose.

    ``by_card``: the child came in with a card alone, and reads that there is an answer, no word.
    ``has_left``: whom it chose is not in that function any more.
    """

    ref: UUID
    by: str
    to: str
    words: str
    said_at: datetime
    was_read: bool
    answer: str
    fine: str
    files: tuple[FileLine, ...] = ()
    by_card: bool = False
    is_answered: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """One home of a child, called by the adults who live there; ``part`` is the child's in it."""

    part: UUID
    called: str


@dataclass(frozen=True, slots=True)
class Room:
    """A child's room as seen from one home; ``chosen`` None: not said yet where the child is.

    ``people`` can hear something; ``also`` are asked about the child now and then.
    """

    homes: tuple[Home, ...]
    chosen: UUID | None
    people: tuple[Near, ...]
    also: tuple[Near, ...]
    elsewhere: frozenset[UUID]


def people_of(actor: Actor, *, on: date) -> list[Near]:
    """Return whom a child can say something to: who lives at home, is near, or helps the child.

    Never who is there for a parent's own matters. Four queries; nobody's words are read. [] for
    who is no child.
    """
    return _in_order(one for one in _near(actor, on=on) if one[2] != SeatKind.QUESTION_ONLY)


def room_of(actor: Actor, *, on: date, home: str = "") -> Room:
    """Return a child's room: of two homes only the people of the one the child says it is in.

    Until then only who belongs to both, such as the school: whoever looks along on the screen in
    one home reads no name of the other (decision 0016).
    """
    near = _near(actor, on=on)
    parts = {part for _one, part, _kind in near if part is not None}
    homes = tuple(sorted((Home(one, _adults(near, one)) for one in parts), key=_called))
    chosen = next((one.part for one in homes if str(one.part) == home), None)
    if len(homes) < 2:
        return Room((), None, *_both(near), frozenset())
    shown = [one for one in near if one[1] in {None, chosen}]
    elsewhere = {one.ref for one, _part, _kind in near} - {one.ref for one, *_rest in shown}
    return Room(homes, chosen, *_both(shown), frozenset(elsewhere))


def home_here(homes: Sequence[Circle], chosen: UUID | None) -> UUID | None:
    """Return of the homes that a child sees the one it is in: the only one, else the chosen one."""
    if len(homes) < 2:
        return homes[0].ref if homes else None
    if chosen is None:
        return None
    circle = Part.objects.filter(ref=chosen).values_list("circle", flat=True).first()
    return next((home.ref for home in homes if home.pk == circle), None)


def _both(near: list[Placed]) -> tuple[tuple[Near, ...], tuple[Near, ...]]:
    """Return who can hear something, and who else is asked about the child now and then."""
    hears = _in_order(one for one in near if one[2] != SeatKind.QUESTION_ONLY)
    refs = {one.ref for one in hears}
    return tuple(hears), tuple(one for one in _in_order(near) if one.ref not in refs)


def _called(home: Home) -> str:
    return home.called


def _near(actor: Actor, *, on: date) -> list[Placed]:
    """Return who is near a child, with the child's part in that home (None: both) and the seat."""
    if actor.role is not Role.YOUNG_PERSON or actor.person is None:
        return []
    mine = Member.objects.filter(person=actor.person, is_child=True)
    own = Part.objects.filter(member__in=mine)
    homes = own.filter(circle__closed_on=None).exclude(circle=None)
    places = dict(homes.values_list("circle__folder_id", "ref"))
    places |= dict(homes.values_list("folder_id", "ref"))
    at_home = Q(folder_id__in=homes.values("circle__folder_id"))
    near = at_home & Q(kind__in=[SeatKind.FAMILY, SeatKind.INFORMAL])
    seats = Seat.objects.held_on(on).filter(near | Q(folder_id__in=own.values("folder_id")))
    order = list(seats.exclude(who=None).order_by("pk"))
    names = called(seat.who for seat in order)
    return [
        (_one(seat, names[seat.who]), places.get(seat.folder_id), seat.kind)
        for seat in order
        if seat.who in names and seat.who != actor.person and _is_shown(names[seat.who])
    ]


def _one(seat: Seat, known: Called) -> Near:
    return Near(known.ref, known.name, known.work, seat.face or known.face)


def _is_shown(known: Called) -> bool:
    return known.domain not in BY_FUNCTION


def _adults(near: list[Placed], part: UUID) -> str:
    """Return the names of who lives in a home, as the child calls it."""
    family = [one.name for one, where, kind in near if where == part and kind == SeatKind.FAMILY]
    return ", ".join(sorted(set(family)))


def _in_order(near: Iterable[Placed]) -> list[Near]:
    found = {one.ref: one for one, _part, _kind in reversed(list(near))}
    return sorted(found.values(), key=lambda one: (bool(one.work), one.name))


def said_by(reading: Reading, *, but: frozenset[UUID] = frozenset()) -> list[Told]:
    """Return what a child said, newest first, at most ten; ``but``: not to these.

    A young child has a card and no second key: in its own room it reads to whom it said something
    and whether there is an answer, which it reads together with that one.
    """
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at))
    mine = rows.filter(by=receiver_of(reading.actor) or UUID(int=0)).select_related("folder")
    newest = list(mine.exclude(to__in=but).order_by("-said_at", "-pk")[:10])
    if reading.actor.assurance < TWO_FACTORS:
        return _by_card(reading, newest)
    return _told(reading, newest)


def said_to(reading: Reading) -> list[Told]:
    """Return what children said to somebody, what waits for an answer first."""
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at))
    mine = rows.filter(to=receiver_of(reading.actor) or UUID(int=0)).select_related("folder")
    return _told(reading, list(mine.order_by("answered_at", "said_at", "pk")[:50]))


def told_before(actor: Actor, *, on: date) -> int:
    """Return how much was told to who was in this function before: a number, no word. One query."""
    if actor.position is None:
        return 0
    told = Said.objects.told_to(actor, on=on).filter(to=actor.position)
    return told.exclude(pk__in=Said.objects.visible_to(actor, on=on).values("pk")).count()


def said_one(reading: Reading, ref: UUID) -> Told:
    """Return one thing that a child said. Raises NotFound."""
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related("folder")
    return _told(reading, [at_ref(rows, ref)])[0]


def _by_card(reading: Reading, rows: list[Said]) -> list[Told]:
    """Return it without a word that was said: nothing sealed is opened."""
    names, was_read = called(row.heard_by or row.to for row in rows), _read_of(reading, rows)
    left = _who_left(rows, on=day_of(reading.at))
    return [
        Told(
            row.ref,
            by="",
            to=names[who].name if (who := row.heard_by or row.to) in names else "",
            words="",
            said_at=row.said_at,
            was_read=row.folder_id in was_read,
            answer="",
            fine=row.fine,
            by_card=True,
            is_answered=row.answered_at is not None,
            has_left=row.pk in left,
        )
        for row in rows
    ]


def _who_left(rows: list[Said], *, on: date) -> set[int]:
    """Return of which of these nobody reads it now, for whom the child chose left. One query."""
    told = {row.pk: (row.to, row.heard_by) for row in rows if row.heard_by is not None}
    if not told:
        return set()
    functions = {to for to, _who in told.values()}
    worn = Hat.objects.worn_on(on).filter(
        position__ref__in=functions, account=F("position__occupant")
    )
    there = set(worn.values_list("position__ref", "account__person"))
    return {pk for pk, pair in told.items() if pair not in there}


def _read_of(reading: Reading, rows: list[Said]) -> set[int]:
    """Return the folders of what somebody else than the child has read."""
    if not rows:
        return set()
    since, children = min(row.said_at for row in rows), {row.by for row in rows}
    seen = looks([row.folder_id for row in rows], since=since, until=reading.at)
    return {look.folder for look in seen if look.person not in children}


def _told(reading: Reading, rows: list[Said]) -> list[Told]:
    if not rows:
        return []
    was_read, left = _read_of(reading, rows), _who_left(rows, on=day_of(reading.at))
    files = files_of_said(reading, [row.ref for row in rows])
    return [
        Told(
            row.ref,
            reading.text(row, "by_called"),
            reading.text(row, "to_called"),
            reading.text(row, "words"),
            row.said_at,
            row.folder_id in was_read,
            reading.text(row, "answer"),
            row.fine,
            tuple(files.get(row.ref, ())),
            has_left=row.pk in left,
        )
        for row in rows
    ]
