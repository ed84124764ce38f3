"""The desk of who runs a pilot: today, evidence, stand, question."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.design import queries as sessions
from smartstart.people import waking
from smartstart.programme import operations, queries
from smartstart.thread import queries as threads
from smartstart.web.programme.asking import FORM_METHODS, at_work, done, posted, shown
from smartstart.web.programme.forms import DeviationForm, NoteForm, QuestionForm, WhyForm
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def mine(request: VisitorRequest) -> HttpResponse:
    """Go to where this hat works: its pilot, the proposals, or the overview."""
    if request.actor.may(Permission.PILOT_ACCEPT):
        return redirect("programme:proposals")
    pilot = queries.home_of(request.actor, on=request.today)
    if pilot is None or pilot.slug is None:
        return redirect("programme:pilots")
    works = request.actor.may(Permission.PILOT_WORK)
    return redirect("programme:work" if works else "programme:pilot", pilot.slug)


@require_safe
@signed_in
def work(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the next step, and what lacks a voice or a figure."""
    desk = queries.desk_of(request.reading, slug, on=request.today)
    gaps = threads.gaps_in(request.actor, desk.pilot.pk, on=request.today)
    return shown(
        request,
        desk.pilot,
        "work",
        desk=desk,
        gaps=[gap for gap in gaps if gap.is_open],
        has_solution=threads.has_solution(request.actor, desk.pilot.pk, on=request.today),
        weakened=threads.weakened_in(request.actor, desk.pilot.pk, on=request.today),
        leads=request.actor.may(Permission.PILOT_LEAD, within=desk.pilot.ref),
        asleep=bool(waking.hats_to_wake(request.actor, on=request.today)),
        session=sessions.next_in(request.actor, desk.pilot, at=request.now),
    )


@require_safe
@signed_in
def evidence(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the whole checklist with what was marked."""
    pilot = at_work(request, slug)
    return shown(request, pilot, "evidence", steps=queries.checklist_of(pilot))


@require_http_methods(FORM_METHODS)
@signed_in
def mark(request: VisitorRequest, slug: str, item: str) -> HttpResponse:
    """Ask what stands behind an item; on POST mark it."""
    pilot, form = at_work(request, slug), NoteForm(posted(request))
    found = queries.evidence_called(item)
    if not form.is_valid():
        return shown(request, pilot, "mark", form, item=found)
    note = form.cleaned_data["note"]
    operations.mark_evidence(request.actor, pilot.pk, item, note=note, at=request.now)
    return done(request, pilot, "evidence", _("Marked. The stand follows by itself."))


@require_http_methods(FORM_METHODS)
@signed_in
def take_back(request: VisitorRequest, slug: str, item: str) -> HttpResponse:
    """Ask why an item is there no longer; on POST take it back."""
    pilot, form = at_work(request, slug), WhyForm(posted(request))
    found = queries.evidence_called(item)
    if not form.is_valid():
        return shown(request, pilot, "take_back", form, item=found)
    why = form.cleaned_data["why"]
    operations.take_back_evidence(request.actor, pilot.pk, item, why=why, at=request.now)
    return done(request, pilot, "evidence", _("Taken back. Your reason is on the page."))


@require_http_methods(FORM_METHODS)
@signed_in
def deviation(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show where the pilot stands; on POST explain why another stand is shown."""
    pilot = at_work(request, slug)
    form = DeviationForm(posted(request), initial={"halves": pilot.computed_halves})
    if not form.is_valid():
        story = queries.story_of(pilot, on=request.today)
        return shown(request, pilot, "deviation", form, story=story)
    operations.explain_deviation(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "deviation", _("This stand shows now, with your reason."))


@require_POST
@signed_in
def end_deviation(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the computed stand again."""
    pilot = at_work(request, slug)
    operations.end_deviation(request.actor, pilot.pk, at=request.now)
    return done(request, pilot, "deviation", _("The computed stand shows again."))


@require_http_methods(FORM_METHODS)
@signed_in
def question(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the wordings of the question; on POST ask it in other words."""
    pilot, form = at_work(request, slug), QuestionForm(posted(request))
    if not form.is_valid():
        story = queries.story_of(pilot, on=request.today)
        return shown(request, pilot, "question", form, story=story)
    operations.change_question(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "question", _("The new question holds from today."))


@require_POST
@signed_in
def state(request: VisitorRequest, slug: str, to: str) -> HttpResponse:
    """Start, show, hide or close the pilot."""
    pilot, at = at_work(request, slug), request.now
    if to == "start":
        operations.start_pilot(request.actor, pilot.pk, at=at)
    elif to in {"show", "hide"}:
        operations.publish_pilot(request.actor, pilot.pk, shown=to == "show", at=at)
    elif to == "close":
        operations.close_pilot(request.actor, pilot.pk, at=at)
    else:
        raise NotFound
    return done(request, pilot, "work", _("Done."))
