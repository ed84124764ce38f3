"""Opening a circle as a parent alone, one page at a time."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartstart.access.actor import require
from smartstart.access.permissions import Permission, Role
from smartstart.circle import operations_opening, queries_opening
from smartstart.circle.scene import scene
from smartstart.web.circle.forms import ChildForm, ContactForm, NameForm
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@signed_in
def open_circle(request: VisitorRequest) -> HttpResponse:
    """Ask what it is called, then who looks after it; then open it and ask for the children."""
    require(request.actor, Permission.CIRCLE_OPEN)
    if request.actor.role is Role.PROFESSIONAL:
        return redirect("circle:open_for")
    named = NameForm(request.POST or None)
    if not named.is_valid():
        return family_page(request, "open", form=named)
    form = _contact_form(request)
    if not form.is_valid():
        return family_page(request, "open_contact", form=form)
    opened = operations_opening.open_circle(
        request.actor, own_name=_own_name(request), at=request.now, **form.cleaned_data
    )
    return redirect("circle:add_child", opened.circle.ref)


def _own_name(request: VisitorRequest) -> str:
    return request.account.shown_as if request.account else ""


def _contact_form(request: VisitorRequest) -> ContactForm:
    """Return the form that asks who looks after it: as it was filled in, or for the first time."""
    contacts = queries_opening.who_can_look_after(request.actor, on=request.today)
    if "coordinator" in request.POST or "chosen" in request.POST:
        return ContactForm(request.POST, contacts=contacts)
    initial = {"called": request.POST["called"], "ref": request.POST.get("ref")}
    return ContactForm(contacts=contacts, initial=initial)


@require_http_methods(ASKS)
@signed_in
def add_child(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Ask for one child, and then for the next."""
    seen = scene(request.reading, ref)
    form = ChildForm(request.POST or None)
    if not form.is_valid():
        return family_page(request, "add_child", ref, form=form, children=seen.children)
    return _added(request, ref, **form.cleaned_data)


def _added(request: VisitorRequest, circle: UUID, *, born: date, **told: Any) -> HttpResponse:
    """Add a child; one that decides alone gets a place at once: nobody else sees it afterwards."""
    child = operations_opening.add_child(request.actor, circle, born=born, at=request.now, **told)
    messages.success(request, _("Your child is in the circle."))
    if not queries_opening.is_read_by_parents(born, on=request.today):
        operations_opening.offer_own_seat(request.actor, circle, child.ref, at=request.now)
        return redirect("circle:family", circle)
    return redirect("circle:add_child", circle)
