"""The evening: the part that runs with its clock, and who is here in one tap."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.design import operations_evening as operations
from smartstart.design import operations_guests, queries
from smartstart.design.roles import ParticipantRole
from smartstart.web.design.forms import LetInForm
from smartstart.web.design.frame import ASKS, of_session, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def evening(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show the part that runs, its script and its clock; names stand on another page."""
    found = of_session(request, session_id, guests=True)
    return shown(request, "evening", found)


@require_POST
@signed_in
def begin(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Begin the session."""
    operations.begin(request.actor, session_id, at=request.now)
    return redirect("design:evening", session_id)


@require_POST
@signed_in
def begin_part(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Begin a part; the one that runs ends."""
    operations.begin_part(request.actor, session_id, number, at=request.now)
    return redirect("design:evening", session_id)


@require_POST
@signed_in
def end_part(request: VisitorRequest, session_id: int) -> HttpResponse:
    """End the part that runs."""
    operations.end_part(request.actor, session_id, at=request.now)
    return redirect("design:evening", session_id)


@require_POST
@signed_in
def close(request: VisitorRequest, session_id: int) -> HttpResponse:
    """End the session."""
    operations.close(request.actor, session_id, at=request.now)
    messages.success(request, _("The session is over. Thank you for leading it."))
    return redirect("design:session", session_id)


@require_safe
@signed_in
def attendance(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show everybody who is expected, each with one button."""
    found = of_session(request, session_id, guests=True)
    guests = queries.guests_of(request.reading, found.session)
    return shown(
        request, "attendance", found, guests=guests, counts=queries.counts_of(found.session)
    )


@require_POST
@signed_in
def tap(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Say that somebody is here, or not after all."""
    came = request.POST.get("came") == "yes"
    operations.tap(request.actor, session_id, number, came=came, at=request.now)
    return redirect("design:attendance", session_id)


@require_http_methods(ASKS)
@signed_in
def let_in(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Give a place to somebody who was not invited."""
    found = of_session(request, session_id, guests=True)
    form = LetInForm(request.POST or None)
    if not form.is_valid():
        return shown(request, "let_in", found, form=form)
    role, ref = ParticipantRole(form.cleaned_data["role"]), form.cleaned_data["ref"]
    operations_guests.let_in(request.actor, session_id, role, at=request.now, ref=ref)
    messages.success(request, _("One more is here."))
    return redirect("design:attendance", session_id)
