"""Public pages with 10 and with 1,000 pilots: how long, how many queries, and whether it is flat.

Promise: at most 6 queries and p95 below 25 ms on either database, however many pilots there are.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figure import Figure
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
FLAT: Final = 2.5  # 24 cards on a page against 10
TIMES: Final = 60
PAGES: Final = {
    "home": "/home/",
    "overview": "/pilots/",
    "overview, last page": "/pilots/?page=42",
    "overview, filtered": "/pilots/?stand=trying",
    "one pilot": "/pilots/pilot-3/",
    "lessons": "/lessons/",
}


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


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure each page at each size, in the store in use; floor: an address nobody has."""
    middle: dict[str, list[float]] = {name: [] for name in PAGES}
    for size in SIZES:
        fill(size, at=at)
        floor = _at(_times("/nobody-has-this/", status=404), 95)
        for name, address in PAGES.items():
            whole, unchanged = _times(address), _times(address, status=304)
            middle[name].append(_at(whole, 50))
            yield Figure(f"{name}, p95", size, _at(whole, 95), P95_MS, floor)
            yield Figure(f"{name}, not changed, p95", size, _at(unchanged, 95), P95_MS, floor)
            yield Figure(
                f"{name}, queries", size, _queries(address), MOST_QUERIES, 1, unit="queries"
            )
    for name, (few, many) in middle.items():
        yield Figure(f"{name}, 1,000 against 10", SIZES[-1], many / few, FLAT, 1, unit="times")


def _queries(address: str) -> int:
    visitor = Client(SERVER_NAME="localhost")
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(address)
        return len(asked)


def _times(address: str, *, status: int = 200) -> list[float]:
    """Return how long one visitor waits each time; 304: who has the page already."""
    visitor = Client(SERVER_NAME="localhost")
    visitor.get(address)
    first = visitor.get(address)
    headers = {"If-None-Match": first["ETag"]} if status == 304 else {}
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = visitor.get(address, headers=headers)
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == status, (address, answer.status_code)
    return times


def _at(times: list[float], hundredth: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * hundredth // 100)]
