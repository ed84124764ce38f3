"""One question, for who holds it: read, pick up, promise, give on, answer, give back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Role
from smartstart.circle import operations_questions as operations
from smartstart.circle import queries_work
from smartstart.circle.queries_files import files_with_question
from smartstart.circle.queries_work import QuestionPage
from smartstart.circle.question_steps import Taken
from smartstart.web.answers import MEND
from smartstart.web.circle.work_forms import AnswerForm, GiveForm, WhyForm
from smartstart.web.circle.work_words import step_line, wait_line
from smartstart.web.visit import VisitorRequest, signed_in

FORM: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def question(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show a question to who reads it or acts on it, and who has it now to who had it."""
    return _page(request, queries_work.question(request.reading, ref))


def _page(
    request: VisitorRequest, found: QuestionPage, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    page: dict[str, Any] = {
        "page": found,
        "wait": wait_line(found.waiting, found.asked_at, now=request.now),
        "form": form or AnswerForm(),
        "why_form": WhyForm(),
        "is_work": request.actor.role is Role.PROFESSIONAL,
        "files": files_with_question(request.reading, found.ref) if found.words else [],
        "steps": [step_line(one) for one in found.words.steps] if found.words else [],
    }
    near = found.words or found.acts or found.is_offer
    return render(request, f"circle/{'question' if near else 'passed'}.html", page, status=status)


@require_POST
@signed_in
def pick_up(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say "I do this"; who comes too late hears who does."""
    return _taken(request, operations.pick_up(request.actor, ref, at=request.now))


@require_POST
@signed_in
def accept(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say yes to an offer; who comes too late hears who has it."""
    return _taken(request, operations.accept(request.actor, ref, at=request.now))


def _taken(request: VisitorRequest, taken: Taken) -> HttpResponse:
    ref = taken.question.ref
    if taken.won:
        messages.success(request, _("You do this. Everybody with this question sees it."))
        return redirect("circle:question", ref)
    page = {"page": queries_work.question(request.reading, ref)}
    return render(request, "circle/picked_up.html", page, status=409)


@require_POST
@signed_in
def promise(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say "I will call today"."""
    operations.promise_today(request.actor, ref, at=request.now)
    messages.success(request, _("Kept. Who asked sees that you call today."))
    return redirect("circle:question", ref)


@require_http_methods(FORM)
@signed_in
def give(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Choose to whom to give it; it counts when the other says yes."""
    form = GiveForm(request.POST or None, receivers=queries_work.receivers(request.reading, ref))
    if not form.is_valid():
        page = {"form": form, "ref": ref}
        return render(request, "circle/give.html", page, status=MEND if form.is_bound else 200)
    given = operations.offer(request.actor, ref, to=form.cleaned_data["to"], at=request.now)
    asked = _("We ask the family first. When they say yes, you read it here and give it on.")
    offered = _("Asked. You keep it until the other says yes.")
    messages.success(request, asked if given.offered_to is None else offered)
    return redirect("circle:question", ref)


@require_POST
@signed_in
def decline(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say no to an offer, with a few words why."""
    operations.decline(request.actor, ref, why=request.POST.get("why", ""), at=request.now)
    messages.success(request, _("You said no. The question stays where it was."))
    return redirect("circle:today")


@require_http_methods(FORM)
@signed_in
def answer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Send the answer; from then on this professional reads nothing of it any more."""
    if request.method != "POST":
        return redirect("circle:question", ref)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        found = queries_work.question(request.reading, ref)
        return _page(request, found, form, MEND)
    operations.answer(request.actor, ref, at=request.now, **form.told())
    messages.success(request, _("Your answer is sent. You no longer read this question."))
    return redirect("circle:today")


@require_POST
@signed_in
def helped(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say as who asked it that one is helped: the question is over."""
    operations.confirm(request.actor, ref, at=request.now)
    messages.success(request, _("Good. This question is over."))
    return redirect("circle:today")


@require_POST
@signed_in
def again(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say as who asked it that one is not helped yet, with a few words why."""
    operations.reopen(request.actor, ref, why=request.POST.get("why", ""), at=request.now)
    messages.success(request, _("Asked again. The same person reads it."))
    return redirect("circle:question", ref)


@require_http_methods(FORM)
@signed_in
def give_back(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give it back to who looks after the circle, with a few words why."""
    found = queries_work.question(request.reading, ref)
    if not (found.acts or request.POST):
        return redirect("circle:question", ref)
    form = WhyForm(request.POST or None)
    if not form.is_valid():
        page = {"page": found, "form": form}
        status = MEND if form.is_bound else 200
        return render(request, "circle/give_back.html", page, status=status)
    operations.give_back(request.actor, ref, why=form.cleaned_data["why"], at=request.now)
    messages.success(request, _("Given back. You do not have to do anything."))
    return redirect("circle:today")


@require_POST
@signed_in
def private(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say "I know this family privately": somebody else takes it over at once."""
    operations.know_privately(request.actor, ref, at=request.now)
    messages.success(request, _("Somebody else takes over. You read nothing of it any more."))
    return redirect("circle:today")


@require_POST
@signed_in
def ask_family(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask the family whether one may read what came to one without its words."""
    operations.ask_family(request.actor, ref, at=request.now)
    messages.success(request, _("We asked the family. You can read it when they say yes."))
    return redirect("circle:question", ref)
