"""What one said about being heard, month by month: for oneself only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.home import me
from smartstart.circle.models import Heard
from smartstart.circle.states import HowHeard


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One month; ``answer`` as it is said, "" when rather not."""

    month: date
    answer: str


def heard_of(reading: Reading) -> list[HeardLine]:
    """Return what the reader said, the newest first, two years at most. One query."""
    rows = Heard.objects.visible_to(reading.actor, on=day_of(reading.at)).filter(
        by=me(reading.actor)
    )
    found = rows.select_related("folder").order_by("-month")[:24]
    return [HeardLine(row.month, _words(reading.text(row, "answer"))) for row in found]


def _words(answer: str) -> str:
    return str(HowHeard(answer).label) if answer else ""
