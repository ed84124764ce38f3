"""The one door through which it is told how often a question came back: counted once a day.

Below the threshold nothing is told. Room release takes this door over when it is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.consult.models import LearnedAnswer, Returning, ReturningTold
from smartstart.consult.rules import LEAST_SHOWN


@dataclass(frozen=True, slots=True)
class CameBack:
    """A question that came back at a place often enough to tell."""

    place: str
    question: str
    times: int


@transaction.atomic
def count_returning() -> int:
    """Count anew what may be told, over all months; return how many lines. Done by ``jobs``."""
    ReturningTold.objects.all().delete()
    rows = Returning.objects.filter(answer__in=LearnedAnswer.objects.standing())
    counted = rows.values_list("answer_id", "place_id").annotate(all=Sum("times"))
    enough = counted.filter(all__gte=LEAST_SHOWN).order_by("answer_id", "place_id")
    made = [ReturningTold(answer_id=a, place_id=p, times=times) for a, p, times in enough]
    return len(ReturningTold.objects.bulk_create(made))


def came_back(actor: Actor) -> list[CameBack]:
    """Return which questions came back where, as they were counted last. One query.

    Raises NotFound for who may not see figures.
    """
    if not actor.may(Permission.CONSULT_FIGURES):
        raise NotFound
    told = ReturningTold.objects.filter(answer__in=LearnedAnswer.objects.standing())
    rows = told.order_by("-times", "place__name", "answer__question")
    return [CameBack(*row) for row in rows.values_list("place__name", "answer__question", "times")]
