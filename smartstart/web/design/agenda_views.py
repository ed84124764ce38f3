"""The agenda of a session: its parts, and changing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.design import operations
from smartstart.web.design.forms import PieceForm
from smartstart.web.design.frame import ASKS, of_session, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def agenda(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show the whole script, also to print."""
    return shown(request, "agenda", of_session(request, session_id))


@require_http_methods(ASKS)
@signed_in
def piece(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Change one part."""
    found = of_session(request, session_id, plans=True)
    part = next((line.part for line in found.parts if line.part.number == number), None)
    if part is None:
        raise NotFound
    first = {"title": part.title, "minutes": part.minutes, "script": part.script}
    form = PieceForm(request.POST or None, initial=first)
    if not form.is_valid():
        return shown(request, "piece", found, form=form, part=part)
    operations.change_piece(request.actor, session_id, number, form.piece(), at=request.now)
    messages.success(request, _("Changed."))
    return redirect("design:agenda", session_id)


@require_http_methods(ASKS)
@signed_in
def add(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Add a part at the end; from there it moves up."""
    found = of_session(request, session_id, plans=True)
    form = PieceForm(request.POST or None)
    if not form.is_valid():
        return shown(request, "piece", found, form=form, part=None)
    last = len(found.parts) + 1
    operations.change_piece(request.actor, session_id, last, form.piece(), at=request.now)
    messages.success(request, _("Added at the end."))
    return redirect("design:agenda", session_id)


@require_POST
@signed_in
def up(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Put a part one place earlier."""
    operations.move_piece_up(request.actor, session_id, number, at=request.now)
    return redirect("design:agenda", session_id)


@require_POST
@signed_in
def remove(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Take a part out."""
    operations.remove_piece(request.actor, session_id, number, at=request.now)
    messages.success(request, _("Taken out."))
    return redirect("design:agenda", session_id)
