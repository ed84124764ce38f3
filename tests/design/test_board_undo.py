"""Undoing on a board: by who leads, each time a deed of its own; and by who wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound
from smartstart.design import errors_boards as errors
from smartstart.design import operations_boards as leading
from smartstart.design import queries_boards as queries
from smartstart.design.models.boards import Board, BoardDeed, BoardNote, NoteText
from smartstart.design.thinking import correct_note, make_card
from tests.cast import Cast
from tests.design.test_boards import Phone, made, page


def deeds(cast: Cast, board: Board) -> list[tuple[str, str, bool, bool]]:
    told = queries.deeds_of(page(cast, board))
    return [(row.kind, row.words, row.is_undone, row.may_undo) for row in told]


def standing(cast: Cast, board: Board) -> list[str]:
    return [" / ".join(card.texts) for card in page(cast, board).cards]


def last(board: Board) -> int:
    return BoardDeed.objects.filter(board=board).order_by("-number")[0].number


def test_each_deed_with_a_note_is_undone_by_a_deed_and_leaves_a_trace(cast: Cast) -> None:
    board, bram = made(cast, "clusters"), cast.actor("bram")
    one = Phone(board, cast)
    note, paper, group = one.write("Oma mee"), uuid4(), uuid4()
    wanted: dict[str, tuple[Callable[[], object], tuple[list[str], list[str]]]] = {
        "hide": (
            lambda: leading.hide_note(bram, board.pk, note, hidden=True, at=cast.now),
            (["Oma mee", "Van papier", "Groep"], ["Van papier", "Groep"]),
        ),
        "type": (
            lambda: leading.type_note(bram, board.pk, paper, "Van papier", column="", at=cast.now),
            (["Oma mee"], ["Oma mee", "Van papier"]),
        ),
        "group": (
            lambda: leading.name_group(bram, board.pk, group, "Groep", at=cast.now),
            (["Oma mee", "Van papier"], ["Groep", "Oma mee", "Van papier"]),
        ),
    }
    for name in ("type", "group", "hide"):
        deed, (before, after) = wanted[name]
        deed()
        assert sorted(standing(cast, board)) == sorted(after), name
        for must in (before, after):  # undone, and the undoing undone
            leading.undo(bram, board.pk, last(board), at=cast.now)
            assert sorted(standing(cast, board)) == sorted(must), name
    told = deeds(cast, board)
    assert [row[2:] for row in told] == [(False, True), (True, False), (True, False)] * 3
    assert {row[1] for row in told} == {"Oma mee", "Van papier", "Groep"}
    lines = Line.objects.filter(folder=board.folder)
    assert sum(b'"board-undo"' in bytes(line.body) for line in lines) == 6


def test_laying_is_undone_to_where_it_lay_and_only_while_it_stands(cast: Cast) -> None:
    board, bram = made(cast, "clusters"), cast.actor("bram")
    one, first, second = Phone(board, cast), uuid4(), uuid4()
    note = one.write("Oma mee")
    for ref in (first, second):
        one.send("group", ref, str(ref)[:4])
        leading.cluster(bram, board.pk, note, str(ref), at=cast.now)
    number = last(board)
    for _twice in range(2):
        leading.undo(bram, board.pk, number, at=cast.now)
    assert lies_in(note) == first
    assert BoardDeed.objects.count() == 3

    leading.cluster(bram, board.pk, note, str(first), at=cast.now)  # it lies there: nothing is done
    one.send("into", note, "")
    with pytest.raises(errors.SomethingChanged):
        leading.undo(bram, board.pk, last(board), at=cast.now)
    assert deeds(cast, board)[0][3] is False
    one.send("into", note, str(first))
    one.send("remove", second)
    with pytest.raises(errors.NoteDoesNotFit):  # it cannot go back into a group that is gone
        leading.undo(bram, board.pk, last(board), at=cast.now)
    for name, which in (("joke", number), ("bram", 999)):
        with pytest.raises(NotFound):
            leading.undo(cast.actor(name), board.pk, which, at=cast.now)
    assert lies_in(note) == first


def test_who_leads_moves_a_note_also_one_from_paper_and_that_is_undone(
    cast: Cast, enter: Any
) -> None:
    board, bram, paper = made(cast, "matrix"), cast.actor("bram"), uuid4()
    one = Phone(board, cast)
    note = one.write("Oma mee", column="now")
    leading.type_note(bram, board.pk, paper, "Van papier", column="big", at=cast.now)
    client: Client = enter("bram")
    path = f"/boards/{board.pk}/"
    assert f'action="{path}notes/{note}/place/"' in client.get(path).content.decode()
    answer = client.post(f"{path}notes/{note}/place/", {"column": "later"})
    assert answer.headers["Location"] == f"{path}?note={note}#note-{note}"
    leading.move_note(bram, board.pk, paper, "small", at=cast.now)
    leading.move_note(bram, board.pk, paper, "small", at=cast.now)  # it stands there
    assert columns(cast, board) == {"Oma mee": "later", "Van papier": "small"}
    assert "naar een andere plek gezet" in client.get(path).content.decode()
    leading.undo(bram, board.pk, last(board), at=cast.now)
    assert columns(cast, board) == {"Oma mee": "later", "Van papier": "big"}
    for who, where, wrong in (
        ("joke", "now", NotFound),
        ("bram", "nowhere", errors.NoteDoesNotFit),
    ):
        with pytest.raises(wrong):
            leading.move_note(cast.actor(who), board.pk, note, where, at=cast.now)
    assert client.post(f"{path}notes/{note}/place/").status_code == 404
    moved = "naar een andere plek gezet"
    told = [(row[0], *row[2:]) for row in deeds(cast, board)]
    assert told[:3] == [(moved, False, True), (moved, True, False), (moved, False, True)]


def columns(cast: Cast, board: Board) -> dict[str, str]:
    return {" / ".join(card.texts): card.line.column for card in page(cast, board).cards}


def lies_in(note: UUID) -> UUID | None:
    group = BoardNote.objects.select_related("into").get(ref=note).into
    return group.ref if group else None


def test_who_leads_undoes_on_the_page(cast: Cast, enter: Any) -> None:
    board = made(cast, "dots")
    note = Phone(board, cast).write("Meester Kees is stom")
    bram: Client = enter("bram")
    path = f"/boards/{board.pk}/"
    bram.post(f"{path}hide/", {"note": str(note), "hidden": "yes"})
    shown = bram.get(path).content.decode()
    assert "van de schermen gehaald" in shown
    assert f'value="{last(board)}"' in shown
    assert bram.post(f"{path}undo/", {"number": last(board)}).status_code == 302
    shown = bram.get(path).content.decode()
    assert shown.count("teruggedraaid") == 1
    assert "terug op de schermen gezet" in shown
    assert bram.post(f"{path}undo/", {"number": "x"}).status_code == 404


def test_words_that_somebody_else_replaced_are_still_seen_by_who_typed_them(cast: Cast) -> None:
    board = made(cast, "canvas")
    one, two = Phone(board, cast), Phone(board, cast)
    note = one.write("Mijn woorden", column="name")
    (seen,) = NoteText.objects.values_list("number", flat=True)
    assert earlier(one) == earlier(two) == [None]

    number = two.send("write", note, "Andere woorden", column="name", base=(seen,))
    assert (earlier(one), earlier(two)) == (["Mijn woorden"], [None])
    one.send("write", note, "Mijn woorden", column="name", base=(number,))
    assert one.reads() == two.reads() == [["Mijn woorden"]]
    assert earlier(two) == ["Andere woorden"]

    # Who made it takes it away, and who leads hides it: who typed in it sees that, and the words.
    two.send(
        "write", note, "Samen", column="name", base=(NoteText.objects.latest("number").number,)
    )
    one.send("remove", note)
    assert gone_for(two) == ("removed", "Samen", [[]])
    assert "Mijn woorden" in str(one.hears())
    one.send("restore", note)
    leading.hide_note(cast.actor("bram"), board.pk, note, hidden=True, at=cast.now)
    assert gone_for(two) == ("hidden", "Samen", [[]])
    assert gone_for(Phone(board, cast)) == ("hidden", None, [[]]), "others see that it is gone"
    leading.hide_note(cast.actor("bram"), board.pk, note, hidden=False, at=cast.now)
    assert gone_for(two) == ("", "Andere woorden", [["Samen"]])

    # Who corrects it on the page of their own story meant the old words to go.
    guest = board.session.board_guests.get(number=1)
    make_card(cast.actor("bram"), guest, word="regenboog", at=cast.now)
    own = Actor(role=Role.INTERVIEWEE, within=guest.ref, person=guest.ref, assurance=2)
    correct_note(own, note, words="Zo bedoel ik het", at=cast.now)
    assert one.reads() == [["Zo bedoel ik het"]]
    assert "Mijn woorden" not in str(one.hears())


def earlier(phone: Phone) -> list[str | None]:
    return [note.get("earlier") for note in phone.hears()["notes"]]  # type: ignore[attr-defined]


def gone_for(phone: Phone) -> tuple[object, object, list[list[str]]]:
    told: Any = phone.hears()["notes"]
    (note,) = told
    return note["gone"], note.get("earlier"), phone.reads()
