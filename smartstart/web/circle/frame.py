"""What the frame of every page of a family needs: neutral name, way home, way to help."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.circle.errors import CircleIsClosed
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.queries_ending import closed_since
from smartstart.circle.scene import circles_of
from smartstart.web.answers import status_of
from smartstart.web.visit import VisitorRequest

# Where one adds something: of a closed circle they say that it is closed, and how to open it.
ADDS: Final = frozenset(
    {
        *("add_action", "add_adult", "add_child", "other_home", "offer", "contact", "miss"),
        *("agree", "ask", "ask_preview", "correct", "not_right", "own_side", "story_tell"),
        *("authority_say", "information", "unclear", "why"),
        *("write", "write_preview"),
    }
)


def family_page(
    request: VisitorRequest, template: str, circle: UUID | None = None, **more: Any
) -> HttpResponse:
    """Answer with a page of a family; one with a form that must be mended has status 422.

    A closed circle says so on each of its pages. ``closed_on``: since when, for who knows it.
    """
    page: dict[str, Any] = {"place": _("My circle"), "home": reverse("circle:home")}
    if circle is not None:
        page |= {"circle_ref": circle, **_help(circle)}
        if "closed_on" not in more:
            more["closed_on"] = closed_since(request.actor, circle, on=request.today)
        if more["closed_on"] is not None:
            del page["plain_url"]  # it asks a question, which a closed circle does not take
        if more["closed_on"] is not None and template in ADDS:
            return render(request, "circle/closed.html", page | more, status=CircleIsClosed.status)
    status = status_of(more.get("form"))
    return render(request, f"circle/{template}.html", page | more, status=status)


def role_page(request: VisitorRequest, template: str, **more: Any) -> HttpResponse:
    """Answer with a page that family and others share, each in their own frame; as above.

    "I do not get this" goes to who looks after the circle of this family, also from here.
    """
    is_family = request.actor.role in FAMILY_ROLES
    page: dict[str, Any] = {"frame": "base.html", "place": _("My circle")}
    if is_family:
        homes = circles_of(request.reading)
        page |= {"frame": "family.html", **(_help(homes[0].ref) if homes else {})}
    status = status_of(more.get("form"))
    return render(request, f"circle/{template}.html", page | more, status=status)


def _help(circle: UUID) -> dict[str, str]:
    """Return where the footer leads from a page of this circle: to a person, not to a text."""
    return {
        "complaint_url": reverse("circle:help", args=[circle]),
        "plain_url": reverse("circle:unclear", args=[circle]),
    }
