"""What who holds a question does with it: pick up, decline, give on, draw somebody in.

Every deed looks for the one who acts by the clock; who comes too late hears who has it now. The
UPDATE of the room holding has the last word.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.consult import errors
from smartstart.consult.models import DrawnIn, Exchange, Offer
from smartstart.consult.states import TurnKind
from smartstart.consult.steps import (
    Taken,
    acts,
    count,
    exchange_known,
    me,
    open_offer,
    release,
    require_acting,
    tell,
)
from smartstart.holding import operations as holding
from smartstart.holding import promises
from smartstart.holding.called import name_of
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from smartstart.holding.models import State
from smartstart.people.models import Position


@transaction.atomic
def pick_up(actor: Actor, ref: UUID, *, at: datetime) -> Taken:
    """Say "I do this": as holder, as who was offered it, or as the one to whom it climbed.

    Everybody else who was offered it is let go. Somebody was faster: nothing is written, and the
    answer says who has it. Raises NotFound, NotAllowed.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    mine = me(actor)
    if exchange.holder == mine and exchange.picked_up_at and exchange.state == State.HELD:
        return Taken(exchange, won=True)
    try:
        if not _takes(actor, exchange, at=at):
            return Taken(exchange, won=False)
    except SomeoneWasFaster:
        exchange.refresh_from_db()
        return Taken(exchange, won=False)
    tell(actor, exchange, TurnKind.ACCEPTED, at=at, passed_to=mine)
    return Taken(exchange, won=True)


def _takes(actor: Actor, exchange: Exchange, *, at: datetime) -> bool:
    """Become the holder by whichever way is open to this actor; False when none is."""
    if exchange.offered_to == me(actor):
        holding.accept(exchange, by=me(actor), at=at)
    elif open_offer(actor, exchange, at=at):
        holding.pick_up(exchange, by=me(actor))
    elif acts(actor, exchange, at=at):
        _count_climb(actor, exchange)
        holding.pick_up(exchange, by=me(actor))
    else:
        return False
    release(exchange, at=at)
    holds_now(exchange, at=at)
    return True


def take_over(actor: Actor, exchange: Exchange, *, at: datetime) -> None:
    """Hold what one acts on, before one answers or asks back; the others are let go."""
    is_mine = exchange.holder == me(actor)
    if not open_offer(actor, exchange, at=at):
        _count_climb(actor, exchange)
    if not is_mine or exchange.state_at(at) is not State.HELD:
        holding.pick_up(exchange, by=me(actor))
    release(exchange, at=at)
    if not is_mine or exchange.picked_up_at is None:
        holds_now(exchange, at=at)


def _count_climb(actor: Actor, exchange: Exchange) -> None:
    """Count that those who were asked let it lie: who acts now does so by the clock."""
    if exchange.holder != me(actor):
        count(exchange, expired=True)


def holds_now(exchange: Exchange, *, at: datetime) -> None:
    """Count the moments of who picked it up now."""
    hours = name_of(exchange.holder).hours
    exchange.move(promises.taken_over(exchange.times, at=at, hours=hours), picked_up_at=at)


@transaction.atomic
def promise_today(actor: Actor, ref: UUID, *, at: datetime) -> Exchange:
    """Say "I will call today": who asked reads it, and if not, somebody else acts next morning.

    Raises NotFound, NotAllowed, NotYours, SomeoneWasFaster.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    require_acting(actor, exchange, at=at)
    take_over(actor, exchange, at=at)
    times = promises.promised_today(exchange.times, asked_at=exchange.asked_at, at=at)
    exchange.move(times, picked_up_at=exchange.picked_up_at)
    tell(actor, exchange, TurnKind.PROMISED, at=at)
    return exchange


@transaction.atomic
def decline(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Exchange:
    """Say no, with a reason that who asked reads.

    An offer ends. What one holds goes to the next who was offered it, else to the Team op Maat, at
    once. Raises NotFound, NotAllowed, SayWhyNot, NotYours, NobodyToTakeOver.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    if not why.strip():
        raise SayWhyNot
    offer = open_offer(actor, exchange, at=at)
    if exchange.offered_to == me(actor):
        holding.decline(exchange, by=me(actor), why=why, at=at)
    elif offer is not None:
        Offer.objects.filter(pk=offer.pk).update(ended_at=at)
    else:
        require_acting(actor, exchange, at=at)
        _count_climb(actor, exchange)
        _hand_to(exchange, _successor(actor, exchange, at=at), at=at)
    count(exchange, declines=F("declines") + 1)
    tell(actor, exchange, TurnKind.DECLINED, at=at, passed_to=exchange.holder, why=why)
    return exchange


def _successor(actor: Actor, exchange: Exchange, *, at: datetime) -> UUID:
    standing = Offer.objects.filter(exchange=exchange, ended_at=None, ends_at__gt=at)
    offered = standing.order_by("id").first() if exchange.picked_up_at is None else None
    if offered is not None:
        Offer.objects.filter(pk=offered.pk).update(ended_at=at)
        return offered.position
    if exchange.coordinator in {me(actor), exchange.holder}:
        raise errors.NobodyToTakeOver
    return exchange.coordinator


def _hand_to(exchange: Exchange, to: UUID, *, at: datetime) -> None:
    """Give it to somebody who did not take it up yet."""
    holding.pick_up(exchange, by=to)
    exchange.move(exchange.times, picked_up_at=None)


@transaction.atomic
def offer(actor: Actor, ref: UUID, *, to: UUID, at: datetime) -> Exchange:
    """Ask another function to take it over; one holds it until the other says yes.

    Raises NotFound, NotAllowed, NotYours, ChooseWhom, SomeoneWasFaster.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    require_acting(actor, exchange, at=at)
    _can_be_asked(exchange, to, besides=me(actor))
    take_over(actor, exchange, at=at)
    ends = promises.offer_ends(exchange.times, at=at)
    holding.offer(exchange, to=to, ends_at=ends, at=at)
    tell(actor, exchange, TurnKind.OFFERED, at=at, passed_to=to)
    return exchange


@transaction.atomic
def draw_in(actor: Actor, ref: UUID, *, who: UUID, at: datetime) -> Exchange:
    """Ask a second function to think along: it reads the question, and the holder stays the holder.

    Raises NotFound, NotAllowed, NotYours, ChooseWhom.
    """
    exchange = exchange_known(actor, ref, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    require_acting(actor, exchange, at=at)
    _can_be_asked(exchange, who, besides=me(actor))
    take_over(actor, exchange, at=at)
    DrawnIn.objects.get_or_create(exchange=exchange, position=who, defaults={"at": at})
    tell(actor, exchange, TurnKind.DRAWN_IN, at=at, passed_to=who)
    return exchange


def _can_be_asked(exchange: Exchange, who: UUID, *, besides: UUID) -> None:
    filled = Position.objects.filter(ref=who, occupant__isnull=False)
    if who in {besides, exchange.asker, exchange.holder} or not filled.exists():
        raise errors.ChooseWhom
