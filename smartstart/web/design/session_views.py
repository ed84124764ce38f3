"""Sessions of a pilot: the list, planning one, its page and its calendar file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.design import operations, queries
from smartstart.design.calendar import calendar_file
from smartstart.design.states import Step
from smartstart.programme.models import Pilot
from smartstart.programme.queries import desk
from smartstart.web.answers import status_of
from smartstart.web.design.forms import PlanForm, SessionForm, first_of, like
from smartstart.web.design.frame import ASKS, of_session, shown
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame


@require_safe
@signed_in
def home(request: VisitorRequest) -> HttpResponse:
    """Go to the sessions of the pilot that the role is for."""
    pilot = desk.home_of(request.actor, on=request.today)
    if pilot is None:
        raise NotFound
    return redirect("design:sessions", pilot.slug)


@require_safe
@signed_in
def sessions(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show all sessions of a pilot, the latest first."""
    pilot = desk.pilot_at_work(request.reading, slug, on=request.today)
    lines = queries.sessions_in(request.actor, pilot, on=request.today)
    may_plan = request.actor.may(Permission.SESSION_PLAN, within=pilot.ref)
    page = frame.page(pilot, "sessions", lines=lines, may_plan=may_plan)
    return render(request, "design/sessions.html", page)


@require_http_methods(ASKS)
@signed_in
def plan(request: VisitorRequest, slug: str) -> HttpResponse:
    """Plan a session: what the last one had is filled in already."""
    pilot = _to_plan_in(request, slug)
    before = queries.last_of(request.actor, pilot, on=request.today)
    first = like(before) if before else {"time": "19:30"}
    hats = queries.can_lead(pilot, at=request.now)
    form = PlanForm(request.POST or None, initial=first, hats=hats, request=request)
    if not form.is_valid():
        page = frame.page(pilot, "sessions", form=form)
        return render(request, "design/plan.html", page, status=status_of(form))
    step, ref = Step(form.cleaned_data["step"]), form.cleaned_data["ref"]
    plan, leaders = form.plan(step), form.leaders()
    made = operations.plan_session(
        request.actor, pilot.pk, step, plan, led_by=leaders, at=request.now, ref=ref
    )
    messages.success(request, _("The session is planned. The agenda is ready."))
    return redirect("design:session", made.pk)


def _to_plan_in(request: VisitorRequest, slug: str) -> Pilot:
    pilot = desk.pilot_at_work(request.reading, slug, on=request.today)
    if not request.actor.may(Permission.SESSION_PLAN, within=pilot.ref):
        raise NotFound
    return pilot


@require_safe
@signed_in
def session(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show one session: what comes next, the agenda, who comes, what is paid."""
    found = of_session(request, session_id)
    return shown(request, "session", found, counts=queries.counts_of(found.session))


@require_http_methods(ASKS)
@signed_in
def change(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Change when, where and who leads."""
    found = of_session(request, session_id, plans=True)
    hats = queries.can_lead(found.session.pilot, at=request.now)
    first = first_of(found.session)
    form = SessionForm(request.POST or None, initial=first, hats=hats, request=request)
    if not form.is_valid():
        return shown(request, "change", found, form=form)
    plan, leaders = form.plan(Step(found.session.step)), form.leaders()
    operations.change_session(request.actor, session_id, plan, led_by=leaders, at=request.now)
    messages.success(request, _("Changed. Tell it to who was invited already."))
    return redirect("design:session", session_id)


@require_safe
@signed_in
def calendar(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Give the session for a calendar: when, where and what, no names."""
    return calendar_answer(request, of_session(request, session_id).line)


def calendar_answer(request: VisitorRequest, line: queries.SessionLine) -> HttpResponse:
    """Return the calendar file of a session."""
    one = line.session
    text = calendar_file(
        one.ref,
        title=one.title,
        place=one.place,
        starts_at=one.starts_at,
        ends_at=line.ends_at,
        at=request.now,
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=sessie.ics"
    return answer
