"""Looking an invitation up, with allauth's brakes on guessing."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django import forms

from smartstart.people import errors, operations, queries
from smartstart.people.models import Invitation
from smartstart.web.people.adapter import TOO_OFTEN
from smartstart.web.people.forms import InvitationCodeForm, TakeInvitationForm
from smartstart.web.visit import VisitorRequest


def code_form(request: VisitorRequest) -> forms.Form:
    """Return the form for who comes in: a code only, or a code and a new account."""
    data = request.POST if request.method == "POST" else None
    return InvitationCodeForm(data) if request.account else TakeInvitationForm(data)


def _number(form: forms.Form) -> str:
    return f"invitation:{operations.number_of(form.cleaned_data['code'])}"


def open_invitation(request: VisitorRequest, form: forms.Form) -> Invitation | None:
    """Return the invitation of this form; None with the sentence on the form when there is none.

    A taken user name is said only to who holds a code that fits.
    """
    if not form.is_valid():
        return None
    usage = ratelimit.consume(
        request, app="allauth.account", action="login_failed", key=_number(form)
    )
    if not usage:
        form.add_error(None, TOO_OFTEN)
        return None
    try:
        found = operations.invitation_of(form.cleaned_data["code"], at=request.now)
    except errors.InvitationDoesNotFit as wrong:
        form.add_error("code", str(wrong))
        return None
    usage.rollback()
    name = form.cleaned_data.get("username", "").lower()
    if name and queries.is_taken(name):
        form.add_error("username", str(errors.NameIsTaken()))
        return None
    return found


def take(request: VisitorRequest, offer: Invitation, form: forms.Form) -> operations.Taken:
    """Take the offer up: with the account that is signed in, else with a new one."""
    return operations.take_invitation(
        offer,
        at=request.now,
        today=request.today,
        account=request.account,
        username=form.cleaned_data.get("username", ""),
        password=form.cleaned_data.get("password"),
    )
