"""Two coders lay their work side by side, talk over what differs, and make one result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.voices import operations_coding, queries
from smartstart.voices.queries_merging import merging_page
from smartstart.voices.queries_rounds import round_of
from smartstart.voices.states import Choice
from smartstart.web import names
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import agreement, frame
from smartstart.web.voices.fields import maybe_reference, reference
from smartstart.web.voices.tombstone import with_story


@require_safe
@with_story
def merging(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Show how far the coders agree and each difference with its choices."""
    round_ = round_of(request.actor, interview_id, on=request.today)
    if round_ is None:
        raise NotFound
    found = merging_page(request.reading, round_.ref)
    line = queries.interview_page(request.reading, interview_id)
    coders = [names.coder(request, name, place) for place, name in enumerate(found.names, 1)]
    crumbs = frame.crumbs(line.pilot, frame.of_interview(line.line))
    page = {"found": found, "line": line.line, "names": coders, "crumbs": crumbs}
    page |= {"agreement": agreement.told(found), "rows": agreement.rows(found, coders)}
    page = frame.page(line.pilot, "interviews", **page)
    return render(request, "voices/merging.html", page)


@require_POST
@signed_in
def choose(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Keep what was talked over for one difference."""
    choice = request.POST.get("choice", "")
    if choice not in Choice.values:
        raise NotFound
    operations_coding.choose(
        request.actor,
        reference(request.POST.get("round")),
        first=maybe_reference(request.POST.get("first")),
        second=maybe_reference(request.POST.get("second")),
        choice=Choice(choice),
        at=request.now,
    )
    place = request.POST.get("place", "")
    return redirect(reverse("voices:merging", args=[interview_id]) + f"#d{place}")


@require_POST
@signed_in
def merge(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Make one result; what each found first stays readable."""
    ref = reference(request.POST.get("round"))
    operations_coding.merge(request.actor, ref, at=request.now)
    messages.success(request, _("Your work is one now. What you found first is kept."))
    return redirect("voices:coding", interview_id)
