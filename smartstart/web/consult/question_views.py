"""Questions without a name for functions: what waits, one question, and what is done with it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.consult import operations_passing as operations
from smartstart.consult import queries, queries_figures
from smartstart.web.answers import MEND, status_of
from smartstart.web.consult import telling
from smartstart.web.consult.forms import WhomForm, WhyForm
from smartstart.web.consult.guard import functions, of_one
from smartstart.web.consult.second_look import looked_at
from smartstart.web.visit import VisitorRequest, signed_in

FORM: Final = ["GET", "HEAD", "POST"]


@require_safe
@functions
def desk(request: VisitorRequest) -> HttpResponse:
    """Show what waits for this function, what it asked itself, and where it helped."""
    found = queries.desk(request.reading, request.actor)
    page = {
        "waits": telling.card_lines(found.waits, now=request.now),
        "asked": telling.card_lines(found.asked, now=request.now),
        "helped": telling.card_lines(found.helped, now=request.now),
        "desk": found,
    }
    return render(request, "consult/desk.html", page)


@require_safe
@signed_in
def figures(request: VisitorRequest) -> HttpResponse:
    """Show minutes to a useful answer by place and field, never people; to a function its own."""
    actor, today = request.actor, request.today
    if not actor.may(Permission.CONSULT_FIGURES):
        own = queries_figures.own(actor, at=request.now)
        return render(request, "consult/own_figures.html", {"own": own})
    page = {
        "figures": queries_figures.figures(actor, today=today),
        "early": queries_figures.how_early(actor, today=today),
    }
    return render(request, "consult/figures.html", page)


@require_safe
@of_one
def exchange(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show a question to who reads it, and who has it now to who had it."""
    found = queries.exchange(request.reading, request.actor, ref)
    return telling.exchange_page(request, found)


@require_POST
@functions
def pick_up(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say "I do this"; who comes too late hears who does."""
    taken = operations.pick_up(request.actor, ref, at=request.now)
    if taken.won:
        messages.success(request, _("You do this. Who asked sees it now."))
        return redirect("consult:exchange", ref)
    found = queries.exchange(request.reading, request.actor, ref)
    return telling.exchange_page(request, found, status=409)


@require_POST
@functions
def call_today(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say that one calls today; who asked reads it."""
    operations.promise_today(request.actor, ref, at=request.now)
    messages.success(request, _("You call today. Who asked sees it now."))
    return redirect("consult:exchange", ref)


@require_POST
@functions
@looked_at("why")
def decline(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say no, with a few words why; it goes to the next."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, why_form=form)
    operations.decline(request.actor, ref, why=form.cleaned_data["why"], at=request.now)
    messages.success(request, _("You said no. Somebody else has it now."))
    return redirect("consult:desk")


@require_http_methods(FORM)
@functions
def give(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Choose who may take it over; one keeps it until the other says yes."""
    found = queries.exchange(request.reading, request.actor, ref)
    form = WhomForm(request.POST or None, whom=telling.whom(request, found))
    if not form.is_valid():
        page = {"form": form, "page": found, "thinks_along": False}
        return render(request, "consult/whom.html", page, status=status_of(form))
    operations.offer(request.actor, ref, to=form.cleaned_data["to"], at=request.now)
    messages.success(request, _("Asked. You keep it until the other says yes."))
    return redirect("consult:exchange", ref)


@require_http_methods(FORM)
@functions
def draw_in(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Choose who thinks along; the question stays with who holds it."""
    found = queries.exchange(request.reading, request.actor, ref)
    form = WhomForm(request.POST or None, whom=telling.whom(request, found))
    if not form.is_valid():
        page = {"form": form, "page": found, "thinks_along": True}
        return render(request, "consult/whom.html", page, status=status_of(form))
    operations.draw_in(request.actor, ref, who=form.cleaned_data["to"], at=request.now)
    messages.success(request, _("Asked. You both read the question now."))
    return redirect("consult:exchange", ref)
