"""What the frame of every page of a family needs: neutral name, way home, way to help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.circle.gate import FAMILY_ROLES
from smartstart.web.answers import status_of
from smartstart.web.visit import VisitorRequest


def family_page(
    request: VisitorRequest, template: str, circle: UUID | None = None, **more: Any
) -> HttpResponse:
    """Answer with a page of a family; one with a form that must be mended has status 422."""
    page: dict[str, Any] = {"place": _("My circle"), "home": reverse("circle:home")}
    if circle is not None:
        page |= {
            "circle_ref": circle,
            "complaint_url": reverse("circle:help", args=[circle]),
            "plain_url": reverse("circle:unclear", args=[circle]),
        }
    status = status_of(more.get("form"))
    return render(request, f"circle/{template}.html", page | more, status=status)


def role_page(request: VisitorRequest, template: str, **more: Any) -> HttpResponse:
    """Answer with a page that family and others share, each in their own frame; as above."""
    is_family = request.actor.role in FAMILY_ROLES
    page = {"frame": "family.html" if is_family else "base.html", "place": _("My circle")}
    status = status_of(more.get("form"))
    return render(request, f"circle/{template}.html", page | more, status=status)
