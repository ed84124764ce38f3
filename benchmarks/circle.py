"""The gate of the circle among a million grounds: one decision, and all circles of one actor.

Promises: "may this actor read this folder now" through Django's cursor p50 at most 60 us on SQLite
and 150 us on PostgreSQL; all 200 circles of one actor at most 2 ms. Floor: the smallest question
that Django's cursor can ask. ``SMARTSTART_BENCH_GROUNDS=20000`` makes a quick run of fewer.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from benchmarks.figure import Figure, side_by_side
from smartstart.access.actor import Actor
from smartstart.access.models import Folder, FolderKind
from smartstart.access.permissions import Role
from smartstart.base import guards
from smartstart.base.clock import day_of
from smartstart.circle import gate
from smartstart.circle.gate import stored
from smartstart.circle.guards import GUARDS
from smartstart.circle.models import Basis, Circle, Family, Ground
from smartstart.circle.rules import NO_END

GROUNDS: Final = int(os.environ.get("SMARTSTART_BENCH_GROUNDS", "1000000"))
ON_ONE_FOLDER: Final = 5
OF_ONE_RECEIVER: Final = 20
ORGANISATIONS: Final = 100
OWN_CIRCLES: Final = 200
AT_ONCE: Final = 20_000
DECIDE_US: Final = {"sqlite": 60.0, "postgresql": 150.0}
LIST_MS: Final = 2.0
BUSY: Final = UUID(int=1)  # who has a seat in 200 circles


@dataclass
class Filled:
    """What was laid down: who reads, and which folders they and others read."""

    at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    receivers: list[UUID] = field(default_factory=list)
    folders: list[int] = field(default_factory=list)
    pairs: list[tuple[UUID, int]] = field(default_factory=list)
    busy: UUID = BUSY

    def actor(self, receiver: UUID) -> Actor:
        """Return a professional whose function this is."""
        return Actor(role=Role.PROFESSIONAL, position=receiver, person=receiver, assurance=2)


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure in the database that is in use."""
    filled = _fill(at)
    yield _decision(filled, "may read, yes, p50", filled.pairs)
    strangers = [
        (filled.chance.choice(filled.receivers), filled.chance.choice(filled.folders))
        for _ in range(2_000)
    ]
    yield _decision(filled, "may read, no, p50", strangers)
    yield _list(filled)


def _decision(filled: Filled, name: str, pairs: Sequence[tuple[UUID, int]]) -> Figure:
    asked = [(filled.actor(who), folder) for who, folder in pairs]
    turn = iter(asked * (1 + 6_000 // len(asked)))

    def decide() -> None:
        actor, folder = next(turn)
        gate.may_read(actor, folder, at=filled.at)

    value, floor = side_by_side(decide, _smallest, times=1_500)
    target = DECIDE_US[connection.vendor]
    return Figure(name, GROUNDS, value * 1000, target, floor * 1000, "us")


def _smallest() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM circle_family WHERE id = %s", [1])
        cursor.fetchone()


def _list(filled: Filled) -> Figure:
    rows = Circle.objects.visible_to(filled.actor(filled.busy), on=day_of(filled.at))
    sql, values = rows.values_list("pk").query.sql_with_params()

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert len(cursor.fetchall()) == OWN_CIRCLES

    value, floor = side_by_side(ask, _smallest, times=200)
    return Figure("all circles of one actor", OWN_CIRCLES, value, LIST_MS, floor)


def _fill(at: datetime) -> Filled:
    """Lay down folders, circles and grounds, fast, and let the database count them."""
    filled = Filled(at=at)
    guards.remove(connection, GUARDS)  # a million rows that ask nobody
    with transaction.atomic():
        bases = _bases(at)
        filled.folders = _folders(filled, GROUNDS // ON_ONE_FOLDER + OWN_CIRCLES)
        family = Family.objects.create()
        _put("circle_circle", _CIRCLE, _circles(filled, family.pk))
        filled.receivers = [_ref(filled) for _ in range(GROUNDS // OF_ONE_RECEIVER)]
        _put("circle_ground", _GROUND, _grounds(filled, bases))
    guards.install(connection, GUARDS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Ground.objects.count() >= GROUNDS
    return filled


_CIRCLE: Final = (
    "ref",
    "folder_id",
    "family_id",
    "coordinator",
    "opened_by",
    "opened_at",
)
_GROUND: Final = (
    "ref",
    "folder_id",
    "receiver",
    "kind",
    "topic",
    "basis_id",
    "purpose",
    "from_day",
    "last_day",
    "state",
    "with_cover",
    "must",
    "made_at",
    "changed_at",
)
_FOLDER: Final = (
    "ref",
    "kind",
    "rules_version",
    "height",
    "head",
    "signed_height",
    "opened_at",
)


def _ref(filled: Filled) -> UUID:
    return UUID(int=filled.chance.getrandbits(128), version=4)


def _bases(at: datetime) -> list[int]:
    since = day_of(at) - timedelta(days=300)
    told = {"regime": "youth_care", "article": "Jeugdwet 7.3.11", "agreement": "2026"}
    return [
        Basis.objects.create(organisation=UUID(int=number), from_day=since, **told).pk
        for number in range(ORGANISATIONS)
    ]


def _folders(filled: Filled, many: int) -> list[int]:
    last = Folder.objects.aggregate(last=Max("pk"))["last"] or 0
    kind, at = FolderKind.HOUSEHOLD.value, stored(filled.at)
    rows = ((stored(_ref(filled)), kind, 1, 0, b"", 0, at) for _ in range(many))
    _put("access_folder", _FOLDER, rows)
    return list(Folder.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))


def _circles(filled: Filled, family: int) -> Iterator[tuple[Any, ...]]:
    """One circle on every fifth folder, and on each of the busy actor's."""
    at = stored(filled.at)
    own = len(filled.folders) - OWN_CIRCLES
    for place, folder in enumerate(filled.folders):
        if place % 5 == 0 or place >= own:
            who = stored(_ref(filled))
            yield (stored(_ref(filled)), folder, family, who, who, at)


def _grounds(filled: Filled, bases: list[int]) -> Iterator[tuple[Any, ...]]:
    """Five grounds on each folder, one in ten taken back or over; 200 of the busy actor."""
    chance, today = filled.chance, day_of(filled.at)
    own = len(filled.folders) - OWN_CIRCLES
    for folder in filled.folders[:own]:
        for receiver in chance.sample(filled.receivers, ON_ONE_FOLDER):
            state, last_day = _fate(chance, today)
            if state == "granted" and last_day >= today and len(filled.pairs) < 2_000:
                filled.pairs.append((receiver, folder))
            yield _ground(filled, folder, receiver, chance.choice(bases), state, last_day)
    for folder in filled.folders[own:]:
        yield _ground(filled, folder, filled.busy, bases[0], "granted", NO_END)


def _fate(chance: random.Random, today: date) -> tuple[str, date]:
    state = "withdrawn" if chance.random() < 0.1 else "granted"
    return state, today + timedelta(days=chance.randint(-40, 400))


def _ground(
    filled: Filled, folder: int, receiver: UUID, basis: int, state: str, last_day: date
) -> tuple[Any, ...]:
    at, first = stored(filled.at), day_of(filled.at) - timedelta(days=60)
    days = (stored(first), stored(last_day))
    ref, who = stored(_ref(filled)), stored(receiver)
    return (ref, folder, who, "seat", "", basis, "help", *days, state, False, False, at, at)


def _put(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Put many rows in a table, as fast as the store takes them."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        found = iter(rows)
        while batch := list(islice(found, AT_ONCE)):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)  # noqa: S608
