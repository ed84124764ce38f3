"""Letting somebody in, looking at a seat, ending it, and taking one with a code."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.base.refusals import NotFound
from smartstart.circle import (
    operations_seats,
    operations_strain,
    queries_family,
    queries_opening,
    queries_strain,
)
from smartstart.circle.models import Seat
from smartstart.circle.queries_address import let_in_beside
from smartstart.circle.scene import Scene, scene
from smartstart.web.circle.address_told import is_told_first
from smartstart.web.circle.forms import LetInForm, PickForm, SeatForm
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.living_views import code_page
from smartstart.web.circle.shown import line_seen_by
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def seats(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show everybody in the circle; who does nothing now first, because they could stop."""
    around = queries_family.everybody(scene(request.reading, ref))
    quiet = [one for one in around if one.state == "quiet"]
    rest = [one for one in around if one.state != "quiet"]
    return family_page(request, "seats", ref, quiet=quiet, rest=rest)


@require_http_methods(ASKS)
@signed_in
def offer(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who comes in; on POST give them a seat and, when they need one, show a code."""
    seen = scene(request.reading, ref)
    contacts = queries_opening.who_can_be_let_in(request.actor, on=request.today)
    parts = let_in_beside(seen)
    form = LetInForm(request.POST or None, parts=parts, contacts=contacts, today=request.today)
    if not form.is_valid() or is_told_first(request, ref, form):
        return family_page(request, "offer", ref, form=form)
    seat = _offered(request, form)
    if seat.who is not None:
        return redirect("circle:seat", ref, seat.ref)
    return _code_page(request, ref, seat.ref)


def _offered(request: VisitorRequest, form: LetInForm) -> Seat:
    told, contact = form.cleaned_data, form.contact()
    until = {"last_day": told["until"]} if told["until"] else {}
    return operations_seats.offer_seat(
        request.actor,
        UUID(told["part"]),
        kind=form.seat_kind(),
        place=form.place(),
        at=request.now,
        who=contact.ref if contact else None,
        ref=told["ref"],
        **until,
    )


@require_POST
@signed_in
def code(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Make a new code for a seat that nobody took; the one before ends."""
    return _code_page(request, ref, seat)


def _code_page(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Make a code for a seat and show it, once."""
    _made, typed = operations_seats.make_seat_code(request.actor, seat, at=request.now)
    return code_page(request, ref, typed)


@require_http_methods(ASKS)
@signed_in
def seat(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Show one seat; on POST write what this one does now."""
    seen = queries_strain.with_strains(request.reading, ref)
    one = _one(seen, seat)
    form = SeatForm(request.POST or None, initial={"doing": one.doing})
    if not form.is_valid() or is_told_first(request, ref, form):
        page = {"one": one, "has_part": seen.me is not None, "seen_by": line_seen_by(one)}
        page["rests"] = queries_family.seat_rests(seen, seat)
        return family_page(request, "seat", ref, form=form, **page)
    place = queries_family.place_of(seen, seat, doing=form.cleaned_data["doing"])
    operations_seats.change_seat(request.actor, seat, place=place, at=request.now)
    return redirect("circle:seat", ref, seat)


@require_POST
@signed_in
def strain(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Draw that somebody costs strength, or take that line away."""
    if request.POST.get("answer") == "yes":
        operations_strain.draw_strain(request.actor, seat, at=request.now)
    else:
        operations_strain.take_strain_away(request.actor, seat, at=request.now)
    return redirect("circle:seat", ref, seat)


@require_http_methods(ASKS)
@signed_in
def strain_seen(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Ask who else sees the line one drew; on POST one more person does, or no more."""
    if request.method != "POST":
        drawn, picks = queries_strain.who_can_see(request.reading, ref, seat)
        return family_page(request, "strain_seen", ref, seat=drawn.ref, picks=picks)
    form = PickForm(request.POST)
    if not form.is_valid():
        raise NotFound
    change = operations_strain.hide_strain if form.is_no_more else operations_strain.show_strain
    change(request.actor, seat, form.cleaned_data["who"], at=request.now)
    return redirect("circle:strain_seen", ref, seat)


def _one(seen: Scene, ref: UUID) -> queries_family.Around:
    found = next((one for one in queries_family.everybody(seen) if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


@require_http_methods(ASKS)
@signed_in
def end(request: VisitorRequest, ref: UUID, seat: UUID) -> HttpResponseBase:
    """Say what stops and what goes on; on POST end the seat."""
    if request.method != "POST":
        one = _one(scene(request.reading, ref), seat)
        return family_page(request, "end_seat", ref, one=one)
    operations_seats.end_seat(request.actor, seat, at=request.now)
    messages.success(request, _("Stopped. This person reads nothing any more."))
    return redirect("circle:seats", ref)
