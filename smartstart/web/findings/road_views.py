"""Roads of several people side by side: where help could have come earlier."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from smartstart.design import journeys as operations
from smartstart.design.queries_journeys import Piece, RoadsPage, roads_page
from smartstart.programme.queries import desk
from smartstart.voices.queries import interview_page
from smartstart.web.answers import MEND
from smartstart.web.findings.forms import MomentForm
from smartstart.web.quoting import quoted
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices import frame

NOTE: Final = "note"
KNOT: Final = "knot"


@require_safe
@signed_in
def roads(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the turning points, the whole line, and whose yes there is."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    return _page(request, roads_page(request.reading, pilot.pk), None)


@require_POST
@signed_in
def add_moment(request: VisitorRequest, slug: str) -> HttpResponse:
    """Put a moment on somebody's road."""
    pilot = desk.pilot_of_team(request.reading, slug, on=request.today)
    found = roads_page(request.reading, pilot.pk)
    form = _form(found, request)
    if not form.is_valid():
        return _page(request, found, form)
    kind, piece = form.cleaned_data["piece"].split(":")
    add = operations.add_noted_moment if kind == NOTE else operations.add_moment
    add(request.actor, UUID(piece), **form.told(), at=request.now)
    messages.success(request, _("The moment stands on the road."))
    return redirect("findings:roads", slug)


@require_POST
@signed_in
def remove_moment(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Take a moment from a road."""
    operations.remove_moment(request.actor, ref, at=request.now)
    messages.success(request, _("Taken away."))
    return redirect("findings:roads", slug)


@require_POST
@signed_in
def said(request: VisitorRequest, interview_id: int) -> HttpResponse:
    """Write down what somebody said about their road."""
    if request.POST.get("answer") == "yes":
        operations.say_yes_to_road(request.actor, interview_id, at=request.now)
    else:
        operations.take_road_back(request.actor, interview_id, at=request.now)
    messages.success(request, _("It is written down. It holds from now on."))
    return redirect("findings:roads", interview_page(request.reading, interview_id).pilot.slug)


@require_POST
@signed_in
def guest_said(request: VisitorRequest, slug: str, ref: UUID) -> HttpResponse:
    """Write down what somebody who thought along said about their road."""
    desk.pilot_of_team(request.reading, slug, on=request.today)
    if request.POST.get("answer") == "yes":
        operations.say_yes_to_guest_road(request.actor, ref, at=request.now)
    else:
        operations.take_guest_road_back(request.actor, ref, at=request.now)
    messages.success(request, _("It is written down. It holds from now on."))
    return redirect("findings:roads", slug)


def _choice(piece: Piece) -> tuple[str, str]:
    """Return a piece as a form offers it: a note of a board with the part it stood in."""
    kind = NOTE if piece.is_note else KNOT
    where = " · ".join(word for word in (piece.part, piece.by) if word)
    return f"{kind}:{piece.ref}", f"{quoted(piece.words)} {where}".strip()


def _form(found: RoadsPage, request: VisitorRequest) -> MomentForm:
    pieces = [_choice(piece) for piece in found.pieces]
    return MomentForm(request.POST if request.method == "POST" else None, pieces=pieces)


def _page(request: VisitorRequest, found: RoadsPage, form: MomentForm | None) -> HttpResponse:
    slug = found.pilot.slug
    crumbs = [{"label": _("The thread"), "url": reverse("thread:thread", args=[slug])}]
    page = frame.page(
        found.pilot, "thread", found=found, form=form or _form(found, request), crumbs=crumbs
    )
    return render(request, "findings/roads.html", page, status=MEND if form else 200)
