"""Decisions with one holder, the ethics log, and figures asked of others."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import save_once
from smartstart.people.models import Account
from smartstart.programme import errors
from smartstart.programme.choices import RequestState
from smartstart.programme.models import DataRequest, Decision, EthicsNote
from smartstart.programme.operations.pilots import account_of, changed, held, led, said


@transaction.atomic
def ask_decision(
    actor: Actor,
    pilot_id: int,
    *,
    what: str,
    holder: Account,
    due_on: date,
    is_public: bool,
    ref: UUID | None = None,
    at: datetime,
) -> Decision:
    """Ask that something is decided, with one person who takes it up, before a day.

    Raises NotFound, NotAllowed, DayHasPassed, ReasonMissing, SentBefore, in that order.
    """
    pilot = led(actor, pilot_id, at=at)
    if due_on < day_of(at):
        raise errors.DayHasPassed
    asked = Decision(
        pilot=pilot,
        what=said(what),
        holder=holder,
        asked_on=day_of(at),
        due_on=due_on,
        is_public=is_public,
    )
    decision, is_new = save_once(asked, ref, sent_by=actor.account, pilot_id=pilot.pk)
    if is_new:
        changed(actor, pilot, Deed.MADE, at=at, why="decision asked")
    return decision


@transaction.atomic
def take_decision(actor: Actor, decision_id: int, *, outcome: str, at: datetime) -> None:
    """Write what was decided. Raises NotFound, NotAllowed, AlreadyDecided, ReasonMissing."""
    decision = Decision.objects.visible_to(actor, on=day_of(at)).one(decision_id, lock=True)
    pilot = led(actor, decision.pilot_id, at=at)
    if decision.decided_on is not None:
        raise errors.AlreadyDecided
    Decision.objects.filter(pk=decision.pk).update(outcome=said(outcome), decided_on=day_of(at))
    changed(actor, pilot, at=at, why="decided")


@transaction.atomic
def note_ethics(
    actor: Actor,
    pilot_id: int,
    *,
    doubt: str,
    choice: str,
    ref: UUID | None = None,
    at: datetime,
) -> EthicsNote:
    """Keep a doubt and what the team chose.

    Raises NotFound, NotAllowed, ReasonMissing, SentBefore, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    told = EthicsNote(
        pilot=pilot,
        on=day_of(at),
        doubt=said(doubt),
        choice=said(choice),
        by=account_of(actor),
    )
    kept, is_new = save_once(told, ref, sent_by=actor.account, pilot_id=pilot.pk)
    if is_new:
        changed(actor, pilot, Deed.MADE, at=at, why="ethics note")
    return kept


@transaction.atomic
def ask_for_figures(
    actor: Actor,
    pilot_id: int,
    *,
    asked_of: str,
    what: str,
    ref: UUID | None = None,
    at: datetime,
) -> DataRequest:
    """Keep that figures were asked of somebody.

    Raises NotFound, NotAllowed, ReasonMissing, SentBefore, in that order.
    """
    pilot = held(actor, pilot_id, Permission.PILOT_WORK, at=at)
    today = day_of(at)
    told = DataRequest(pilot=pilot, asked_of=said(asked_of), what=said(what), asked_on=today)
    asked, is_new = save_once(told, ref, sent_by=actor.account, pilot_id=pilot.pk)
    if is_new:
        changed(actor, pilot, Deed.MADE, at=at, why="figures asked")
    return asked


@transaction.atomic
def answer_request(actor: Actor, request_id: int, *, state: str, ground: str, at: datetime) -> None:
    """Write whether asked figures came or were refused; a refusal has a reason.

    Raises NotFound, NotAllowed, AlreadySaid, ReasonMissing, in that order.
    """
    request = DataRequest.objects.visible_to(actor, on=day_of(at)).one(request_id, lock=True)
    pilot = held(actor, request.pilot_id, Permission.PILOT_WORK, at=at)
    if request.state != RequestState.ASKED:
        raise errors.AlreadySaid
    came = RequestState(state)
    DataRequest.objects.filter(pk=request.pk).update(
        state=came,
        ground=said(ground) if came is RequestState.REFUSED else ground.strip(),
        answered_on=day_of(at),
    )
    changed(actor, pilot, at=at, why="figures answered")
