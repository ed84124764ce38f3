"""Proposing something for the dictionary, agreeing with it, and answering it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.language import operations_proposals, queries
from smartstart.language.queries import TermLine
from smartstart.web.answers import MEND, status_of
from smartstart.web.library.writing import Doubt
from smartstart.web.programme import brake
from smartstart.web.programme.asking import posted
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.words.forms import AnswerForm, ProposeForm

ASKS = ["GET", "HEAD", "POST"]
TOO_MANY = 429


@require_http_methods(ASKS)
def propose(request: VisitorRequest) -> HttpResponse:
    """Ask for a word or something better about one; on POST keep it for the keeper of the words.

    What may tell who it is about is shown first; its writer decides.
    """
    term = _term(request)
    form = _form(request, term)
    if not form.is_valid():
        return _asked_again(request, form, status_of(form))
    doubts = form.doubts()
    if doubts:
        return _asked_again(request, form, MEND, doubts)
    held_up, status = _held_up(request, form)
    if held_up:
        form.add_error(None, held_up)
        return _asked_again(request, form, status)
    return _kept(request, form)


def _kept(request: VisitorRequest, form: ProposeForm) -> HttpResponse:
    ref, term = form.cleaned_data["ref"], form.term
    operations_proposals.propose(request.actor, form.told(), ref=ref, today=request.today)
    messages.success(
        request, _("Thank you. Somebody reads it and answers on the page of proposals.")
    )
    return redirect("words:word", term.word) if term else redirect("words:words")


def _term(request: VisitorRequest) -> TermLine | None:
    word = request.GET.get("word", "")
    return queries.term(request.actor, word, today=request.today) if word else None


def _form(request: VisitorRequest, term: TermLine | None) -> ProposeForm:
    first = {"given": brake.sealed_time(request.now), "about": request.GET.get("about")}
    first |= {"domain": request.GET.get("field")}
    return ProposeForm(posted(request), term=term, initial=first)


def _held_up(request: VisitorRequest, form: ProposeForm) -> tuple[str, int]:
    """Return why a visitor's form is not taken in yet, in words for a person, and the status."""
    if not request.actor.is_visitor:
        return "", 200
    if form.cleaned_data["website"]:
        return _("One box must stay empty. We emptied it. Press the button again."), MEND
    if not brake.is_a_persons_pace(form.cleaned_data["given"], now=request.now):
        return _("We want to be sure a person sends this. Press the button again."), MEND
    if not brake.may_send(request.META.get("REMOTE_ADDR", ""), now=request.now):
        return _("Many questions came from here. Try again in an hour."), TOO_MANY
    return "", 200


def _asked_again(
    request: VisitorRequest, form: ProposeForm, status: int, doubts: Sequence[Doubt] = ()
) -> HttpResponse:
    """Show the form with everything that was typed; the hidden boxes are made new.

    The moment of giving stays when only doubts are shown: reading them is no new start.
    """
    if form.is_bound:
        sent = request.POST.copy()
        sent["website"] = ""
        if doubts:
            sent["looked"] = form.mark()
        else:
            sent["given"] = brake.sealed_time(request.now)
        form.data = sent
    page = {"form": form, "doubts": doubts}
    return render(request, "words/propose.html", page, status=status)


@require_POST
@signed_in
def look(request: VisitorRequest, proposal_id: int) -> HttpResponse:
    """Let others read a proposal, or take it away: the keeper of the words looked at it."""
    if request.POST.get("say") == "away":
        operations_proposals.remove_proposal(request.actor, proposal_id, now=request.now)
        messages.success(request, _("It is gone."))
    else:
        operations_proposals.show_proposal(request.actor, proposal_id, now=request.now)
        messages.success(request, _("Others can read it now, and say whether they agree."))
    return redirect("words:proposals")


@require_safe
def proposals(request: VisitorRequest) -> HttpResponse:
    """Show what waits, with who agrees, and what was answered."""
    actor, today = request.actor, request.today
    page = {
        "waiting": queries.proposals(actor, today=today),
        "answered": queries.proposals(actor, today=today, waiting=False),
        "may_agree": not actor.is_visitor and actor.person is not None,
        "keeps": actor.may(Permission.TERM_KEEP),
    }
    return render(request, "words/proposals.html", page)


@require_POST
@signed_in
def agree(request: VisitorRequest, proposal_id: int) -> HttpResponse:
    """Agree with a proposal, or no longer."""
    if request.POST.get("say") == "back":
        operations_proposals.take_back_vote(request.actor, proposal_id, today=request.today)
    else:
        operations_proposals.vote(request.actor, proposal_id, today=request.today)
    return redirect("words:proposals")


@require_http_methods(ASKS)
@signed_in
def answer(request: VisitorRequest, proposal_id: int) -> HttpResponse:
    """Ask the keeper of the words why; on POST the proposal comes in, or not."""
    proposal = queries.proposal_to_answer(request.actor, proposal_id, today=request.today)
    form = AnswerForm(posted(request))
    if not form.is_valid():
        page = {"proposal": proposal, "form": form}
        return render(request, "words/answer.html", page, status=status_of(form))
    why, takes = form.cleaned_data["why"], request.POST.get("say") == "yes"
    decide = operations_proposals.take_proposal if takes else operations_proposals.leave_proposal
    decide(request.actor, proposal_id, why=why, now=request.now)
    messages.success(request, _("The answer stands on the page of proposals."))
    return redirect("words:proposals")
