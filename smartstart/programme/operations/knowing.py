"""What a pilot asks and knows: its question, its figures and who took part."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import save_once
from smartstart.programme import errors, rules
from smartstart.programme.choices import Side
from smartstart.programme.models import PilotFigure, QuestionVersion, TookPart
from smartstart.programme.operations.pilots import changed, held, led, said


@transaction.atomic
def change_question(
    actor: Actor,
    pilot_id: int,
    *,
    text: str,
    changed_by: str,
    told: str = "",
    finding: UUID | None = None,
    at: datetime,
) -> QuestionVersion:
    """Ask the question in other words from today, and name the finding that changed it.

    ``told``: why this is a step back, when it is. Raises NotFound, NotAllowed, ReasonMissing,
    SameQuestion, in that order. The earlier versions stay.
    """
    pilot = led(actor, pilot_id, at=at)
    text, changed_by = said(text), said(changed_by)
    now = QuestionVersion.objects.get(pilot=pilot, is_current=True)
    if now.text == text:
        raise errors.SameQuestion
    QuestionVersion.objects.filter(pk=now.pk).update(is_current=False)
    version = QuestionVersion.objects.create(
        pilot=pilot,
        number=now.number + 1,
        text=text,
        since=day_of(at),
        changed_by=changed_by,
        told=told.strip(),
        finding=finding,
    )
    changed(actor, pilot, at=at, why="question changed")
    return version


@transaction.atomic
def add_figure(
    actor: Actor,
    pilot_id: int,
    *,
    words: str,
    value: str = "",
    low: str = "",
    high: str = "",
    sure: str = "",
    source: str = "",
    year: int | None = None,
    why_unknown: str = "",
    ref: UUID | None = None,
    at: datetime,
) -> PilotFigure:
    """Add one thing the pilot knows in a number, or says it does not know.

    Raises NotFound, NotAllowed, FigureLiesElsewhere, FigureOfLater, ReasonMissing, SentBefore,
    FigureIncomplete, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    if not rules.lies_between(value, low, high):
        raise errors.FigureLiesElsewhere
    if year is not None and year > day_of(at).year:
        raise errors.FigureOfLater
    told = PilotFigure(
        pilot=pilot,
        place=PilotFigure.objects.filter(pilot=pilot).count(),
        words=said(words),
        value=value,
        low=low,
        high=high,
        sure=sure,
        source=source,
        year=year,
        why_unknown=why_unknown,
    )
    try:
        figure, is_new = save_once(told, ref, sent_by=actor.account, pilot_id=pilot.pk)
    except IntegrityError:
        raise errors.FigureIncomplete from None
    if is_new:
        changed(actor, pilot, Deed.MADE, at=at, why="figure")
    return figure


@transaction.atomic
def remove_figure(actor: Actor, pilot_id: int, figure_id: int, *, at: datetime) -> None:
    """Take a figure off the page. Raises NotFound, NotAllowed."""
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    PilotFigure.objects.filter(pilot=pilot).visible_to(actor, on=day_of(at)).one(figure_id).delete()
    changed(actor, pilot, Deed.REMOVED, at=at, why="figure")


@transaction.atomic
def count_who_took_part(
    actor: Actor,
    pilot_id: int,
    *,
    side: str,
    people: int,
    heard_back: int,
    rest_hears_by: date | None = None,
    at: datetime,
) -> TookPart:
    """Say how many people of one side took part and how many heard back.

    Raises NotFound, NotAllowed, MoreHeardThanTookPart, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    if heard_back > people:
        raise errors.MoreHeardThanTookPart
    counted, _ = TookPart.objects.update_or_create(
        pilot=pilot,
        side=Side(side),
        defaults={"people": people, "heard_back": heard_back, "rest_hears_by": rest_hears_by},
    )
    changed(actor, pilot, at=at, why="who took part")
    return counted
