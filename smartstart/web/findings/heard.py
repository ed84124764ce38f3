"""How many people heard back what was done with their words: for the pilot's own page, and all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartstart.design.mirror_rules import LEAST_SHOWN
from smartstart.thread.queries_heard import HeardCount
from smartstart.voices.queries_telling import heard_in


@dataclass(frozen=True, slots=True)
class HeardBack:
    """How many told something and how many of them heard; ``heard`` None when it is a few only."""

    people: int
    heard: int | None

    @property
    def least(self) -> int:
        """Under how many no number is shown."""
        return LEAST_SHOWN


def counted(pilot_id: int, *, on: date) -> HeardCount:
    """Return the whole count, for the team."""
    return heard_in(pilot_id, on=on)


def for_all(found: HeardCount) -> HeardBack | None:
    """Return what everybody may read; None while too few people told something."""
    if found.people < LEAST_SHOWN:
        return None
    is_few = 0 < found.heard < LEAST_SHOWN
    return HeardBack(found.people, None if is_few else found.heard)
