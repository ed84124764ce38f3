"""The stoplicht: evidence marked and taken back, deviations explained and ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.programme import errors, rules
from smartstart.programme.models import Deviation, EvidenceMark, Pilot, StandChange
from smartstart.programme.operations.learning import lessons_waiting
from smartstart.programme.operations.pilots import account_of, changed, held, led, said
from smartstart.programme.standing import marks_given

LONGEST: Final = timedelta(days=183)


@transaction.atomic
def mark_evidence(
    actor: Actor, pilot_id: int, item: str, *, note: str, at: datetime
) -> EvidenceMark:
    """Say that one item of the checklist is there; the stand follows by itself.

    Raises NotFound, NotAllowed, NoSuchEvidence, AlreadyThere, LessonsWait, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    if item not in rules.BY_SLUG:
        raise errors.NoSuchEvidence
    given = marks_given(pilot)
    if item in given:
        raise errors.AlreadyThere
    today = day_of(at)
    reached = rules.computed_halves(given | {item})
    if reached > pilot.computed_halves and lessons_waiting(pilot, on=today).exists():
        raise errors.LessonsWait
    mark = EvidenceMark.objects.create(
        pilot=pilot, item=item, given_on=today, by=account_of(actor), note=note.strip()
    )
    _stand(pilot, reached, told="", today=today)
    changed(actor, pilot, Deed.CONFIRMED, at=at, why=f"evidence {item}")
    return mark


@transaction.atomic
def take_back_evidence(actor: Actor, pilot_id: int, item: str, *, why: str, at: datetime) -> None:
    """Say that an item is there no longer, and why; a step back is told with this reason.

    Raises NotFound, NotAllowed, NotThere, ReasonMissing, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    given = marks_given(pilot)
    if item not in given:
        raise errors.NotThere
    why, today = said(why), day_of(at)
    EvidenceMark.objects.filter(pilot=pilot, item=item, taken_back_on=None).update(
        taken_back_on=today, why_taken_back=why
    )
    _stand(pilot, rules.computed_halves(given - {item}), told=why, today=today)
    changed(actor, pilot, at=at, why=f"evidence taken back {item}")


def _stand(pilot: Pilot, halves: int, *, told: str, today: date) -> None:
    if halves == pilot.computed_halves:
        return
    StandChange.objects.create(
        pilot=pilot, on=today, halves=halves, before=pilot.computed_halves, told=told
    )
    Pilot.objects.filter(pk=pilot.pk).update(computed_halves=halves)


@transaction.atomic
def explain_deviation(
    actor: Actor, pilot_id: int, *, halves: int, reason: str, until: date, at: datetime
) -> Deviation:
    """Show another stand than computed, with a reason and until a day; ends an earlier one.

    Raises NotFound, NotAllowed, DayIsTooFar, ReasonMissing, in that order.
    """
    pilot = led(actor, pilot_id, at=at)
    today = day_of(at)
    if not today <= until <= today + LONGEST:
        raise errors.DayIsTooFar
    Deviation.objects.filter(pilot=pilot, ended_on=None).update(ended_on=today)
    deviation = Deviation.objects.create(
        pilot=pilot,
        halves=halves,
        reason=said(reason),
        by=account_of(actor),
        from_day=today,
        until=until,
    )
    changed(actor, pilot, at=at, why="deviation explained")
    return deviation


@transaction.atomic
def end_deviation(actor: Actor, pilot_id: int, *, at: datetime) -> None:
    """Show the computed stand again. Raises NotFound, NotAllowed, NotThere."""
    pilot = led(actor, pilot_id, at=at)
    ended = Deviation.objects.filter(pilot=pilot, ended_on=None).update(ended_on=day_of(at))
    if not ended:
        raise errors.NotThere
    changed(actor, pilot, at=at, why="deviation ended")
