"""What every deed on a pilot begins and ends with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed
from smartstart.people.models import Account
from smartstart.programme.errors import ReasonMissing
from smartstart.programme.models import Pilot


def held(actor: Actor, pilot_id: int, permission: Permission, *, at: datetime) -> Pilot:
    """Return the pilot, held until the transaction ends. Raises NotFound, NotAllowed."""
    pilot = Pilot.objects.visible_to(actor, on=day_of(at)).one(pilot_id, lock=True)
    require(actor, permission, within=pilot.ref)
    return pilot


def led(actor: Actor, pilot_id: int, *, at: datetime) -> Pilot:
    """Return a pilot that this actor leads. Raises NotFound, NotAllowed, in that order."""
    return held(actor, pilot_id, Permission.PILOT_LEAD, at=at)


def changed(
    actor: Actor,
    pilot: Pilot,
    deed: Deed = Deed.CHANGED,
    *,
    at: datetime,
    why: str,
    on: UUID | None = None,
    new_rules: bool = False,
) -> None:
    """Make the pilot's pages new and write the line: the end of every deed on it."""
    Pilot.objects.filter(pk=pilot.pk).update(version=F("version") + 1)
    note(
        actor,
        deed,
        folders=[pilot.folder_id],
        at=at,
        on=[on or pilot.ref],
        why=why,
        rules_changed=[pilot.folder_id] if new_rules else [],
    )


def account_of(actor: Actor) -> Account:
    """Return the account that acts; one query. Raises NotAllowed for a visitor."""
    if actor.account is None:
        raise NotAllowed
    return Account.objects.get(ref=actor.account)


def said(words: str) -> str:
    """Return words without edges. Raises ReasonMissing when nothing is left."""
    words = words.strip()
    if not words:
        raise ReasonMissing
    return words
