"""Who decides about a child: said at home, seen on paper by who reads along, doubted, ended."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import operations_authority as operations
from smartstart.circle import queries_authority as queries
from smartstart.circle import queries_opening
from smartstart.circle.queries_authority import AuthorityPage
from smartstart.circle.scene import scene
from smartstart.circle.states import Paper
from smartstart.web.answers import status_of
from smartstart.web.circle.authority_forms import AuthorityForm, LastDayForm, PaperForm
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def authority(request: VisitorRequest, ref: UUID, member: UUID) -> HttpResponse:
    """Show who decides about a child, how sure that is, and what changes on which birthday."""
    page = queries.authority_at_home(request.reading, ref, member)
    return family_page(request, "authority", ref, page=page)


@require_http_methods(ASKS)
@signed_in
def say(request: VisitorRequest, ref: UUID, member: UUID) -> HttpResponse:
    """Ask who decides and as what; on POST it is said, and they read along if the law says so."""
    page = queries.authority_at_home(request.reading, ref, member)
    seen = scene(request.reading, ref)
    contacts = queries_opening.who_can_be_let_in(request.actor, on=request.today)
    adults = queries.adults_of(seen)
    form = AuthorityForm(request.POST or None, adults=adults, contacts=contacts)
    if not form.is_valid():
        return family_page(request, "authority_say", ref, page=page, form=form)
    operations.state_authority(request.actor, ref, member, at=request.now, **form.told())
    messages.success(request, _("Kept. Somebody who reads along can look at the paper."))
    return redirect("circle:authority", ref, member)


@require_POST
@signed_in
def doubt(request: VisitorRequest, ref: UUID, authority: UUID) -> HttpResponse:
    """Say that one doubts it: nothing changes, and somebody looks at the paper with both."""
    member = queries.child_of(request.actor, authority, on=request.today)
    operations.dispute_authority(request.actor, authority, at=request.now)
    messages.success(request, _("Kept. Nothing changes until somebody looked at the paper."))
    return redirect("circle:authority", ref, member)


@require_http_methods(ASKS)
@signed_in
def end(request: VisitorRequest, ref: UUID, authority: UUID) -> HttpResponse:
    """Ask for the last day that oneself decides; on POST it ends then."""
    member = queries.child_of(request.actor, authority, on=request.today)
    page = queries.authority_at_home(request.reading, ref, member)
    one = _one(page, authority)
    form = LastDayForm(request.POST or None)
    if not form.is_valid():
        return family_page(request, "authority_end", ref, page=page, one=one, form=form)
    day = form.cleaned_data["last_day"]
    operations.end_authority(request.actor, authority, last_day=day, at=request.now)
    return redirect("circle:family", ref)


def _one(page: AuthorityPage, ref: UUID) -> queries.Says:
    found = next((row for row in page.rows if row.ref == ref), None)
    if found is None:
        raise NotFound
    return found


@require_safe
@signed_in
def at_work(request: VisitorRequest, part: UUID) -> HttpResponse:
    """Show a professional who decides about a child they read along about."""
    page = queries.authority_at_work(request.reading, part)
    return render(request, "circle/authority_work.html", {"page": page})


@require_http_methods(ASKS)
@signed_in
def saw(request: VisitorRequest, part: UUID, authority: UUID) -> HttpResponse:
    """Ask which paper one saw; on POST it is kept that one saw it, and no copy."""
    page = queries.authority_at_work(request.reading, part)
    form = PaperForm(request.POST or None)
    if not form.is_valid():
        told = {"page": page, "one": _one(page, authority), "form": form}
        return render(request, "circle/authority_saw.html", told, status=status_of(form))
    paper = Paper(form.cleaned_data["paper"])
    operations.see_authority(request.actor, authority, paper=paper, at=request.now)
    messages.success(request, _("Kept: you saw it today. No copy is kept."))
    return redirect("circle:authority_work", part)


@require_http_methods(ASKS)
@signed_in
def ended(request: VisitorRequest, part: UUID, authority: UUID) -> HttpResponse:
    """Ask for the last day, as who saw the decision of the court; on POST it ends then."""
    page = queries.authority_at_work(request.reading, part)
    form = LastDayForm(request.POST or None)
    if not form.is_valid():
        told = {"page": page, "one": _one(page, authority), "form": form}
        return render(request, "circle/authority_ended.html", told, status=status_of(form))
    day = form.cleaned_data["last_day"]
    operations.end_authority(request.actor, authority, last_day=day, at=request.now)
    return redirect("circle:authority_work", part)


@require_POST
@signed_in
def doubt_at_work(request: VisitorRequest, part: UUID, authority: UUID) -> HttpResponse:
    """Say as a professional that one doubts it."""
    operations.dispute_authority(request.actor, authority, at=request.now)
    messages.success(request, _("Kept. Nothing changes until somebody looked at the paper."))
    return redirect("circle:authority_work", part)
