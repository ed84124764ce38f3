"""How long a held question waits and who takes over: the same for who asks and who holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartstart.holding.called import Called
from smartstart.holding.models import Climbing
from smartstart.holding.promises import Meter, Then, meter
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a question waits; ``then`` is who takes over at ``meter.then_at``."""

    meter: Meter
    then: str

    @property
    def then_at(self) -> datetime | None:
        """When that is."""
        return self.meter.then_at


def covers_of(rows: Iterable[Climbing]) -> dict[UUID, str]:
    """Return who covers the function that holds each question, by name. One query."""
    positions = Position.objects.filter(ref__in={row.holder for row in rows}, cover__isnull=False)
    return dict(positions.values_list("ref", "cover__shown_as"))


def waiting_of(
    row: Climbing, people: Mapping[UUID, Called], covers: Mapping[UUID, str], *, at: datetime
) -> Waiting:
    """Return how long one question waits; ``people`` holds at least its coordinator."""
    found = meter(
        row.times,
        asked_at=row.asked_at,
        at=at,
        has_cover=row.holder in covers,
        is_coordinators=row.holder == row.coordinator,
    )
    coordinator = people[row.coordinator].name if row.coordinator in people else ""
    then = {Then.COVER: covers.get(row.holder, ""), Then.COORDINATOR: coordinator, None: ""}
    return Waiting(found, then[found.then])
