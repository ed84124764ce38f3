"""Proposing a pilot, following a proposal, and answering it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.people import waking
from smartstart.programme import operations, queries
from smartstart.programme.choices import State
from smartstart.programme.queries import Waiting
from smartstart.web.programme import brake
from smartstart.web.programme.accept_form import AcceptForm
from smartstart.web.programme.asking import FORM_METHODS, NOT_YET, posted
from smartstart.web.programme.forms import ProposeForm, WhyForm
from smartstart.web.visit import VisitorRequest, signed_in

TOO_MANY = 429


@require_http_methods(FORM_METHODS)
def propose(request: VisitorRequest) -> HttpResponse:
    """Ask what somebody sees coming back; on POST keep it and tell what happens with it."""
    form = ProposeForm(posted(request), initial={"given": brake.sealed_time(request.now)})
    if not form.is_valid():
        return _asked_again(request, form, _status(form))
    held_up, status = _held_up(request, form)
    if held_up:
        form.add_error(None, held_up)
        return _asked_again(request, form, status)
    ref = form.cleaned_data["ref"]
    proposal = operations.propose_pilot(request.actor, form.seen(), ref=ref, at=request.now)
    return redirect("programme:proposed", proposal.ref)


def _status(form: Form) -> int:
    return NOT_YET if form.is_bound else 200


def _held_up(request: VisitorRequest, form: ProposeForm) -> tuple[str, int]:
    """Return why the form is not taken in yet, in words for a person, and the status."""
    if form.cleaned_data["website"]:
        return _("One box must stay empty. We emptied it. Press the button again."), NOT_YET
    if not brake.is_a_persons_pace(form.cleaned_data["given"], now=request.now):
        return _("We want to be sure a person sends this. Press the button again."), NOT_YET
    address = request.META.get("REMOTE_ADDR", "")
    if request.actor.is_visitor and not brake.may_send(address, now=request.now):
        return _("Many questions came from here. Try again in an hour."), TOO_MANY
    return "", 200


def _asked_again(request: VisitorRequest, form: ProposeForm, status: int) -> HttpResponse:
    """Show the form with everything that was typed; the hidden boxes are made new."""
    if form.is_bound:
        sent = request.POST.copy()
        sent["website"], sent["given"] = "", brake.sealed_time(request.now)
        form.data = sent
    return render(request, "programme/propose.html", {"form": form}, status=status)


@require_safe
def proposed(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Tell who kept this address where the proposal is; shows no word that was typed."""
    followed = queries.proposal_seen_by(ref)
    page = {"followed": followed, "states": State, "address": request.build_absolute_uri()}
    return render(request, "programme/proposed.html", page)


@require_safe
@signed_in
def proposals(request: VisitorRequest) -> HttpResponse:
    """Show the programme office what waits for an answer, and whom to call back."""
    waiting = queries.proposals_in(request.reading, on=request.today)
    answered = queries.proposals_answered(request.reading, on=request.today)
    asleep = bool(waking.hats_to_wake(request.actor, on=request.today))
    page = {"waiting": waiting, "answered": answered, "asleep": asleep}
    return render(request, "programme/proposals.html", page)


def _answer_asked(
    request: VisitorRequest, waiting: Waiting, form: Form, template: str
) -> HttpResponse:
    """Ask for an answer; who opens a proposal that has one already reads that it has."""
    if waiting.answered_on and not form.is_bound:
        return render(request, "programme/answered.html", {"proposal": waiting})
    return render(request, template, {"waiting": waiting, "form": form}, status=_status(form))


@require_http_methods(FORM_METHODS)
@signed_in
def accept(request: VisitorRequest, pilot_id: int) -> HttpResponse:
    """Ask what the pilot begins with and why yes; on POST begin it."""
    waiting = queries.proposal_to_answer(request.reading, pilot_id, on=request.today)
    form = AcceptForm(
        posted(request),
        places=queries.vindplaatsen(request.actor),
        towns=queries.municipalities(request.actor, pilot_id),
        people=queries.people_to_choose(request.actor, on=request.today),
    )
    if not form.is_valid():
        return _answer_asked(request, waiting, form, "programme/accept.html")
    begin, why = form.beginning(), form.cleaned_data["why"]
    operations.accept_proposal(request.actor, pilot_id, begin, why=why, at=request.now)
    messages.success(request, _("The pilot has begun. Call back who proposed it."))
    return redirect("programme:proposals")


@require_http_methods(FORM_METHODS)
@signed_in
def decline(request: VisitorRequest, pilot_id: int) -> HttpResponse:
    """Ask why not; on POST say no with that reason."""
    waiting = queries.proposal_to_answer(request.reading, pilot_id, on=request.today)
    form = WhyForm(posted(request))
    if not form.is_valid():
        return _answer_asked(request, waiting, form, "programme/decline.html")
    why = form.cleaned_data["why"]
    operations.decline_proposal(request.actor, pilot_id, why=why, at=request.now)
    messages.success(request, _("The answer is kept. Call back who proposed it."))
    return redirect("programme:proposals")
