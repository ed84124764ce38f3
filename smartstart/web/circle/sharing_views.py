"""Asking something, saying yes or no, taking a yes back, and who reads what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import (
    operations_questions,
    operations_sharing,
    queries_rights,
    queries_sharing,
)
from smartstart.circle.called import BY_FUNCTION
from smartstart.circle.models import Question
from smartstart.circle.queries_address import gives_away
from smartstart.circle.queries_family import everybody, fields_around
from smartstart.circle.queries_files import files_with_question
from smartstart.circle.queries_homes import asked_in_both_homes
from smartstart.circle.queries_story import with_stories
from smartstart.circle.queries_words import to_attach
from smartstart.circle.scene import PartLine, Scene, scene
from smartstart.circle.states import QuestionKind
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.sharing_forms import AgainForm, AskForm, MissForm, ShortForm
from smartstart.web.circle.work_words import family_line
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@signed_in
def ask(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask something: first write, then look at what is seen and what is not, then send."""
    seen = scene(request.reading, ref)
    form = _ask_form(request, seen)
    if not form.is_valid() or request.POST.get("step") == "change":
        return family_page(request, "ask", ref, form=form)
    if request.POST.get("step") != "send":
        return family_page(request, "ask_preview", ref, form=form, **_preview(form, seen))
    question = _asked(request, form)
    return redirect("circle:asked", ref, question.ref)


def _ask_form(request: VisitorRequest, seen: Scene) -> AskForm:
    coordinator, only = seen.called_by(seen.circle.coordinator), asked_in_both_homes(seen)
    parts = [one for one in seen.parts if not one.is_shared or only.get(one.ref)]
    shared_by = [seen.looks_after(part) for part in parts if part.is_shared]
    return AskForm(
        request.POST or None,
        parts=sorted(parts, key=lambda part: (part.is_home, part.is_me, -(part.age or 0))),
        around=[one for one in everybody(seen) if one.can_be_asked],
        entries=with_stories(seen, to_attach(seen)),
        coordinator=(seen.circle.coordinator, coordinator.name),
        beside={one.ref: one.whole for one in shared_by},
        only={ref: reach for ref, reach in only.items() if reach},
        initial={"to": request.GET.get("to")} if request.GET.get("to") else {},
    )


def _preview(form: AskForm, seen: Scene) -> dict[str, Any]:
    """Return what the receiver will see, and what not."""
    told = form.cleaned_data
    part, known = form.parts[told["part"]], seen.called_by(UUID(told["to"]))
    return {
        "receiver": known,
        "domains": fields_around(seen),
        "duty": known.domain if known.domain in BY_FUNCTION else "",
        "cover": known.cover if told["with_cover"] else "",
        "title": told["title"],
        "words": told["words"],
        "gives_away": gives_away(seen, told["title"], told["words"]),
        "chosen": form.chosen(),
        "asker": request_name(seen),
        **_about(seen, part),
    }


def _about(seen: Scene, part: PartLine) -> dict[str, Any]:
    """Return about whom it is, and of whom nothing goes along."""
    return {
        "part": part,
        "not_seen": [one.called for one in seen.children if one.person != part.person],
        "has_own_needs": seen.me is not None and not part.is_me,
    }


def request_name(seen: Scene) -> str:
    """Return what the reader is called in this home."""
    return seen.me.called if seen.me else ""


def _asked(request: VisitorRequest, form: AskForm) -> Question:
    told = form.cleaned_data
    return operations_questions.ask_question(
        request.actor,
        UUID(told["part"]),
        to=UUID(told["to"]),
        title=told["title"],
        words=told["words"],
        attach=[one.ref for one in form.chosen()],
        with_cover=told["with_cover"],
        title_for_cover=told["with_cover"],
        at=request.now,
        ref=told["ref"],
    )


@require_http_methods(ASKS)
@signed_in
def miss(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Say whom one misses; who looks after the circle will find them."""
    seen = scene(request.reading, ref)
    form = MissForm(request.POST or None, parts=_here(seen), about=request.GET.get("about"))
    finder = seen.called_by(seen.circle.coordinator)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "miss", ref, form=form, finder=finder)
    _missed(request, seen, **form.cleaned_data)
    return redirect("circle:circle", ref)


def _here(seen: Scene) -> list[PartLine]:
    """Return the parts of this home, the oldest child first: whom one misses is of no other."""
    return [*seen.children, *(one for one in seen.parts if not one.is_child)]


def _missed(
    request: VisitorRequest, seen: Scene, *, part: str, title: str, words: str, ref: UUID | None
) -> None:
    operations_questions.ask_question(
        request.actor,
        UUID(part),
        to=seen.circle.coordinator,
        kind=QuestionKind.MISSING,
        title=title,
        words=words or title,
        at=request.now,
        ref=ref,
    )


@require_http_methods(ASKS)
@signed_in
def decide(request: VisitorRequest, ref: UUID, ground: UUID) -> HttpResponse:
    """Show who, what, until when and what is seen; on POST keep yes or no."""
    page = queries_sharing.decision(request.reading, ref, ground)
    if request.method != "POST":
        return family_page(request, "decide", ref, page=page, one=page.shared)
    say = operations_sharing.say_no
    if request.POST.get("answer") == "yes":
        say = operations_sharing.say_yes
    say(request.actor, ground, at=request.now)
    return redirect("circle:decide", ref, ground)


@require_POST
@signed_in
def take_back(request: VisitorRequest, ref: UUID, ground: UUID) -> HttpResponse:
    """Take a yes back in one tap; of a question that rests no page says more than that."""
    resting = queries_sharing.yes_that_rests(scene(request.reading, ref))
    operations_sharing.take_back(request.actor, ground, at=request.now)
    if ground in {one.ref for one in resting}:
        messages.success(request, _("Stopped. This person reads nothing any more."))
        return redirect("circle:sharing", ref)
    return redirect("circle:stopped", ref, ground)


@require_safe
@signed_in
def stopped(request: VisitorRequest, ref: UUID, ground: UUID) -> HttpResponse:
    """Say what stopped, what goes on and why."""
    one = queries_sharing.decision(request.reading, ref, ground).shared
    if one.is_gone:
        return redirect("circle:decide", ref, ground)
    rows, _seen = queries_sharing.shared_with(request.reading, ref)
    still = [row for row in rows if row.stands and row.receiver == one.receiver]
    return family_page(request, "taken_back", ref, one=one, still=still)


@require_safe
@signed_in
def sharing(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show who reads what, why, and until when."""
    rows, seen = queries_sharing.shared_with(request.reading, ref)
    return family_page(
        request,
        "sharing",
        ref,
        standing=[one for one in rows if one.stands],
        waiting=[one for one in rows if one.state == "asked" and not one.is_over],
        apart=[one for one in rows if one.is_apart],
        refused=[one for one in rows if one.is_refused and not one.is_taken_back],
        stopped=[one for one in rows if one.is_taken_back],
        resting=queries_rights.resting(request.reading, seen.parts),
        yes_that_rests=queries_sharing.yes_that_rests(seen),
        by_law=queries_sharing.read_by_law(seen),
    )


@require_http_methods(ASKS)
@signed_in
def asked(request: VisitorRequest, ref: UUID, question: UUID) -> HttpResponse:
    """Show one question; on POST answer one that was asked of this person."""
    page = queries_sharing.asked_page(request.reading, ref, question)
    form = ShortForm(request.POST or None)
    if not form.is_valid() or is_told_first(request, ref, form):
        files = files_with_question(request.reading, question)
        page_of = {"page": page, "form": form, "today": request.today, "files": files}
        page_of["steps"] = [family_line(one) for one in page.steps]
        return family_page(request, "asked", ref, **page_of)
    told = form.cleaned_data
    operations_questions.answer(
        request.actor, question, words=told["words"], at=request.now, reply=told["ref"]
    )
    return redirect("circle:asked", ref, question)


@require_POST
@signed_in
def confirm(request: VisitorRequest, ref: UUID, question: UUID) -> HttpResponse:
    """Say that the answer is good: the question is over."""
    operations_questions.confirm(request.actor, question, at=request.now)
    return redirect("circle:home")


@require_http_methods(ASKS)
@signed_in
def reopen(request: VisitorRequest, ref: UUID, question: UUID) -> HttpResponse:
    """Ask what is still missing; on POST ask the same person again."""
    page = queries_sharing.asked_page(request.reading, ref, question)
    form = AgainForm(request.POST or None)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "reopen", ref, page=page, form=form)
    why = form.cleaned_data["words"]
    operations_questions.reopen(request.actor, question, why=why, at=request.now)
    return redirect("circle:asked", ref, question)
