"""What is said around a question without a name: answer, question back, and whether it helped."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.consult import operations_answering as operations
from smartstart.consult import queries
from smartstart.web.answers import MEND
from smartstart.web.consult import telling
from smartstart.web.consult.forms import AnswerForm, HelpedForm, NotYetForm, SayForm
from smartstart.web.consult.guard import functions, of_one
from smartstart.web.consult.second_look import looked_at
from smartstart.web.visit import VisitorRequest

FORM: Final = ["GET", "HEAD", "POST"]


def _back(request: VisitorRequest, ref: UUID) -> HttpResponse:
    if request.actor.is_visitor:
        return redirect("consult:mine")
    return redirect("consult:exchange", ref)


@require_http_methods(FORM)
@functions
@looked_at("words")
def answer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Send the answer; who asked says whether it helped."""
    if request.method != "POST":
        return redirect("consult:exchange", ref)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, answer_form=form)
    told = form.cleaned_data
    said = {"words": told["words"], "by_phone": told["by_phone"], "remark": told["ref"]}
    operations.answer(request.actor, ref, at=request.now, **said)
    messages.success(request, _("Your answer is sent. Who asked says whether it helped."))
    return redirect("consult:desk")


@require_POST
@functions
@looked_at("words")
def ask_back(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask something of who asked; the question stays with who asks back."""
    form = SayForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, say_form=form)
    words, remark = form.cleaned_data["words"], form.cleaned_data["ref"]
    operations.ask_back(request.actor, ref, words=words, remark=remark, at=request.now)
    messages.success(request, _("Asked back. You keep the question."))
    return redirect("consult:exchange", ref)


@require_POST
@of_one
@looked_at("words")
def say(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say more, as who asked or as who thinks along."""
    form = SayForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, say_form=form)
    words, remark = form.cleaned_data["words"], form.cleaned_data["ref"]
    operations.react(request.actor, ref, words=words, remark=remark, at=request.now)
    messages.success(request, _("Sent."))
    return _back(request, ref)


@require_POST
@of_one
@looked_at("thanks")
def helped(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say that it helped: the question closes."""
    form = HelpedForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, helped_form=form)
    thanks, hours = form.cleaned_data["thanks"], form.cleaned_data["quarters_back"]
    operations.confirm(request.actor, ref, at=request.now, thanks=thanks, quarters_back=hours)
    messages.success(request, _("Good. In thirty days everything of this question is gone."))
    return _back(request, ref)


@require_POST
@of_one
@looked_at("why")
def not_yet(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say that it did not help yet, and what is missing."""
    form = NotYetForm(request.POST)
    if not form.is_valid():
        found = queries.exchange(request.reading, request.actor, ref)
        return telling.exchange_page(request, found, status=MEND, not_yet_form=form)
    operations.reopen(request.actor, ref, why=form.cleaned_data["why"], at=request.now)
    messages.success(request, _("Asked again. The same person reads it."))
    return _back(request, ref)
