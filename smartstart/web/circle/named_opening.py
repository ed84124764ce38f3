"""Opening one's own request by the code of a letter: the brakes, and one sentence when it fails."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from smartstart.base.brake import EVERYONE, Brake, subscriber
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_mentions
from smartstart.circle.operations_mentions import Told
from smartstart.web.circle.rights_forms import LetterForm
from smartstart.web.visit import VisitorRequest

PER_ADDRESS: Final = Brake("request-address", 8)
OVERALL: Final = Brake("request-overall", 200)
TOO_OFTEN: Final = gettext_lazy("Too many tries. Wait a quarter of an hour, then try again.")
OPENS_NOTHING: Final = gettext_lazy("This code opens nothing. Look at your letter again.")


def opened(request: VisitorRequest, form: LetterForm) -> Told | None:
    """Return what the code opens; else put one sentence on the form. A good code opens always."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return operations_mentions.by_code(form.cleaned_data["code"], at=request.now)
    except NotFound:
        address = subscriber(request.META.get("REMOTE_ADDR", ""))
        free = PER_ADDRESS.take(address, now=request.now) and OVERALL.take(
            EVERYONE, now=request.now
        )
        form.add_error(None, str(OPENS_NOTHING if free else TOO_OFTEN))
        return None
