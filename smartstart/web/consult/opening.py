"""Opening a question by its code: the brakes, and one sentence when it does not open."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smartstart.base.brake import give_back
from smartstart.consult import operations_asking
from smartstart.consult.errors import CodeDoesNotOpen
from smartstart.web.consult import brake, session
from smartstart.web.consult.forms import OpenForm
from smartstart.web.visit import VisitorRequest

TOO_OFTEN: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


def try_to_open(request: VisitorRequest, form: OpenForm) -> bool:
    """Open what the code opens; else put one sentence on the form."""
    places = brake.take_places(request.META.get("REMOTE_ADDR", ""), now=request.now)
    if not places:
        form.add_error(None, str(TOO_OFTEN))
        return False
    try:
        ref = operations_asking.open_by_code(form.cleaned_data["code"], at=request.now)
    except CodeDoesNotOpen as refusal:
        form.add_error(None, str(refusal))
        return False
    give_back(*places)
    session.begin(request, ref, now=request.now)
    return True
