"""Thread: taking back one voice that 10,000 knots rest on.

Promise: below 2 s, one recursive query, on either database. Floor: one UPDATE of as many rows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from benchmarks.voices import Measured, researcher
from smartstart.programme.models import Pilot
from smartstart.thread import operations
from smartstart.thread.kinds import RANK, Kind, State
from smartstart.thread.models import Knot, Tie

KNOTS: Final = 10_000
WITHDRAW_MS: Final = 2_000.0
RISING: Final = (Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT, Kind.PROTOTYPE)


def fill(pilot: Pilot, *, many: int, at: datetime) -> Knot:
    """Make one voice and so many knots that rest on it, in five layers, each on two below."""
    with transaction.atomic():
        voice = operations.new_knot(pilot, Kind.EXCERPT, at=at, source=pilot.ref)
    below, layer = [voice], many // len(RISING)
    for kind in RISING:
        above = Knot.objects.bulk_create(
            Knot(pilot=pilot, kind=kind.value, rank=RANK[kind], made_at=at, changed_at=at)
            for _ in range(layer)
        )
        Tie.objects.bulk_create(
            Tie(
                lower=low,
                upper=up,
                lower_rank=low.rank,
                upper_rank=up.rank,
                made_at=at,
            )
            for place, up in enumerate(above)
            for low in {below[place % len(below)], below[(place + 1) % len(below)]}
        )
        below = above
    return voice


def measure(*, at: datetime) -> Iterator[Measured]:
    """Take it back once, in the database that is in use."""
    pilot, _ = researcher(at=at)
    voice = fill(pilot, many=KNOTS, at=at)
    begun = time.perf_counter()
    with transaction.atomic():
        Knot.objects.filter(pilot=pilot).update(changed_at=F("changed_at"))
    floor = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    with transaction.atomic():
        fallen = operations.withdraw_knots([voice.pk], at=at)
    value = (time.perf_counter() - begun) * 1000
    assert fallen.weakened == KNOTS
    assert not Knot.objects.filter(pilot=pilot, state=State.STANDING.value).exists()
    yield Measured("take back a voice", KNOTS, value, WITHDRAW_MS, floor)
