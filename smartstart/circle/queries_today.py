"""What waits for a professional besides questions: numbers, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.access.written import counted, written
from smartstart.circle.models import ConsentAnswer, Ground, Withheld
from smartstart.circle.operations_looking_after import looked_after_by, offered_to
from smartstart.circle.queries_deciding import decisions_asked
from smartstart.circle.queries_withheld import OVER
from smartstart.holding.climbing import NOBODY
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class First:
    """How much: yes or no as guardian, being a second, looking again in time, looking after.

    ``reads``, ``looks_after`` and ``keeps``: folders read along in, circles looked after, what is
    kept apart; ``guards``: what was ever asked of a guardian. Who has none of these (the police, a
    general practice) sees the one question.
    """

    decisions: int = 0
    seconds: int = 0
    overdue: int = 0
    after: int = 0
    reads: int = 0
    looks_after: int = 0
    keeps: int = 0
    guards: int = 0

    @property
    def is_near(self) -> bool:
        """Whether this one has more to do in circles than to answer what is asked."""
        return bool(self.reads or self.looks_after or self.keeps or self.guards)


def first_of(actor: Actor, *, on: date) -> First:
    """Return it; nothing for who withholds nothing and decides nothing. One query."""
    if not actor.may(Permission.CIRCLE_WITHHOLD) or actor.position is None:
        return First()
    found = written(_first, actor, on=on)
    return First(*(many or 0 for many in found[0])) if found else First()


def _first(actor: Actor, *, on: date) -> QuerySet[Any, Any]:
    """Return these numbers beside the function of who asks; None where there is nothing."""
    numbers = (
        decisions_asked(actor, on=on),
        Withheld.objects.asked_of(actor).exclude(state__in=OVER),
        Withheld.objects.visible_to(actor, on=on).overdue_on(on),
        offered_to(actor),
        Ground.objects.standing_on(on).filter(receiver=actor.position or NOBODY, question=None),
        looked_after_by(actor, on=on),
        Withheld.objects.visible_to(actor, on=on),
        ConsentAnswer.objects.filter(person=actor.position or NOBODY, ended_at=None),
    )
    mine = Position.objects.filter(ref=actor.position or NOBODY)
    return mine.values_list(*(Subquery(counted(rows)) for rows in numbers))
