"""Whoever writes a secret address down is told so before it is kept, on each form of a home."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from smartstart.circle.queries_address import gives_away
from smartstart.circle.scene import scene
from smartstart.web.once import OnceForm
from smartstart.web.visit import VisitorRequest

TOLD: Final = "address_told"


def is_told_first(request: VisitorRequest, ref: UUID, form: OnceForm) -> bool:
    """Whether a filled in form goes back once, because its words hold the address of this home.

    The form then says so, and carries that it did: sent again as it stands it is kept. Only who
    may read the address is told. Raises NotFound for whose circle it is not.
    """
    if request.POST.get(TOLD):
        return False
    texts = [told for told in form.cleaned_data.values() if isinstance(told, str)]
    if not gives_away(scene(request.reading, ref), *texts):
        return False
    form.is_told_of_address = True
    form.add_error(
        None, _("Your secret address is in these words. Change it, or send it once more like this.")
    )
    return True
