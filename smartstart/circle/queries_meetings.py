"""Meetings as their people see them, and the calendar file that says nothing of the family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called, called
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Agreement, Beforehand, Entry, Meeting, Mention, Part
from smartstart.circle.operations_meetings import agreement_of, family_of
from smartstart.circle.queries_homes import by_home
from smartstart.circle.rules import proposals


@dataclass(frozen=True, slots=True)
class Before:
    """What one person said before."""

    by: str
    comes: bool
    words: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line of the minutes that can be agreed on; ``number`` is its place there."""

    number: int
    words: str
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting. ``is_mine``: I planned or chair it. ``minutes``: what was said, or "".

    ``rests``: somebody named in it asked that nobody reads it but who planned it.
    """

    ref: UUID
    title: str
    place: str
    chair: str
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    is_over: bool
    is_mine: bool
    before: tuple[Before, ...]
    minutes: str = ""
    rests: bool = False
    proposed: tuple[Proposed, ...] = ()


def meetings_of(reading: Reading, *, circle: UUID | None = None) -> list[Sitting]:
    """Return the meetings that are not over, the first one first, at most fifty. One query.

    ``circle``: of this home only. Raises NotFound for who is in no circle by their role.
    """
    ahead = _meetings(reading, circle).filter(ends_at__gt=reading.at)
    return [_sitting(reading, row, ()) for row in ahead.order_by("starts_at", "pk")[:50]]


def meetings_over(reading: Reading, *, circle: UUID | None = None) -> list[Sitting]:
    """Return the last twenty that took place, to write down what was said; else as above."""
    over = _meetings(reading, circle).filter(ends_at__lte=reading.at, cancelled_at=None)
    return [_sitting(reading, row, ()) for row in over.order_by("-ends_at", "pk")[:20]]


def _meetings(reading: Reading, circle: UUID | None) -> QuerySet[Meeting]:
    if receiver_of(reading.actor) is None:
        raise NotFound
    rows = Meeting.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related("folder")
    if circle is None:
        return rows
    return rows.filter(folder__in=Part.objects.filter(circle__ref=circle).values("folder"))


def meeting_one(reading: Reading, ref: UUID) -> Sitting:
    """Return one meeting with what was said before. Raises NotFound."""
    rows = Meeting.objects.visible_to(reading.actor, on=day_of(reading.at))
    row = at_ref(rows.select_related("folder"), ref)
    told = Beforehand.objects.visible_to(reading.actor, on=day_of(reading.at)).filter(meeting=row)
    said = told.select_related("folder").order_by("pk")
    mine = receiver_of(reading.actor)
    before = tuple(
        Before(
            reading.text(one, "by_called"), one.comes, reading.text(one, "words"), one.by == mine
        )
        for one in said
    )
    minutes = _minutes(reading, row)
    return replace(
        _sitting(reading, row, before),
        minutes=minutes,
        rests=Mention.objects.rests("meeting", row.pk, reading.actor, on=day_of(reading.at)),
        proposed=_proposed(row, minutes),
    )


def _minutes(reading: Reading, row: Meeting) -> str:
    """Return what was said, for who reads that entry; "" when it is not there for them."""
    if row.minutes_id is None:
        return ""
    seen = Entry.objects.visible_to(reading.actor, on=day_of(reading.at))
    kept = seen.filter(pk=row.minutes_id).select_related("folder").first()
    return reading.text(kept, "words") if kept else ""


def _proposed(row: Meeting, minutes: str) -> tuple[Proposed, ...]:
    lines = proposals(minutes)
    refs = {agreement_of(row.ref, line): line for line in lines}
    made = Agreement.objects.filter(ref__in=refs).values_list("ref", flat=True)
    agreed = {refs[ref] for ref in made}
    return tuple(Proposed(n, line, line in agreed) for n, line in enumerate(lines))


def places_to_meet(reading: Reading, *, circle: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return about whom a meeting can be planned: reference and name ("" for the household).

    Only in circles that run; ``circle``: in this one. A name in a list is a glance.
    """
    seen = Part.objects.visible_to(reading.actor, on=day_of(reading.at))
    running = seen.filter(circle__isnull=False, circle__closed_on=None)
    running = running if circle is None else running.filter(circle__ref=circle)
    parts = list(running.select_related("folder").order_by("circle_id", "member_id", "id"))
    glanced = reading.texts(parts, "called", deed=Deed.GLANCED)
    names = by_home(reading.actor, parts, glanced, on=day_of(reading.at))
    return [
        (part.ref, name if part.member_id else "") for part, name in zip(parts, names, strict=True)
    ]


def chairs(reading: Reading, part_ref: UUID) -> list[Called]:
    """Return who can chair a meeting about a part. Raises NotFound, also for what homes share."""
    seen = Part.objects.visible_to(reading.actor, on=day_of(reading.at)).exclude(circle=None)
    part = at_ref(seen.select_related("folder"), part_ref)
    reading.relies_on(part.folder)
    return sorted(called(family_of(part, at=reading.at)).values(), key=lambda one: one.name)


def calendar(meeting: Sitting, *, words: str, at: datetime) -> str:
    """Return a calendar file: when, and a word that says nothing. No place, no name, no reason."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//calendar//NL",
        "BEGIN:VEVENT",
        f"UID:{meeting.ref.hex}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.ends_at)}",
        f"SUMMARY:{words}",
        "CLASS:PRIVATE",
        *(("STATUS:CANCELLED",) if meeting.is_off else ()),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _sitting(reading: Reading, row: Meeting, before: tuple[Before, ...]) -> Sitting:
    return Sitting(
        ref=row.ref,
        title=reading.text(row, "title"),
        place=reading.text(row, "place"),
        chair=reading.text(row, "chair_called"),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_off=row.cancelled_at is not None,
        is_over=row.ends_at <= reading.at,
        is_mine=receiver_of(reading.actor) in {row.chair, row.made_by},
        before=before,
    )
