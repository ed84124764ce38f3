"""What is paid to whom, apart from everything else; and what a municipality said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors import (
    AlreadyPaid,
    SayWhoSaidIt,
    ThereIsNoAllowance,
    VouchersAreNotGiven,
)
from smartstart.design.models import Allowance, AmountToKnow, DesignSession
from smartstart.design.operations import planned
from smartstart.design.states import AllowanceForm, Per
from smartstart.programme.models import Municipality


@dataclass(frozen=True, slots=True)
class Amount:
    """What a municipality said: an amount, for which time, its days, and who said it."""

    cents: int
    per: Per
    from_day: date
    last_day: date | None
    source: str


@transaction.atomic
def write_allowance(
    actor: Actor,
    session_id: int,
    *,
    name: str,
    how: str,
    form: AllowanceForm,
    at: datetime,
    ref: UUID | None = None,
) -> Allowance:
    """Write down who gets the allowance, and how the person wants it.

    The same ``ref`` again gives what is there. Raises NotFound, NotAllowed, SentBefore,
    ThereIsNoAllowance, VouchersAreNotGiven or TooLong.
    """
    session = _paid_for(actor, session_id, at=at)
    made = first_made(Allowance.objects, ref, session_id=session.pk, made_by=actor.hat)
    if made is not None:
        return made
    if session.allowance_cents == 0:
        raise ThereIsNoAllowance
    if form is AllowanceForm.VOUCHER and not session.voucher:
        raise VouchersAreNotGiven
    last = session.allowances.aggregate(last=Max("number"))["last"] or 0
    row = Allowance(
        ref=ref or uuid4(),
        folder=session.pay_folder,
        session=session,
        number=last + 1,
        form=form,
        made_at=at,
        made_by=actor.hat,
    )
    row.put(name=name, how=how or None)
    row.save(force_insert=True)
    note(actor, Deed.MADE, folders=[session.pay_folder_id], at=at, on=[row.ref])
    return row


@transaction.atomic
def mark_paid(actor: Actor, session_id: int, number: int, *, at: datetime) -> None:
    """Write down that it was paid today; a second time changes nothing.

    Raises NotFound or NotAllowed.
    """
    session = _paid_for(actor, session_id, at=at)
    row = _row(session, number)
    if row.paid_on is None:
        row.paid_on = day_of(at)
        row.save(update_fields=["paid_on"])
    note(actor, Deed.CHANGED, folders=[session.pay_folder_id], at=at, on=[row.ref], why="paid")


@transaction.atomic
def remove_allowance(actor: Actor, session_id: int, number: int, *, at: datetime) -> None:
    """Take a line out that was not paid. Raises NotFound, NotAllowed or AlreadyPaid."""
    session = _paid_for(actor, session_id, at=at)
    row = _row(session, number)
    if row.paid_on is not None:
        raise AlreadyPaid
    row.delete()
    note(actor, Deed.REMOVED, folders=[session.pay_folder_id], at=at, on=[row.ref])


@transaction.atomic
def tell_amount(actor: Actor, session_id: int, told: Amount, *, at: datetime) -> AmountToKnow:
    """Write down what the municipality of this pilot said about money beside benefits.

    Raises NotFound, NotAllowed or SayWhoSaidIt.
    """
    session = _paid_for(actor, session_id, at=at)
    where = municipality_of(session)
    if where is None:
        raise NotFound
    if not told.source.strip() or (told.last_day and told.last_day < told.from_day):
        raise SayWhoSaidIt
    row = AmountToKnow.objects.create(
        municipality=where,
        cents=told.cents,
        per=told.per,
        from_day=told.from_day,
        last_day=told.last_day,
        source=told.source.strip(),
        made_at=at,
        made_by=actor.hat,
    )
    note(actor, Deed.MADE, folders=[session.pay_folder_id], at=at, on=[session.ref], why="amount")
    return row


def municipality_of(session: DesignSession) -> Municipality | None:
    """Return where the pilot of a session is, or None while it has no place."""
    place = session.pilot.vindplaats
    return None if place is None else place.municipality


# Parts ----------------------------------------------------------------------------------------


def _paid_for(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    return planned(actor, session_id, Permission.ALLOWANCE_PAY, at=at)


def _row(session: DesignSession, number: int) -> Allowance:
    found = session.allowances.filter(number=number).first()
    if found is None:
        raise NotFound
    return found
