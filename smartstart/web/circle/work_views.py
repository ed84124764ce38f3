"""The first page of a professional: what waits, oldest first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.access.permissions import Role
from smartstart.circle import queries_today, queries_work
from smartstart.circle.operations_questions import ask_question
from smartstart.consult.queries import how_many_wait
from smartstart.holding.climbing import covered_by
from smartstart.web.circle.work_forms import AskForm
from smartstart.web.circle.work_words import printed_cards
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def today(request: VisitorRequest) -> HttpResponse:
    """Show what waits for this professional, who works here too, and how much waits for others."""
    covered = covered_by(request.actor)
    found = queries_work.today(request.reading, covered=covered)
    page = {
        "cards": printed_cards(request, found.cards),
        "answered": found.answered,
        "colleagues": found.colleagues,
        "others": found.others,
        "unnamed": how_many_wait(request.actor, at=request.now, covered=covered),
        "has_function": found.has_function,
        "is_professional": found.has_function and request.actor.role is Role.PROFESSIONAL,
        "on": request.today,
        "lead": _lead(len(found.cards)),
        "first": queries_today.first_of(request.actor, on=request.today),
    }
    return render(request, "circle/today.html", page)


@require_safe
@signed_in
def places(request: VisitorRequest) -> HttpResponse:
    """Choose about whom to ask something."""
    found = queries_work.places(request.reading)
    return render(request, "circle/ask_about.html", {"places": found})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask somebody one question; the family says yes first when it is not shared yet."""
    place = queries_work.place(request.reading, ref)
    form = AskForm(request.POST or None, place=place)
    if not form.is_valid():
        page = {"form": form, "place": place}
        return render(request, "circle/ask_work.html", page, status=422 if form.is_bound else 200)
    ask_question(request.actor, ref, at=request.now, **form.cleaned_data)
    messages.success(request, _("Asked. The family sees it and says who may read it."))
    return redirect("circle:today")


def _lead(count: int) -> str:
    if count == 0:
        return ""
    one = _("One question waits for you.")
    many = ngettext(
        "%(count)s question waits for you. The oldest is first.",
        "%(count)s questions wait for you. The oldest is first.",
        count,
    )
    return one if count == 1 else many % {"count": count}
