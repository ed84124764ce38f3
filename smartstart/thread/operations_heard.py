"""That somebody heard what was done with their words. For rooms that own voices, in their line.

The room that tells it writes the line in the ledger; here only that it was heard, and how far.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from smartstart.thread.models import HeardBack, HowHeard, Thread
from smartstart.thread.queries_heard import led_to


def heard(
    pilot_id: int, source: UUID, how: HowHeard, *, at: datetime, told_by: UUID | None = None
) -> HeardBack | None:
    """Keep that somebody heard what came of their words so far; None while nothing came of them.

    Hearing the same again adds nothing. The version of the thread grows: public pages count it.
    """
    steps = led_to(pilot_id).get(source, frozenset())
    known = HeardBack.objects.filter(source=source)
    if not steps or steps <= {ref for row in known for ref in map(UUID, row.steps)}:
        return known.first() if steps else None
    row = HeardBack.objects.create(
        pilot_id=pilot_id,
        source=source,
        how=how.value,
        steps=sorted(ref.hex for ref in steps),
        heard_at=at,
        told_by=told_by,
    )
    Thread.objects.filter(pilot_id=pilot_id).update(version=F("version") + 1)
    return row


def forget(source: UUID) -> None:
    """Forget that somebody heard: their words were taken back, they count no longer."""
    HeardBack.objects.filter(source=source).delete()
