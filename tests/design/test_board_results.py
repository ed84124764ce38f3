"""What a vote came to, per role: on the screen, on a phone, and in what is taken along."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from smartstart.design import operations_boards as leading
from smartstart.design.models.boards import Board
from smartstart.design.roles import ParticipantRole
from smartstart.web.design_boards import exporting
from tests.cast import Cast
from tests.design.test_boards import Phone, made, page, told

PARENT, WORKER, YOUNG = (
    ParticipantRole.PARENT,
    ParticipantRole.PROFESSIONAL,
    ParticipantRole.YOUNG_PERSON,
)


def room(cast: Cast, board: Board, *, confirmed: int) -> list[Phone]:
    """Six parents, five professionals and three young people; so many are confirmed."""
    roles = [PARENT] * 6 + [WORKER] * 5 + [YOUNG] * 3
    crowd = [Phone(board, cast, role) for role in roles]
    for number, role in enumerate(roles[:confirmed], 1):
        confirm(cast, board, number, role)
    return crowd


def confirm(
    cast: Cast, board: Board, number: int, role: ParticipantRole, *, stays: bool = True
) -> None:
    leading.confirm_guest(cast.actor("bram"), board.pk, number, role, stays=stays, at=cast.now)


def count(cast: Cast, board: Board, *, on: bool) -> None:
    leading.turn(cast.actor("bram"), board.pk, "count", on=on, at=cast.now)


def statements(cast: Cast, *, confirmed: int) -> tuple[Board, list[Phone], UUID]:
    board = made(cast, "statements")
    crowd = room(cast, board, confirmed=confirmed)
    note = crowd[0].write("Een gezin vertelt het één keer")
    for number, phone in enumerate(crowd):
        phone.send("vote", note, "1" if number < 8 else "2")
    return board, crowd, note


def test_statements_are_told_per_role_everywhere(
    cast: Cast, enter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, crowd, note = statements(cast, confirmed=14)
    count(cast, board, on=True)
    # Three young people are too few: they stand with the five professionals.
    seen = page(cast, board)
    assert told(seen) == ["8 (ouder 6, samen 2)", "6 (samen 6)", "0"]
    assert crowd[0].hears()["tally"] == {
        str(note): {"parent": {"1": 6}, "together": {"1": 2, "2": 6}}
    }
    table = exporting.as_table(seen, cast.now).decode("utf-8-sig")
    names, row = csv.reader(table.splitlines(), delimiter=";")
    assert dict(zip(names, row, strict=True)) == {
        "waar": "",
        "briefje": "Een gezin vertelt het één keer",
        "eens alle": "8",
        "eens ouder": "6",
        "eens samen": "2",
        "oneens alle": "6",
        "oneens ouder": "0",
        "oneens samen": "6",
        "sla over alle": "0",
        "sla over ouder": "0",
        "sla over samen": "0",
    }
    assert exporting._told(seen, seen.cards[0]).splitlines()[1:3] == [
        "eens: 8 (ouder 6, samen 2)",
        "oneens: 6 (samen 6)",
    ]
    assert exporting.as_picture(seen, cast.now).startswith(b"\x89PNG")
    long = [("", ["een regel"] * exporting.LONGEST_LINES)] * exporting.MOST_DRAWN
    rows = exporting._rows_that_fit(long)
    assert [len(row) for _high, row in rows] == [exporting.ACROSS] * 14, "no picture is endless"
    assert sum(high for high, _row in rows) < exporting.HIGHEST
    monkeypatch.setattr(exporting, "HIGHEST", 2_000)
    many = replace(seen.columns[0], cards=(replace(seen.cards[0], texts=("a\n" * 40,)),) * 60)
    drawn = exporting.as_picture(replace(seen, columns=(many,)), cast.now)
    with Image.open(io.BytesIO(drawn)) as wall:
        assert wall.height < 2_300, "what did not fit is told on the last line"
    plain = Client()
    plain.cookies[settings.BOARD_COOKIE_NAME] = crowd[0].token
    for words in (
        enter("bram").get(f"/boards/{board.pk}/screen/").content.decode(),
        plain.get(f"/board/{board.ref}/").content.decode(),
    ):
        assert "ouder 6" in words
        assert "samen 6" in words
    assert "Jij koos: eens" in plain.get(f"/board/{board.ref}/").content.decode()


def test_who_is_confirmed_or_sent_away_after_counting_moves_no_vote(cast: Cast) -> None:
    board, crowd, _note = statements(cast, confirmed=13)
    count(cast, board, on=True)
    before = told(page(cast, board)), crowd[0].hears()["tally"]
    assert before[0][0] == "8 (ouder 6, samen 2)"

    confirm(cast, board, 14, YOUNG)
    confirm(cast, board, 8, WORKER, stays=False)
    confirm(cast, board, 1, WORKER)
    count(cast, board, on=True)  # pressed twice
    assert (told(page(cast, board)), crowd[0].hears()["tally"]) == before
    assert page(cast, board).voters == 14

    count(cast, board, on=False)
    assert crowd[0].hears()["tally"] is None
    count(cast, board, on=True)
    # Beside the count before it shows of no role what the one gave who was sent away, and the one
    # whose role was put right still counts as before.
    assert told(page(cast, board)) == ["7 (ouder 6, samen 1)", "6 (samen 6)", "0"]
    assert page(cast, board).voters == 13


def test_two_counts_of_one_vote_tell_of_no_role_what_few_gave(cast: Cast) -> None:
    board, crowd, note = statements(cast, confirmed=14)
    count(cast, board, on=True)
    assert told(page(cast, board))[0] == "8 (ouder 6, samen 2)"
    count(cast, board, on=False)
    late = Phone(board, cast, PARENT)
    confirm(cast, board, 15, PARENT)
    late.send("vote", note, "1")
    count(cast, board, on=True)
    assert told(page(cast, board))[0] == "9 (ouder 6, samen 3)", "who came later adds to no role"
    count(cast, board, on=False)
    for phone in crowd[:5]:
        phone.send("vote", note, "3")
    count(cast, board, on=True)
    assert told(page(cast, board))[::2] == ["4 (ouder 1, samen 3)", "5 (ouder 5)"], "five changed"
    count(cast, board, on=False)
    crowd[0].send("vote", note, "1")
    count(cast, board, on=True)
    assert told(page(cast, board))[::2] == ["5 (samen 5)", "4 (samen 4)"], "one changed"
