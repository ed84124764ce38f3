"""Asking without a name, the code of who asked, and who looks after questions."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission, Role
from smartstart.base import codes
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.consult import errors, rules
from smartstart.consult.models import AskerCard, Exchange, Offer, Tally, Team
from smartstart.consult.states import AskerKind, TurnKind
from smartstart.consult.steps import me, tell, who_holds_the_code
from smartstart.holding import promises
from smartstart.people.models import Position
from smartstart.programme.models import Vindplaats

MOST_ASKED: Final = rules.MOST_ASKED


@transaction.atomic
def ask(
    actor: Actor,
    *,
    words: str,
    to: Sequence[UUID],
    kind: AskerKind,
    at: datetime,
    place: int | None = None,
    language: str = "nl",
    code: str = "",
    ref: UUID | None = None,
) -> Exchange:
    """Put a question to one, two or three functions; the first holds it, the others are offered it.

    A professional asks as function. Everybody else asks as a visitor, with a ``code`` to come back
    by, of which only a hash is kept. ``ref``: sent twice it is asked once. Raises NotAllowed,
    WriteYourQuestion, ChooseWhom, NobodyLooksAfterIt, TooLong.
    """
    require(actor, Permission.CONSULT_ASK)
    ref = ref or uuid4()
    asker = me(actor) if actor.role is Role.PROFESSIONAL else ref
    before = first_made(Exchange.objects, ref, asker=asker)
    if before is not None:
        return before
    if not words.strip():
        raise errors.WriteYourQuestion
    where = Vindplaats.objects.filter(pk=place).first() if place is not None else None
    exchange = _new(ref, asker, to, place=where, at=at)
    exchange.asker_kind = AskerKind.PROFESSIONAL if asker != ref else kind
    exchange.language = language
    try:
        with transaction.atomic():
            _keep(exchange, words.strip(), to, at=at)
    except IntegrityError:
        first = first_made(Exchange.objects, ref, asker=asker)
        if first is None:
            raise
        return first  # the same form, sent at the same moment
    if asker == ref:
        AskerCard.objects.create(exchange=exchange, code_hash=_code_hash(code))
        actor = who_holds_the_code(ref)
    tell(actor, exchange, TurnKind.ASKED, at=at, passed_to=exchange.holder)
    return exchange


def _keep(exchange: Exchange, words: str, to: Sequence[UUID], *, at: datetime) -> None:
    """Save a question with its folder, its tally and its offers."""
    exchange.folder = open_folder(FolderKind.EXCHANGE, at=at)
    exchange.tally = _tally(exchange, at=at)
    exchange.put(words=words)
    exchange.save(force_insert=True)
    others = [Offer(exchange=exchange, position=one, ends_at=exchange.coordinator_from)
              for one in dict.fromkeys(to) if one != exchange.holder]  # fmt: skip
    Offer.objects.bulk_create(others)


def _who_can_be_asked(to: Sequence[UUID], asker: UUID) -> list[UUID]:
    wanted = list(dict.fromkeys(to))
    filled = Position.objects.filter(ref__in=wanted, occupant__isnull=False).exclude(ref=asker)
    if not 1 <= len(wanted) <= MOST_ASKED or filled.count() != len(wanted):
        raise errors.ChooseWhom
    return wanted


def _new(
    ref: UUID, asker: UUID, to: Sequence[UUID], *, place: Vindplaats | None, at: datetime
) -> Exchange:
    wanted = _who_can_be_asked(to, asker)
    coordinator = coordinator_for(place, asker=asker)
    times = promises.asked_quickly(at)
    return Exchange(
        ref=ref,
        holder=wanted[0],
        asker=asker,
        coordinator=coordinator,
        place=place,
        asked_at=at,
        promised_at=times.promised_at,
        cover_from=times.cover_from,
        coordinator_from=times.coordinator_from,
        erase_at=at + rules.LONGEST,
    )


def coordinator_for(place: Vindplaats | None, *, asker: UUID | None = None) -> UUID:
    """Return where a question of a place climbs last: to somebody else than who asks, if there is.

    Raises NobodyLooksAfterIt.
    """
    here = Q(place=place) if place is not None else Q(pk=None)
    teams = Team.objects.filter(here | Q(is_for_the_rest=True)).select_related("coordinator")
    found = [team.coordinator.ref for team in teams.order_by("is_for_the_rest")]
    if not found:
        raise errors.NobodyLooksAfterIt
    return next((one for one in found if one != asker), found[0])


def _tally(exchange: Exchange, *, at: datetime) -> Tally:
    return Tally.objects.create(
        place=exchange.place,
        month=rules.first_of_month(day_of(at)),
        asker_kind=exchange.asker_kind,
    )


# The code ---------------------------------------------------------------------------------------


def new_code() -> str:
    """Return a fresh code of 16 letters (79 bits) with which who asked comes back."""
    return codes.new_code()


@transaction.atomic
def open_by_code(code: str, *, at: datetime) -> UUID:
    """Return the reference of the question that a code opens. Raises CodeDoesNotOpen."""
    exchange = found_by_code(code, at=at)
    who = who_holds_the_code(exchange.ref)
    note(who, Deed.ENTERED, folders=[exchange.folder_id], at=at, on=[exchange.ref])
    return exchange.ref


def found_by_code(code: str, *, at: datetime) -> Exchange:
    """Return the question that a code opens; writes nothing. Raises CodeDoesNotOpen."""
    cards = AskerCard.objects.filter(code_hash=_code_hash(code)).select_related("exchange__folder")
    card = cards.first()
    if card is None or not Exchange.objects.alive(at).filter(pk=card.exchange_id).exists():
        raise errors.CodeDoesNotOpen
    return card.exchange


def _code_hash(code: str) -> str:
    """Return a keyed hash of a code; capitals, blanks and dashes do not count."""
    letters = codes.tidy(code)[:100]
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"asker card " + letters.encode(), hashlib.sha256).hexdigest()


# Teams ------------------------------------------------------------------------------------------


@transaction.atomic
def name_team(position: UUID, *, place: int | None) -> Team:
    """Say which function looks after questions at a place (None: wherever no other team does).

    Done at the server's own screen. Raises NotFound.
    """
    coordinator = Position.objects.filter(ref=position).first()
    where = Vindplaats.objects.filter(pk=place).first() if place is not None else None
    if coordinator is None or (place is not None and where is None):
        raise NotFound
    team, _made = Team.objects.update_or_create(
        place=where,
        is_for_the_rest=where is None,
        defaults={"coordinator": coordinator},
    )
    return team
