"""Interviews of a pilot: the list, a plan, the consent, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.programme.queries import desk
from smartstart.voices import operations, operations_story, queries
from smartstart.voices.models import Consent
from smartstart.voices.states import Layer
from smartstart.web.answers import MEND
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame
from smartstart.web.voices.fields import reference
from smartstart.web.voices.forms import CalledForm, ConsentForm, PlanForm
from smartstart.web.voices.keep_until import Days

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def home(request: VisitorRequest) -> HttpResponse:
    """Go to the interviews of the pilot that the role is for."""
    pilot = desk.home_of(request.actor, on=request.today)
    if pilot is None:
        raise NotFound
    return redirect("voices:interviews", pilot.slug)


@require_safe
@signed_in
def interviews(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show all interviews of a pilot, each with what comes next."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    lines = queries.interviews_in(request.reading, pilot.pk)
    rows = [(line, frame.next_of(line, on=request.today)) for line in lines]
    reads = request.actor.may(Permission.VOICE_CODE, within=pilot.ref)
    page = frame.page(pilot, "interviews", rows=rows, reads=reads)
    return render(request, "voices/interviews.html", page)


@require_http_methods(ASKS)
@signed_in
def plan(request: VisitorRequest, slug: str) -> HttpResponse:
    """Plan an interview with somebody."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    first = {"planned_on": request.today}
    form = PlanForm(request.POST or None, initial=first, today=request.today)
    if not form.is_valid():
        page = frame.page(pilot, "interviews", form=form, crumbs=frame.crumbs(pilot))
        return render(request, "voices/plan.html", page, status=MEND if form.is_bound else 200)
    made = operations.plan_interview(request.actor, pilot.pk, **form.cleaned_data, at=request.now)
    messages.success(request, _("The interview is planned. Now write down what may be done."))
    return redirect("voices:consent", made.pk)


@require_safe
@signed_in
def interview(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Show one interview: what comes next, the consent, what was said back; or its tombstone."""
    found = queries.interview_page(request.reading, interview_id)
    yes, no = frame.said_yes_to(found.line.layers)
    page = {
        "found": found,
        "next": frame.next_of(found.line, on=request.today),
        "yes": yes,
        "no": no,
        "crumbs": frame.crumbs(found.pilot),
    }
    status = 410 if found.line.is_withdrawn else 200
    name = "gone" if found.line.is_withdrawn else "interview"
    page = frame.page(found.pilot, "interviews", **page)
    return render(request, f"voices/{name}.html", page, status=status)


@require_http_methods(ASKS)
@signed_in
def consent(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Write down what somebody says yes to, in layers; again changes it."""
    found = queries.interview_page(request.reading, interview_id)
    if found.line.is_withdrawn:
        return redirect("voices:interview", interview_id)
    said = {layer.value: True for layer in found.line.layers}
    days = Days(request.today, last=found.last_day, stands=found.line.keep_until)
    form = ConsentForm(request.POST or None, initial=said, days=days)
    if not form.is_valid():
        return _consent_page(request, found, form)
    until = form.cleaned_data["keep_until"]
    operations.give_consent(
        request.actor, interview_id, layers=form.layers(), keep_until=until, at=request.now
    )
    messages.success(request, _("It is written down. It holds from now on."))
    return redirect("voices:interview", interview_id)


def _consent_page(
    request: VisitorRequest, found: queries.InterviewPage, form: ConsentForm
) -> HttpResponse:
    before = [(said, frame.said_yes_to(_layers(said))) for said in reversed(found.consents)]
    crumbs = frame.crumbs(found.pilot, frame.of_interview(found.line))
    page = frame.page(
        found.pilot, "interviews", found=found, form=form, before=before, crumbs=crumbs
    )
    return render(request, "voices/consent.html", page, status=MEND if form.is_bound else 200)


def _layers(said: Consent) -> frozenset[Layer]:
    return frozenset(layer for layer in Layer if getattr(said, layer.value))


@require_http_methods(ASKS)
@signed_in
def called(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Ask how this person may be called for others; on POST it stands so beside every quote."""
    found = queries.interview_page(request.reading, interview_id)
    if found.line.is_withdrawn:
        return redirect("voices:interview", interview_id)
    first = {"described": found.line.described}
    form = CalledForm(request.POST or None, initial=first, with_whom=found.with_whom)
    if not form.is_valid():
        crumbs = frame.crumbs(found.pilot, frame.of_interview(found.line))
        page = frame.page(found.pilot, "interviews", found=found, form=form, crumbs=crumbs)
        return render(request, "voices/called.html", page, status=MEND if form.is_bound else 200)
    operations.call_otherwise(
        request.actor, interview_id, described=form.cleaned_data["described"], at=request.now
    )
    messages.success(request, _("From now on we call this person so, also beside public words."))
    return redirect("voices:interview", interview_id)


@require_http_methods(ASKS)
@signed_in
def withdraw(request: VisitorRequest, interview_id: int) -> HttpResponseBase:
    """Tell what stops and what goes on; on POST take the story back for the person."""
    found = queries.interview_page(request.reading, interview_id)
    if found.line.is_withdrawn:
        return redirect("voices:interview", interview_id)
    if request.method == "POST":
        operations.withdraw_consent(request.actor, interview_id, at=request.now)
        messages.success(request, _("The story is taken back. Everything is gone."))
        return redirect("voices:interview", interview_id)
    crumbs = frame.crumbs(found.pilot, frame.of_interview(found.line))
    page = frame.page(found.pilot, "interviews", found=found, crumbs=crumbs)
    return render(request, "voices/withdraw.html", page)


@require_POST
@signed_in
def read(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Say that the team read what the interviewee wrote back."""
    said = [reference(ref) for ref in request.POST.getlist("said")]
    operations_story.mark_read(request.actor, interview_id, said, at=request.now)
    return redirect("voices:interview", interview_id)
