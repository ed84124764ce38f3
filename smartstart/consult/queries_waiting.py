"""What waits for somebody among questions without a name, as references only: a mail counts it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.consult.models import Exchange, Remark
from smartstart.consult.states import RemarkKind
from smartstart.holding.models import State


def waits_for(actor: Actor, *, at: datetime) -> set[UUID]:
    """Return what waits for a function: to take up, and of its own an answer or a question back.

    Who asked by code is told nowhere: there is no address to tell it to. Two queries.
    """
    if actor.role is not Role.PROFESSIONAL or actor.position is None:
        return set()
    said = Remark.objects.filter(exchange=OuterRef("pk")).order_by("-id").values("kind")[:1]
    own = Exchange.objects.alive(at).filter(asker=actor.position, closed_at=None)
    asked_back = Q(last=RemarkKind.ASK_BACK.value) & ~Q(state=State.CLOSED.value)
    told = own.annotate(last=Subquery(said)).filter(Q(state=State.ANSWERED.value) | asked_back)
    waiting = Exchange.objects.waiting_for(actor, at=at)
    return {*waiting.values_list("ref", flat=True), *told.values_list("ref", flat=True)}
