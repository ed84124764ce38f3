"""Was I heard? One tap, and what one said before: for oneself only."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_heard
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.queries_heard import heard_of
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def heard(request: VisitorRequest) -> HttpResponse:
    """Show what one said, month by month."""
    if request.actor.role not in FAMILY_ROLES:
        raise NotFound
    return family_page(request, "heard", lines=heard_of(request.reading))


@require_POST
@signed_in
def say(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Keep whether one was heard, or that one rather says nothing now."""
    answer = request.POST.get("answer", "")
    operations_heard.say_heard(request.actor, ref, answer, at=request.now)
    messages.success(request, _("Kept for you alone.") if answer else _("Good. Not this month."))
    return redirect("circle:home")
