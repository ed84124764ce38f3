"""The end of what a circle held: a year after it closed its keys are destroyed, unless held.

So are those of a circle that was opened for a family of which nobody came, after its own days.

What stays: references, days and the ledger's lines, which still verify. What was said nobody can
read any more, from no backup either: the keys stand in none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder
from smartstart.access.operations import erase_folder
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.errors import SayWhatFor
from smartstart.circle.home import folder_ids, hold_family
from smartstart.circle.models import Circle, Heard, Member, Part, Said, Seat, SeatCode, Withheld
from smartstart.circle.models.family import CircleQuerySet
from smartstart.circle.operations_grounds import end_grounds
from smartstart.circle.states import GroundKind, SeatKind
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class Due:
    """One circle: the day its keys go, and whether the law keeps it until later.

    ``closed_on`` None: nobody of the family ever came.
    """

    circle: UUID
    closed_on: date | None
    erase_on: date
    held_until: date | None
    folders: int


def closed_circles() -> list[Due]:
    """Return every closed circle that is not erased, soonest first; no name, no word.

    What ``erase_circle`` will destroy, shown beforehand.
    """
    rows = _closed().order_by("erase_on", "pk")
    return [
        Due(row.ref, row.closed_on, _goes_on(row), row.held_until, len(folders_of(row)))
        for row in rows
        if row.closed_on is not None
    ]


def untaken_circles() -> list[Due]:
    """Return every circle opened for a family of which nobody took a place, soonest first."""
    rows = untaken().order_by("opened_at", "pk")
    return [
        Due(row.ref, None, goes_untaken_on(row), row.held_until, len(folders_of(row)))
        for row in rows
    ]


def goes_untaken_on(circle: Circle) -> date:
    """Return the day on which a circle is erased when nobody of the family has come."""
    return day_of(circle.opened_at) + timedelta(days=settings.SMARTSTART_CIRCLE_TAKEN_DAYS)


def due_on(day: date) -> list[UUID]:
    """Return the circles of which the day has come and that no law keeps."""
    is_free = Q(held_until=None) | Q(held_until__lt=day)
    closed = _closed().filter(is_free, erase_on__lte=day)
    waited = [one.ref for one in untaken().filter(is_free) if goes_untaken_on(one) <= day]
    return [*closed.values_list("ref", flat=True), *waited]


def folders_of(circle: Circle) -> list[int]:
    """Return all folders that end with a circle.

    Of the home, its people and its address; of what was withheld about them; and what a child's
    homes share and what it said itself, when this is the last home that is not erased; and what
    its people said of being heard.
    """
    homes = _standing().filter(family_id=circle.family_id).exclude(pk=circle.pk)
    parts = Q(circle=circle) if homes.exists() else Q(circle=circle) | Q(circle=None)
    own = Part.objects.filter(parts, family_id=circle.family_id)
    apart = Withheld.objects.filter(home__in=own).values_list("folder_id", flat=True)
    alone = [] if homes.exists() else _said(circle)
    heard = Heard.objects.filter(circle=circle).values_list("folder_id", flat=True)
    return sorted(
        {*folder_ids(circle), *own.values_list("folder_id", flat=True), *apart, *alone, *heard}
    )


def _said(circle: Circle) -> list[int]:
    """Return the folders of what the children of this family said to whom they chose."""
    children = Member.objects.filter(family_id=circle.family_id, is_child=True)
    said = Said.objects.filter(by__in=children.values("person"))
    return list(said.values_list("folder_id", flat=True))


@transaction.atomic
def erase_circle(ref: UUID, *, at: datetime) -> int:
    """Destroy the keys of one circle, when its day has come; return how many folders it were.

    0 when it is not due, was erased already, or was opened again. Everybody stops reading.
    """
    found = Circle.objects.filter(ref=ref).first()
    if found is None:
        return 0
    hold_family(found.family_id)
    if ref not in due_on(day_of(at)):
        return 0
    circle = Circle.objects.select_related("folder").get(pk=found.pk)
    folders = folders_of(circle)
    end_grounds(folders, at=at, kinds=list(GroundKind))
    SeatCode.objects.filter(seat__folder_id__in=folders).delete()
    return _erase(folders, at=at)


@transaction.atomic
def hold_circle(ref: UUID, *, until: date, why: str, at: datetime) -> Circle:
    """Keep a circle until a day because the law asks it; its family reads why.

    Raises NotFound, SayWhatFor.
    """
    found = _standing().filter(ref=ref).first()
    if found is None:
        raise NotFound
    if not why.strip():
        raise SayWhatFor
    hold_family(found.family_id)
    circle = Circle.objects.select_related("folder").get(pk=found.pk)
    circle.held_until = until
    circle.put(held_why=why.strip())
    circle.save(update_fields=["held_until", "held_why"])
    note(VISITOR, Deed.CHANGED, folders=[circle.folder_id], at=at, on=[circle.ref], why="held")
    return circle


def _standing() -> CircleQuerySet:
    return Circle.objects.filter(folder__erased_at=None)


def _closed() -> CircleQuerySet:
    return _standing().filter(closed_on__isnull=False, erase_on__gt=F("closed_on"))


def untaken() -> CircleQuerySet:
    """Circles opened by a function, in which nobody of the family ever took a place."""
    came = Seat.objects.filter(folder=OuterRef("folder"), kind=SeatKind.FAMILY, who__isnull=False)
    function = Position.objects.filter(ref=OuterRef("opened_by"))
    return _standing().filter(~Exists(came), Exists(function), closed_on=None)


def _goes_on(row: Circle) -> date:
    days = [day for day in (row.erase_on, row.held_until) if day is not None]
    return max(days)


def _erase(folders: Iterable[int], *, at: datetime) -> int:
    rows = Folder.objects.filter(pk__in=folders, erased_at=None).order_by("pk")
    found = list(rows)
    for folder in found:
        erase_folder(VISITOR, folder, at=at)
    return len(found)
