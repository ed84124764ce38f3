"""What who holds a question does with it: pick up, promise, give on, give back.

Every deed looks for the one who acts by the clock; who comes too late hears who has it now. The
UPDATE of the room holding has the last word.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.circle import errors_questions as errors
from smartstart.circle import question_grounds as grounds
from smartstart.circle.called import name_of
from smartstart.circle.models import Question
from smartstart.circle.operations_deciding import ASKED_KINDS
from smartstart.circle.operations_grounds import end_grounds
from smartstart.circle.question_places import folders_around, is_in_reach
from smartstart.circle.question_steps import (
    Taken,
    acts,
    call_holder,
    me,
    move,
    question_known,
    require_acting,
    tell,
    times_of,
    write_step,
)
from smartstart.circle.states import GroundState, StepKind
from smartstart.holding import operations as holding
from smartstart.holding import promises
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from smartstart.holding.models import State
from smartstart.people.models import Position


@transaction.atomic
def pick_up(actor: Actor, ref: UUID, *, at: datetime) -> Taken:
    """Say "I do this": as holder, or as the one to whom it climbed, who then holds it.

    An open offer ends. Somebody was faster: nothing is written, and the answer says who has it.
    Raises NotFound, NotAllowed, YouMayNotRead.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if question.offered_to == me(actor):
        return _accepted(actor, question, at=at)
    if not acts(actor, question, at=at):
        return Taken(question, won=False)
    if question.holder == me(actor) and question.picked_up_at and question.state == State.HELD:
        return Taken(question, won=True)
    try:
        _take(actor, question, at=at)
    except SomeoneWasFaster:
        question.refresh_from_db()
        return Taken(question, won=False)
    tell(actor, question, StepKind.ACCEPTED, at=at, passed_to=question.holder)
    return Taken(question, won=True)


@transaction.atomic
def accept(actor: Actor, ref: UUID, *, at: datetime) -> Taken:
    """Say yes to an offer, and hold it; of many at once exactly one succeeds.

    Too late: nothing is written, and the answer says who has it now. Raises NotFound, NotAllowed,
    YouMayNotRead.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    return _accepted(actor, question, at=at)


def _accepted(actor: Actor, question: Question, *, at: datetime) -> Taken:
    offered = question.offered_to == me(actor) and question.state_at(at) is State.OFFERED
    if offered and not grounds.reads(me(actor), question, on=day_of(at)):
        raise errors.YouMayNotRead
    try:
        holding.accept(question, by=me(actor), at=at)
    except SomeoneWasFaster:
        question.refresh_from_db()
        return Taken(question, won=False)
    _holds_now(question, at=at)
    tell(actor, question, StepKind.ACCEPTED, at=at, passed_to=question.holder)
    return Taken(question, won=True)


@transaction.atomic
def promise_today(actor: Actor, ref: UUID, *, at: datetime) -> Question:
    """Say "I will call today": who asks reads it, and if not, somebody else acts next morning.

    Raises NotFound, NotAllowed, NotYours, SomeoneWasFaster.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    require_acting(actor, question, at=at)
    _take(actor, question, at=at)
    times = promises.promised_today(times_of(question), asked_at=question.asked_at, at=at)
    move(question, times, picked_up_at=question.picked_up_at)
    tell(actor, question, StepKind.PROMISED, at=at)
    return question


@transaction.atomic
def offer(actor: Actor, ref: UUID, *, to: UUID, at: datetime) -> Question:
    """Give it on: it counts when the other says yes; until then nothing changes.

    A receiver who may not read it yet is not offered anything: the family is asked first, and the
    question comes back ``held``. Raises NotFound, NotAllowed, NotYours, AskYourself,
    NotInThisCircle, TheFamilyThinks, TheFamilySaidNo, BasisIsMissing, SomeoneWasFaster.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    require_acting(actor, question, at=at)
    if to == me(actor):
        raise errors.AskYourself
    if not is_in_reach(actor, question, to, on=day_of(at)):
        raise errors.NotInThisCircle
    if _may_hold(actor, question):
        take_over(actor, question, at=at)
    if grounds.reads(to, question, on=day_of(at)):
        ends = promises.offer_ends(times_of(question), at=at)
        holding.offer(question, to=to, ends_at=ends, at=at)
        tell(actor, question, StepKind.OFFERED, at=at, passed_to=to)
    else:
        _ask_family(actor, question, to, at=at)
    return question


@transaction.atomic
def ask_family(actor: Actor, ref: UUID, *, at: datetime) -> Question:
    """Ask the family whether one may read the question that came to one without its words.

    Raises NotFound, NotAllowed, NotYours, TheFamilyThinks, TheFamilySaidNo, BasisIsMissing.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    require_acting(actor, question, at=at)
    _ask_family(actor, question, me(actor), at=at)
    return question


@transaction.atomic
def decline(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Question:
    """Say no to an offer, with a reason that is sealed; the holder stays the holder.

    Raises NotFound, NotAllowed, SayWhyNot, SomeoneWasFaster.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    holding.decline(question, by=me(actor), why=why, at=at)
    tell(actor, question, StepKind.DECLINED, at=at, passed_to=question.holder, why=why)
    return question


@transaction.atomic
def give_back(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Question:
    """Give it back to who looks after the circle, with a reason, at once.

    Raises NotFound, NotAllowed, NotYours, SayWhyNot, NobodyToTakeOver.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    require_acting(actor, question, at=at)
    if not why.strip():
        raise SayWhyNot
    before = question.holder
    hand_to(question, _successor(actor, question), at=at)
    grounds.pass_on(question, before, question.holder, by=actor, at=at)
    tell(actor, question, StepKind.GIVEN_BACK, at=at, passed_to=question.holder, why=why)
    return question


@transaction.atomic
def know_privately(actor: Actor, ref: UUID, *, at: datetime) -> Question:
    """Say "I know this family privately": it goes to somebody else in one tap, without a reason.

    An offer is declined; what one holds goes to who looks after the circle, at once. From then on
    one reads nothing in this home by a yes of the family; only a new yes opens it again. Raises
    NotFound, NotAllowed, NotYours, NobodyToTakeOver.
    """
    question = question_known(actor, ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if question.offered_to == me(actor):
        holding.decline(question, by=me(actor), why=StepKind.KNOWS.value, at=at)
    else:
        if question.holder != me(actor):
            require_acting(actor, question, at=at)
        before = question.holder
        hand_to(question, _successor(actor, question), at=at)
        grounds.pass_on(question, before, question.holder, by=actor, at=at)
        if acts(actor, question, at=at):  # it would climb back to the same person
            raise errors.NobodyToTakeOver
    near = folders_around(question.folder_id)
    closed = end_grounds(near, at=at, kinds=ASKED_KINDS, who=me(actor))
    given = give_back_lost(actor, near, at=at)
    changed = {*closed, *(one.folder_id for one in given)}
    tell(actor, question, StepKind.KNOWS, at=at, passed_to=question.holder, changed=changed)
    return question


def give_back_lost(actor: Actor, folders: Collection[int], *, at: datetime) -> list[Question]:
    """Give back what lost its ground in these folders, inside the caller's transaction.

    For every operation that ends a ground: the question goes to the coordinator, who hears that it
    waits and reads it only when the family says so. The line is the caller's, over these folders
    with ``rules_changed``.
    """
    given: list[Question] = written(_lost, at=at, folders=sorted(folders))
    for question in given:
        hand_to(question, question.coordinator, at=at)
        write_step(actor, question, StepKind.GIVEN_BACK, at=at, passed_to=question.coordinator)
    return given


def _lost(*, at: datetime, folders: Collection[int]) -> QuerySet[Question]:
    lost = Question.objects.lost(at=at).filter(folder_id__in=folders)
    return lost.select_related("folder").order_by("id")


def _take(actor: Actor, question: Question, *, at: datetime) -> None:
    """Hold it from now on and say so; when it was held already, only say so."""
    if question.holder == me(actor) and question.state == State.HELD:
        move(question, times_of(question), picked_up_at=question.picked_up_at or at)
        return
    take_over(actor, question, at=at)
    move(question, times_of(question), picked_up_at=at)


def take_over(actor: Actor, question: Question, *, at: datetime) -> None:
    """Hold what climbed to one; take back what is offered and was not accepted yet."""
    before = question.holder
    if before == me(actor) and question.state_at(at) is State.HELD:
        return
    if not _may_hold(actor, question):
        raise errors.YouMayNotRead
    holding.pick_up(question, by=me(actor))
    if before != me(actor):
        grounds.pass_on(question, before, question.holder, by=actor, at=at)
        _holds_now(question, at=at)


def _may_hold(actor: Actor, question: Question) -> bool:
    """Whether the family did not say no to this one; the coordinator holds also without words."""
    mine = me(actor)
    return mine in {question.holder, question.coordinator} or not grounds.said_no(mine, question)


def _holds_now(question: Question, *, at: datetime) -> None:
    hours = name_of(question.holder).hours
    move(question, promises.taken_over(times_of(question), at=at, hours=hours), picked_up_at=at)
    call_holder(question)


def hand_to(question: Question, to: UUID, *, at: datetime) -> None:
    """Give it to somebody who did not ask for it: not picked up yet."""
    holding.pick_up(question, by=to)
    hours = name_of(to).hours
    move(question, promises.taken_over(times_of(question), at=at, hours=hours), picked_up_at=None)
    call_holder(question)


def _successor(actor: Actor, question: Question) -> UUID:
    """Return to whom it goes back: the coordinator, or who covers the coordinator."""
    if question.coordinator != me(actor):
        return question.coordinator
    position = Position.objects.filter(ref=question.coordinator).first()
    found = None
    if position is not None and position.cover_id is not None:
        covering = Position.objects.filter(organisation=position.organisation_id)
        found = covering.filter(occupant=position.cover_id).first()
    if found is None or grounds.said_no(found.ref, question):
        raise errors.NobodyToTakeOver
    return found.ref


def _ask_family(actor: Actor, question: Question, to: UUID, *, at: datetime) -> None:
    """Ask whether somebody may read it. Raises TheFamilyThinks or TheFamilySaidNo when asked."""
    before = grounds.was_asked(to, question)
    if before is not None and before.state == GroundState.ASKED:
        raise errors.TheFamilyThinks
    if before is not None:
        raise errors.TheFamilySaidNo
    grounds.ask_to_read(question, to, by=actor, at=at)
    tell(actor, question, StepKind.FAMILY_ASKED, at=at, passed_to=to)
