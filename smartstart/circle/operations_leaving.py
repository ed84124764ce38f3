"""An adult who leaves a home: they step out themselves, or another adult says that they left.

Who says it writes in their own folder: who it is about reads nothing of it. Whoever holds the
question decides, on a paper they saw; until then nothing changes for anybody.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors import LastAtHome, ThisWasSaid
from smartstart.circle.errors_questions import TheFamilyThinks, WriteYourAnswer
from smartstart.circle.home import adults_at_home, at_home, circle_seen, me, running
from smartstart.circle.models import Circle, Leaving, Member, Part, Question, Reply, Seat
from smartstart.circle.operations_passing import give_back_lost, take_over
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.operations_seats import end_place, step_out
from smartstart.circle.question_steps import question_known, reads, require_acting, tell
from smartstart.circle.states import LeavingState, Paper, QuestionKind, SeatKind, StepKind
from smartstart.holding import operations as holding


@transaction.atomic
def leave_home(actor: Actor, circle_ref: UUID, *, at: datetime) -> Seat:
    """Say that one lives here no more: one reads and decides nothing here from now on.

    What is about oneself stays one's own. Raises NotFound, NotAllowed, LastAtHome.
    """
    circle = circle_seen(actor, circle_ref, on=day_of(at))
    at_home(actor, circle, on=day_of(at))
    return step_out(actor, place_of(circle, me(actor), on=day_of(at)).ref, at=at)


@transaction.atomic
def say_left(
    actor: Actor,
    circle_ref: UUID,
    member_ref: UUID,
    *,
    words: str,
    at: datetime,
    ref: UUID | None = None,
) -> Leaving:
    """Say that another adult lives here no more; who looks after the circle looks into it.

    Sent twice it is said once. Raises NotFound, NotAllowed, CircleIsClosed, ThisWasSaid,
    WriteYourQuestion.
    """
    today = day_of(at)
    circle = circle_seen(actor, circle_ref, on=today)
    asker = at_home(actor, circle, on=today)
    running(circle)
    made = Leaving.objects.filter(question__asker=me(actor), circle=circle)
    if ref is not None and (sent := made.filter(question__ref=ref).first()) is not None:
        return sent
    member = _other_adult(circle, asker, member_ref, on=today)
    if Leaving.objects.filter(circle=circle, member=member, state=LeavingState.ASKED).exists():
        raise ThisWasSaid
    own = Part.objects.select_related("folder").get(circle=circle, member=asker)
    called = open_for_deed(place_of(circle, member.person, on=today), "called")
    question = ask_question(
        actor,
        own.ref,
        to=circle.coordinator,
        kind=QuestionKind.LEAVING,
        title=_("%(name)s lives here no more") % {"name": called},
        words=words,
        at=at,
        ref=ref,
    )
    return Leaving.objects.create(
        folder=own.folder, circle=circle, member=member, question=question, asked_at=at
    )


def _other_adult(circle: Circle, asker: Member, ref: UUID, *, on: date) -> Member:
    member = adults_at_home(circle, on=on).exclude(pk=asker.pk).filter(ref=ref).first()
    if member is None:
        raise NotFound
    return member


def place_of(circle: Circle, person: UUID, *, on: date) -> Seat:
    """Return the place of an adult in a home. Raises NotFound."""
    held = Seat.objects.held_on(on).filter(folder=circle.folder_id, kind=SeatKind.FAMILY)
    seat = held.filter(who=person).select_related("folder", "member").first()
    if seat is None:
        raise NotFound
    return seat


@transaction.atomic
def decide_left(
    actor: Actor, question_ref: UUID, *, paper: Paper | None, words: str, at: datetime
) -> Leaving:
    """Say as who acts on the question that somebody left, seen on paper, or (None) that they stay.

    The answer is read by who asked, by nobody else at home. Who left reads and decides nothing
    here any more; what is about themself stays theirs. Raises NotFound, NotAllowed, NotYours,
    TheFamilyThinks, WriteYourAnswer, LastAtHome, SomeoneWasFaster.
    """
    question = question_known(actor, question_ref, at=at)
    leaving = Leaving.objects.filter(question=question).select_related("circle__folder", "member")
    found = leaving.first()
    require(actor, Permission.CIRCLE_TAKE_PART)
    if found is None:
        raise NotAllowed
    require_acting(actor, question, at=at)
    if not reads(actor, question, at=at):
        raise TheFamilyThinks
    changed = [] if paper is None else _let_go(actor, found, at=at)
    found.state = LeavingState.STAYS if paper is None else LeavingState.LEFT
    if paper is not None:
        found.paper, found.seen_by, found.seen_on = paper, me(actor), day_of(at)
    found.save(update_fields=["state", "paper", "seen_by", "seen_on"])
    close_with(actor, question, words, StepKind.ANSWERED, at=at, changed=changed)
    return found


def _let_go(actor: Actor, leaving: Leaving, *, at: datetime) -> list[int]:
    """End the place of who left; return where who may read changed."""
    today, person = day_of(at), leaving.member.person
    if not adults_at_home(leaving.circle, on=today).exclude(person=person).exists():
        raise LastAtHome
    seats = Seat.objects.held_on(today).filter(
        folder=leaving.circle.folder_id, kind=SeatKind.FAMILY, who=person
    )
    changed: list[int] = []
    for seat in seats.select_related("folder", "member"):
        changed += end_place(actor, seat, at=at)
    return changed


@transaction.atomic
def refuse(actor: Actor, question_ref: UUID, *, why: str, at: datetime) -> Reply:
    """Say no to a request for information, with the reason, as who acts on it.

    Raises NotFound, NotAllowed (for any other kind), NotYours, TheFamilyThinks, WriteYourAnswer.
    """
    question = question_known(actor, question_ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if question.kind != QuestionKind.INFORMATION:
        raise NotAllowed
    require_acting(actor, question, at=at)
    if not reads(actor, question, at=at):
        raise TheFamilyThinks
    return close_with(actor, question, why, StepKind.REFUSED, at=at)


def close_with(
    actor: Actor,
    question: Question,
    words: str,
    kind: StepKind,
    *,
    at: datetime,
    changed: list[int] | None = None,
) -> Reply:
    """Answer a question with these words, inside the caller's transaction; writes the line."""
    if not words.strip():
        raise WriteYourAnswer
    take_over(actor, question, at=at)
    holding.answer(question, by=me(actor), at=at)
    made = Reply(folder=question.folder, question=question, author=me(actor), written_at=at)
    made.put(words=words.strip(), author_called=name_of(me(actor)).name)
    made.save(force_insert=True)
    touched = changed or []
    touched += [one.folder_id for one in give_back_lost(actor, touched, at=at)]
    tell(actor, question, kind, at=at, changed=touched)
    return made
