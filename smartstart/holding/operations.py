"""Steps with a question that is held: each is one UPDATE on id and version that decides who won.

Rooms call these inside their own transaction, after seeing and requiring, and write the line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from smartstart.holding import rules
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from smartstart.holding.models import Held
from smartstart.holding.rules import Holding

Question = TypeVar("Question", bound=Held)


def offer(question: Question, *, to: UUID, ends_at: datetime, at: datetime) -> Question:
    """Offer it to somebody; who holds it stays the holder. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.offer(now, to=to, ends_at=ends_at, at=at))


def accept(question: Question, *, by: UUID, at: datetime) -> Question:
    """Become the holder; of many at once exactly one succeeds. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.accept(now, by=by, at=at))


def pick_up(question: Question, *, by: UUID) -> Question:
    """Become the holder without an offer: the room said that ``by`` acts now, or takes it back."""
    return _step(question, lambda now: rules.pick_up(now, by=by))


def decline(question: Question, *, by: UUID, why: str, at: datetime) -> Question:
    """Say no, with a reason, which the room keeps sealed. Raises SayWhyNot or SomeoneWasFaster."""
    if not why.strip():
        raise SayWhyNot
    return _step(question, lambda now: rules.decline(now, by=by, at=at))


def answer(question: Question, *, by: UUID, at: datetime) -> Question:
    """Answer as the holder. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.answer(now, by=by, at=at))


def confirm(question: Question, *, by: UUID) -> Question:
    """Close it as the asker. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.confirm(now, by=by))


def reopen(question: Question, *, by: UUID) -> Question:
    """Give it back to its holder as the asker. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.reopen(now, by=by))


def end(question: Question, *, by: UUID) -> Question:
    """Close it as the asker because it goes on elsewhere. Raises SomeoneWasFaster."""
    return _step(question, lambda now: rules.end(now, by=by))


def _step(question: Question, take: Callable[[Holding], Holding]) -> Question:
    """Take a step from the question as it was seen; the count of one UPDATE decides."""
    seen = question.holding
    try:
        then = take(seen)
    except rules.Impossible:
        raise SomeoneWasFaster from None
    changes = {
        "holder": then.holder,
        "state": then.state.value,
        "version": then.version,
        "offered_to": then.offered_to,
        "offer_ends_at": then.offer_ends_at,
    }
    rows = type(question)._default_manager.filter(pk=question.pk, version=seen.version)
    if rows.update(**changes) != 1:
        raise SomeoneWasFaster
    for field, value in changes.items():
        setattr(question, field, value)
    return question
