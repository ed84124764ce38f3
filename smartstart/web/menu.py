"""The main menu: what somebody in this role comes for, five things at most."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.access.permissions import Role

Items = tuple[tuple[str, str | Promise], ...]

PUBLIC: Final[Items] = (
    ("programme:pilots", _("Questions from the region")),
    ("programme:lessons", _("What we learned")),
    ("programme:propose", _("Join in")),
    ("consult:ask", _("Ask without a name")),
    ("account_login", _("Sign in")),
)
PILOT: Final[Items] = (
    ("programme:mine", _("My pilot")),
    ("voices:home", _("Interviews")),
    ("design:home", _("Sessions")),
    ("programme:pilots", _("Questions from the region")),
)
SIGNED_IN: Final[Items] = PUBLIC[:3]

FAMILY: Final[Items] = (
    ("circle:home", _("My circle")),
    ("consult:ask", _("Ask without a name")),
    *PUBLIC[:2],
)

OF: Final[dict[Role, Items]] = {
    Role.VISITOR: PUBLIC,
    Role.PARENT: FAMILY,
    Role.YOUNG_PERSON: FAMILY,
    Role.SUPPORTER: FAMILY,
    Role.PRIVACY_OFFICER: (
        ("circle:requests", _("Requests")),
        ("circle:bases", _("Taking part")),
        *PUBLIC[:2],
    ),
    Role.PROFESSIONAL: (
        ("circle:today", _("Today")),
        ("consult:desk", _("Questions without a name")),
        *PUBLIC[:2],
    ),
    Role.PROJECT_LEADER: PILOT,
    Role.RESEARCHER: PILOT,
    Role.FACILITATOR: PILOT,
    Role.PROGRAMME_OFFICE: (
        ("programme:proposals", _("Proposals")),
        ("words:proposals", _("Words")),
        ("consult:figures", _("Figures")),
        ("programme:pilots", _("Questions from the region")),
        ("programme:lessons", _("What we learned")),
    ),
    Role.ADMINISTRATOR: (
        ("people:organisation", _("People and seats")),
        ("people:restores", _("Lost phone")),
        ("circle:bases", _("Taking part")),
        ("consult:profiles", _("Who knows what")),
    ),
}


def first_page(role: Role) -> str:
    """Return the name of the page where this role begins: its own work, else the public site."""
    return OF[role][0][0] if role in OF and role != Role.VISITOR else "programme:home"


def menu(role: Role, *, here: str) -> list[dict[str, object]]:
    """Return label, url and whether the page is there, for the role's menu."""
    items = [(reverse(name), label) for name, label in OF.get(role, SIGNED_IN)]
    current = max((url for url, _label in items if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == current} for url, label in items]
