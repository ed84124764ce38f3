"""Reading learned answers; those like what somebody types; counting that a question came back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.access.permissions import Permission
from smartstart.base.brake import HOUR, Brake
from smartstart.consult.library import counting, operations, queries
from smartstart.consult.queries import places
from smartstart.web.library.forms import PlaceForm
from smartstart.web.visit import VisitorRequest, signed_in

LONGEST = 2_000
ONCE_A_DAY = Brake("came-back", 1, 24 * HOUR)


@require_http_methods(["GET", "HEAD", "POST"])
def library(request: VisitorRequest) -> HttpResponse:
    """Show the newest answers; on POST those like what is looked for, which no address keeps."""
    actor, today = request.actor, request.today
    asked = request.POST.get("q", "").strip()[:LONGEST]
    answers = actor.may(Permission.CONSULT_ANSWER)
    page = {
        "asked": asked,
        "found": queries.found(actor, asked, today=today),
        "waiting": queries.waiting(actor, today=today) if answers else None,
        "form": PlaceForm(places=places()) if answers else None,
        "reported": queries.to_decide(actor, today=today),
        "came_back": counting.came_back(actor) if actor.may(Permission.CONSULT_FIGURES) else [],
    }
    return render(request, "library/library.html", page)


@require_POST
def similar(request: VisitorRequest) -> HttpResponse:
    """Show answers like what is being typed. What was typed is kept nowhere."""
    words = request.POST.get("words", "")[:LONGEST]
    found = queries.similar(request.actor, words, today=request.today)
    answer = render(request, "library/_similar.html", {"found": found})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def came_back(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Count that this question came back at a place: once a day for one function."""
    form = PlaceForm(request.POST, places=places())
    if form.is_valid():
        place = form.cleaned_data["place"]
        if not ONCE_A_DAY.take(f"{request.actor.position}-{ref}-{place}", now=request.now):
            messages.info(request, _("You counted this here today. Tomorrow you can again."))
            return redirect("library:library")
        operations.came_back(request.actor, ref, place=place, at=request.now)
        messages.success(request, _("Counted. Only the number is kept."))
    return redirect("library:library")
