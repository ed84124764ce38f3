"""The team of a pilot: hats within it, given and ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people.errors import HatAlreadyWorn
from smartstart.people.models import Account, Hat
from smartstart.people.operations import give_hat
from smartstart.programme import errors
from smartstart.programme.models import Pilot
from smartstart.programme.operations.pilots import changed, held

TEAM_ROLES: Final = (
    Role.PROJECT_LEADER,
    Role.RESEARCHER,
    Role.FACILITATOR,
    Role.MEEDENKER,
)


@transaction.atomic
def add_to_team(
    actor: Actor,
    pilot_id: int,
    account: Account,
    *,
    role: Role,
    called: str,
    last_day: date | None = None,
    at: datetime,
) -> Hat:
    """Give somebody a role in the pilot from today; answers made under old rules are thrown away.

    Raises NotFound, NotAllowed, LastDayHasPassed, AlreadyInTeam, in that order.
    """
    pilot = _staffed(actor, pilot_id, at=at)
    if role not in TEAM_ROLES:
        raise NotFound
    try:
        hat = give_hat(
            account,
            role,
            called=called,
            from_day=day_of(at),
            within=pilot.ref,
            place=pilot.called,
            last_day=last_day,
        )
    except HatAlreadyWorn:
        raise errors.AlreadyInTeam from None
    changed(actor, pilot, Deed.HAT_GIVEN, at=at, why=role.value, on=hat.ref, new_rules=True)
    return hat


@transaction.atomic
def end_in_team(actor: Actor, pilot_id: int, hat_id: int, *, at: datetime) -> None:
    """End a role in the pilot at once. Raises NotFound, NotAllowed, LastLeader, in that order."""
    pilot = _staffed(actor, pilot_id, at=at)
    today = day_of(at)
    hat = Hat.objects.held_on(today).filter(within=pilot.ref, pk=hat_id).first()
    if hat is None:
        raise NotFound
    leaders = Hat.objects.worn_on(today).filter(within=pilot.ref, role=Role.PROJECT_LEADER.value)
    if hat.role == Role.PROJECT_LEADER.value and not leaders.exclude(pk=hat.pk).exists():
        raise errors.LastLeader
    hat.ended_at, hat.last_day = at, max(hat.from_day, min(hat.last_day or today, today))
    hat.sleeps = False
    hat.save(update_fields=["ended_at", "last_day", "sleeps"])
    changed(actor, pilot, Deed.HAT_ENDED, at=at, why=hat.role, on=hat.ref, new_rules=True)


def _staffed(actor: Actor, pilot_id: int, *, at: datetime) -> Pilot:
    """Return a pilot whose team this actor may change: its leader, or the programme office."""
    office = actor.may(Permission.PILOT_ACCEPT)
    wanted = Permission.PILOT_ACCEPT if office else Permission.PILOT_LEAD
    return held(actor, pilot_id, wanted, at=at)
