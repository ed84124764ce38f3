"""Everything that leaves, at every address of the circle, is searched for words of others.

A word that nobody else has stands in every sealed field; who may know the row it stands in says
the oracle, which never saw the code. One world, one walk.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.access import circle_walk
from tests.access.circle_walk import Way
from tests.access.matrix import undone
from tests.circle import aviary as birds
from tests.circle.aviary import ELSEWHERE, INSIDE, STRANGERS, Aviary
from tests.circle.kin import enter_kin
from tests.conftest import ENGINE

pytestmark = [
    pytest.mark.usefixtures("at_now"),
    pytest.mark.timeout(400),
]
VISITOR = "visitor"
WHOLE = ENGINE != "postgresql"
# What leaves is made alike from every store; what the gate lets through is another statement
# there: the other home, and who reads by a seat, ask each third address of one part.
READERS = (*INSIDE, *ELSEWHERE, *STRANGERS, VISITOR) if WHOLE else ("dennis", "fatima")
EVERY = 1 if WHOLE else 3
# What who is in a circle may GET; ``matrix.txt`` tells it of who is in none, and of POST.
TABLE = Path(__file__).with_name("matrix_circle.txt")
TELL = "Look at each line; then SMARTSTART_MATRIX=write makes the table."
Statuses = dict[tuple[str, str], dict[str, int]]


def test_every_sealed_field_of_the_circle_has_a_canary(db: None, now: datetime) -> None:
    made = birds.aviary(now)
    planted = {(bird.model, bird.field) for bird in made.birds.values()}

    assert sorted(birds.sealed_fields() - planted - birds.CHOSEN) == []


def test_nobody_at_any_address_gets_words_of_others(
    db: None, now: datetime, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    made = birds.aviary(now)
    leaks: list[str] = []
    met: Counter[str] = Counter()
    reached: set[str] = set()
    statuses: Statuses = {}
    with caplog.at_level(logging.DEBUG):
        for name in READERS:
            client = Client() if name == VISITOR else enter_kin(made.home, name)
            client.raise_request_exception = False
            for address, part, path, status, found in walk(made, client, name):
                assert status < 500, (name, path)
                reached |= {address} if status == 200 else set()
                statuses.setdefault((address, part), {}).setdefault(name, status)
                met[name] += len(found)
                leaks += [f"{name} at {path}: {bird}" for bird in foreign(made, name, found)]

    assert leaks == []
    assert circle_walk.words_in(caplog.text.encode()) == set()
    assert [circle_walk.words_in(str(one.message()).encode()) for one in mail.outbox] == []
    assert in_clear_below(tmp_path) == []
    assert in_clear_in_tables() == []
    here = {name for name in READERS if name in INSIDE}
    assert {name for name in here if not met[name]} == set(), "nothing was there to be seen"
    assert not any(met[name] for name in ("sam", "ada", "joke", VISITOR))
    assert len(reached) > (60 if WHOLE else 5)
    assert different(statuses) == [] or not WHOLE, TELL


def lines(statuses: Statuses) -> list[str]:
    """Return the table: what each person gets for each address, in one part of each home."""
    told = []
    for (address, part), answers in sorted(statuses.items()):
        only_pressed = set(answers.values()) == {405}
        if part in {"", "here noor", "there noor"} and not only_pressed:
            numbers = " ".join(f"{answers.get(name, 0):>7}" for name in READERS)
            told.append(f"{address:28} {part.split(' ')[0] or '-':6} {numbers}")
    return told


def different(statuses: Statuses) -> list[str]:
    """Return the lines that the table does not have, and those it has and nobody got."""
    heading = f"{'# address':28} {'home':6} " + " ".join(f"{name:>7}" for name in READERS)
    now = [heading, *lines(statuses)]
    if os.environ.get("SMARTSTART_MATRIX") == "write":
        TABLE.write_text("\n".join([*now, ""]))
    must = TABLE.read_text().splitlines()
    return sorted({f"answers {line}" for line in now if line not in must}) + sorted(
        {f"must be {line}" for line in must if line not in now}
    )


def walk(made: Aviary, client: Client, name: str) -> Any:
    """Ask everything once; nothing of it stays."""
    for way in circle_walk.ways()[::EVERY]:
        for part, path in circle_walk.by_part(made.home, way, parts_for(name, way)):
            with undone():
                answer = client.get(path)
            if answer.status_code == 405:
                yield way.name, part, path, 405, set()
                break
            body = bytes(answer.getvalue())
            beside = "\n".join(f"{key}: {value}" for key, value in answer.items())
            cookies = answer.cookies.output()
            found = circle_walk.words_in(body) | circle_walk.words_in((beside + cookies).encode())
            yield way.name, part, path, answer.status_code, found


# Of which parts somebody tries every address; of the pages of families others try the first only.
TRIES = {
    "anouk": circle_walk.PARTS,
    "noor": ("here noor", "here anouk", "here sem", "there noor"),
    "ria": ("here anouk", "here noor", "there noor"),
    "dennis": ("there noor", "here noor"),
    "sem": ("here sem", "here noor"),
}
WORKS = ("here noor", "here household", "there noor")


def parts_for(name: str, way: Way) -> tuple[str, ...]:
    """Return of which parts a person tries an address: a closed page costs time as well."""
    if not WHOLE:
        return ("here noor",)
    if name in TRIES:
        return TRIES[name]
    is_near = name in INSIDE or name in ELSEWHERE
    return WORKS if is_near and not way.route.startswith("circles/") else WORKS[:1]


def foreign(made: Aviary, name: str, found: set[str]) -> list[str]:
    """Return what of it this person should not have found."""
    if not found:
        return []
    known = [made.birds.get(word) for word in found]
    if name == VISITOR:
        return [str(bird) for bird in known]
    who = made.viewer(name)
    return [str(bird) for bird in known if bird is None or not made.may_read(who, bird)]


def in_clear_below(folder: Path) -> list[str]:
    """Return which files hold a word: none of what is sealed stands in any."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if circle_walk.words_in(path.read_bytes())]


def in_clear_in_tables() -> list[str]:
    """Return which tables hold a word: also those of tasks, mail, sessions and the cache."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of the store itself
            for row in cursor.fetchall():
                values = [bytes(one) if isinstance(one, memoryview) else one for one in row]
                if circle_walk.words_in(repr(values).encode()):
                    found.append(table)
                    break
    return [table for table in found if table != "circle_seatcode"]
