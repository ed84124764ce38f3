"""Requests about one's own data: one's own, and all with their clock for the privacy officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.called import called
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import at_ref
from smartstart.circle.models import Restriction, RightsRequest, Withheld
from smartstart.circle.operations_rest import parts_of_own
from smartstart.circle.scene import PartLine
from smartstart.circle.states import RightState, WithheldState


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``days_left`` is negative when the day to answer is over."""

    ref: UUID
    kind: str
    label: str
    name: str
    reach: str
    person: UUID | None
    words: str
    asked_on: date
    answer_by: date
    days_left: int
    is_open: bool
    is_done: bool
    is_longer: bool
    longer_why: str
    answer: str
    answered_on: date | None
    rests: bool
    rests_until: date | None


@dataclass(frozen=True, slots=True)
class Resting:
    """One folder of a home that rests, and why; ``until`` None: nobody said a day."""

    about: str
    why: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Waits:
    """One request in the list of the privacy officer: no name, no word."""

    ref: UUID
    label: str
    answer_by: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Something that two functions keep apart: never what, about whom or why."""

    first: str
    second: str
    review_on: date
    is_overdue: bool


def requests_of(reading: Reading) -> list[Asked]:
    """Return what somebody asked themself, newest first."""
    seen = RightsRequest.objects.visible_to(reading.actor, on=day_of(reading.at))
    mine = seen.filter(asked_by=reading.actor.person).exclude(asked_by=None)
    return [_asked(reading, row) for row in mine.select_related("folder").order_by("-pk")]


def request_one(reading: Reading, ref: UUID) -> Asked:
    """Return one request whole. Raises NotFound."""
    rows = RightsRequest.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related(
        "folder"
    )
    return _asked(reading, at_ref(rows, ref))


def requests_waiting(actor: Actor, *, on: date) -> list[Waits]:
    """Return what waits for the privacy officer. Raises NotAllowed."""
    require(actor, Permission.LEDGER_READ)
    rows = RightsRequest.objects.visible_to(actor, on=on).open()
    return [
        Waits(row.ref, str(row.get_kind_display()), row.answer_by, (row.answer_by - on).days)
        for row in rows
    ]


def kept_apart(actor: Actor, *, on: date) -> list[Apart]:
    """Return by which functions something is kept apart, and until when. Raises NotAllowed."""
    require(actor, Permission.LEDGER_READ)
    kept = [WithheldState.KEPT, WithheldState.OPENING]
    rows = list(Withheld.objects.filter(state__in=kept).order_by("review_on", "pk"))
    names = called({one for row in rows for one in (row.first, row.second)})
    return [
        Apart(
            names[row.first].whole if row.first in names else "",
            names[row.second].whole if row.second in names else "",
            row.review_on,
            row.review_on < on,
        )
        for row in rows
    ]


def _asked(reading: Reading, row: RightsRequest) -> Asked:
    person = called([row.asked_by]).get(row.asked_by) if row.asked_by else None
    running = Restriction.objects.running().filter(request=row)
    until = Q(ends_on=None) | Q(ends_on__gte=day_of(reading.at))
    stands = running.filter(until).first()
    return Asked(
        ref=row.ref,
        kind=row.kind,
        label=str(row.get_kind_display()),
        name=person.name if person else reading.text(row, "name"),
        reach=reading.text(row, "reach"),
        person=row.asked_by,
        words=reading.text(row, "words"),
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        days_left=(row.answer_by - day_of(reading.at)).days,
        is_open=row.state == RightState.ASKED,
        is_done=row.state == RightState.DONE,
        is_longer=row.is_longer,
        longer_why=reading.text(row, "longer_why"),
        answer=reading.text(row, "answer"),
        answered_on=row.answered_on,
        rests=stands is not None,
        rests_until=stands.ends_on if stands else None,
    )


def parts_of_mine(reading: Reading) -> list[tuple[UUID, str]]:
    """Return about whom somebody can ask a right, by reference and name; none outside a family."""
    if reading.actor.role not in FAMILY_ROLES:
        return []
    rows = parts_of_own(reading.actor, on=day_of(reading.at)).select_related("folder")
    found = rows.exclude(circle=None).order_by("pk")
    return [(row.ref, reading.text(row, "called")) for row in found]


def resting(reading: Reading, parts: Iterable[PartLine]) -> list[Resting]:
    """Return which of these folders no organisation reads now, and why. One query."""
    on, names = day_of(reading.at), {one.folder: one.called for one in parts}
    rows = Restriction.objects.visible_to(reading.actor, on=on).running()
    found = rows.filter(folder__in=names).select_related("folder").order_by("pk")
    return [
        Resting(names[row.folder_id], reading.text(row, "why"), day_of(row.begun_at), row.ends_on)
        for row in found
        if row.ends_on is None or row.ends_on >= on
    ]
