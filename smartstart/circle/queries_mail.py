"""What waits for somebody, as references only: a mail counts it and tells nothing of it.

Questions of a circle and questions without a name together: both wait on the same page. Asked
again before each mail and by each link in one: who lost the ground is told nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.base.clock import day_of
from smartstart.circle.gate import FAMILY_ROLES, receiver_of
from smartstart.circle.models import ConsentAnswer, Ground, Question, Said
from smartstart.circle.states import Answer
from smartstart.consult.queries_waiting import waits_for as without_a_name
from smartstart.holding.models import State


@dataclass(frozen=True, slots=True)
class Waits:
    """References of what waits; ``is_work``: only questions for somebody at work."""

    refs: frozenset[UUID]
    is_work: bool


def waits_for(actors: list[Actor], *, at: datetime) -> Waits:
    """Return what waits for one human being, under all their roles. Six queries a role."""
    found = [(actor, _waits(actor, at=at) | without_a_name(actor, at=at)) for actor in actors]
    is_work = not any(refs for actor, refs in found if actor.role in FAMILY_ROLES)
    return Waits(frozenset().union(*(refs for _, refs in found)), is_work)


def _waits(actor: Actor, *, at: datetime) -> set[UUID]:
    receiver = receiver_of(actor)
    if receiver is None:
        return set()
    mine = Question.objects.filter(asker=receiver, state=State.ANSWERED, ended_at=None)
    read = Question.objects.read_by(actor, at=at).values("pk")
    said = Said.objects.visible_to(actor, on=day_of(at)).filter(to=receiver, answered_at=None)
    return {
        *Question.objects.waiting_for(actor, at=at).values_list("ref", flat=True),
        *mine.filter(pk__in=read).values_list("ref", flat=True),
        *_to_decide(actor, receiver, at=at),
        *said.values_list("ref", flat=True),
    }


def _to_decide(actor: Actor, receiver: UUID, *, at: datetime) -> set[UUID]:
    on = day_of(at)
    seen = Ground.objects.visible_to(actor, on=on).not_resting(actor, on=on)
    asked = ConsentAnswer.objects.filter(
        person=receiver,
        ground__in=seen.still_asked(),
        answer=Answer.ASKED,
        ended_at=None,
        ground__last_day__gte=day_of(at),
    )
    return set(asked.values_list("ground__ref", flat=True))
