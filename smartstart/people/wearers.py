"""Wearers: which human being stood behind a hat, for who reads the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from smartstart.access.permissions import Role
from smartstart.people.models import Hat, Position


@dataclass(frozen=True, slots=True)
class Wearer:
    """Who wore a hat. ``has_function``: still the one who occupies the function it was for."""

    hat: UUID
    person: UUID
    shown_as: str
    face: str
    role: Role
    position: UUID | None
    function: str
    has_function: bool
    organisation: UUID | None
    domain: str


def wearers(hats: Collection[UUID]) -> dict[UUID, Wearer]:
    """Return who wore these hats, also those that ended. One query.

    Who may know it is decided by the caller.
    """
    found = Hat.objects.filter(ref__in=hats).select_related("account", "organisation", "position")
    return {hat.ref: _wearer(hat) for hat in found}


def _wearer(hat: Hat) -> Wearer:
    position, organisation = hat.position, hat.organisation
    return Wearer(
        hat=hat.ref,
        person=hat.account.person,
        shown_as=hat.account.shown_as,
        face=hat.account.face,
        role=Role(hat.role),
        position=position.ref if position else None,
        function=position.called if position else hat.called,
        has_function=position is not None and position.occupant_id == hat.account_id,
        organisation=organisation.ref if organisation else None,
        domain=organisation.domain if organisation else "",
    )


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who occupies a function now; ``name`` is "" when nobody does."""

    name: str
    function: str
    phone: str
    face: str


def occupant_of(position: UUID) -> Occupant | None:
    """Return who occupies a function; None when there is no such function. One query.

    Who may know it is decided by the caller.
    """
    found = Position.objects.filter(ref=position).select_related("occupant").first()
    if found is None:
        return None
    account = found.occupant
    name, face = (account.shown_as, account.face) if account else ("", "")
    return Occupant(name, found.called, found.phone, face)
