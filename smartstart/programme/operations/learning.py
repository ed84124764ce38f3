"""Lessons: written by one pilot, answered by another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import save_once
from smartstart.programme import errors
from smartstart.programme.choices import Answer, VindplaatsKind
from smartstart.programme.models import Lesson, LessonAnswer, Pilot
from smartstart.programme.operations.pilots import account_of, changed, held, led, said
from smartstart.programme.standing import halves_shown


def lessons_waiting(pilot: Pilot, *, on: date) -> QuerySet[Lesson]:
    """Return lessons of others that fire for this pilot and have no answer yet, oldest first.

    They fire at the stand the evidence reached, or a higher one that is explained: who explains
    a lower stand for a while is not done with what the pilot has met.
    """
    kind = pilot.vindplaats.kind if pilot.vindplaats else ""
    reached = max(pilot.computed_halves, halves_shown(pilot, on=on))
    return (
        Lesson.objects.filter(Q(kind="") | Q(kind=kind), halves__lte=reached, is_public=True)
        .filter(pilot__is_public=True)
        .exclude(pilot=pilot)
        .exclude(answers__pilot=pilot)
        .select_related("pilot")
        .order_by("halves", "learned_on", "id")
    )


@transaction.atomic
def write_lesson(
    actor: Actor,
    pilot_id: int,
    *,
    text: str,
    advice: str,
    halves: int,
    kind: str,
    ref: UUID | None = None,
    at: datetime,
) -> Lesson:
    """Keep what this pilot learned, and when another should think of it.

    Raises NotFound, NotAllowed, ReasonMissing, SentBefore, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    told = Lesson(
        pilot=pilot,
        text=said(text),
        advice=advice.strip(),
        halves=halves,
        kind=VindplaatsKind(kind) if kind else "",
        learned_on=day_of(at),
    )
    lesson, is_new = save_once(told, ref, sent_by=actor.account, pilot_id=pilot.pk)
    if is_new:
        changed(actor, pilot, Deed.MADE, at=at, why="lesson")
    return lesson


@transaction.atomic
def withdraw_lesson(actor: Actor, lesson_id: int, *, at: datetime) -> None:
    """Show a lesson no longer. Raises NotFound, NotAllowed."""
    lesson = Lesson.objects.visible_to(actor, on=day_of(at)).one(lesson_id, lock=True)
    pilot = led(actor, lesson.pilot_id, at=at)
    Lesson.objects.filter(pk=lesson.pk).update(is_public=False)
    changed(actor, pilot, at=at, why="lesson withdrawn")


@transaction.atomic
def answer_lesson(
    actor: Actor, pilot_id: int, lesson_id: int, *, answer: str, why: str, at: datetime
) -> LessonAnswer:
    """Say what this pilot did with a lesson of another: used, not used or wrong here, and why.

    Raises NotFound, NotAllowed, LessonDoesNotFit, ReasonMissing, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    lesson = lessons_waiting(pilot, on=day_of(at)).filter(pk=lesson_id).first()
    if lesson is None:
        raise errors.LessonDoesNotFit
    try:
        with transaction.atomic():
            given = LessonAnswer.objects.create(
                lesson=lesson,
                pilot=pilot,
                answer=Answer(answer),
                why=said(why),
                by=account_of(actor),
                on=day_of(at),
            )
    except IntegrityError:
        raise errors.LessonDoesNotFit from None
    Pilot.objects.filter(pk=lesson.pilot_id).update(version=lesson.pilot.version + 1)
    changed(actor, pilot, at=at, why="lesson answered")
    return given
