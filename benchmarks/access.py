"""The ledger: one line, twenty writers on one chain, looking at all of it, and one decision.

Promises: a line p50 at most 0.5 ms on SQLite and 1 ms on PostgreSQL; one chain with 20 writers at
least 1,000 lines/s, p99 at most 150 ms, none over 5 s, nothing lost, no errors; verify at least
100,000 lines/s. Floors: one bare row committed by the same store; twenty writers of bare rows;
hashing the same bytes twice.

Lines per second are judged as target x (floor now / floor on a quiet machine), never above the
target, and the time of a line likewise: where the bare store is slower, so may the ledger be.
Waiting times of twenty writers are judged as promised, whatever the machine does besides.

Before each round SQLite's log is moved into the file, as the tasks part does every few seconds: in
a running house the log begins anew again and again, and is not made longer with every line.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

from django.db import connection

from benchmarks import writer
from benchmarks.figure import Figure, seconds, side_by_side
from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, Entry, append, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.access.verify import verify
from smartstart.base.clock import day_of
from smartstart.jobs.wal import checkpoint
from smartstart.programme.models import Pilot

SOMEBODY: Final = Actor(role=Role.RESEARCHER, account=uuid4(), hat=uuid4(), within=uuid4())
APPEND_MS: Final = {"sqlite": 0.5, "postgresql": 1.0}
DECIDE_MS: Final = {"sqlite": 5.0, "postgresql": 5.0}
# Bare commits of one row a second, as floors.md found them on a quiet machine.
COMMITS: Final = {"sqlite": 6_000.0, "postgresql": 8_200.0}
WRITERS, SECONDS = 20, 3.0
FORK: Final = multiprocessing.get_context("fork")
LINES_A_SECOND, P99_MS, MOST_MS = 1_000.0, 150.0, 5_000.0
VERIFIED_A_SECOND, MANY = 100_000.0, 100_000


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure in the database that is in use."""
    _bare_table()
    yield from _twenty_writers(at)
    yield _one_line(at)
    yield _decision(at)
    yield _look_at_all(at)


def _bare_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id integer, words varchar(800))")


def bare() -> None:
    """Commit one bare row of the size of a line."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare VALUES (1, %s)", ["x" * 600])


def _one_line(at: datetime) -> Figure:
    folder = open_folder(FolderKind.VOICE, at=at)
    rounds = []
    for _ in range(3):
        _move_the_log()
        rounds.append(
            side_by_side(
                lambda: note(SOMEBODY, Deed.READ, folders=[folder.pk], at=at),
                bare,
                times=400,
                rounds=1,
            )
        )
    value, floor = (statistics.median(found) for found in zip(*rounds, strict=True))
    return Figure("append one line, p50", 1, value, APPEND_MS[connection.vendor], floor)


def _move_the_log() -> None:
    if connection.vendor == "sqlite":
        checkpoint()


def _decision(at: datetime) -> Figure:
    day = day_of(at)
    value, floor = side_by_side(
        lambda: Pilot.objects.visible_to(SOMEBODY, on=day).filter(pk=1).exists(),
        _bare_look,
        times=300,
    )
    return Figure("one guarded decision, p50", 1, value, DECIDE_MS[connection.vendor], floor)


def _bare_look() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM programme_pilot WHERE id = 1")
        cursor.fetchone()


@dataclass(frozen=True, slots=True)
class Race:
    """What twenty processes did: how many, how long each took (ms), and what went wrong."""

    done: int
    a_second: float
    p99: float
    longest: float
    errors: int


def _race(what: str, folder: int) -> Race:
    with TemporaryDirectory() as place:
        outs = [Path(place) / f"{number}.json" for number in range(WRITERS)]
        go = Path(place) / "go"
        connection.close()
        writers = [FORK.Process(target=writer.main, args=(what, folder, out, go)) for out in outs]
        for one in writers:
            one.start()
        for one in writers:
            one.join(300)
        said: list[dict[str, Any]] = [json.loads(out.read_text()) for out in outs]
    times = sorted(time for one in said for time in one["times"])
    return Race(
        done=len(times),
        a_second=len(times) / SECONDS,
        p99=times[int(len(times) * 0.99)] * 1000,
        longest=times[-1] * 1000,
        errors=sum(one["errors"] for one in said),
    )


def _twenty_writers(at: datetime) -> Iterator[Figure]:
    """Three rounds, each beside its floor; the middle one by lines a second counts."""
    rounds = []
    lost = errors = 0
    for _ in range(3):
        folder = open_folder(FolderKind.VOICE, at=at)
        _move_the_log()
        floor = _race("bare", folder.pk)
        _move_the_log()
        race = _race("lines", folder.pk)
        height = Folder.objects.get(pk=folder.pk).height
        lost += abs(race.done - height) + abs(height - Line.objects.filter(folder=folder).count())
        errors += race.errors
        rounds.append((race, floor))
    race, floor = sorted(rounds, key=lambda pair: pair[0].a_second)[1]
    target = LINES_A_SECOND * min(1.0, floor.a_second / COMMITS[connection.vendor])
    yield Figure(
        "one chain, 20 writers",
        WRITERS,
        race.a_second,
        target,
        floor.a_second,
        "lines/s",
        more_is_better=True,
    )
    yield Figure("one chain, 20 writers, p99", WRITERS, race.p99, P99_MS, floor.p99)
    yield Figure("one chain, 20 writers, longest", WRITERS, race.longest, MOST_MS, floor.longest)
    yield Figure("one chain, 20 writers, lost", WRITERS, lost, 0, 0, "lines")
    yield Figure("one chain, 20 writers, errors", WRITERS, errors, 0, 0, "errors")


def _look_at_all(at: datetime) -> Figure:
    folders = [open_folder(FolderKind.VOICE, at=at).pk for _ in range(20)]
    entries = [(folders[i % 20], Entry(Deed.READ, on=(uuid4(),))) for i in range(500)]
    while Line.objects.count() < MANY:
        append(SOMEBODY, entries, at=at)
    rates = []
    for _ in range(3):
        took, report = _timed_verify()
        assert report.is_whole, report.faults[:3]
        rates.append(report.lines / took)
    body = bytes(Line.objects.first().body)  # type: ignore[union-attr]
    floor = 20_000 / seconds(lambda: [_hash_twice(body) for _ in range(20_000)])
    value = statistics.median(rates)
    return Figure("verify", MANY, value, VERIFIED_A_SECOND, floor, "lines/s", more_is_better=True)


def _timed_verify() -> tuple[float, Any]:
    found: list[Any] = []
    took = seconds(lambda: found.append(verify(key=None)))
    return took, found[0]


def _hash_twice(body: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(body).digest()).digest()
