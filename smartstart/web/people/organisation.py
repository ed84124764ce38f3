"""Pages of an organisation's administrator, and of the second person after a lost phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from smartstart.base.refusals import NotFound
from smartstart.people import keys, operations, queries, waking
from smartstart.people.models import Position
from smartstart.people.queries import Colleague, House
from smartstart.web.people.forms import InviteForm, OccupantForm, PositionForm
from smartstart.web.visit import VisitorRequest, signed_in

LOOK = ["GET", "HEAD"]
CODE = 422


def _house(request: VisitorRequest) -> House:
    """Return what this administrator looks after; NotFound for everybody else."""
    operations.own_organisation(request.actor)
    return queries.house_of(request.actor, today=request.today, now=request.now)


def _colleague(house: House, account_id: int) -> Colleague:
    found = next((one for one in house.people if one.account.pk == account_id), None)
    if found is None:
        raise NotFound
    return found


@require_http_methods(LOOK)
@signed_in
def overview(request: VisitorRequest) -> HttpResponse:
    """Show who leaves, seats without cover, people, functions and open invitations."""
    page = {
        "house": _house(request),
        "organisation": request.hat and request.hat.organisation,
        "asleep": bool(waking.hats_to_wake(request.actor, on=request.today)),
    }
    return render(request, "people/organisation.html", page)


@require_http_methods([*LOOK, "POST"])
@signed_in
def invite(request: VisitorRequest) -> HttpResponse:
    """Ask who comes in what role; on POST show the code, once."""
    form = InviteForm(request.POST or None, house=_house(request))
    if not form.is_valid():
        status = CODE if form.is_bound else 200
        return render(request, "people/invite.html", {"form": form}, status=status)
    asked = form.cleaned_data
    offer, code = operations.invite(
        request.actor,
        role=asked["role"],
        called=asked["called"],
        shown_as=asked["shown_as"],
        at=request.now,
        hat_until=asked["hat_until"],
        position_id=asked["position"],
        ref=asked["ref"],
    )
    return render(request, "people/invited.html", {"offer": offer, "code": code})


@require_POST
@signed_in
def end_invitation(request: VisitorRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    operations.end_invitation(request.actor, invitation_id, at=request.now, today=request.today)
    messages.success(request, _("The invitation has ended."))
    return redirect("people:organisation")


@require_http_methods([*LOOK, "POST"])
@signed_in
def end_person(request: VisitorRequest, account_id: int) -> HttpResponse:
    """Ask whether somebody leaves; on POST end all their roles here, now."""
    colleague = _colleague(_house(request), account_id)
    if request.method != "POST":
        return render(request, "people/end_person.html", {"colleague": colleague})
    operations.end_person(request.actor, account_id, at=request.now, today=request.today)
    messages.success(request, _("The roles have ended. All sign-ins have ended too."))
    return redirect("people:organisation")


@require_POST
@signed_in
def end_hat(request: VisitorRequest, hat_id: int) -> HttpResponse:
    """End one role of somebody, now."""
    operations.end_hat(request.actor, hat_id, at=request.now, today=request.today)
    messages.success(request, _("The role has ended."))
    return redirect("people:organisation")


@require_http_methods([*LOOK, "POST"])
@signed_in
def card(request: VisitorRequest, account_id: int) -> HttpResponse:
    """Ask whether somebody gets a new card, or none any more; on POST show the code, once."""
    colleague = _colleague(_house(request), account_id)
    if request.method != "POST":
        return render(request, "people/card_of.html", {"colleague": colleague})
    if request.POST.get("answer") == "end":
        operations.end_card(request.actor, account_id, at=request.now, today=request.today)
        messages.success(request, _("The card has ended."))
        return redirect("people:organisation")
    code = operations.new_card(request.actor, account_id, at=request.now, today=request.today)
    return render(request, "people/card_made.html", {"colleague": colleague, "code": code})


@require_http_methods([*LOOK, "POST"])
@signed_in
def new_position(request: VisitorRequest) -> HttpResponse:
    """Add a function to the organisation."""
    _house(request)
    form = PositionForm(request.POST or None)
    if not form.is_valid():
        status = CODE if form.is_bound else 200
        return render(request, "people/position.html", {"form": form}, status=status)
    made = operations.make_position(request.actor, **form.cleaned_data, at=request.now)
    return redirect("people:position", made.pk)


@require_http_methods([*LOOK, "POST"])
@signed_in
def position(request: VisitorRequest, position_id: int) -> HttpResponse:
    """Say who does the work of a function, and who takes over."""
    house = _house(request)
    found = _position(house, position_id)
    now = {name: getattr(found, name) for name in OccupantForm.base_fields}
    form = OccupantForm(request.POST or None, house=house, initial=now)
    if not form.is_valid():
        page = {"form": form, "position": found}
        return render(request, "people/position.html", page, status=CODE if form.is_bound else 200)
    operations.change_position(
        request.actor, position_id, **form.cleaned_data, at=request.now, today=request.today
    )
    messages.success(request, _("Saved."))
    return redirect("people:organisation")


def _position(house: House, position_id: int) -> Position:
    found = next((one for one in house.positions if one.pk == position_id), None)
    if found is None:
        raise NotFound
    return found


@require_http_methods([*LOOK, "POST"])
@signed_in
def ask_restore(request: VisitorRequest, account_id: int) -> HttpResponse:
    """Begin giving somebody access again; a second colleague confirms."""
    colleague = _colleague(_house(request), account_id)
    if request.method != "POST":
        return render(request, "people/restore_ask.html", {"colleague": colleague})
    asked = keys.ask_restore(request.actor, account_id, at=request.now, today=request.today)
    return render(request, "people/restore_asked.html", {"colleague": colleague, "restore": asked})


@require_http_methods(LOOK)
@signed_in
def restores(request: VisitorRequest) -> HttpResponse:
    """Show who waits for a second person here, and whose role waits for a yes."""
    page = {
        "restores": queries.restores_to_confirm(
            request.actor, today=request.today, now=request.now
        ),
        "sleeping": waking.hats_to_wake(request.actor, on=request.today),
    }
    return render(request, "people/restores.html", page)


@require_POST
@signed_in
def wake(request: VisitorRequest, hat_id: int) -> HttpResponse:
    """Say that somebody with a new card is really this person: the role holds again."""
    waking.wake(request.actor, hat_id, at=request.now, today=request.today)
    messages.success(request, _("This role holds again."))
    return redirect("people:restores")


@require_POST
@signed_in
def confirm_restore(request: VisitorRequest, restore_id: int) -> HttpResponse:
    """Be the second person, and show the code, once."""
    waiting = queries.restores_to_confirm(request.actor, today=request.today, now=request.now)
    restore = next((one for one in waiting if one.pk == restore_id), None)
    code = keys.confirm_restore(request.actor, restore_id, at=request.now, today=request.today)
    return render(request, "people/restore_code.html", {"code": code, "restore": restore})
