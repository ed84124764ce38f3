"""What is said in an exchange: answer, question back, reaction, advice, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed
from smartstart.consult import errors, rules
from smartstart.consult.models import DrawnIn, Exchange, Offer, Remark, Tally, Turn
from smartstart.consult.operations_passing import take_over
from smartstart.consult.states import RemarkKind, TurnKind
from smartstart.consult.steps import count, exchange_known, me, reads, require_acting, tell
from smartstart.holding import operations as holding
from smartstart.holding import promises
from smartstart.holding.called import name_of
from smartstart.holding.errors import SayWhyNot
from smartstart.holding.models import State

OPEN = (State.HELD.value, State.OFFERED.value)


@transaction.atomic
def answer(
    actor: Actor,
    ref: UUID,
    *,
    words: str,
    at: datetime,
    by_phone: bool = False,
    remark: UUID | None = None,
) -> Remark:
    """Answer as the one who acts now; one line is enough, also after a call.

    ``remark``: the reference of the form. Raises NotFound, NotAllowed, WriteYourAnswer, NotYours,
    SomeoneWasFaster.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    before = first_made(Remark.objects, remark, author=me(actor), exchange=exchange)
    if before is not None:
        return before
    require_acting(actor, exchange, at=at)
    made = _remark(actor, exchange, RemarkKind.ANSWER, words, at=at, ref=remark, by_phone=by_phone)
    take_over(actor, exchange, at=at)
    holding.answer(exchange, by=me(actor), at=at)
    exchange.answered_at = at
    exchange.erase_at = rules.gone_at(exchange.asked_at, closes_at=at + rules.WAITS_FOR_THE_ASKER)
    exchange.save(update_fields=["answered_at", "erase_at"])
    count(exchange, minutes=rules.minutes_until(exchange.asked_at, at), **_whose(exchange))
    _count_first_elsewhere(exchange)
    tell(actor, exchange, TurnKind.ANSWERED, at=at)
    return made


def _whose(exchange: Exchange) -> dict[str, Any]:
    """Say in which field it was answered, and whether at the place where it was asked."""
    who, asked_at = name_of(exchange.holder), name_of(exchange.asker).organisation
    return {
        "domain": who.domain,
        "at_the_place": asked_at is not None and asked_at == who.organisation,
        "climbed": exchange.holder == exchange.coordinator,
    }


def _count_first_elsewhere(exchange: Exchange) -> None:
    """Count a question that was passed on by all who were asked first; not one that climbed."""
    asked = Turn.objects.filter(exchange=exchange, kind=TurnKind.ASKED.value).order_by("id")
    first = set(asked.values_list("passed_to", flat=True)[:1])
    first |= set(Offer.objects.filter(exchange=exchange).values_list("position", flat=True))
    if exchange.holder not in first:
        Tally.objects.filter(pk__in=[exchange.tally_id], expired=False).update(first_elsewhere=True)


@transaction.atomic
def ask_back(
    actor: Actor, ref: UUID, *, words: str, at: datetime, remark: UUID | None = None
) -> Remark:
    """Ask something of who asked, as the one who acts now; the question stays held.

    Raises NotFound, NotAllowed, NotYours, WriteYourAnswer, SomeoneWasFaster.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    before = first_made(Remark.objects, remark, author=me(actor), exchange=exchange)
    if before is not None:
        return before
    require_acting(actor, exchange, at=at)
    made = _remark(actor, exchange, RemarkKind.ASK_BACK, words, at=at, ref=remark)
    take_over(actor, exchange, at=at)
    tell(actor, exchange, TurnKind.ASKED_BACK, at=at)
    return made


@transaction.atomic
def react(
    actor: Actor, ref: UUID, *, words: str, at: datetime, remark: UUID | None = None
) -> Remark:
    """Say more as who asked, or as who was asked to think along, while it is open.

    Raises NotFound, NotAllowed, ItIsOver (ItIsClosed), WriteYourAnswer.
    """
    exchange = exchange_known(actor, ref, at=at)
    kind = RemarkKind.REACTION if exchange.asker == me(actor) else RemarkKind.ADVICE
    if kind is RemarkKind.ADVICE:
        require(actor, Permission.CONSULT_ANSWER)
        if not DrawnIn.objects.filter(exchange=exchange, position=me(actor)).exists():
            raise NotAllowed
    if exchange.state not in OPEN or not reads(actor, exchange, at=at):
        raise errors.ItIsClosed if exchange.state == State.CLOSED else errors.ItIsOver
    before = first_made(Remark.objects, remark, author=me(actor), exchange=exchange)
    if before is not None:
        return before
    made = _remark(actor, exchange, kind, words, at=at, ref=remark)
    tell(actor, exchange, TurnKind.ASKED_BACK, at=at)
    return made


@transaction.atomic
def confirm(
    actor: Actor,
    ref: UUID,
    *,
    at: datetime,
    thanks: str = "",
    quarters_back: int | None = None,
) -> Exchange:
    """Say as who asked that it helped: the question closes, and its text goes 30 days later.

    Said twice it is said once. Raises NotFound, NotAllowed, SomeoneWasFaster.
    """
    exchange = _asked_by(actor, ref, at=at)
    if Turn.objects.filter(exchange=exchange, kind=TurnKind.CONFIRMED.value).exists():
        return exchange
    holding.confirm(exchange, by=me(actor))
    exchange.closed_at = at
    exchange.erase_at = rules.gone_at(exchange.asked_at, closes_at=at)
    exchange.save(update_fields=["closed_at", "erase_at"])
    if thanks.strip():
        _remark(actor, exchange, RemarkKind.THANKS, thanks, at=at, ref=None)
    count(exchange, helped=True, quarters_back=quarters_back)
    tell(actor, exchange, TurnKind.CONFIRMED, at=at)
    return exchange


@transaction.atomic
def reopen(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Exchange:
    """Say as who asked that it did not help yet: the same function holds it again.

    Raises NotFound, NotAllowed, SayWhyNot, SomeoneWasFaster.
    """
    exchange = _asked_by(actor, ref, at=at)
    if not why.strip():
        raise SayWhyNot
    holding.reopen(exchange, by=me(actor))
    exchange.answered_at, exchange.erase_at = None, exchange.asked_at + rules.LONGEST
    exchange.save(update_fields=["answered_at", "erase_at"])
    exchange.move(promises.asked_quickly(at), picked_up_at=None)
    count(exchange, minutes=None, helped=False)
    tell(actor, exchange, TurnKind.REOPENED, at=at, passed_to=exchange.holder, why=why)
    return exchange


def _asked_by(actor: Actor, ref: UUID, *, at: datetime) -> Exchange:
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ASK)
    if exchange.asker != me(actor):
        raise NotAllowed
    return exchange


def _remark(
    actor: Actor,
    exchange: Exchange,
    kind: RemarkKind,
    words: str,
    *,
    at: datetime,
    ref: UUID | None,
    by_phone: bool = False,
) -> Remark:
    if not words.strip():
        raise errors.WriteYourAnswer
    made = Remark(
        folder=exchange.folder,
        exchange=exchange,
        kind=kind,
        author=me(actor),
        by_phone=by_phone,
        written_at=at,
    )
    made.ref = ref or made.ref
    made.put(words=words.strip())
    made.save(force_insert=True)
    return made
