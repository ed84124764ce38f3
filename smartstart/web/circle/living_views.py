"""Who lives in a home: another adult, a child's own place, and the other home of a child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import operations_opening, operations_seats, queries_leaving
from smartstart.circle.scene import scene
from smartstart.circle.states import AuthorityKind
from smartstart.thread.cards import Codes
from smartstart.web.circle.forms import AdultForm, OtherHomeForm
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in
from smartstart.web.voices.cards import card_of

ASKS = ["GET", "HEAD", "POST"]


def code_page(request: VisitorRequest, ref: UUID, typed: str) -> HttpResponse:
    """Show a code once, large enough to read out or to hold up.

    It shows nothing that was read to make it: were the rules to change meanwhile, by this deed
    itself, the answer would be thrown away and the code with it.
    """
    return family_page(request, "code", ref, **code_card(request, typed))


def code_card(request: VisitorRequest, typed: str) -> dict[str, Any]:
    """Return a code and its card for a page that shows nothing else, the reading closed."""
    request.reading.close()
    address = request.build_absolute_uri(reverse("circle:take"))
    return {"code": typed, "card": card_of(Codes(typed, typed), address=address)}


@require_safe
@signed_in
def family(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show who lives in this home, and whose place waits."""
    seen = scene(request.reading, ref)
    people: dict[str, Any] = {"children": seen.children, "adults": queries_leaving.adults(seen)}
    people["unread"] = queries_leaving.unread(seen)
    people["unplaced"] = queries_leaving.without_place(seen)
    people["is_child"] = queries_leaving.is_child_here(seen)
    return family_page(request, "family", ref, **people)


@require_http_methods(ASKS)
@signed_in
def add_adult(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who else lives here; on POST keep a place and show its code."""
    scene(request.reading, ref)
    form = AdultForm(request.POST or None)
    if not form.is_valid():
        return family_page(request, "add_adult", ref, form=form)
    told = form.cleaned_data
    seat = operations_opening.add_adult(request.actor, ref, at=request.now, **told)
    _made, typed = operations_seats.make_seat_code(request.actor, seat.ref, at=request.now)
    return code_page(request, ref, typed)


@require_POST
@signed_in
def own_place(request: VisitorRequest, ref: UUID, member: UUID) -> HttpResponse:
    """Keep a place for a child, and show its code."""
    seat = operations_opening.offer_own_seat(request.actor, ref, member, at=request.now)
    _made, typed = operations_seats.make_seat_code(request.actor, seat.ref, at=request.now)
    return code_page(request, ref, typed)


@require_http_methods(ASKS)
@signed_in
def other_home(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask who lives in the child's other home; on POST open it, unseen, and show its code."""
    seen = scene(request.reading, ref)
    form = OtherHomeForm(request.POST or None, children=seen.children)
    if not form.is_valid():
        return family_page(request, "other_home", ref, form=form)
    told = form.cleaned_data
    typed = operations_opening.open_other_home(
        request.actor,
        ref,
        children=[UUID(child) for child in told["children"]],
        called=told["called"],
        own_name=told["called"],
        theirs=AuthorityKind(told["theirs"]),
        at=request.now,
    )
    return code_page(request, ref, typed)
