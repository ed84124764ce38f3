"""A question without a name goes on in a circle: by who asked it, and with the family's yes.

It is asked anew here, with its whole history, under the key of the folder it is about, to the one
who held it. When somebody of the family brings it, that is the yes. When a professional does, the
family is asked first: until its yes the question without a name goes on as it was, at the yes what
was said meanwhile comes along and it closes there, at a no it ends here and goes on there. The new
question has a reference of its own; once the family decided nothing joins the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE, day_of
from smartstart.circle.errors_questions import BroughtAlready
from smartstart.circle.models import Ground, Question
from smartstart.circle.operations_deciding import OPENS
from smartstart.circle.operations_passing import hand_to
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.states import GroundState
from smartstart.consult.operations_asking import found_by_code
from smartstart.consult.operations_leaving import Said, Told, leave, leave_at_yes, told_to
from smartstart.consult.steps import who_holds_the_code
from smartstart.holding import operations as holding
from smartstart.holding.models import State

MOST_TITLE: Final = 160
NO: Final = frozenset({GroundState.REFUSED, GroundState.WITHDRAWN})


@transaction.atomic
def bring_by_code(actor: Actor, part: UUID, *, code: str, at: datetime) -> Question:
    """Bring one's own question into the circle, with its code.

    Raises CodeDoesNotOpen, WentOnOrIsOver, and what ``ask_question`` raises: NotInThisCircle when
    who held it has no place here yet. Then nothing has changed.
    """
    asker = who_holds_the_code(found_by_code(code, at=at).ref)
    return _ask(actor, part, leave(asker, asker_ref(asker), at=at), at=at)


@transaction.atomic
def bring(actor: Actor, part: UUID, *, exchange: UUID, at: datetime) -> Question:
    """Bring a question that one asked as function into a circle in which one has a place.

    It goes on there at the family's yes (``decided``). Raises NotFound, WentOnOrIsOver,
    BroughtAlready, and what ``ask_question`` raises. Then nothing has changed.
    """
    told = told_to(actor, exchange, at=at)
    _let_go(exchange, at=at)
    question = _ask(actor, part, told, at=at)
    asked = Ground.objects.filter(question=question, state=GroundState.ASKED)
    question.brought_from = exchange
    question.save(update_fields=["brought_from"])
    if not asked.exists():
        _goes_on(question, question.holder, at=at)
    return question


def decided(ground: Ground, *, at: datetime) -> None:
    """Let what was brought go on here at the family's yes, and end here at its no.

    For the operation in which the family says it, inside its transaction, the family held; its
    line is the caller's.
    """
    if ground.question is None or ground.question.brought_from is None:
        return
    brought = Question.objects.select_related("folder").get(ref=ground.question.ref)
    if ground.state in OPENS:
        _goes_on(brought, ground.receiver, at=at)
    elif ground.state in NO:
        _ends(brought, at=at)


def asker_ref(asker: Actor) -> UUID:
    """Return the reference of the question of who holds its code."""
    if asker.person is None:
        raise ValueError("who holds a code is known by the question")
    return asker.person


def _let_go(exchange: UUID, *, at: datetime) -> None:
    """Loosen it from a family that never decided. Raises BroughtAlready while one still may."""
    before = Question.objects.filter(brought_from=exchange)
    thinks = Ground.objects.filter(
        question__in=before.exclude(state=State.CLOSED),
        state=GroundState.ASKED,
        last_day__gte=day_of(at),
    )
    if thinks.exists():
        raise BroughtAlready
    before.update(brought_from=None)


def _goes_on(question: Question, holder: UUID, *, at: datetime) -> None:
    """Take along all that was said, give it to who held it there, and close it there."""
    assert question.brought_from is not None  # noqa: S101 - the callers looked
    told = leave_at_yes(question.brought_from, at=at)
    if told is not None:
        question.put(words=_whole(told))
    question.brought_from = None
    question.save(update_fields=["words", "brought_from"])
    if question.holder != holder and question.state != State.CLOSED:
        hand_to(question, holder, at=at)


def _ends(question: Question, *, at: datetime) -> None:
    """End it here: the question without a name goes on as if nobody had asked."""
    if question.state != State.CLOSED:
        holding.end(question, by=question.asker)
    question.ended_at, question.brought_from = at, None
    question.save(update_fields=["ended_at", "brought_from"])


def _ask(actor: Actor, part: UUID, told: Told, *, at: datetime) -> Question:
    title, words = told.title[:MOST_TITLE], _whole(told)
    return ask_question(actor, part, to=told.holder, title=title, words=words, at=at)


def _whole(told: Told) -> str:
    """Return the question and what was said of it, oldest first, as one text."""
    if not told.said:
        return told.words
    lines = [_line(one) for one in told.said]
    return "\n\n".join([told.words, _("What was said before:"), *lines])


def _line(one: Said) -> str:
    by = one.by or _("who asked")
    return f"{one.at.astimezone(HERE):%d-%m-%Y}, {by}: {one.words}"
