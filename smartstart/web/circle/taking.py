"""Taking a seat with a code: as who is signed in, or as somebody new."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from smartstart.access.permissions import Role
from smartstart.base.refusals import Refusal
from smartstart.circle import errors
from smartstart.circle.operations_joining import join
from smartstart.circle.operations_seats import number_and_code, take_seat
from smartstart.people.errors import NameIsTaken
from smartstart.web.circle.forms import JoinForm, TakeForm
from smartstart.web.circle.frame import family_page
from smartstart.web.people.adapter import TOO_OFTEN
from smartstart.web.visit import VisitorRequest, ask_to_sign_in

FITS_NOT = (errors.SeatCodeDoesNotFit, errors.SeatIsForSomebodyElse, errors.SeatIsTaken)


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: VisitorRequest) -> HttpResponseBase:
    """Ask for the code; on POST take the seat. A GET never uses a code."""
    if request.locked_account is not None:
        return ask_to_sign_in(request)
    kind = TakeForm if request.actor.account is not None else JoinForm
    form = kind(request.POST or None)
    taken = _taken(request, form) if form.is_valid() else None
    if taken is not None:
        return taken
    return family_page(request, "take", form=form, is_new=kind is JoinForm)


def _taken(request: VisitorRequest, form: TakeForm) -> HttpResponse | None:
    """Take it, or leave on the form why not. Guessing is braked, per number."""
    number, code = number_and_code(form.cleaned_data["code"])
    usage = ratelimit.consume(
        request, app="allauth.account", action="login_failed", key=f"seat:{number}"
    )
    if not usage:
        form.add_error(None, TOO_OFTEN)
        return None
    try:
        answer = _by_code(request, form, number, code)
    except (*FITS_NOT, NameIsTaken) as wrong:
        form.add_error(*_where(wrong))
        return None
    usage.rollback()
    return answer


def _where(wrong: Refusal) -> tuple[str, str]:
    return "username" if isinstance(wrong, NameIsTaken) else "code", str(wrong)


def _by_code(request: VisitorRequest, form: TakeForm, number: str, code: str) -> HttpResponse:
    if not isinstance(form, JoinForm):
        take_seat(request.actor, number, code, at=request.now)
        return redirect("start:first" if request.actor.role is Role.PROFESSIONAL else "circle:home")
    told = form.cleaned_data
    joined = join(
        number, code, username=told["username"], password=told["password"], at=request.now
    )
    return family_page(request, "taken", joined=joined)
