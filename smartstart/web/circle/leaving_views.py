"""An adult leaves a home; a parent who does not decide asks how it goes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_leaving as operations
from smartstart.circle import operations_questions, queries_leaving, queries_work
from smartstart.circle.called import BY_FUNCTION
from smartstart.circle.queries_family import everybody
from smartstart.circle.scene import Scene, scene
from smartstart.circle.states import Paper, QuestionKind
from smartstart.web.answers import status_of
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.leaving_forms import (
    DecideLeftForm,
    InformationForm,
    LeftForm,
    RefuseForm,
)
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@signed_in
def leave(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say what ends and what stays; on POST one lives here no more."""
    if request.method != "POST":
        seen = scene(request.reading, ref)
        return family_page(request, "leave", ref, children=seen.children)
    operations.leave_home(request.actor, ref, at=request.now)
    messages.success(request, _("You live here no more. You read nothing of this home now."))
    return redirect("circle:home")


@require_http_methods(ASKS)
@signed_in
def left(request: VisitorRequest, ref: UUID, member: UUID) -> HttpResponse:
    """Say who looks into it and what changes until then; on POST they are asked."""
    page = queries_leaving.adult_at_home(request.reading, ref, member)
    form = LeftForm(request.POST or None)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "left", ref, page=page, form=form)
    asked = operations.say_left(request.actor, ref, member, at=request.now, **form.cleaned_data)
    return redirect("circle:asked", ref, asked.question.ref)


@require_http_methods(ASKS)
@signed_in
def decide(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who acts on it which paper they saw; on POST somebody left, or stays."""
    page = _asked(request, ref, QuestionKind.LEAVING)
    form = DecideLeftForm(request.POST or None)
    if not form.is_valid():
        told = {"page": page, "form": form}
        return render(request, "circle/left_decide.html", told, status=status_of(form))
    paper, words = form.cleaned_data["paper"], form.cleaned_data["words"]
    seen = Paper(paper) if paper else None
    operations.decide_left(request.actor, ref, paper=seen, words=words, at=request.now)
    messages.success(request, _("Kept. Who asked reads your answer."))
    return redirect("circle:today")


@require_http_methods(ASKS)
@signed_in
def information(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask how it goes with a child one does not decide about; on POST somebody must answer."""
    seen = scene(request.reading, ref)
    form = _information_form(request, seen)
    if not form.is_valid() or seen.me is None or is_told_first(request, ref, form):
        return family_page(request, "information", ref, form=form, duties=_duties(seen))
    question = operations_questions.ask_question(
        request.actor,
        seen.me.ref,
        kind=QuestionKind.INFORMATION,
        title=_("I want to know how it goes"),
        at=request.now,
        **form.cleaned_data,
    )
    return redirect("circle:asked", ref, question.ref)


def _duties(seen: Scene) -> list[str]:
    """Return the fields of who can be asked and may or must do more with what they read."""
    return sorted({one.domain for one in everybody(seen) if one.domain in BY_FUNCTION and one.who})


def _information_form(request: VisitorRequest, seen: Scene) -> InformationForm:
    known = seen.called_by(seen.circle.coordinator)
    return InformationForm(
        request.POST or None,
        around=everybody(seen),
        coordinator=(seen.circle.coordinator, known.whole),
    )


@require_http_methods(ASKS)
@signed_in
def refuse(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask why not; on POST the parent reads the reason."""
    page = _asked(request, ref, QuestionKind.INFORMATION)
    form = RefuseForm(request.POST or None)
    if not form.is_valid():
        told = {"page": page, "form": form}
        return render(request, "circle/refuse.html", told, status=status_of(form))
    operations.refuse(request.actor, ref, why=form.cleaned_data["why"], at=request.now)
    messages.success(request, _("Sent. The parent reads why."))
    return redirect("circle:today")


def _asked(request: VisitorRequest, ref: UUID, kind: QuestionKind) -> queries_work.QuestionPage:
    """Return a question of this kind that this reader acts on. Raises NotFound."""
    page = queries_work.question(request.reading, ref)
    if page.kind != kind or not page.acts or page.words is None:
        raise NotFound
    return page
