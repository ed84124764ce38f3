"""What forms of the desk share: what was sent, the frame, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartstart.programme import queries
from smartstart.programme.models import Pilot
from smartstart.web.visit import VisitorRequest

FORM_METHODS = ["GET", "HEAD", "POST"]
NOT_YET = 422

PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("work", lambda: _("Today")),
    ("evidence", lambda: _("Evidence")),
    ("deviation", lambda: _("Stand")),
    ("question", lambda: _("Question")),
    ("figures", lambda: _("Figures")),
    ("took_part", lambda: _("Who took part")),
    ("requests", lambda: _("Asked figures")),
    ("decisions", lambda: _("Decisions")),
    ("own_lessons", lambda: _("Lessons")),
    ("doubts", lambda: _("Doubts")),
    ("team", lambda: _("Team")),
)


def posted(request: VisitorRequest) -> QueryDict | None:
    """Return what was sent, or None when a form is only asked for."""
    return request.POST if request.method == "POST" else None


def parts(pilot: Pilot, current: str) -> list[dict[str, Any]]:
    """Return the pages of the desk as links."""
    return [
        {
            "label": label(),
            "url": reverse(f"programme:{name}", args=[pilot.slug]),
            "current": name == current,
        }
        for name, label in PARTS
    ]


def at_work(request: VisitorRequest, slug: str) -> Pilot:
    """Return the pilot whose desk this is. Raises NotFound."""
    return queries.pilot_at_work(request.reading, slug, on=request.today)


def shown(
    request: VisitorRequest,
    pilot: Pilot,
    name: str,
    form: forms.Form | None = None,
    **page: Any,
) -> HttpResponse:
    """Show a page of the desk; a form that came back keeps what was typed."""
    page |= {"pilot": pilot, "form": form, "parts": parts(pilot, name)}
    status = NOT_YET if form is not None and form.is_bound else 200
    return render(request, f"programme/{name}.html", page, status=status)


def done(request: VisitorRequest, pilot: Pilot, name: str, words: str) -> HttpResponse:
    """Say that it is done and go back to the page it was done from."""
    messages.success(request, words)
    return redirect(f"programme:{name}", pilot.slug)
