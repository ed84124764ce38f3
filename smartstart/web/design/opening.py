"""Opening an invitation by its code: the brakes, and one sentence when it does not open."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smartstart.base.brake import EVERYONE, Brake, give_back, subscriber
from smartstart.design import operations_guests
from smartstart.design.errors import CodeOpensNothing
from smartstart.design.models import Attendance
from smartstart.web.design.forms import CodeForm
from smartstart.web.visit import VisitorRequest

PER_ADDRESS: Final = Brake("invited-address", 8)
OVERALL: Final = Brake("invited-overall", 200)
TOO_OFTEN: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


def opened(request: VisitorRequest, form: CodeForm) -> Attendance | None:
    """Return the place that the code is for; else put one sentence on the form."""
    if not form.is_valid():
        return None
    places = _take_places(request)
    if not places:
        form.add_error(None, str(TOO_OFTEN))
        return None
    try:
        found = operations_guests.invited_by(form.cleaned_data["code"], at=request.now)
    except CodeOpensNothing as refusal:
        form.add_error(None, str(refusal))
        return None
    give_back(*places)
    return found


def _take_places(request: VisitorRequest) -> tuple[str, ...]:
    address = subscriber(request.META.get("REMOTE_ADDR", ""))
    mine = PER_ADDRESS.take(address, now=request.now)
    overall = OVERALL.take(EVERYONE, now=request.now) if mine else ""
    if not overall:
        give_back(*([mine] if mine else []))
        return ()
    return mine, overall
