"""Who heard what was done with their words, and for whom there is news."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from smartstart.thread.kinds import RANK, Kind, State
from smartstart.thread.models import HeardBack, Knot, Tie

_SOURCE_RANK = RANK[Kind.EXCERPT]


@dataclass(frozen=True, slots=True)
class HeardCount:
    """How many people told something in a pilot, and how many of them heard back."""

    people: int
    heard: int

    @property
    def waiting(self) -> int:
        """How many did not hear yet."""
        return self.people - self.heard


def led_to(pilot_id: int) -> dict[UUID, frozenset[UUID]]:
    """Return per voice what came of it: references of the knots above, those withdrawn left out.

    Two queries, however many voices; a voice of which nothing came is not in it.
    """
    knots = {knot.pk: knot for knot in Knot.objects.filter(pilot_id=pilot_id)}
    upper: dict[int, list[int]] = {}
    ties = Tie.objects.filter(upper__pilot_id=pilot_id)
    for low, up in ties.values_list("lower_id", "upper_id"):
        upper.setdefault(low, []).append(up)
    sources: dict[int, frozenset[UUID]] = {}
    found: dict[UUID, set[UUID]] = {}
    for knot in sorted(knots.values(), key=lambda knot: knot.rank):
        if knot.source is not None and knot.rank == _SOURCE_RANK:
            sources[knot.pk] = sources.get(knot.pk, frozenset()) | {knot.source}
        for voice in sources.get(knot.pk, ()):
            if knot.rank > _SOURCE_RANK and knot.state != State.WITHDRAWN:
                found.setdefault(voice, set()).add(knot.ref)
        for up in upper.get(knot.pk, ()):
            sources[up] = sources.get(up, frozenset()) | sources.get(knot.pk, frozenset())
    return {voice: frozenset(refs) for voice, refs in found.items()}


def news_in(pilot_id: int) -> dict[UUID, frozenset[UUID]]:
    """Return per voice what came of it and was not heard yet; only who has such news. 3 queries."""
    told: dict[UUID, set[UUID]] = {}
    for row in HeardBack.objects.filter(pilot_id=pilot_id):
        told.setdefault(row.source, set()).update(map(UUID, row.steps))
    fresh = {voice: refs - told.get(voice, set()) for voice, refs in led_to(pilot_id).items()}
    return {voice: refs for voice, refs in fresh.items() if refs}


def heard_of(pilot_id: int, people: Collection[UUID]) -> HeardCount:
    """Return how many of these people heard back at least once. One query."""
    rows = HeardBack.objects.filter(pilot_id=pilot_id, source__in=people)
    return HeardCount(len(people), rows.values("source").distinct().count())


def last_heard(pilot_id: int) -> Mapping[UUID, HeardBack]:
    """Return per voice when and how it last heard. One query."""
    rows = HeardBack.objects.filter(pilot_id=pilot_id).order_by("heard_at", "id")
    return {row.source: row for row in rows}
