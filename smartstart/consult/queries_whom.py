"""To which functions a question can be given on, besides those who know most about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.base.refusals import NotFound
from smartstart.consult.models import Exchange
from smartstart.holding.called import Called, of_position
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class Others:
    """Whom a question can be given to besides those who know most, and who has a part already."""

    colleagues: list[Called]
    part_already: frozenset[UUID]


def others(actor: Actor, ref: UUID, *, at: datetime) -> Others:
    """Return colleagues of who acts, with who looks after the question. Raises NotFound."""
    row = Exchange.objects.acted_on_by(actor, at=at).filter(ref=ref).first()
    if row is None:
        raise NotFound
    near = Q(organisation__ref=actor.organisation) | Q(ref=row.coordinator)
    found = Position.objects.filter(near, occupant__isnull=False)
    already = frozenset(one for one in (row.asker, row.holder, actor.position) if one)
    free = found.exclude(ref__in=already).select_related("occupant", "organisation")
    return Others([of_position(one) for one in free], already)
