"""Who looks after questions where, and which functions and places there are: for the server."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from smartstart.consult.models import Team
from smartstart.people.models import Position
from smartstart.programme.models import Vindplaats


@dataclass(frozen=True, slots=True)
class Function:
    """A function that somebody occupies."""

    ref: UUID
    called: str
    organisation: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Who looks after questions at a place; "": wherever no other team does."""

    place: str
    called: str


def functions() -> list[Function]:
    """Return every function that somebody occupies, by organisation. One query."""
    rows = Position.objects.filter(occupant__isnull=False).select_related("organisation")
    ordered = rows.order_by("organisation__name", "called", "id")
    return [Function(row.ref, row.called, row.organisation.name) for row in ordered]


def places() -> list[tuple[int, str]]:
    """Return every place with its number, by name. One query."""
    return list(Vindplaats.objects.order_by("name").values_list("id", "name"))


def teams() -> list[TeamLine]:
    """Return who looks after questions. One query."""
    rows = Team.objects.select_related("place", "coordinator").order_by("id")
    return [TeamLine(row.place.name if row.place else "", row.coordinator.called) for row in rows]
