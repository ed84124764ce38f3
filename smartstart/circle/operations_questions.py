"""Asking and answering; what the holder does in between stands in ``operations_passing``.

Whoever of the family asks, says yes with it: the receiver reads this one question and what is
attached, until it is answered. Every deed writes a step that its people see, and one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.files.washing import Washed
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed
from smartstart.circle import errors_questions as errors
from smartstart.circle import question_grounds as grounds
from smartstart.circle.called import name_of
from smartstart.circle.home import running
from smartstart.circle.models import Attached, Entry, Part, Question, Reply
from smartstart.circle.operations_files import put_beside
from smartstart.circle.operations_passing import (
    accept,
    ask_family,
    decline,
    give_back,
    give_back_lost,
    know_privately,
    offer,
    pick_up,
    promise_today,
    take_over,
)
from smartstart.circle.question_places import (
    attach as attach_entries,
)
from smartstart.circle.question_places import (
    part_to_ask_in,
    require_in_circle,
)
from smartstart.circle.question_steps import (
    Taken,
    may_answer,
    me,
    move,
    question_known,
    require_acting,
    tell,
)
from smartstart.circle.states import QuestionKind, StepKind
from smartstart.holding import operations as holding
from smartstart.holding import promises
from smartstart.holding.errors import SayWhyNot

DAYS: Final = {QuestionKind.WHY: 5}  # working days; what is not named here: three

__all__ = [
    "Taken",
    "accept",
    "answer",
    "ask_family",
    "ask_question",
    "confirm",
    "decline",
    "give_back",
    "give_back_lost",
    "know_privately",
    "offer",
    "pick_up",
    "promise_today",
    "reopen",
]


@transaction.atomic
def ask_question(
    actor: Actor,
    part_ref: UUID,
    *,
    to: UUID,
    title: str,
    words: str,
    at: datetime,
    kind: QuestionKind = QuestionKind.QUESTION,
    topic: str = "",
    attach: Iterable[UUID] = (),
    with_cover: bool = False,
    title_for_cover: bool = False,
    about: Entry | None = None,
    ref: UUID | None = None,
) -> Question:
    """Ask somebody in the circle one question, that then holds it.

    ``attach`` are references of entries of the same part; ``with_cover``: who takes over reads it
    too; ``title_for_cover``: sees the title even when not. ``ref``: sent twice it is asked once.
    Raises NotFound, NotAllowed, CircleIsClosed, WriteYourQuestion, AskYourself,
    NotInThisCircle, AttachedElsewhere, BasisIsMissing, NobodyDecides.
    """
    today = day_of(at)
    part = part_to_ask_in(actor, part_ref, on=today)
    require(actor, Permission.CIRCLE_TAKE_PART)
    running(part.circle)
    if not (title.strip() and words.strip()):
        raise errors.WriteYourQuestion
    if to == me(actor):
        raise errors.AskYourself
    before = first_made(Question.objects, ref, asker=me(actor), folder=part.folder)
    if before is not None:
        return before
    coordinator = part.looked_after_by
    require_in_circle(actor, part, to, coordinator, kind, on=today)
    question = _new(actor, part, to=to, coordinator=coordinator, kind=kind, at=at)
    question.ref = ref or question.ref
    question.topic, question.about = topic, about
    question.title_for_cover = title_for_cover
    question.put(title=title.strip(), words=words.strip())
    question.put(asker_called=name_of(me(actor)).name, holder_called=name_of(to).name)
    question.save(force_insert=True)
    attach_entries(question, attach, actor, on=today)
    grounds.ask_to_read(question, to, by=actor, at=at, with_cover=with_cover)
    tell(actor, question, StepKind.ASKED, at=at, passed_to=to)
    return question


def _new(
    actor: Actor,
    part: Part,
    *,
    to: UUID,
    coordinator: UUID,
    kind: QuestionKind,
    at: datetime,
) -> Question:
    times = promises.asked(at, name_of(to).hours, days=DAYS.get(kind, promises.PROMISED_DAYS))
    return Question(
        folder=part.folder,
        kind=kind,
        holder=to,
        asker=me(actor),
        coordinator=coordinator,
        asked_at=at,
        promised_at=times.promised_at,
        cover_from=times.cover_from,
        coordinator_from=times.coordinator_from,
    )


@transaction.atomic
def answer(
    actor: Actor,
    ref: UUID,
    *,
    words: str,
    at: datetime,
    by_phone: bool = False,
    reply: UUID | None = None,
    file: Washed | None = None,
) -> Reply:
    """Answer as the one who acts now; one line is enough, also after a call.

    From then on the receiver reads nothing of it any more. ``reply``: the reference of the form;
    ``file`` comes beside the answer. Raises NotFound, NotAllowed, WriteYourAnswer, NotYours,
    TheFamilyThinks, SomeoneWasFaster, NoMoreRoom.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if not words.strip():
        raise errors.WriteYourAnswer
    before = first_made(Reply.objects, reply, author=me(actor), question=question)
    if before is not None:
        return before
    require_acting(actor, question, at=at)
    if not may_answer(actor, question, at=at):
        raise errors.TheFamilyThinks
    take_over(actor, question, at=at)
    holding.answer(question, by=me(actor), at=at)
    made = Reply(
        folder=question.folder,
        question=question,
        author=me(actor),
        by_phone=by_phone,
        written_at=at,
    )
    made.ref = reply or made.ref
    made.put(words=words.strip(), author_called=name_of(me(actor)).name)
    made.save(force_insert=True)
    if file is not None:
        put_beside(actor, made, file=file, called="", at=at)
    tell(actor, question, StepKind.ANSWERED, at=at)
    return made


@transaction.atomic
def confirm(actor: Actor, ref: UUID, *, at: datetime) -> Question:
    """Close an answered question as who asked it. Raises NotFound, NotAllowed, SomeoneWasFaster."""
    question = question_known(actor, ref, at=at)
    _require_asker(actor, question)
    holding.confirm(question, by=me(actor))
    question.ended_at = at
    question.save(update_fields=["ended_at"])
    Attached.objects.filter(question=question, ended_at=None).update(ended_at=at)
    tell(actor, question, StepKind.CONFIRMED, at=at)
    return question


@transaction.atomic
def reopen(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Question:
    """Say as who asked it that it is not answered: the same holder reads it again.

    When the holder lost the ground meanwhile it goes to who looks after the circle.

    Raises NotFound, NotAllowed, SayWhyNot, SomeoneWasFaster.
    """
    question = question_known(actor, ref, at=at)
    _require_asker(actor, question)
    if not why.strip():
        raise SayWhyNot
    holding.reopen(question, by=me(actor))
    days = DAYS.get(QuestionKind(question.kind), promises.PROMISED_DAYS)
    times = promises.asked(at, name_of(question.holder).hours, days=days)
    move(question, times, picked_up_at=None)
    give_back_lost(actor, [question.folder_id], at=at)
    tell(actor, question, StepKind.REOPENED, at=at, passed_to=question.holder, why=why)
    return question


def _require_asker(actor: Actor, question: Question) -> None:
    require(actor, Permission.CIRCLE_TAKE_PART)
    if question.asker != me(actor):
        raise NotAllowed
