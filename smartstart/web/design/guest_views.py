"""Who is invited: invitations, printed cards and what is known of each place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smartstart.design import operations_guests as operations
from smartstart.design import queries
from smartstart.design.operations_again import ask_again
from smartstart.design.queries_again import askable
from smartstart.web.design.cards import card_of
from smartstart.web.design.forms import AgainForm, InviteForm, PlaceForm
from smartstart.web.design.frame import ASKS, of_session, shown
from smartstart.web.visit import VisitorRequest, signed_in


@require_safe
@signed_in
def guests(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Show who was invited, who comes and what they need."""
    found = of_session(request, session_id, guests=True)
    return shown(
        request,
        "guests",
        found,
        counts=queries.counts_of(found.session),
        invitations=queries.invitations_of(request.reading, found.session),
        guests=queries.guests_of(request.reading, found.session),
    )


@require_http_methods(ASKS)
@signed_in
def invite(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Invite people of one role."""
    found = of_session(request, session_id, guests=True)
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        return shown(request, "invite", found, form=form)
    ref = form.cleaned_data["ref"]
    made = operations.invite(request.actor, session_id, form.invited(), at=request.now, ref=ref)
    messages.success(request, _("There are places now. Print the cards."))
    return redirect("design:cards", session_id, made.pk)


@require_http_methods(ASKS)
@signed_in
def again(request: VisitorRequest, session_id: int) -> HttpResponse:
    """Invite people who thought along before; they read it on their own page."""
    found = of_session(request, session_id, guests=True)
    people = askable(request.reading, found.session)
    form = AgainForm(request.POST or None, people=people)
    if not form.is_valid():
        return shown(request, "again", found, form=form, people=people)
    ask_again(request.actor, session_id, form.guests(), at=request.now)
    messages.success(request, _("They read it on their own page, and answer there."))
    return redirect("design:guests", session_id)


@require_http_methods(ASKS)
@signed_in
def cards(request: VisitorRequest, session_id: int, invitation_id: int) -> HttpResponse:
    """Tell what the cards are; on POST make them and show them, once."""
    found = of_session(request, session_id, guests=True)
    line = queries.invitation_of(request.reading, found.session, invitation_id)
    if request.method != "POST":
        return shown(request, "cards", found, invitation=line, cards=())
    address = request.build_absolute_uri(reverse("design:invited"))
    made = operations.make_cards(request.actor, session_id, invitation_id, at=request.now)
    printed = [card_of(card, address=address) for card in made]
    return shown(request, "cards", found, invitation=line, cards=printed, made=True)


@require_POST
@signed_in
def remove(request: VisitorRequest, session_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation away that nobody answered."""
    operations.take_back_invitation(request.actor, session_id, invitation_id, at=request.now)
    messages.success(request, _("The invitation is taken away."))
    return redirect("design:guests", session_id)


@require_http_methods(ASKS)
@signed_in
def place(request: VisitorRequest, session_id: int, number: int) -> HttpResponse:
    """Write down what is known of one place."""
    found = of_session(request, session_id, guests=True)
    guest = queries.guest_of(request.reading, found.session, number)
    row = guest.place
    first = {"name": guest.name, "answer": row.answer, "children": row.children, "ride": row.ride}
    first |= {"need": guest.need}
    form = PlaceForm(request.POST or None, initial=first, leads=found.leads)
    if not form.is_valid():
        return shown(request, "place", found, form=form, guest=guest)
    told = form.told(name=form.cleaned_data["name"])
    operations.write_down(request.actor, session_id, number, told, at=request.now)
    messages.success(request, _("Written down."))
    return redirect("design:guests", session_id)
