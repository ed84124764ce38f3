"""Whom somebody may choose for a role or a decision."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission, Role
from smartstart.base.refusals import NotFound
from smartstart.people.models import Account, Hat
from smartstart.programme.models import Pilot

AT_WORK: Final = (
    Role.PROJECT_LEADER,
    Role.FACILITATOR,
    Role.RESEARCHER,
    Role.PROFESSIONAL,
    Role.PROGRAMME_OFFICE,
    Role.ADMINISTRATOR,
)


def people_to_choose(actor: Actor, *, on: date) -> QuerySet[Account]:
    """Return the people this actor may give a role or a decision, by name.

    For the programme office everyone with a working role. For a team: who works at an organisation
    of the actor or in a pilot of the same region, and everyone in the pilot itself. A parent or a
    young person of elsewhere is on nobody's list. One query. Raises NotFound.
    """
    if not (actor.may(Permission.PILOT_ACCEPT) or actor.may(Permission.PILOT_WORK)):
        raise NotFound
    hats = Hat.objects.worn_on(on).filter(_known_to(actor, on))
    people = Account.objects.filter(is_active=True, pk__in=hats.values("account_id"))
    return people.order_by("shown_as", "username")


def _known_to(actor: Actor, on: date) -> Q:
    at_work = Q(role__in=[role.value for role in AT_WORK])
    if actor.may(Permission.PILOT_ACCEPT):
        return at_work
    if actor.account is None or actor.within is None:
        return Q(pk__in=())
    own = Hat.objects.worn_on(on).filter(account__ref=actor.account, organisation__isnull=False)
    region = Pilot.objects.filter(ref=actor.within).values("region_id")
    near = Q(organisation__in=own.values("organisation_id")) | Q(
        within__in=Pilot.objects.filter(region_id__in=region).values("ref")
    )
    return at_work & near | Q(within=actor.within)


def somebody_called(username: str) -> Account | None:
    """Return the account with this user name, capitals or not, or None. One query."""
    return Account.objects.filter(username=username.strip().lower(), is_active=True).first()
