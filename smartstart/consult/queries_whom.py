"""To which functions a question can be given on, besides those who know most about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.base.refusals import NotFound
from smartstart.consult.models import Exchange
from smartstart.holding.called import Called, of_position
from smartstart.people.models import Position


def colleagues(actor: Actor, ref: UUID, *, at: datetime) -> list[Called]:
    """Return colleagues of who acts, and who looks after the question. Raises NotFound."""
    row = Exchange.objects.acted_on_by(actor, at=at).filter(ref=ref).first()
    if row is None:
        raise NotFound
    near = Q(organisation__ref=actor.organisation) | Q(ref=row.coordinator)
    found = Position.objects.filter(near, occupant__isnull=False)
    others = found.exclude(ref__in=[row.asker, row.holder, actor.position])
    return [of_position(one) for one in others.select_related("occupant", "organisation")]
