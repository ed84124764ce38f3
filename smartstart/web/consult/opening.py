"""Opening a question by its code: the brakes, and one sentence when it does not open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext_lazy as _

from smartstart.base.brake import give_back
from smartstart.base.refusals import TryLater
from smartstart.consult import operations_asking
from smartstart.consult.errors import CodeDoesNotOpen
from smartstart.web.consult import brake, session
from smartstart.web.consult.forms import OpenForm
from smartstart.web.visit import VisitorRequest

TOO_OFTEN: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


@contextmanager
def brake_on_codes(request: VisitorRequest) -> Iterator[None]:
    """Let a code be tried while there is a place left; it is given back to who was welcome.

    Raises TryLater.
    """
    places = brake.take_places(request.META.get("REMOTE_ADDR", ""), now=request.now)
    if not places:
        raise TryLater
    yield
    give_back(*places)


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
