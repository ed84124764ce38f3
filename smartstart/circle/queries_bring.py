"""Where somebody can bring a question without a name: the parts they read, by name."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.models import Part


def parts_read(reading: Reading) -> list[tuple[UUID, str]]:
    """Return the parts of running circles that this reader reads; a name is a glance. One query."""
    seen = Part.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related("folder")
    rows = list(seen.filter(Q(circle=None) | Q(circle__closed_on=None)).order_by("id"))
    names = reading.texts(rows, "called", deed=Deed.GLANCED)
    return [(row.ref, name) for row, name in zip(rows, names, strict=True)]
