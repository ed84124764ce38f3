"""What the frame of every page needs: example bar, name, hat."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from smartstart.access.actor import VISITOR
from smartstart.access.permissions import Role
from smartstart.people.models import Hat
from smartstart.web.menu import menu
from smartstart.web.refusal_page import FAMILY

COLOUR: Final[dict[Role, str]] = {
    Role.PARENT: "family",
    Role.YOUNG_PERSON: "child",
    Role.SUPPORTER: "around",
    Role.PROFESSIONAL: "around",
    Role.INTERVIEWEE: "family",
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return example, actor_name, nav, hat, visit_reason, names_hidden, snelweg and two addresses.

    ``snelweg``: somebody of a family is here, so every page can be left fast and its title tells
    nothing, also that of their keys or of privacy. Makes no query.
    """
    actor = getattr(request, "actor", VISITOR)
    hat: Hat | None = getattr(request, "hat", None)
    account = getattr(request, "account", None)
    return {
        "example": settings.SMARTSTART_EXAMPLE,
        "snelweg": actor.role in FAMILY,
        "nav": menu(actor.role, here=request.path),
        "actor_name": account.shown_as if account else "",
        "visit_reason": getattr(request, "visit_reason", ""),
        "names_hidden": bool(account and account.names_hidden),
        "hats_url": reverse("people:hats") if account else "",
        "lock_url": reverse("people:lock") if account else "",
        "hat": hat
        and {
            "label": hat.called,
            "place": hat.place,
            "family": COLOUR.get(Role(hat.role), "pilot"),
        },
    }
