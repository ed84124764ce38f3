"""Who looks after a circle: the family asks another, a professional hands it over or takes it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.circle import operations_looking_after as operations
from smartstart.circle import operations_opening, operations_seats, queries_opening
from smartstart.circle import queries_looking_after as queries
from smartstart.circle.called import called
from smartstart.circle.queries_leaving import is_child_here
from smartstart.circle.scene import scene
from smartstart.web.answers import status_of
from smartstart.web.circle.forms import contact_choices
from smartstart.web.circle.frame import family_page
from smartstart.web.circle.living_views import code_card
from smartstart.web.circle.looking_after_forms import OpenForForm, WhoForm
from smartstart.web.visit import VisitorRequest, signed_in

ASKS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@signed_in
def contact(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show the family who looks after the circle; on POST ask another, who must say yes first."""
    seen = scene(request.reading, ref)
    found = queries_opening.who_can_look_after(request.actor, on=request.today)
    others = [one for one in found if one.ref != seen.circle.coordinator]
    form = WhoForm(request.POST or None, people=contact_choices(others))
    if not form.is_valid():
        asked = called([seen.circle.offered_to]).get(seen.circle.offered_to or ref)
        now = seen.called_by(seen.circle.coordinator)
        page = {"now": now, "asked": asked, "is_child": is_child_here(seen)}
        return family_page(request, "contact", ref, form=form, **page)
    to = form.cleaned_data["to"]
    operations.offer_looking_after(request.actor, ref, to=to, at=request.now)
    messages.success(request, _("Asked. It counts when this person says yes."))
    return redirect("circle:contact", ref)


@require_POST
@signed_in
def contact_stop(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Take the question back: who looks after it now goes on."""
    operations.drop_offer(request.actor, ref, at=request.now)
    return redirect("circle:contact", ref)


@require_safe
@signed_in
def mine(request: VisitorRequest) -> HttpResponse:
    """Show what this professional looks after, was asked to, and opened for a family."""
    found = queries.looking_after(request.actor, on=request.today)
    return render(request, "circle/after.html", {"found": found})


@require_http_methods(ASKS)
@signed_in
def hand_over(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask a colleague to look after it from now on; on POST they are asked."""
    one = queries.one_looked_after(request.actor, ref, on=request.today)
    people = queries.who_could(request.actor)
    form = WhoForm(request.POST or None, people=[(str(who.ref), who.whole) for who in people])
    if not form.is_valid():
        page = {"one": one, "people": people, "form": form}
        return render(request, "circle/after_ask.html", page, status=status_of(form))
    to = form.cleaned_data["to"]
    operations.offer_looking_after(request.actor, ref, to=to, at=request.now)
    messages.success(request, _("Asked. You look after it until the other says yes."))
    return redirect("circle:after")


@require_POST
@signed_in
def say_yes(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Look after it from now on."""
    operations.look_after(request.actor, ref, at=request.now)
    messages.success(request, _("You look after this circle now. The family sees it."))
    return redirect("circle:after")


@require_POST
@signed_in
def say_no(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Rather not, or not any more: who looks after it goes on."""
    operations.drop_offer(request.actor, ref, at=request.now)
    messages.success(request, _("Kept. Who looked after it goes on."))
    return redirect("circle:after")


@require_http_methods(ASKS)
@signed_in
def open_for(request: VisitorRequest) -> HttpResponse:
    """Open a circle together with a parent; on POST show the code that makes it theirs."""
    queries.looking_after(request.actor, on=request.today)
    contacts = queries_opening.who_can_look_after(request.actor, on=request.today)
    form = OpenForForm(request.POST or None, contacts=contacts, mine=request.actor.position)
    if not form.is_valid():
        return render(request, "circle/open_for.html", {"form": form}, status=status_of(form))
    told = form.cleaned_data
    opened = operations_opening.open_circle(request.actor, at=request.now, **told)
    if opened.seat is None:
        return redirect("circle:after")
    return _code(request, opened.seat.ref)


@require_POST
@signed_in
def code_for(request: VisitorRequest, seat: UUID) -> HttpResponse:
    """Make a new code for a parent who has not come yet; the one before ends."""
    return _code(request, seat)


def _code(request: VisitorRequest, seat: UUID) -> HttpResponse:
    _made, typed = operations_seats.make_seat_code(request.actor, seat, at=request.now)
    page = code_card(request, typed)
    return render(request, "circle/code_for.html", page)
