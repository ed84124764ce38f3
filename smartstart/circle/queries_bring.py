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
from smartstart.circle.queries_homes import by_home


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part as somebody chooses it; of a child in two homes the name says which."""

    ref: UUID
    called: str


def has_where_to_bring(actor: Actor, *, at: datetime) -> bool:
    """Whether this actor reads any part of a running circle. One query; nothing is looked at."""
    return _running(actor, on=day_of(at)).exists()


def parts_read(reading: Reading) -> list[PartRead]:
    """Return the parts of running circles that this reader reads; a name is a glance."""
    seen = _running(reading.actor, on=day_of(reading.at)).select_related("folder")
    rows = list(seen.order_by("id"))
    glanced = reading.texts(rows, "called", deed=Deed.GLANCED)
    names = by_home(reading.actor, rows, glanced, on=day_of(reading.at))
    return [PartRead(row.ref, name) for row, name in zip(rows, names, strict=True)]


def _running(actor: Actor, *, on: date) -> QuerySet[Part]:
    seen = Part.objects.visible_to(actor, on=on)
    return seen.filter(Q(circle=None) | Q(circle__closed_on=None))
