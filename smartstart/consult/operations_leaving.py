"""A question leaves for a circle: told by who asked, closed here when it goes on there.

No line is written here. One of the same moment, beside that of the family, would join the two for
ever: lines stay when the text and its turns are gone. For the same reason the text goes at the
beginning of its last day. The line in the circle is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from smartstart.access.actor import Actor
from smartstart.access.models import Folder
from smartstart.access.permissions import Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.consult import errors, rules
from smartstart.consult.models import Exchange, Remark
from smartstart.consult.states import RemarkKind, TurnKind
from smartstart.consult.steps import count, exchange_known, me, reads, release, turned
from smartstart.holding import operations as holding
from smartstart.holding.called import called
from smartstart.holding.models import State
from smartstart.holding.predicates import first_moment


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said before: by whom ("" who asked), and the words."""

    kind: RemarkKind
    by: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What goes along: the question, what was said of it, and who held it."""

    title: str
    words: str
    said: tuple[Said, ...]
    holder: UUID


def told_to(asker: Actor, ref: UUID, *, at: datetime) -> Told:
    """Tell a question with its history to who asked it, to ask whether it may go on elsewhere.

    Nothing changes here. Raises NotFound for everybody but the asker, WentOnOrIsOver when it is
    closed.
    """
    return _told(_open_one(asker, ref, at=at))


@transaction.atomic
def leave(asker: Actor, ref: UUID, *, at: datetime) -> Told:
    """Give a question with its history to who asked it, to go on elsewhere, and close it here.

    Everybody who was offered it is let go. Its text and key go on the 30th day after. Raises
    NotFound for everybody but the asker, WentOnOrIsOver when it is closed.
    """
    exchange = _open_one(asker, ref, at=at)
    told = _told(exchange)
    _end(asker, exchange, at=at)
    return told


@transaction.atomic
def leave_at_yes(ref: UUID, *, at: datetime) -> Told | None:
    """Give a function's question with its history to a family that said yes, and close it here.

    The function that asked wanted it. None when the text is gone meanwhile;
    what was closed meanwhile is told as it is.
    """
    Exchange.objects.select_for_update().filter(ref=ref).first()
    exchange = Exchange.objects.alive(at).select_related("folder").filter(ref=ref).first()
    if exchange is None:
        return None
    told = _told(exchange)
    if exchange.state != State.CLOSED:
        _end(Actor(Role.PROFESSIONAL, position=exchange.asker), exchange, at=at)
    return told


def _open_one(asker: Actor, ref: UUID, *, at: datetime) -> Exchange:
    exchange = exchange_known(asker, ref, at=at)
    if exchange.asker != me(asker) or not reads(asker, exchange, at=at):
        raise NotFound
    if exchange.state == State.CLOSED:
        raise errors.WentOnOrIsOver
    return exchange


def _told(exchange: Exchange) -> Told:
    words = open_for_deed(exchange, "words")
    rows = list(Remark.objects.filter(exchange=exchange).select_related("folder").order_by("id"))
    names = called(row.author for row in rows)
    said = tuple(
        Said(
            RemarkKind(row.kind),
            names[row.author].whole if row.author in names and row.author != exchange.asker else "",
            open_for_deed(row, "words"),
            row.written_at,
        )
        for row in rows
    )
    return Told(rules.beginning_of(words), words, said, exchange.holder)


def _end(asker: Actor, exchange: Exchange, *, at: datetime) -> None:
    holding.end(exchange, by=me(asker))
    release(exchange, at=at)
    exchange.closed_at = at
    exchange.erase_at = first_moment(day_of(at + rules.KEPT_AFTER_CLOSING))
    exchange.save(update_fields=["closed_at", "erase_at"])
    count(exchange, to_circle=True)
    turned(asker, exchange, TurnKind.TO_CIRCLE, at=at)
    # Who was offered it reads it no more: an answer being made for them is thrown away.
    Folder.objects.filter(pk=exchange.folder_id).update(rules_version=F("rules_version") + 1)
