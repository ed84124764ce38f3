"""On what organisations take part: the first of the two locks, as who sets it and families see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.circle.models import Basis
from smartstart.circle.rules import NO_END
from smartstart.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Lock:
    """One organisation and on what it takes part; ``basis`` None: it does not."""

    organisation: UUID
    name: str
    field: str
    basis: UUID | None
    article: str
    agreement: str
    from_day: date | None
    last_day: date | None


def locks(actor: Actor, *, on: date) -> list[Lock]:
    """Return the organisations whose lock this actor sets: one's own, or all. Two queries.

    Raises NotFound for who sets none.
    """
    if not actor.may(Permission.BASIS_SET):
        raise NotFound
    rows = Organisation.objects.order_by("name")
    mine = [row for row in rows if actor.may(Permission.BASIS_SET, within=row.ref)]
    running = Basis.objects.visible_to(actor, on=on).running_on(on)
    found = {one.organisation: one for one in running.order_by("id")}
    return [_lock(row, found.get(row.ref)) for row in mine]


def lock_of(actor: Actor, organisation: UUID, *, on: date) -> Lock:
    """Return one of these. Raises NotFound."""
    one = next((one for one in locks(actor, on=on) if one.organisation == organisation), None)
    if one is None:
        raise NotFound
    return one


def _lock(row: Organisation, basis: Basis | None) -> Lock:
    return Lock(
        row.ref,
        row.name,
        str(row.get_domain_display()),
        basis.ref if basis else None,
        basis.article if basis else "",
        basis.agreement if basis else "",
        basis.from_day if basis else None,
        basis.last_day if basis and basis.last_day < NO_END else None,
    )
