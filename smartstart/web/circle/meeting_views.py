"""Meetings: the list, one with what people say before, its calendar file and its minutes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import operations_meetings, queries_meetings
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.web.circle.frame import role_page
from smartstart.web.circle.meeting_forms import BeforeForm, MinutesForm, PlanForm
from smartstart.web.once import Reference
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def meetings(request: VisitorRequest) -> HttpResponse:
    """Show the meetings to come and those that were; of one home when the address names it."""
    reading, circle = request.reading, Reference().clean(request.GET.get("circle"))
    planned = queries_meetings.meetings_of(reading, circle=circle)
    over = queries_meetings.meetings_over(reading, circle=circle)
    places = queries_meetings.places_to_meet(reading, circle=circle)
    return role_page(request, "meetings", meetings=planned, over=over, places=places)


@require_http_methods(ASKS)
@signed_in
def one(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show one meeting; on POST keep what somebody says before it."""
    meeting = queries_meetings.meeting_one(request.reading, ref)
    form = BeforeForm(request.POST or None)
    if not form.is_valid():
        is_family = request.actor.role in FAMILY_ROLES
        return role_page(request, "meeting", meeting=meeting, form=form, is_family=is_family)
    comes, words = form.cleaned_data["comes"] == "yes", form.cleaned_data["words"]
    operations_meetings.say_before(request.actor, ref, comes=comes, words=words, at=request.now)
    messages.success(request, _("Kept. You can change it until it begins."))
    return redirect("circle:meeting", ref)


@require_safe
@signed_in
def calendar(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Give the moment for a calendar, and nothing else."""
    meeting = queries_meetings.meeting_one(request.reading, ref)
    text = queries_meetings.calendar(meeting, words=_("Appointment"), at=request.now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=appointment.ics"
    return answer


@require_http_methods(ASKS)
@signed_in
def plan(request: VisitorRequest, part: UUID) -> HttpResponse:
    """Ask what, when and who leads; on POST plan it."""
    chairs = queries_meetings.chairs(request.reading, part)
    form = PlanForm(request.POST or None, chairs=chairs)
    if not form.is_valid():
        return role_page(request, "meeting_plan", form=form)
    made = operations_meetings.plan_meeting(request.actor, part, at=request.now, **form.meeting())
    return redirect("circle:meeting", made.ref)


@require_http_methods(ASKS)
@signed_in
def minutes(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask what was said; on POST it is a message of that day."""
    meeting = queries_meetings.meeting_one(request.reading, ref)
    form = MinutesForm(request.POST or None)
    if not form.is_valid():
        return role_page(request, "meeting_minutes", meeting=meeting, form=form)
    words, entry = form.cleaned_data["words"], form.cleaned_data["ref"]
    operations_meetings.keep_minutes(
        request.actor, ref, title=meeting.title, words=words, at=request.now, entry=entry
    )
    messages.success(request, _("Kept. Everybody who reads along can read it."))
    return redirect("circle:meeting", ref)


@require_POST
@signed_in
def agree(request: VisitorRequest, ref: UUID, number: int) -> HttpResponse:
    """Make a line of the minutes an agreement, in one tap."""
    operations_meetings.agree_on(request.actor, ref, number, at=request.now)
    messages.success(request, _("Agreed. You look at it again in four weeks."))
    return redirect("circle:meeting", ref)


@require_POST
@signed_in
def off(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Call a meeting off."""
    operations_meetings.call_off(request.actor, ref, at=request.now)
    messages.success(request, _("Called off."))
    return redirect("circle:meetings")
