"""What every deed with an exchange needs: find it, see who acts, tell the turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.consult.errors import NotYours
from smartstart.consult.gate import receiver_of
from smartstart.consult.models import Exchange, Offer, Tally, Turn
from smartstart.consult.states import TurnKind


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of picking up: the exchange as it is now, and whether it is this actor's.

    Not won: somebody was faster, or it climbed to somebody else; nothing was written.
    """

    exchange: Exchange
    won: bool


def me(actor: Actor) -> UUID:
    """Return as whom this actor asks, holds and answers. Raises NotFound for all others."""
    receiver = receiver_of(actor)
    if receiver is None:
        raise NotFound
    return receiver


def as_function(actor: Actor) -> Actor:
    """Return the actor as a line of an exchange names it: the function, and no human being.

    The function stands for person and hat: by it a second glance of one day is known. Who
    occupied it on a day is told by the lines of the organisation, not here.
    """
    if actor.role is Role.PROFESSIONAL:
        own = actor.position
        return replace(actor, account=None, hat=own, person=own, within=None)
    return Actor(role=Role.VISITOR, person=actor.person, assurance=actor.assurance)


def who_holds_the_code(exchange: UUID) -> Actor:
    """Return who came back to their question by its code: a visitor, and nobody's account."""
    return Actor(role=Role.VISITOR, person=exchange, assurance=2)


def exchange_known(actor: Actor, ref: UUID, *, at: datetime) -> Exchange:
    """Return an exchange this actor had or has a hand in, held until the end. Raises NotFound."""
    Exchange.objects.select_for_update().filter(ref=ref).first()
    found = Exchange.objects.known_to(actor, at=at).select_related("folder").filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def acts(actor: Actor, exchange: Exchange, *, at: datetime) -> bool:
    """Whether this actor is the one who acts on it now, by the clock."""
    return Exchange.objects.acted_on_by(actor, at=at).filter(pk=exchange.pk).exists()


def reads(actor: Actor, exchange: Exchange, *, at: datetime) -> bool:
    """Whether this actor may read its words now."""
    return Exchange.objects.read_by(actor, at=at).filter(pk=exchange.pk).exists()


def require_acting(actor: Actor, exchange: Exchange, *, at: datetime) -> None:
    """Let only who acts now through. Raises NotYours."""
    if not acts(actor, exchange, at=at):
        raise NotYours


def open_offer(actor: Actor, exchange: Exchange, *, at: datetime) -> Offer | None:
    """Return what was offered to this actor beside the holder and still stands."""
    standing = Offer.objects.filter(exchange=exchange, ended_at=None, ends_at__gt=at)
    return standing.filter(position=me(actor)).first() if exchange.picked_up_at is None else None


def release(exchange: Exchange, *, at: datetime) -> None:
    """Let everybody go who was offered it."""
    Offer.objects.filter(exchange=exchange, ended_at=None).update(ended_at=at)


def count(exchange: Exchange, **counted: Any) -> None:
    """Write something in the tally of an exchange."""
    Tally.objects.filter(pk__in=[exchange.tally_id]).update(**counted)


def tell(
    actor: Actor,
    exchange: Exchange,
    kind: TurnKind,
    *,
    at: datetime,
    passed_to: UUID | None = None,
    why: str = "",
) -> None:
    """Write the turn and its line: last in every deed with an exchange."""
    turned(actor, exchange, kind, at=at, passed_to=passed_to, why=why)
    note(
        as_function(actor),
        Deed.MADE if kind is TurnKind.ASKED else Deed.CHANGED,
        folders=[exchange.folder_id],
        at=at,
        on=[exchange.ref],
        why=f"exchange_{kind.value}",
        rules_changed=[exchange.folder_id],
    )


def turned(
    actor: Actor,
    exchange: Exchange,
    kind: TurnKind,
    *,
    at: datetime,
    passed_to: UUID | None = None,
    why: str = "",
) -> None:
    """Write the turn alone, which goes with the text; its line is the caller's."""
    turn = Turn(
        folder=exchange.folder,
        exchange=exchange,
        kind=kind,
        by=me(actor),
        passed_to=passed_to,
        at=at,
    )
    turn.put(why=why.strip() or None)
    turn.save(force_insert=True)
