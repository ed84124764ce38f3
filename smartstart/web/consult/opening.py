"""Opening a question by its code: the brakes, and one sentence when it does not open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import TryLater
from smartstart.consult import operations_asking
from smartstart.consult.errors import CodeDoesNotOpen
from smartstart.web.consult import brake, session
from smartstart.web.consult.forms import OpenForm
from smartstart.web.visit import VisitorRequest

TOO_OFTEN: Final = _("Too many tries. Wait a quarter of an hour, then try again.")


@contextmanager
def brake_on_codes(request: VisitorRequest) -> Iterator[None]:
    """Let a wrong code be tried while there is a place left; a right one opens always.

    A code has 79 bits and is not guessed: the brake is on trying, not on coming in. One pupil who
    guesses shuts out nobody else behind the same address. Raises TryLater.
    """
    try:
        yield
    except CodeDoesNotOpen:
        if not brake.take_places(request.META.get("REMOTE_ADDR", ""), now=request.now):
            raise TryLater from None
        raise


def try_to_open(request: VisitorRequest, form: OpenForm) -> bool:
    """Open what the code opens; else put one sentence on the form."""
    try:
        with brake_on_codes(request):
            ref = operations_asking.open_by_code(form.cleaned_data["code"], at=request.now)
    except TryLater:
        form.add_error(None, str(TOO_OFTEN))
        return False
    except CodeDoesNotOpen as refusal:
        form.add_error(None, str(refusal))
        return False
    session.begin(request, ref, now=request.now)
    return True
