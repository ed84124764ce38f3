"""A reader recognises somebody in a learned answer; somebody decides what becomes of it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.brake import HOUR, Brake, subscriber
from smartstart.base.refusals import TryLater
from smartstart.consult.library import operations, queries
from smartstart.web.library.writing import doubts
from smartstart.web.visit import VisitorRequest, signed_in

PER_ADDRESS: Final = Brake("library-report", 10, HOUR)
FORM: Final = ["GET", "HEAD", "POST"]


@require_POST
def report(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Take an answer away until somebody looked at it. Raises TryLater from a busy line."""
    if not PER_ADDRESS.take(subscriber(request.META.get("REMOTE_ADDR", "")), now=request.now):
        raise TryLater
    operations.report(request.actor, ref, at=request.now)
    messages.success(request, _("Thank you for saying so. Somebody looks at this answer now."))
    return redirect("library:library")


@require_safe
@signed_in
def reported(request: VisitorRequest) -> HttpResponse:
    """Show what readers reported and nobody looked at yet."""
    waiting = queries.reported(request.actor, today=request.today)
    return render(request, "library/reported.html", {"waiting": waiting})


@require_http_methods(FORM)
@signed_in
def decide(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show one with what may tell who it is about; on POST let it stand, or take it out."""
    answer = queries.one_reported(request.actor, ref, today=request.today)
    if request.method != "POST":
        page = {"answer": answer, "doubts": doubts(answer.question, answer.answer)}
        return render(request, "library/decide.html", page)
    if request.POST.get("say") == "yes":
        operations.let_stand(request.actor, ref, at=request.now)
        messages.success(request, _("Everybody reads it again."))
    else:
        operations.take_out(request.actor, ref, at=request.now)
        messages.success(request, _("It is gone, with what was counted of it."))
    return redirect("library:reported")
