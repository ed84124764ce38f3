"""What the frame of every page of a family needs: neutral name, way home, way to help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.web.visit import VisitorRequest

MEND = 422


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
    form = more.get("form")
    status = MEND if form is not None and form.is_bound and form.errors else 200
    return render(request, f"circle/{template}.html", page | more, status=status)
