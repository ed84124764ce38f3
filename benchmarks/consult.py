"""Questions without a name by the million, and a hundred who claim one of them at once.

Promises, on both engines: the desk of a function among a million questions p95 below 50 ms and at
most 8 queries, also of who looks after two thousand of them; of a hundred parallel claims of one
question exactly one wins, the others hear who, and nothing else fails. Floor: the smallest question
that Django's cursor can ask. ``SMARTSTART_BENCH_QUESTIONS`` (1,000,000) and
``SMARTSTART_BENCH_ROUNDS`` (50) are the sizes.

One question in ten is open, twenty for each function: the others are closed and wait for their end.
Only the desks that are measured have keys on the disk; the other rows are copies of the first one,
with references, people and moments of their own and words that nobody can read.
"""

from __future__ import annotations

import os
import random
import statistics
import threading
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from benchmarks.circle_fill import Filler, _account, _count_on, _hat
from benchmarks.figure import Figure, seconds
from smartstart.access.actor import Actor
from smartstart.access.models import Folder
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.consult import operations_asking as asking
from smartstart.consult import operations_passing as passing
from smartstart.consult import queries
from smartstart.consult.models import Exchange, Offer
from smartstart.consult.states import AskerKind
from smartstart.consult.steps import Taken
from smartstart.holding.predicates import stored
from smartstart.people.models import Domain, Organisation, Position

QUESTIONS: Final = int(os.environ.get("SMARTSTART_BENCH_QUESTIONS", "1000000"))
ROUNDS: Final = int(os.environ.get("SMARTSTART_BENCH_ROUNDS", "50"))
CLAIMS, AT_ONCE = 100, 10
OPEN, OF_ONE = 20, 200  # questions of one function: that wait, and all
OF_ONE_COORDINATOR: Final = 100  # functions
DESKS: Final = 100  # that are measured
PAGES: Final = 400
DESK_MS, QUERIES = 50.0, 8
ROWS_AT_ONCE: Final = 20_000
WORDS: Final = "Een kind in mijn groep kruipt onder de tafel bij harde geluiden. Wat kan ik doen?"


def measure(*, at: datetime) -> Iterator[Figure]:
    """Measure in the database that is in use."""
    filler = Filler(at, random.Random("consult"))  # other references than those of the circle
    functions, coordinators = _fill(filler)
    desks = [_actor(one) for one in functions[: min(DESKS, QUESTIONS // OF_ONE)]]
    yield from _desks("desk of a function", desks, at, waits=OPEN)
    looks_after = [_actor(one) for one in coordinators[:DESKS]]
    yield from _desks("desk of who looks after them", looks_after, at, waits=0)
    yield from _claims(functions[-CLAIMS:], functions[0], coordinators[0], at)


def _actor(function: UUID) -> Actor:
    return Actor(
        role=Role.PROFESSIONAL, hat=function, position=function, person=function, assurance=2
    )


def _desks(name: str, actors: list[Actor], at: datetime, *, waits: int) -> Iterator[Figure]:
    """Open one desk after another, each as somebody comes in."""

    def desk(actor: Actor) -> None:
        assert len(queries.desk(Reading(actor, at=at), actor).waits) == waits

    with CaptureQueriesContext(connection) as asked:
        desk(actors[0])
    turns = [actors[turn % len(actors)] for turn in range(PAGES)]
    took = [seconds(partial(desk, actor)) * 1000 for actor in turns]
    floor = statistics.median(seconds(_smallest) * 1000 for _ in range(PAGES))
    p95 = statistics.quantiles(took, n=20)[-1]
    yield Figure(f"{name}, p95", QUESTIONS, p95, DESK_MS, floor)
    yield Figure(f"{name}, queries", QUESTIONS, len(asked), QUERIES, 1, "queries")


def _smallest() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM consult_exchange WHERE id = %s", [1])
        cursor.fetchone()


# A hundred claims ---------------------------------------------------------------------------------


def _claims(claimers: list[UUID], asker: UUID, coordinator: UUID, at: datetime) -> Iterator[Figure]:
    """Ask a question of a hundred functions and let them all say yes at once, again and again."""
    asking.name_team(coordinator, place=None)
    actors = [_actor(one) for one in claimers]
    not_one = failed = 0
    for number in range(ROUNDS):
        moment = at + timedelta(seconds=number)
        exchange = _asked(asker, claimers, moment)
        taken = _race(actors, exchange.ref, moment)
        failed += len(actors) - len(taken)
        exchange.refresh_from_db()
        heard = {one.exchange.holder for one in taken} == {exchange.holder}
        not_one += not heard or [one.won for one in taken].count(True) != 1
    yield Figure("100 claims: rounds without one winner", ROUNDS, not_one, 0, 0, "rounds")
    yield Figure("100 claims: claims that failed", ROUNDS * CLAIMS, failed, 0, 0, "claims")


def _asked(asker: UUID, claimers: list[UUID], at: datetime) -> Exchange:
    made = asking.ask(
        _actor(asker), words=WORDS, to=claimers[:1], kind=AskerKind.PROFESSIONAL, at=at
    )
    Offer.objects.bulk_create(
        Offer(exchange=made, position=one, ends_at=made.coordinator_from) for one in claimers[1:]
    )
    return made


def _race(actors: list[Actor], ref: UUID, at: datetime) -> list[Taken]:
    """Return what each claim heard; one that failed in another way is missing."""
    left = deque(partial(passing.pick_up, actor, ref, at=at) for actor in actors)
    taken: list[Taken] = []
    together = threading.Barrier(AT_ONCE)

    def go() -> None:
        connection.ensure_connection()
        together.wait()
        try:
            while left:
                try:
                    deed = left.popleft()
                except IndexError:
                    break
                taken.append(deed())
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


# What it is measured on ---------------------------------------------------------------------------


def _fill(filler: Filler) -> tuple[list[UUID], list[UUID]]:
    """Lay down functions and their questions, and let the database count them."""
    many = max(QUESTIONS // OF_ONE, CLAIMS + 1)
    FIRST.clear()
    with transaction.atomic():
        coordinators = _functions(filler, "coördinator", max(1, many // OF_ONE_COORDINATOR))
        functions = _functions(filler, "gedragscoach", many)
        for number, holder in enumerate(functions[: QUESTIONS // OF_ONE]):
            coordinator = coordinators[number % len(coordinators)]
            _questions(filler, holder, coordinator, is_read=number < DESKS)
            if number * OF_ONE % ROWS_AT_ONCE == 0:
                filler.lay_down()
        filler.lay_down()
        _count_on(filler)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return functions, coordinators


def _functions(filler: Filler, called: str, many: int) -> list[UUID]:
    """Each function has its human being and hat; fifty work at one place."""
    found = []
    for number in range(many):
        if number % 50 == 0:
            folder = filler.folder("organisation")
            told = {"name": f"{called} {number}", "domain": Domain.EDUCATION.value}
            place = filler.add(Organisation, folder_id=folder, **told)
        account = _account(filler, f"{called}-{number}", f"Werker {number}")
        found.append(filler.ref())
        there = {"organisation_id": place, "occupant_id": account, "called": called}
        position = filler.add(Position, ref=found[-1], phone="013 000 0100", **there)
        _hat(filler, account, "professional", organisation_id=place, position_id=position)
    filler.lay_down()
    return found


def _questions(filler: Filler, holder: UUID, coordinator: UUID, *, is_read: bool) -> None:
    """Twenty that wait and ten times as many in all, each in a folder of its own."""
    told, now = {"holder": stored(holder), "coordinator": stored(coordinator)}, stored(filler.at)
    for number in range(OF_ONE):
        is_open = number < OPEN
        if is_open and is_read:
            _question(filler, holder, coordinator, number)
            continue
        folder = _copied(filler, Folder, {})
        asked_at = stored(filler.at - timedelta(hours=1, minutes=number))
        own = {"asker": stored(filler.ref()), "folder_id": folder, "asked_at": asked_at}
        own |= {"state": "held"} if is_open else {"state": "closed", "closed_at": now}
        _copied(filler, Exchange, told | own)


def _question(filler: Filler, holder: UUID, coordinator: UUID, number: int) -> None:
    """One that waits and that somebody can read: its key is on the disk."""
    long = filler.at + timedelta(days=30)
    filler.add(
        Exchange,
        folder_id=filler.folder("exchange"),
        words=WORDS,
        asker_kind="professional",
        holder=holder,
        asker=filler.ref(),
        coordinator=coordinator,
        state="held",
        asked_at=filler.at - timedelta(hours=1, minutes=number),
        promised_at=long,
        cover_from=long,
        coordinator_from=long,
        erase_at=long,
    )
    for model in () if FIRST else (Folder, Exchange):
        table = filler.tables[model]
        FIRST[model] = dict(zip(table.columns, table.rows[-1], strict=True))


def _copied(filler: Filler, model: type[Model], told: dict[str, Any]) -> int:
    """Put a copy of the first row of a model on its way: its words nobody can read."""
    table = filler.tables[model]
    table.last += 1
    row = FIRST[model] | told | {"id": table.last, "ref": stored(filler.ref())}
    table.rows.append(tuple(row.values()))
    return table.last


# Row by column, as the first of its kind was laid down.
FIRST: Final[dict[type[Model], dict[str, Any]]] = {}
