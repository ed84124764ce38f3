"""Whom anybody may turn to: people whose function is public, with the phone of their position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartstart.access.permissions import Role
from smartstart.people.models import Hat

MOST = 3


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, what the function is called, and its phone ("" when there is none)."""

    name: str
    called: str
    phone: str


def contacts(role: Role, *, on: date) -> list[Contact]:
    """Return up to three people who wear this hat today, oldest hat first. One query.

    Only for roles that the public may call: programme office and privacy officer.
    """
    if role not in (Role.PROGRAMME_OFFICE, Role.PRIVACY_OFFICER):
        raise ValueError(f"{role} is not a public function")
    hats = (
        Hat.objects.worn_on(on)
        .filter(role=role.value, account__is_active=True)
        .select_related("account", "position")
        .order_by("from_day", "id")[:MOST]
    )
    return [
        Contact(hat.account.shown_as, hat.called, hat.position.phone if hat.position else "")
        for hat in hats
    ]
