"""What waits for a professional besides questions: numbers, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.access.written import counted, written
from smartstart.circle.models import Withheld
from smartstart.circle.operations_looking_after import offered_to
from smartstart.circle.queries_deciding import decisions_asked
from smartstart.circle.queries_withheld import OVER
from smartstart.holding.climbing import NOBODY
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class First:
    """How much: yes or no as guardian, being a second, looking again in time, looking after."""

    decisions: int = 0
    seconds: int = 0
    overdue: int = 0
    after: int = 0


def first_of(actor: Actor, *, on: date) -> First:
    """Return it; nothing for who withholds nothing and decides nothing. One query."""
    if not actor.may(Permission.CIRCLE_WITHHOLD) or actor.position is None:
        return First()
    found = written(_first, actor, on=on)
    return First(*(many or 0 for many in found[0])) if found else First()


def _first(actor: Actor, *, on: date) -> QuerySet[Any, Any]:
    """Return four numbers beside the function of who asks; None where there is nothing."""
    numbers = (
        decisions_asked(actor, on=on),
        Withheld.objects.asked_of(actor).exclude(state__in=OVER),
        Withheld.objects.visible_to(actor, on=on).overdue_on(on),
        offered_to(actor),
    )
    mine = Position.objects.filter(ref=actor.position or NOBODY)
    return mine.values_list(*(Subquery(counted(rows)) for rows in numbers))
