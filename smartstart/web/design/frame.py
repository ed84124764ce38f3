"""What every page of a session shares: the pilot's menu, the way back, and who may look."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.base.refusals import NotFound
from smartstart.design import queries
from smartstart.design.queries import SessionPage
from smartstart.web.answers import status_of
from smartstart.web.visit import VisitorRequest
from smartstart.web.voices import frame

ASKS = ["GET", "HEAD", "POST"]


def of_session(
    request: VisitorRequest,
    session_id: int,
    *,
    guests: bool = False,
    pays: bool = False,
    plans: bool = False,
) -> SessionPage:
    """Return a session for this visitor. Raises NotFound, also when it takes more than they may."""
    found = queries.session_page(request.reading, session_id)
    asked = ((guests, found.sees_guests), (pays, found.pays), (plans, found.may_plan))
    if any(wanted and not may for wanted, may in asked):
        raise NotFound
    return found


def shown(request: VisitorRequest, name: str, found: SessionPage, **page: Any) -> HttpResponse:
    """Show a page of a session, under the way back to it; a form that came back keeps its words."""
    session = found.session
    crumbs = [
        {"label": _("Sessions"), "url": reverse("design:sessions", args=[session.pilot.slug])},
        {"label": session.title, "url": reverse("design:session", args=[session.pk])},
    ]
    whole = frame.page(session.pilot, "sessions", found=found, session=session, **page)
    whole["crumbs"] = crumbs if name != "session" else crumbs[:1]
    return render(request, f"design/{name}.html", whole, status=status_of(page.get("form")))
