"""Two who lead do the same at the same moment, each in a process of their own."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import Final

from django.db import connection

from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.design import operations_boards as leading
from smartstart.design.models.boards import Board, BoardDeed, BoardGuest, BoardKind, BoardNote
from tests.cast import people
from tests.conftest import NOW
from tests.design.test_boards import Phone, made

ROUNDS: Final = 2
TAPS: Final = 12


def at_once(*deeds: Callable[[], object]) -> None:
    """Let each do its deed in a child; all begin when the gate opens."""
    connection.close()
    gate, opens = os.pipe()
    children = [_child(deed, gate, opens) for deed in deeds]
    os.close(gate)
    os.close(opens)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * len(deeds)


def _child(deed: Callable[[], object], gate: int, opens: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.close(opens)
        os.read(gate, 1)  # ends when nobody holds the other side any more
        deed()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def test_two_who_confirm_roles_from_two_boards_at_once_do_not_wait_for_each_other_for_ever(
    real_db: object,
) -> None:
    cast = people(NOW)
    board = made(cast)
    nadia, bram = cast.actor("nadia"), cast.actor("bram")
    kind, session = BoardKind(board.kind), board.session_id
    boards = [leading.make_board(bram, session, kind, "En dan?", at=NOW) for _ in range(3)]
    Phone(board, cast)
    Phone(board, cast)

    def all_at(actor: Actor, at: Board, number: int) -> None:
        for _again in range(TAPS):
            leading.confirm_guest(actor, at.pk, number, "parent", stays=True, at=NOW)

    before = Board.objects.get(pk=board.pk).events
    at_once(lambda: all_at(nadia, board, 1), lambda: all_at(bram, boards[-1], 2))
    assert BoardGuest.objects.filter(is_confirmed=True).count() == 2
    assert Board.objects.get(pk=board.pk).events == before + 2 * TAPS


def test_two_who_lock_or_hide_at_once_do_it_once_and_both_stand_in_the_ledger(
    real_db: object,
) -> None:
    cast = people(NOW)
    board = made(cast, "dots")
    phone = Phone(board, cast)
    nadia, bram = cast.actor("nadia"), cast.actor("bram")
    for turn in range(ROUNDS):
        on, before = turn % 2 == 0, Board.objects.get().events
        at_once(
            lambda on=on: leading.turn(nadia, board.pk, "lock", on=on, at=NOW),  # type: ignore[misc]
            lambda on=on: leading.turn(bram, board.pk, "lock", on=on, at=NOW),  # type: ignore[misc]
        )
        now = Board.objects.get()
        assert (now.is_locked, now.events) == (on, before + 2)
    leading.turn(bram, board.pk, "lock", on=False, at=NOW)
    lines = [bytes(line.body) for line in Line.objects.filter(folder=board.folder)]
    assert sum(b'"board-lock"' in body for body in lines) == 2
    assert sum(b'"board-unlock"' in body for body in lines) == 3

    for number in range(ROUNDS):
        note = phone.write(f"Briefje {number}")
        at_once(
            lambda note=note: leading.hide_note(nadia, board.pk, note, hidden=True, at=NOW),  # type: ignore[misc]
            lambda note=note: leading.hide_note(bram, board.pk, note, hidden=True, at=NOW),  # type: ignore[misc]
        )
    assert BoardNote.objects.filter(is_hidden=True).count() == ROUNDS
    assert BoardDeed.objects.count() == ROUNDS
