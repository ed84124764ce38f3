"""Teaching the list: from a question that was answered or passed on, in new and everyday words.

A person says yes, each time; no word of the question goes along by itself. What was taught is
seen and taken away by everybody who may teach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.consult.expertise import operations
from smartstart.consult.library.errors import ItIsACopy
from smartstart.consult.library.rules import is_copied
from smartstart.consult.models import Exchange, Saying, Turn
from smartstart.consult.states import TurnKind
from smartstart.consult.steps import reads

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


def teach(
    actor: Actor, ref: UUID, expertise: str, *, words: str, language: str, at: datetime
) -> Saying:
    """Let an expertise be found by these words, on a person's yes.

    Raises NotFound for who did not answer the question or pass it on, ItIsACopy, and what
    ``learn_saying`` raises.
    """
    if not may_teach(actor, ref, at=at):
        raise NotFound
    row = Exchange.objects.known_to(actor, at=at).select_related("folder").get(ref=ref)
    is_read = reads(actor, row, at=at)
    if is_read and is_copied(words, [open_for_deed(row, "words")]):
        raise ItIsACopy
    return operations.learn_saying(actor, expertise, words=words, language=language, at=at)


def taught(actor: Actor, *, today: date) -> list[Taught]:
    """Return what was taught, the newest first. One query. Raises NotFound, NotAllowed."""
    if actor.position is None:
        raise NotFound
    if not actor.may(Permission.TERM_WRITE):
        raise NotAllowed
    rows = Saying.objects.visible_to(actor, on=today).filter(learned=True)
    found = rows.select_related("expertise").order_by("-id")[:MOST_LISTED]
    return [Taught(one.pk, one.words, one.expertise.called) for one in found]
