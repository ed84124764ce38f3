"""The end of a text: its moment has come, its key is destroyed, and its rows are gone.

What stays is the folder with its lines, which name functions and still verify, and a tally that
nothing joins to it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import VISITOR
from smartstart.access.operations import erase_folder
from smartstart.consult.models import Exchange, Remark, Turn
from smartstart.consult.steps import count


def due_at(at: datetime) -> list[UUID]:
    """Return the exchanges of which the moment has come, oldest first."""
    return list(
        Exchange.objects.filter(erase_at__lte=at).order_by("erase_at").values_list("ref", flat=True)
    )


@transaction.atomic
def erase(ref: UUID, *, at: datetime) -> bool:
    """Destroy one exchange when its moment has come; False when it has not, or it is gone."""
    rows = Exchange.objects.select_for_update().filter(ref=ref, erase_at__lte=at)
    found = rows.first()
    if found is None:
        return False
    exchange = Exchange.objects.select_related("folder").get(pk=found.pk)
    if exchange.answered_at is None and exchange.closed_at is None:
        count(exchange, expired=True)
    Remark.objects.filter(exchange=exchange).delete()
    Turn.objects.filter(exchange=exchange).delete()
    exchange.delete()
    erase_folder(VISITOR, exchange.folder, at=at)
    return True
