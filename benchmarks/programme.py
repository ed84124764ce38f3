"""Public pages with 10 and with 1,000 pilots: how long, how many queries, and whether it is flat.

Promise: at most 6 queries and p95 below 25 ms on either database, however many pilots there are.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartstart.access.chain import beginning
from smartstart.access.models import Folder, FolderKind
from smartstart.base.clock import day_of
from smartstart.base.keyring import keyring
from smartstart.people.models import Account
from smartstart.programme import rules
from smartstart.programme.choices import Side, State, VindplaatsKind
from smartstart.programme.models import (
    DataRequest,
    Decision,
    EvidenceMark,
    Lesson,
    Municipality,
    Pilot,
    PilotFigure,
    QuestionVersion,
    Region,
    StandChange,
    TookPart,
    Vindplaats,
)

SIZES: Final = (10, 1_000)
MOST_QUERIES: Final = 6
P95_MS: Final = 25.0
TIMES: Final = 60
PAGES: Final = {
    "home": "/home/",
    "overview": "/pilots/",
    "overview, last page": "/pilots/?page=42",
    "overview, filtered": "/pilots/?stand=trying",
    "one pilot": "/pilots/pilot-3/",
    "lessons": "/lessons/",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One page at one size: milliseconds at the 50th and 95th of a hundred, and queries."""

    name: str
    size: int
    p50: float
    p95: float
    queries: int
    not_changed_p95: float


def fill(many: int, *, at: datetime) -> None:
    """Add public pilots until there are so many, each with a history, figures and a lesson."""
    office, _ = Account.objects.get_or_create(username="office", defaults={"shown_as": "Office"})
    region, _ = Region.objects.get_or_create(
        slug="bench", defaults={"name": "Bench", "office": office}
    )
    town, _ = Municipality.objects.get_or_create(
        code="GM9999", defaults={"name": "Bench", "region": region}
    )
    for number in range(Pilot.objects.filter(region=region).count(), many):
        _pilot(number, region, town, office, at=at)


def _pilot(number: int, region: Region, town: Municipality, by: Account, *, at: datetime) -> None:
    folder = Folder(kind=FolderKind.PILOT, opened_at=at)
    folder.head = beginning(folder.ref)
    folder.save()
    keyring().create(folder.ref)
    today, halves = day_of(at), number % (rules.HIGHEST + 1)
    kinds = VindplaatsKind.values
    pilot = Pilot.objects.create(
        ref=folder.ref,
        folder=folder,
        region=region,
        vindplaats=Vindplaats.objects.create(
            name=f"Place {number}", kind=kinds[number % len(kinds)], municipality=town
        ),
        slug=f"pilot-{number}",
        called=f"Pilot {number}",
        state=State.RUNNING,
        proposed_on=today - timedelta(days=number),
        started_on=today - timedelta(days=number),
        computed_halves=halves,
        is_public=True,
    )
    _history(pilot, halves, by, today)


def _history(pilot: Pilot, halves: int, by: Account, today: date) -> None:
    QuestionVersion.objects.bulk_create(
        QuestionVersion(
            pilot=pilot,
            number=number,
            text=f"Wat helpt een ouder eerder, voor de {number}e keer gevraagd?",
            since=today,
            changed_by="12 gesprekken" if number > 1 else "",
            is_current=number == 3,
        )
        for number in (1, 2, 3)
    )
    EvidenceMark.objects.bulk_create(
        EvidenceMark(pilot=pilot, item=item.slug, given_on=today, by=by, note="Met 3 ouders.")
        for item in rules.EVIDENCE
        if item.halves <= halves
    )
    StandChange.objects.bulk_create(
        StandChange(pilot=pilot, on=today, halves=step) for step in range(halves + 1)
    )
    PilotFigure.objects.bulk_create(
        PilotFigure(
            pilot=pilot,
            place=place,
            value="31%",
            words="van de gezinnen",
            low="28%",
            high="34%",
            source="CBS",
            year=2023,
        )
        for place in range(3)
    )
    TookPart.objects.bulk_create(
        TookPart(pilot=pilot, side=side, people=9, heard_back=4) for side in Side.values
    )
    DataRequest.objects.create(pilot=pilot, asked_of="bench", what="cijfers", asked_on=today)
    Decision.objects.create(
        pilot=pilot, what="Door?", holder=by, asked_on=today, due_on=today, is_public=True
    )
    Lesson.objects.create(pilot=pilot, text="Meet eerst.", halves=halves, learned_on=today)


def measure(*, at: datetime) -> Iterator[Measured]:
    """Measure each page at each size, in the database that is in use."""
    for size in SIZES:
        fill(size, at=at)
        for name, address in PAGES.items():
            yield _page(name, address, size)


def _page(name: str, address: str, size: int) -> Measured:
    visitor = Client()
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        tag = visitor.get(address)["ETag"]
    queries = len(asked)
    whole = [_timed(visitor, address) for _ in range(TIMES)]
    unchanged = [_timed(visitor, address, tag) for _ in range(TIMES)]
    return Measured(name, size, _at(whole, 50), _at(whole, 95), queries, _at(unchanged, 95))


def _timed(visitor: Client, address: str, tag: str = "") -> float:
    begun = time.perf_counter()
    answer = visitor.get(address, headers={"If-None-Match": tag} if tag else {})
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == (304 if tag else 200), answer.status_code
    return took


def _at(times: list[float], hundredth: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * hundredth // 100)]
