"""The stand of one pilot as its rows say it."""

from __future__ import annotations

from datetime import date

from smartstart.programme import rules
from smartstart.programme.models import Deviation, EvidenceMark, Pilot


def marks_given(pilot: Pilot) -> set[str]:
    """Return the slugs of the evidence that stands now. One query."""
    standing = EvidenceMark.objects.filter(pilot=pilot, taken_back_on=None)
    return set(standing.values_list("item", flat=True))


def explained(deviation: Deviation) -> rules.Explained:
    """Return a deviation as the rules see it."""
    return rules.Explained(
        halves=deviation.halves,
        from_day=deviation.from_day,
        until=deviation.until,
        ended_on=deviation.ended_on,
        reason=deviation.reason,
    )


def halves_shown(pilot: Pilot, *, on: date) -> int:
    """Return the stand that is shown on a day, in half steps. One query."""
    deviations = Deviation.objects.filter(pilot=pilot, ended_on=None)
    return rules.shown_halves(pilot.computed_halves, [explained(one) for one in deviations], on=on)
