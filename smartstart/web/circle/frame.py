"""What the frame of every page of a family needs: neutral name, way home, way to help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.scene import circles_of
from smartstart.web.answers import status_of
from smartstart.web.visit import VisitorRequest


def family_page(
    request: VisitorRequest, template: str, circle: UUID | None = None, **more: Any
) -> HttpResponse:
    """Answer with a page of a family; one with a form that must be mended has status 422."""
    page: dict[str, Any] = {"place": _("My circle"), "home": reverse("circle:home")}
    if circle is not None:
        page |= {"circle_ref": circle, **_help(circle)}
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
