"""What every address answers to everybody is what the table says; see ``matrix.py``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest
from django.test import Client

from tests.access import matrix
from tests.access.matrix import READERS, TELLERS, VISITOR, Address, Line
from tests.access.worlds import World
from tests.cast import Cast

Enter = Callable[..., Client]
pytestmark = [pytest.mark.usefixtures("at_now"), pytest.mark.timeout(400)]
ROOMS = sorted({address.name.split(":")[0].split("_")[0] for address in matrix.addresses()})


def of_room(room: str) -> list[Address]:
    return [a for a in matrix.addresses() if a.name.split(":")[0].split("_")[0] == room]


@pytest.fixture
def world(cast: Cast) -> World:
    return matrix.stage(cast)


@pytest.fixture
def clients(cast: Cast, enter: Enter, world: World) -> dict[str, Client]:
    return {name: matrix.come_in(name, world, cast, enter) for name in READERS}


@pytest.fixture
def measured(room: str, world: World, clients: dict[str, Client], cast: Cast) -> list[Line]:
    return [
        line for address in of_room(room) for line in matrix.measure(address, clients, world, cast)
    ]


def test_every_address_has_a_row_and_no_row_is_left_over() -> None:
    rows = {name for name, _state, _method in matrix.table()}

    assert sorted(rows ^ {address.name for address in matrix.addresses()}) == []


@pytest.mark.parametrize("room", ROOMS)
def test_everybody_gets_what_the_table_says(room: str, measured: list[Line]) -> None:
    must = matrix.table()
    if os.environ.get("SMARTSTART_MATRIX") == "print":
        sys.stdout.write("\n".join(["", *map(str, measured), ""]))
    wrong = []
    for line in measured:
        says = must.get((line.name, line.state, line.method))
        if not matrix.says_the_same(line.statuses, says):
            wrong += [f"answers {line}", f"must be {says or 'written in the table'}"]

    assert wrong == [], "\n".join(["", matrix.HEADING, *wrong])


# Where a stranger to the pilot may know that something is there, and why.
MAY_BE_KNOWN = {
    "consult:here": "the address itself is the key that parents of a school got",
    "people:confirm_restore": "a colleague is asked to be the second person",
    "programme:proposed": "the address itself is the key that the proposer got",
}
OPEN = ("gallery:", "privacy:", "words:")


def test_the_table_itself_lets_nobody_through_where_nobody_may() -> None:
    """What must hold whatever the table says: nothing breaks, nothing is there for strangers."""
    for (name, state, method), statuses in matrix.table().items():
        assert all(status < 500 for status in statuses), name
        if name.startswith("voices:") and state in {"private", "taken_back"}:
            for reader in ("joke", "ada", "petra", "anouk", "sam", VISITOR, *TELLERS):
                assert not 200 <= statuses[READERS.index(reader)] < 300, (name, reader)
        nothing = matrix.table().get((name, "nothing", method))
        is_told = name in MAY_BE_KNOWN or name.startswith(OPEN)
        if state == "private" and nothing and not is_told:
            for reader in ("joke", "other"):
                index = READERS.index(reader)
                assert statuses[index] == nothing[index], (name, reader, "tells that it is there")


def test_who_told_a_story_is_a_visitor_everywhere_but_on_the_own_page() -> None:
    for (name, state, method), statuses in matrix.table().items():
        answers = dict(zip(READERS, statuses, strict=True))
        told = [answers[reader] for reader in TELLERS]
        if name.startswith("story:"):
            assert answers["nadia"] in {answers[VISITOR], matrix.NOT_ASKED} or state == "nothing"
        elif state != "nothing":
            assert told == [answers[VISITOR]] * len(told), (name, state, method)
