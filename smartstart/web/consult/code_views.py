"""One's own question by its code: open it, and close it in this browser."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.circle.queries_bring import has_where_to_bring
from smartstart.web.answers import MEND
from smartstart.web.consult import session
from smartstart.web.consult.forms import OpenForm
from smartstart.web.consult.guard import family_frame, private
from smartstart.web.consult.opening import try_to_open
from smartstart.web.visit import VisitorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def open_question(request: VisitorRequest) -> HttpResponseBase:
    """Ask for the code; on POST open the question. A GET never uses a code."""
    if request.method != "POST":
        if session.opened(request, now=request.now) is not None:
            return redirect("consult:mine")
        return _page(request, OpenForm())
    form = OpenForm(request.POST)
    if not form.is_valid() or not try_to_open(request, form):
        return _page(request, form, status=MEND)
    return redirect("consult:mine")


def _page(request: VisitorRequest, form: OpenForm, *, status: int = 200) -> HttpResponse:
    is_out = request.actor.account is None  # who signs in first, finds the circle then
    can_bring = is_out or has_where_to_bring(request.actor, at=request.now)
    page = {"form": form, "can_bring": can_bring}
    return private(render(request, "consult/open.html", family_frame() | page, status=status))


@require_POST
def done(request: VisitorRequest) -> HttpResponse:
    """Close the question in this browser."""
    session.end(request)
    return redirect("consult:open")
