"""The public pages of a pilot with a thread: how long, how many queries, and not changed.

Promise: at most 6 queries and p95 below 25 ms with a thread of 40 knots. The floor is an answer of
the same server without a store: "not changed" asked of an address that nobody has.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figure import Figure
from benchmarks.programme import fill
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import RANK, Kind
from smartstart.thread.models import Audience, Knot, PublishedWords, Thread, Tie

SIZES: Final = (10, 40)
MOST_QUERIES: Final = 6
P95_MS: Final = 25.0
TIMES: Final = 60
CHAIN: Final = (Kind.NOTE, Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT)
SAID: Final = "Ik vertelde het vijf keer, aan vijf mensen, en elke keer keek iemand weg."


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure both pages at each size, with their queries, and the answer "not changed"."""
    fill(10, at=at)
    pilot = Pilot.objects.get(slug="pilot-3")
    floor = _p95(lambda: Client(SERVER_NAME="localhost").get("/nobody-has-this/"))
    for size in SIZES:
        concept = _grow(pilot, size, at=at)
        pages = {
            "pilot with a thread": "/pilots/pilot-3/",
            "solution": f"/pilots/pilot-3/solutions/{concept.pk}/",
        }
        for name, page in pages.items():
            yield Figure(f"{name}, p95", size, _p95(partial(_get, page)), P95_MS, floor)
            yield Figure(f"{name}, queries", size, _queries(page), MOST_QUERIES, 1, unit="queries")
            tag = _get(page).headers["ETag"]
            again = _p95(partial(_get_again, page, tag))
            yield Figure(f"{name}, not changed, p95", size, again, P95_MS, floor)


def _get(page: str):  # type: ignore[no-untyped-def] # the client's own answer
    answer = Client(SERVER_NAME="localhost").get(page)
    assert answer.status_code == 200, page
    return answer


def _get_again(page: str, tag: str) -> object:
    return Client(SERVER_NAME="localhost").get(page, headers={"If-None-Match": tag})


def _p95(ask: Callable[[], object]) -> float:
    ask()
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def _queries(page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        _get(page)
    return len(asked)


def _grow(pilot: Pilot, size: int, *, at: datetime) -> Knot:
    """Let the thread of a pilot grow to so many published knots, in chains; return a concept."""
    there = Knot.objects.filter(pilot=pilot).count()
    Thread.objects.get_or_create(pilot=pilot)
    for _ in range(there, size, len(CHAIN)):
        knots = [
            Knot.objects.create(
                pilot=pilot,
                kind=kind.value,
                rank=RANK[kind],
                audience=Audience.PUBLIC,
                made_at=at,
                changed_at=at,
            )
            for kind in CHAIN
        ]
        for knot in knots:
            PublishedWords.objects.create(
                knot=knot,
                title="" if knot is knots[0] else "Ouders vertellen hun verhaal te vaak.",
                words=SAID,
                by="moeder, 34 jaar" if knot is knots[0] else "",
                published_at=at,
            )
        for low, up in pairwise(knots):
            Tie.objects.create(
                lower=low, upper=up, lower_rank=low.rank, upper_rank=up.rank, made_at=at
            )
    return Knot.objects.filter(pilot=pilot, kind=Kind.CONCEPT.value).earliest("id")
