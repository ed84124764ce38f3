"""All bytes that leave, for every address and every reader, are searched for others' words.

What is packed (a coded project) is unpacked first.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from smartstart.programme.models import Pilot
from smartstart.web.voices.export_views import FILES
from tests.access import canary, matrix
from tests.access.canary import Aviary
from tests.access.matrix import READERS
from tests.access.worlds import World
from tests.access.worlds import world as make_world
from tests.cast import Cast

Enter = Callable[..., Client]
EXPORTS = [f"voices:export {kind}" for kind in FILES]

pytestmark = [pytest.mark.usefixtures("at_now"), pytest.mark.timeout(400)]


@pytest.fixture
def aviary(cast: Cast) -> Aviary:
    return canary.plant(matrix.stage(cast))


def test_every_sealed_field_has_a_canary(aviary: Aviary) -> None:
    planted = {(type(bird.row), bird.field) for bird in aviary.birds.values() if bird.is_sealed}

    assert sorted(map(str, canary.sealed_fields() - planted)) == []


@pytest.mark.parametrize("state", ["private", "public", "taken_back"])
def test_nobody_gets_anothers_words(
    aviary: Aviary, cast: Cast, enter: Enter, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    world, leaks, met = aviary.world, [], Counter[tuple[str, str]]()
    browsers = {reader: matrix.come_in(reader, world, cast, enter) for reader in READERS}
    with matrix.in_state(state, world, cast), caplog.at_level(logging.DEBUG):
        _see_again(aviary, cast)
        for reader, client in browsers.items():
            actor = matrix.actor_of(reader, world, cast)
            for name, path in _paths(state, world, cast):
                answer = matrix.answer(client, "GET", path)
                met[reader, name] += len(aviary.found_in(canary.body_of(answer)))
                leaks += [
                    f"{reader} at {name}: {leak}" for leak in aviary.foreign_to(actor, answer)
                ]

    assert leaks == []
    assert aviary.found_in(caplog.text.encode()) == []
    assert [aviary.found_in(str(sent.message()).encode()) for sent in mail.outbox] == []
    assert met.total() > (20 if state != "taken_back" else 0), "no bird was there to be seen"
    files = {(who, name) for who, name in met if name in EXPORTS and met[who, name]}
    assert files == {(who, name) for who in ("nadia", "bram") for name in EXPORTS}
    story = {who for who, name in met if name == "story:story" and met[who, name]}
    assert story == {"teller", "other"} - ({"teller"} if state == "taken_back" else set())


def _paths(state: str, world: World, cast: Cast) -> Iterator[tuple[str, str]]:
    """Every address by name as it is typed in a state; of a file every kind.

    Not what nobody can GET, and not what stands in a circle: nobody here has one, and
    ``test_canary_circle`` sends who has none to all of those.
    """
    table = matrix.table()
    pressed = {name for (name, _, how), got in table.items() if how == "GET" and set(got) == {405}}
    for address in matrix.addresses():
        if state not in address.states and (state, address.words) != ("private", ()):
            continue
        if address.name in pressed or (address.words and address.name.startswith("circle:")):
            continue
        path = matrix.path_of(address, state, world, cast)
        if address.name == "voices:export":
            kinds = (reverse(address.name, args=(cast.pilot_a.slug, kind)) for kind in FILES)
            yield from zip(EXPORTS, kinds, strict=True)
        else:
            yield address.name, path


def _see_again(aviary: Aviary, cast: Cast) -> None:
    """The oracle looks at rows as they are in this state."""
    for rows in aviary.world.rows.values():
        for row in rows:
            if isinstance(row, Pilot) or row._meta.label == "voices.Interview":
                row.refresh_from_db()


def test_sealed_words_are_in_clear_in_no_file(
    real_db: Any, now: Any, tmp_path: Path, settings: Any
) -> None:
    """Every file of the data folder, and the database with its log."""
    aviary = canary.plant(make_world(3, now))
    connection.close()

    assert aviary.in_clear_below([tmp_path]) == []
    sealed = [bird for bird in aviary.birds.values() if bird.is_sealed]
    assert len(sealed) > 100
    if connection.vendor == "sqlite":
        name = Path(settings.DATABASES["default"]["NAME"])
        files = [name, name.with_name(name.name + "-wal")]
        content = b"".join(file.read_bytes() for file in files if file.exists())
        assert [str(bird) for bird in aviary.found_in(content) if bird.is_sealed] == []
        assert [bird for bird in aviary.found_in(content) if not bird.is_sealed]
    for bird in sealed:
        bird.row.refresh_from_db()
        assert not canary.BIRD.search(bytes(getattr(bird.row, bird.field)))
