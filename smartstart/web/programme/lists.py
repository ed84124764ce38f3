"""The lists of a pilot's desk: team, figures, decisions, requests, lessons, doubts."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.access.permissions import Role
from smartstart.people import waking
from smartstart.programme import operations, queries
from smartstart.web.findings import heard
from smartstart.web.programme import forms
from smartstart.web.programme.asking import FORM_METHODS, at_work, done, posted, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_http_methods(FORM_METHODS)
@signed_in
def team(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show who works here; on POST add somebody."""
    pilot = at_work(request, slug)
    people = queries.people_to_choose(request.actor, on=request.today)
    form = forms.TeamForm(posted(request), people=people)
    if not form.is_valid():
        hats = queries.roles_in(pilot, on=request.today)
        asleep = bool(waking.hats_to_wake(request.actor, on=request.today))
        return shown(request, pilot, "team", form, hats=hats, asleep=asleep)
    given = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
    operations.add_to_team(request.actor, pilot.pk, **given, at=request.now)
    return done(request, pilot, "team", _("This person is in the team from now on."))


@require_POST
@signed_in
def end_in_team(request: VisitorRequest, slug: str, hat_id: int) -> HttpResponse:
    """End somebody's role in the pilot, at once."""
    pilot = at_work(request, slug)
    operations.end_in_team(request.actor, pilot.pk, hat_id, at=request.now)
    return done(request, pilot, "team", _("This role ended. From now on nothing opens with it."))


@require_http_methods(FORM_METHODS)
@signed_in
def figures(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show what is known and not known; on POST add one."""
    pilot, form = at_work(request, slug), forms.FigureForm(posted(request))
    if not form.is_valid():
        return shown(request, pilot, "figures", form, figures=queries.figures_of(pilot))
    operations.add_figure(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "figures", _("Added. It is on the page of the pilot."))


@require_POST
@signed_in
def remove_figure(request: VisitorRequest, slug: str, figure_id: int) -> HttpResponse:
    """Take a figure off the page."""
    pilot = at_work(request, slug)
    operations.remove_figure(request.actor, pilot.pk, figure_id, at=request.now)
    return done(request, pilot, "figures", _("Taken off the page."))


@require_http_methods(FORM_METHODS)
@signed_in
def took_part(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show who took part; on POST count one side."""
    pilot, form = at_work(request, slug), forms.TookPartForm(posted(request))
    if not form.is_valid():
        story = queries.story_of(pilot, on=request.today)
        counted = heard.counted(pilot.pk, on=request.today)
        return shown(request, pilot, "took_part", form, story=story, heard=counted)
    operations.count_who_took_part(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "took_part", _("Counted."))


@require_http_methods(FORM_METHODS)
@signed_in
def decisions(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show what must be decided and by whom; on POST ask for a decision."""
    pilot = at_work(request, slug)
    people = queries.people_to_choose(request.actor, on=request.today)
    form = forms.DecisionForm(posted(request), people=people)
    if not form.is_valid():
        return shown(request, pilot, "decisions", form, decisions=queries.decisions_of(pilot))
    operations.ask_decision(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "decisions", _("Asked. One person takes it up."))


@require_http_methods(FORM_METHODS)
@signed_in
def decide(request: VisitorRequest, slug: str, decision_id: int) -> HttpResponse:
    """Ask what was decided; on POST keep it."""
    pilot, form = at_work(request, slug), forms.OutcomeForm(posted(request))
    decision = queries.decision_of(pilot, decision_id)
    if not form.is_valid():
        return shown(request, pilot, "decide", form, decision=decision)
    outcome = form.cleaned_data["outcome"]
    operations.take_decision(request.actor, decision_id, outcome=outcome, at=request.now)
    return done(request, pilot, "decisions", _("Decided, and kept."))


@require_http_methods(FORM_METHODS)
@signed_in
def requests(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show which figures were asked for; on POST keep a new request."""
    pilot, form = at_work(request, slug), forms.RequestForm(posted(request))
    if not form.is_valid():
        story = queries.story_of(pilot, on=request.today)
        return shown(
            request, pilot, "requests", form, asked=queries.requests_of(pilot), story=story
        )
    operations.ask_for_figures(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "requests", _("Kept. We count the days until an answer."))


@require_http_methods(FORM_METHODS)
@signed_in
def answer(request: VisitorRequest, slug: str, request_id: int) -> HttpResponse:
    """Ask what came of a request; on POST keep it."""
    pilot, form = at_work(request, slug), forms.RequestAnswerForm(posted(request))
    asked = queries.request_of(pilot, request_id)
    if not form.is_valid():
        return shown(request, pilot, "answer", form, asked=asked)
    operations.answer_request(request.actor, request_id, **form.cleaned_data, at=request.now)
    return done(request, pilot, "requests", _("The answer is kept."))


@require_http_methods(FORM_METHODS)
@signed_in
def lessons(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show lessons that wait and our own; on POST write one."""
    pilot, form = at_work(request, slug), forms.LessonForm(posted(request))
    if not form.is_valid():
        waiting = queries.waiting_lessons(pilot, on=request.today)
        ours = queries.lessons_of(pilot)
        return shown(request, pilot, "own_lessons", form, waiting=waiting, ours=ours)
    operations.write_lesson(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "own_lessons", _("Kept. Other pilots find it when it matters."))


@require_http_methods(FORM_METHODS)
@signed_in
def answer_lesson(request: VisitorRequest, slug: str, lesson_id: int) -> HttpResponse:
    """Ask what the pilot does with a lesson; on POST keep it."""
    pilot, form = at_work(request, slug), forms.LessonAnswerForm(posted(request))
    lesson = queries.waiting_lesson(pilot, lesson_id, on=request.today)
    if not form.is_valid():
        return shown(request, pilot, "answer_lesson", form, lesson=lesson)
    said = form.cleaned_data
    operations.answer_lesson(request.actor, pilot.pk, lesson_id, **said, at=request.now)
    return done(request, pilot, "own_lessons", _("Thank you. The other pilot can read this."))


@require_POST
@signed_in
def withdraw_lesson(request: VisitorRequest, slug: str, lesson_id: int) -> HttpResponse:
    """Show one of our lessons no longer."""
    pilot = at_work(request, slug)
    operations.withdraw_lesson(request.actor, lesson_id, at=request.now)
    return done(request, pilot, "own_lessons", _("This lesson shows no longer."))


@require_http_methods(FORM_METHODS)
@signed_in
def doubts(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the ethics log; on POST keep a doubt and what was chosen."""
    pilot, form = at_work(request, slug), forms.EthicsForm(posted(request))
    if not form.is_valid():
        return shown(request, pilot, "doubts", form, notes=queries.ethics_of(pilot))
    operations.note_ethics(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    return done(request, pilot, "doubts", _("Kept in the log of the team."))
