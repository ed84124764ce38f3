"""Where somebody can bring a question without a name: the parts they read, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.models import Part


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part as somebody chooses it; ``is_shared``: what both homes of a child read."""

    ref: UUID
    called: str
    is_shared: bool


def has_where_to_bring(actor: Actor, *, at: datetime) -> bool:
    """Whether this actor reads any part of a running circle. One query; nothing is looked at."""
    return _running(actor, on=day_of(at)).exists()


def parts_read(reading: Reading) -> list[PartRead]:
    """Return the parts of running circles that this reader reads; a name is a glance. One query."""
    seen = _running(reading.actor, on=day_of(reading.at)).select_related("folder")
    rows = list(seen.order_by("id"))
    names = reading.texts(rows, "called", deed=Deed.GLANCED)
    return [
        PartRead(row.ref, name, is_shared=row.circle_id is None)
        for row, name in zip(rows, names, strict=True)
    ]


def _running(actor: Actor, *, on: date) -> QuerySet[Part]:
    seen = Part.objects.visible_to(actor, on=on)
    return seen.filter(Q(circle=None) | Q(circle__closed_on=None))
