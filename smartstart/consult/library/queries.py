"""What pages ask of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.consult.expertise.words import stems
from smartstart.consult.library import rules
from smartstart.consult.models import AnswerDraft, LearnedAnswer
from smartstart.consult.models.library import may_decide

MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Learned:
    """One learned answer as a page shows it."""

    ref: UUID
    question: str
    answer: str
    domain: str
    checked_domain: str
    shared_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft as who may read it sees it; ``may_check``: the reader is of another organisation."""

    ref: UUID
    question: str
    answer: str
    domain: str
    written_on: date
    may_check: bool


def similar(actor: Actor, text: str, *, today: date) -> list[Learned]:
    """Return at most three learned answers like this text, best first. Keeps nothing.

    Two queries; none for a text that says nothing yet.
    """
    asked = stems(text)
    if len(set(asked)) < rules.LEAST_ALIKE:
        return []
    rows = LearnedAnswer.objects.visible_to(actor, on=today).standing()
    known = {pk: found.split() for pk, found in rows.order_by().values_list("pk", "stems")}
    best = rules.most_alike(asked, known)
    found = {row.pk: row for row in rows.filter(pk__in=best)}
    return [_learned(found[pk]) for pk in best]


def newest(actor: Actor, *, today: date) -> list[Learned]:
    """Return the newest hundred learned answers. One query."""
    rows = LearnedAnswer.objects.visible_to(actor, on=today).standing()
    return [_learned(row) for row in rows[:MOST_LISTED]]


def found(actor: Actor, asked: str, *, today: date) -> list[Learned]:
    """Return what is like the words somebody looks for; without words the newest."""
    if not asked:
        return newest(actor, today=today)
    return similar(actor, asked, today=today)


def _learned(row: LearnedAnswer) -> Learned:
    return Learned(
        ref=row.ref,
        question=row.question,
        answer=row.answer,
        domain=str(row.get_domain_display()),
        checked_domain=str(row.get_checked_domain_display()),
        shared_on=row.shared_on,
    )


def to_check(reading: Reading, *, today: date) -> list[Waiting]:
    """Return the drafts that wait for this reader, the oldest first. One query."""
    rows = AnswerDraft.objects.to_check_by(reading.actor, on=today).select_related("folder")
    return [_waiting(reading, row) for row in rows.order_by("written_on", "id")[:MOST_LISTED]]


def draft(reading: Reading, ref: UUID, *, today: date) -> Waiting:
    """Return one draft. Raises NotFound. One query."""
    rows = AnswerDraft.objects.visible_to(reading.actor, on=today).select_related("folder")
    row = rows.filter(ref=ref).first()
    if row is None:
        raise NotFound
    return _waiting(reading, row)


def _waiting(reading: Reading, row: AnswerDraft) -> Waiting:
    return Waiting(
        ref=row.ref,
        question=reading.text(row, "question"),
        answer=reading.text(row, "answer"),
        domain=str(row.get_domain_display()),
        written_on=row.written_on,
        may_check=row.organisation != reading.actor.organisation,
    )


def waiting(actor: Actor, *, today: date) -> int:
    """Count what waits for this actor to look at. One query."""
    return AnswerDraft.objects.to_check_by(actor, on=today).count()


def reported(actor: Actor, *, today: date) -> list[Learned]:
    """Return what readers reported and nobody looked at yet, the oldest first. One query.

    Raises NotFound for who does not decide about it.
    """
    if not may_decide(actor):
        raise NotFound
    rows = LearnedAnswer.objects.visible_to(actor, on=today).to_decide()
    return [_learned(row) for row in rows.order_by("reported_at", "id")[:MOST_LISTED]]


def to_decide(actor: Actor, *, today: date) -> int:
    """Count what readers reported and this actor decides about. One query at most."""
    if not may_decide(actor):
        return 0
    return LearnedAnswer.objects.visible_to(actor, on=today).to_decide().count()


def one_reported(actor: Actor, ref: UUID, *, today: date) -> Learned:
    """Return one answer that a reader reported. Raises NotFound. One query."""
    found = [one for one in reported(actor, today=today) if one.ref == ref]
    if not found:
        raise NotFound
    return found[0]
