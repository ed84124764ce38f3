"""What waits for a professional besides questions: numbers, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.circle.models import Withheld
from smartstart.circle.queries_deciding import decisions_waiting
from smartstart.circle.queries_looking_after import asked_to_look_after
from smartstart.circle.queries_withheld import OVER


@dataclass(frozen=True, slots=True)
class First:
    """How much: yes or no as guardian, being a second, looking again in time, looking after."""

    decisions: int = 0
    seconds: int = 0
    overdue: int = 0
    after: int = 0


def first_of(actor: Actor, *, on: date) -> First:
    """Return it; nothing for who withholds nothing and decides nothing. Four queries."""
    if not actor.may(Permission.CIRCLE_WITHHOLD) or actor.position is None:
        return First()
    return First(
        decisions_waiting(actor, on=on),
        Withheld.objects.asked_of(actor).exclude(state__in=OVER).count(),
        Withheld.objects.visible_to(actor, on=on).overdue_on(on).count(),
        asked_to_look_after(actor),
    )
