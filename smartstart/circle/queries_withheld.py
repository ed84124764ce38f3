"""What the two who withhold see of it, and who could be the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.looks import looks
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called, called
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Entry, Part, Withheld, WithheldStep
from smartstart.circle.question_places import may_be_asked
from smartstart.circle.states import WithheldState
from smartstart.people.models import Position
from smartstart.people.wearers import wearers

OVER = (WithheldState.OPENED, WithheldState.DROPPED)


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the list. ``asks_me``: the other proposed something and waits for me."""

    ref: UUID
    about: str
    state: str
    asks_me: bool
    review_on: date
    is_overdue: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What one of the two did."""

    kind: str
    label: str
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptWhole:
    """One item whole. ``words`` "" while it stands where the reader may not read it.

    ``stands``: it is in the circle still, where the family reads it.
    """

    line: Kept
    title: str
    words: str
    by: str
    reason: str
    is_mine: bool
    stands: bool
    steps: tuple[Step, ...]
    looked: tuple[tuple[datetime, str], ...]


def kept_by(reading: Reading) -> list[Kept]:
    """Return what this actor keeps apart with somebody, the first to look at again first.

    Raises NotFound for who never withholds.
    """
    if not reading.actor.may(Permission.CIRCLE_WITHHOLD):
        raise NotFound
    on = day_of(reading.at)
    rows = Withheld.objects.visible_to(reading.actor, on=on).exclude(state__in=OVER)
    found = rows.select_related("folder").order_by("review_on", "pk")
    return [_line(reading, row, on=on) for row in found]


def kept_one(reading: Reading, ref: UUID) -> KeptWhole:
    """Return one item, with what the two did and when they looked. Raises NotFound."""
    on = day_of(reading.at)
    rows = Withheld.objects.visible_to(reading.actor, on=on).exclude(state__in=OVER)
    row = at_ref(rows.select_related("folder", "entry"), ref)
    entry = Entry.objects.visible_to(reading.actor, on=on).select_related("folder")
    told = entry.filter(pk=row.entry_id).first()
    return KeptWhole(
        line=_line(reading, row, on=on),
        title=reading.text(told, "title") if told else "",
        words=reading.text(told, "words") if told else "",
        by=reading.text(told, "author_called") if told else "",
        reason=reading.text(row, "reason"),
        is_mine=row.first == receiver_of(reading.actor),
        stands=row.entry.folder_id != row.folder_id,
        steps=_steps(reading, row),
        looked=_looked(row, reading.at),
    )


@dataclass(frozen=True, slots=True)
class AskedSecond:
    """Somebody asks this function to be the second: who, and about whom; nothing of what."""

    ref: UUID
    about: str
    by: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """The two who keep something, and who could come in the place of one of them."""

    two: tuple[Called, ...]
    others: tuple[Called, ...]
    waits_for: str


def asked_to_second(reading: Reading) -> list[AskedSecond]:
    """Return what this function was asked to be the second for."""
    rows = Withheld.objects.asked_of(reading.actor).exclude(state__in=OVER)
    found = list(rows.select_related("folder").order_by("pk"))
    people = called({_stays(row) for row in found})
    return [
        AskedSecond(row.ref, reading.text(row, "about"), _whole(people, _stays(row)))
        for row in found
    ]


def second_asked(reading: Reading, ref: UUID) -> AskedSecond:
    """Return one of these. Raises NotFound."""
    one = next((one for one in asked_to_second(reading) if one.ref == ref), None)
    if one is None:
        raise NotFound
    return one


def replaced(reading: Reading, ref: UUID) -> Replaced:
    """Return the two who keep it, and who could be asked instead of one. Raises NotFound."""
    actor, on = reading.actor, day_of(reading.at)
    rows = Withheld.objects.visible_to(actor, on=on).exclude(state__in=OVER)
    row = at_ref(rows.select_related("home"), ref)
    two = called([row.first, row.second])
    others = [one for one in _near(actor, row.home, on=on) if one.ref not in two]
    waits = called([row.third]) if row.third else {}
    return Replaced(
        tuple(two.values()),
        tuple(others),
        next((one.whole for one in waits.values()), ""),
    )


def _stays(row: Withheld) -> UUID:
    return row.second if row.leaves == row.first else row.first


def _whole(people: dict[UUID, Called], ref: UUID) -> str:
    return people[ref].whole if ref in people else ""


def seconds(actor: Actor, part_ref: UUID, *, on: date) -> list[Called]:
    """Return who could be the second for a part: functions this actor knows. Raises NotFound."""
    part = at_ref(Part.objects.visible_to(actor, on=on).select_related("circle"), part_ref)
    if not actor.may(Permission.CIRCLE_WITHHOLD):
        raise NotFound
    return _near(actor, part, on=on)


def _near(actor: Actor, part: Part, *, on: date) -> list[Called]:
    """Return the functions with somebody in them whom this actor knows near a part."""
    known = may_be_asked(actor, part, on=on)
    filled = Position.objects.filter(ref__in=known, occupant__isnull=False)
    near = called(filled.values_list("ref", flat=True)).values()
    return sorted(near, key=lambda one: (one.name, one.work))


def _line(reading: Reading, row: Withheld, *, on: date) -> Kept:
    waits = row.state in {WithheldState.PROPOSED, WithheldState.OPENING}
    is_kept = row.state in {WithheldState.KEPT, WithheldState.OPENING}
    return Kept(
        ref=row.ref,
        about=reading.text(row, "about"),
        state=row.state,
        asks_me=waits and row.said_by != receiver_of(reading.actor),
        review_on=row.review_on,
        is_overdue=is_kept and row.review_on < on,
        made_at=row.made_at,
    )


def _steps(reading: Reading, row: Withheld) -> tuple[Step, ...]:
    steps = WithheldStep.objects.filter(withheld=row).select_related("folder").order_by("pk")
    return tuple(
        Step(
            step.kind,
            str(step.get_kind_display()),
            reading.text(step, "by_called"),
            reading.text(step, "why"),
            step.at,
        )
        for step in steps
    )


def _looked(row: Withheld, at: datetime) -> tuple[tuple[datetime, str], ...]:
    """Return when which of the two looked: the line of withheld things is theirs to see."""
    found = looks([row.folder_id], since=row.made_at, until=at)
    worn = wearers({look.hat for look in found if look.hat})
    times = dict.fromkeys((look.at, worn[look.hat].shown_as) for look in found if look.hat in worn)
    return tuple(times)
