"""What every deed with a question needs: find it, see who acts, move its moments, tell the step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.written import written
from smartstart.base.refusals import NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors_questions import ItIsDone, NotYours
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import hold_family, only_one
from smartstart.circle.models import Part, Question, QuestionStep
from smartstart.circle.states import QuestionKind, StepKind
from smartstart.holding.climbing import covered_by
from smartstart.holding.models import State
from smartstart.holding.promises import Times


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of picking up: the question as it is now, and whether it is this actor's.

    Not won: somebody was faster, or it climbed to somebody else; nothing was written.
    """

    question: Question
    won: bool


def me(actor: Actor) -> UUID:
    """Return as whom this actor asks, holds and answers. Raises NotFound for all others."""
    receiver = receiver_of(actor)
    if receiver is None:
        raise NotFound
    return receiver


def question_known(actor: Actor, ref: UUID, *, at: datetime) -> Question:
    """Return a question this actor had or has a hand in, its family held. Raises NotFound."""
    for (family,) in written(_family_of, ref=ref):
        hold_family(family)
    covered = covered_by(actor)
    found: Question = only_one(_known, actor, at=at, ref=ref, covered=covered)
    return found


def _family_of(*, ref: UUID) -> QuerySet[Part, tuple[int]]:
    asked = Question.objects.filter(ref=ref).values("folder_id")
    return Part.objects.filter(folder__in=asked).values_list("family_id")


def _known(actor: Actor, *, at: datetime, ref: UUID, covered: Sequence[UUID]) -> QuerySet[Question]:
    known = Question.objects.known_to(actor, at=at, covered=covered)
    return known.select_related("folder").filter(ref=ref)


def acts(actor: Actor, question: Question, *, at: datetime) -> bool:
    """Whether this actor is the one who acts on it now, by the clock."""
    return bool(written(_acted, actor, at=at, question=question.pk, covered=covered_by(actor)))


def _acted(
    actor: Actor, *, at: datetime, question: int, covered: Sequence[UUID]
) -> QuerySet[Question, tuple[int]]:
    acted = Question.objects.acted_on_by(actor, at=at, covered=covered)
    return acted.filter(pk=question).values_list("pk")


def reads(actor: Actor, question: Question, *, at: datetime) -> bool:
    """Whether this actor may read its words now."""
    return bool(written(_read, actor, at=at, question=question.pk, covered=covered_by(actor)))


def _read(
    actor: Actor, *, at: datetime, question: int, covered: Sequence[UUID]
) -> QuerySet[Question, tuple[int]]:
    read = Question.objects.read_by(actor, at=at, covered=covered)
    return read.filter(pk=question).values_list("pk")


def may_answer(actor: Actor, question: Question, *, at: datetime) -> bool:
    """Whether who acts on it may answer: who reads it; and of parents apart who knows its title.

    Those words are ours, not the family's: to be let in by the yes of two who do not agree would
    leave them without anybody.
    """
    if reads(actor, question, at=at):
        return True
    titled = Question.objects.titled_for(actor, at=at).filter(pk=question.pk)
    return question.kind == QuestionKind.APART and titled.exists()


def require_acting(actor: Actor, question: Question, *, at: datetime) -> None:
    """Let only who acts now through. Raises ItIsDone (nobody does any more) or NotYours."""
    if acts(actor, question, at=at):
        return
    raise ItIsDone if question.state in {State.ANSWERED, State.CLOSED} else NotYours


def times_of(question: Question) -> Times:
    """Return the moments of a question as the arithmetic takes them."""
    return question.times


def move(question: Question, times: Times, *, picked_up_at: datetime | None) -> None:
    """Give a question other moments."""
    question.move(times, picked_up_at=picked_up_at)


def call_holder(question: Question) -> None:
    """Seal how the holder is called, as the family will read it."""
    question.put(holder_called=name_of(question.holder).name)
    question.save(update_fields=["holder_called"])


def write_step(
    actor: Actor,
    question: Question,
    kind: StepKind,
    *,
    at: datetime,
    passed_to: UUID | None = None,
    why: str = "",
) -> None:
    """Write what happened, for the people of the question."""
    by = me(actor)
    step = QuestionStep(
        folder=question.folder, question=question, kind=kind, by=by, passed_to=passed_to, at=at
    )
    step.put(by_called=name_of(by).name, why=why or None)
    if passed_to is not None:
        step.put(to_called=name_of(passed_to).name)
    step.save(force_insert=True)


def tell(
    actor: Actor,
    question: Question,
    kind: StepKind,
    *,
    at: datetime,
    passed_to: UUID | None = None,
    why: str = "",
    changed: Iterable[int] = (),
) -> None:
    """Write the step and its line: last in every deed with a question.

    ``changed``: other folders of which who may read changed with it.
    """
    write_step(actor, question, kind, at=at, passed_to=passed_to, why=why)
    note(
        actor,
        Deed.MADE if kind is StepKind.ASKED else Deed.CHANGED,
        folders=[question.folder_id],
        at=at,
        on=[question.ref],
        why=f"question_{kind.value}",
        rules_changed={question.folder_id, *changed},
    )
