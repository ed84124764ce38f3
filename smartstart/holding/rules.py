"""Who holds a question at a moment, and which steps are possible: plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class State(StrEnum):
    """Where a question stands. An offer that expired is ``held`` again, by the clock."""

    HELD = "held"
    OFFERED = "offered"
    ANSWERED = "answered"
    CLOSED = "closed"


UNANSWERED: Final = (State.HELD, State.OFFERED)


class Impossible(Exception):  # noqa: N818 - said as a word
    """A step that cannot be taken from here."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A question as the arithmetic sees it. ``offer_ends_at`` is the first moment it is over."""

    holder: UUID
    asker: UUID
    state: State = State.HELD
    version: int = 1
    offered_to: UUID | None = None
    offer_ends_at: datetime | None = None


def state_on(question: Holding, at: datetime) -> State:
    """Where a question stands at a moment: an offer ends by itself."""
    over = question.offer_ends_at is not None and question.offer_ends_at <= at
    return State.HELD if question.state is State.OFFERED and over else question.state


def is_open(question: Holding) -> bool:
    """Whether somebody still has to do something."""
    return question.state is not State.CLOSED


def offer(question: Holding, *, to: UUID, ends_at: datetime, at: datetime) -> Holding:
    """Offer it to somebody else; the holder does not change. Raises Impossible."""
    if state_on(question, at) is not State.HELD or to == question.holder or ends_at <= at:
        raise Impossible
    return _next(question, state=State.OFFERED, offered_to=to, offer_ends_at=ends_at)


def accept(question: Holding, *, by: UUID, at: datetime) -> Holding:
    """Become the holder. Raises Impossible for anybody it was not offered to, or too late."""
    if state_on(question, at) is not State.OFFERED or by != question.offered_to:
        raise Impossible
    return _next(question, holder=by, state=State.HELD)


def pick_up(question: Holding, *, by: UUID) -> Holding:
    """Take it on oneself, as holder or in the holder's place; an open offer ends.

    Whether ``by`` is the one who acts now is for the room to say. Raises Impossible when it is
    answered or closed.
    """
    if question.state not in UNANSWERED:
        raise Impossible
    return _next(question, holder=by, state=State.HELD)


def decline(question: Holding, *, by: UUID, at: datetime) -> Holding:
    """Say no to an offer; the holder stays. Raises Impossible."""
    if state_on(question, at) is not State.OFFERED or by != question.offered_to:
        raise Impossible
    return _next(question, state=State.HELD)


def answer(question: Holding, *, by: UUID, at: datetime) -> Holding:
    """Answer as the holder; an open offer ends. Raises Impossible."""
    if state_on(question, at) not in UNANSWERED or by != question.holder:
        raise Impossible
    return _next(question, state=State.ANSWERED)


def confirm(question: Holding, *, by: UUID) -> Holding:
    """Close it as the asker. Raises Impossible."""
    if question.state is not State.ANSWERED or by != question.asker:
        raise Impossible
    return _next(question, state=State.CLOSED)


def reopen(question: Holding, *, by: UUID) -> Holding:
    """Say as the asker that it is not answered; the same holder holds it. Raises Impossible."""
    if question.state is not State.ANSWERED or by != question.asker:
        raise Impossible
    return _next(question, state=State.HELD)


def end(question: Holding, *, by: UUID) -> Holding:
    """Close it as the asker, answered or not: it goes on elsewhere. Raises Impossible."""
    if question.state is State.CLOSED or by != question.asker:
        raise Impossible
    return _next(question, state=State.CLOSED)


def _next(
    question: Holding,
    *,
    state: State,
    holder: UUID | None = None,
    offered_to: UUID | None = None,
    offer_ends_at: datetime | None = None,
) -> Holding:
    return replace(
        question,
        state=state,
        version=question.version + 1,
        holder=holder or question.holder,
        offered_to=offered_to,
        offer_ends_at=offer_ends_at,
    )
