"""The grounds of one question: why its holder may read it, and who must say yes first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.base.clock import day_of
from smartstart.circle.errors import NobodyDecides
from smartstart.circle.gate import receiver_of
from smartstart.circle.models import ConsentAnswer, Ground, Part, Question, Seat
from smartstart.circle.models.grounds import GroundQuerySet
from smartstart.circle.operations_deciding import deciders
from smartstart.circle.operations_grounds import ask_people, basis_of, put_state
from smartstart.circle.rules import NO_END
from smartstart.circle.states import GroundKind, GroundState


def reads(receiver: UUID, question: Question, *, on: date) -> bool:
    """Whether both locks are open for this receiver: on the question or on its whole folder."""
    return _standing(receiver, question, on=on).exists()


def was_asked(receiver: UUID, question: Question) -> Ground | None:
    """Return the newest ground on this question that was made for this receiver, if any."""
    made = Ground.objects.filter(receiver=receiver, question=question)
    return made.order_by("-id").first()


def said_no(receiver: UUID, question: Question) -> bool:
    """Whether the family said no to this one, or took a yes back, on this question."""
    newest = was_asked(receiver, question)
    return newest is not None and newest.state in {GroundState.REFUSED, GroundState.WITHDRAWN}


def ask_to_read(
    question: Question, receiver: UUID, *, by: Actor, at: datetime, with_cover: bool = False
) -> Ground | None:
    """Ask whoever decides whether this receiver may read this question; None: no need to.

    Who decides and asks says yes with it. The receiver may be somebody without a seat: who covers,
    or who looks after the circle. Raises BasisIsMissing when the receiver's organisation does not
    take part, NobodyDecides.
    """
    today = day_of(at)
    if reads(receiver, question, on=today) and not with_cover:
        return None
    part = Part.objects.select_related("folder", "circle", "member").get(folder=question.folder_id)
    who = deciders(part, on=today)
    if not who.people:
        raise NobodyDecides
    asker = receiver_of(by)
    ground = _ground(
        question, receiver, at=at, last_day=min(who.last_day, _seat_ends(part, receiver, on=today))
    )
    ground.given_by = asker if asker in who.people else None
    ground.with_cover = with_cover
    ground.save(force_insert=True)
    ask_people(ground, who.people, yes=asker, at=at)
    return ground


def pass_on(question: Question, before: UUID, to: UUID, *, by: Actor, at: datetime) -> None:
    """Give who takes over a ground: the family's yes to the cover, else the family is asked."""
    if was_asked(to, question) or reads(to, question, on=day_of(at)):
        return
    theirs = Ground.objects.standing_on(day_of(at)).filter(receiver=before, question=question)
    agreed = theirs.filter(with_cover=True).first()
    if agreed is None:
        ask_to_read(question, to, by=by, at=at)
        return
    ground = _ground(question, to, at=at, last_day=agreed.last_day)
    ground.purpose, ground.given_by, ground.with_cover = agreed.purpose, agreed.given_by, True
    if agreed.must:
        ground.must, ground.state = True, agreed.state
    ground.save(force_insert=True)
    said = ConsentAnswer.objects.filter(ground=agreed, ended_at=None)
    ConsentAnswer.objects.bulk_create(
        ConsentAnswer(
            ground=ground, person=one.person, answer=one.answer, answered_at=one.answered_at
        )
        for one in said
    )
    put_state(ground, agreed.state, at=at)  # a ground opens after every yes of it is written


def _ground(question: Question, receiver: UUID, *, at: datetime, last_day: date) -> Ground:
    return Ground(
        folder_id=question.folder_id,
        question=question,
        receiver=receiver,
        kind=GroundKind.QUESTION,
        basis=basis_of(receiver, on=day_of(at)),
        purpose="question",
        from_day=day_of(at),
        last_day=last_day,
        made_at=at,
        changed_at=at,
    )


def _seat_ends(part: Part, receiver: UUID, *, on: date) -> date:
    near = Q(folder=part.folder_id)
    if part.circle_id is not None:
        near |= Q(folder__in=Part.objects.filter(circle=part.circle_id).values("folder_id"))
    held = Seat.objects.held_on(on).filter(near, who=receiver)
    return max(held.values_list("last_day", flat=True), default=NO_END)


def _standing(receiver: UUID, question: Question, *, on: date) -> GroundQuerySet:
    here = Q(question=question) | Q(question=None, folder=question.folder_id) & (
        Q(topic="") | Q(topic=question.topic)
    )
    return Ground.objects.standing_on(on).filter(here, receiver=receiver)
