"""A child's room: its people, what it said and heard back; and what was said to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.looks import looks
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.called import BY_FUNCTION, called
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.queries_files import FileLine, files_of_said
from smartstart.circle.models import Member, Part, Said, Seat
from smartstart.circle.states import SeatKind


@dataclass(frozen=True, slots=True)
class Near:
    """One of a child's people: a name and one plain word, no organisation."""

    ref: UUID
    name: str
    work: str
    face: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a child said and heard back. ``was_read``: by whom it chose."""

    ref: UUID
    by: str
    to: str
    words: str
    said_at: datetime
    was_read: bool
    answer: str
    fine: str
    files: tuple[FileLine, ...] = ()


def people_of(actor: Actor, *, on: date) -> list[Near]:
    """Return whom a child can say something to: who lives at home, is near, or helps the child.

    Never who is there for a parent's own matters. Four queries; nobody's words are read. [] for
    who is no child.
    """
    if actor.role is not Role.YOUNG_PERSON or actor.person is None:
        return []
    mine = Member.objects.filter(person=actor.person, is_child=True)
    own = Part.objects.filter(member__in=mine)
    homes = own.filter(circle__closed_on=None).exclude(circle=None)
    at_home = Q(folder_id__in=homes.values("circle__folder_id"))
    near = at_home & Q(kind__in=[SeatKind.FAMILY, SeatKind.INFORMAL])
    seats = Seat.objects.held_on(on).filter(near | Q(folder_id__in=own.values("folder_id")))
    seats = seats.exclude(kind=SeatKind.QUESTION_ONLY)
    order = list(seats.exclude(who=None).order_by("pk").values_list("who", "face"))
    names = called(who for who, _face in order)
    found = {
        who: Near(who, names[who].name, names[who].work, face or names[who].face)
        for who, face in order
        if who in names and who != actor.person and names[who].domain not in BY_FUNCTION
    }
    return sorted(found.values(), key=lambda one: (bool(one.work), one.name))


def said_by(reading: Reading) -> list[Told]:
    """Return what a child said, newest first, at most ten."""
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at))
    mine = rows.filter(by=receiver_of(reading.actor) or UUID(int=0)).select_related("folder")
    return _told(reading, list(mine.order_by("-said_at", "-pk")[:10]))


def said_to(reading: Reading) -> list[Told]:
    """Return what children said to somebody, what waits for an answer first."""
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at))
    mine = rows.filter(to=receiver_of(reading.actor) or UUID(int=0)).select_related("folder")
    return _told(reading, list(mine.order_by("answered_at", "said_at", "pk")[:50]))


def said_one(reading: Reading, ref: UUID) -> Told:
    """Return one thing that a child said. Raises NotFound."""
    rows = Said.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related("folder")
    return _told(reading, [at_ref(rows, ref)])[0]


def _told(reading: Reading, rows: list[Said]) -> list[Told]:
    if not rows:
        return []
    folders = [row.folder_id for row in rows]
    since = min(row.said_at for row in rows)
    children = {row.by for row in rows}
    seen = looks(folders, since=since, until=reading.at)
    was_read = {look.folder for look in seen if look.person not in children}
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
        )
        for row in rows
    ]
