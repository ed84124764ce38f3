"""What who leads did with a note, kept so that it can be undone: undoing is a deed as well.

Showing, counting and sending somebody away cannot be undone: who saw it saw it. Their switches turn
the other way, which is something else.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from smartstart.design.errors_boards import SomethingChanged
from smartstart.design.models.boards import Board, BoardDeed, BoardNote, DeedKind
from smartstart.design.notes_in_thread import withdraw_notes
from smartstart.design.operations_boards_phone import put_at, put_into

OPPOSITE = {
    DeedKind.HIDE: DeedKind.SHOW,
    DeedKind.SHOW: DeedKind.HIDE,
    DeedKind.PLACE: DeedKind.TAKE,
    DeedKind.TAKE: DeedKind.PLACE,
    DeedKind.LAY: DeedKind.LAY,
    DeedKind.MOVE: DeedKind.MOVE,
}


def do(
    board: Board,
    found: BoardNote,
    kind: DeedKind,
    number: int,
    *,
    by: UUID | None,
    at: datetime,
    into: BoardNote | None = None,
    column: str = "",
    undoes: BoardDeed | None = None,
) -> None:
    """Do one thing with a note and keep what it was before. Raises NoteDoesNotFit."""
    before, stood = found.into, found.column
    if kind is DeedKind.LAY:
        put_into(board, found, str(into.ref) if into else "", number)
    elif kind is DeedKind.MOVE:
        put_at(board, found, column, number)
    else:
        _turn(found, kind, number)
    if kind in {DeedKind.HIDE, DeedKind.TAKE}:
        withdraw_notes([found.pk], at=at)
    BoardDeed.objects.create(
        board=board,
        note=found,
        number=number,
        kind=kind,
        lay_from=before if kind is DeedKind.LAY else None,
        lay_to=into,
        column_from=stood if kind is DeedKind.MOVE else "",
        column_to=column,
        undoes=undoes,
        done_at=at,
        done_by=by,
    )


def _turn(found: BoardNote, kind: DeedKind, number: int) -> None:
    found.is_hidden = kind is DeedKind.HIDE or (found.is_hidden and kind is not DeedKind.SHOW)
    found.is_removed = kind is DeedKind.TAKE or (found.is_removed and kind is not DeedKind.PLACE)
    found.changed = number
    found.save(update_fields=["is_hidden", "is_removed", "changed"])


def undo(board: Board, deed: BoardDeed, number: int, *, by: UUID | None, at: datetime) -> None:
    """Do the opposite of a deed. Raises SomethingChanged, NoteDoesNotFit."""
    if not stands(deed):
        raise SomethingChanged
    opposite = OPPOSITE[DeedKind(deed.kind)]
    into, column = deed.lay_from, deed.column_from
    do(board, deed.note, opposite, number, by=by, at=at, into=into, column=column, undoes=deed)


def stands(deed: BoardDeed) -> bool:
    """Whether the note still is as this deed left it."""
    found = deed.note
    as_left = {
        DeedKind.HIDE: found.is_hidden,
        DeedKind.SHOW: not found.is_hidden,
        DeedKind.PLACE: not found.is_removed,
        DeedKind.TAKE: found.is_removed,
        DeedKind.LAY: found.into_id == deed.lay_to_id,
        DeedKind.MOVE: found.column == deed.column_to,
    }
    return as_left[DeedKind(deed.kind)]
