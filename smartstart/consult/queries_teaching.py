"""Who may teach the list of expertises everyday words, and what was taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.consult.models import Exchange, Saying, Turn
from smartstart.consult.states import TurnKind

PASSED_ON: Final = (TurnKind.OFFERED.value, TurnKind.DECLINED.value)
MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Taught:
    """Words that somebody taught, and what is found by them."""

    number: int
    words: str
    expertise: str


def may_teach(actor: Actor, ref: UUID, *, at: datetime) -> bool:
    """Whether this function answered a question, or passed it on. Three queries at most."""
    if actor.position is None or not actor.may(Permission.CONSULT_ANSWER):
        return False
    row = Exchange.objects.known_to(actor, at=at).filter(ref=ref).first()
    if row is None:
        return False
    if row.holder == actor.position and row.answered_at is not None:
        return True
    mine = Turn.objects.filter(exchange=row, by=actor.position)
    return mine.filter(kind__in=PASSED_ON).exists()


def taught(actor: Actor, *, today: date) -> list[Taught]:
    """Return what was taught, the newest first. One query. Raises NotFound, NotAllowed."""
    if actor.position is None:
        raise NotFound
    if not actor.may(Permission.TERM_WRITE):
        raise NotAllowed
    rows = Saying.objects.visible_to(actor, on=today).filter(learned=True)
    found = rows.select_related("expertise").order_by("-id")[:MOST_LISTED]
    return [Taught(one.pk, one.words, one.expertise.called) for one in found]
