"""Who acts: an account and the hat it wears, as an Actor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.people.models import Account, Hat


def hats_of(account: Account, *, on: date) -> list[Hat]:
    """Return the hats that this account may wear today, in a fixed order. One query."""
    return list(
        Hat.objects.worn_on(on)
        .filter(account=account)
        .select_related("account", "organisation", "position")
        .order_by("role", "place", "id")
    )


def hat_worn(account: Account, chosen: UUID | None, *, on: date) -> Hat | None:
    """Return the hat that was chosen, else the only one or the first; None when there is none."""
    hats = hats_of(account, on=on)
    return next((hat for hat in hats if hat.ref == chosen), hats[0] if hats else None)


def actor_of(account: Account, hat: Hat, *, assurance: int, house_folder: int | None) -> Actor:
    """Return the actor that this account is under this hat. No query."""
    organisation = hat.organisation
    return Actor(
        role=Role(hat.role),
        account=account.ref,
        hat=hat.ref,
        person=account.person,
        organisation=organisation.ref if organisation else None,
        within=hat.within,
        home_folder=organisation.folder_id if organisation else house_folder,
        assurance=assurance,
    )


def assurance_of(session: Mapping[str, object]) -> int:
    """Return how many factors this sign-in used: what the sign-in wrote into its session."""
    found = session.get("assurance", 1)
    return found if isinstance(found, int) else 1
