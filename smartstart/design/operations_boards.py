"""What a facilitator does with a board: make it, lock it, reveal, count, hide a note, close it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max, QuerySet

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.codes import new_code
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design import boards_undo
from smartstart.design.boards_kinds import KINDS
from smartstart.design.boards_rules import UNSURE, groups, told_by_difference
from smartstart.design.errors import SessionIsDone
from smartstart.design.errors_boards import NoteDoesNotFit
from smartstart.design.models.boards import Board, BoardGuest, BoardKind, BoardNote, DeedKind
from smartstart.design.operations import planned
from smartstart.design.operations_boards_phone import (
    add_text,
    group_of,
    new_note,
    next_number,
    require_name,
    require_words,
)
from smartstart.design.states import SessionState

CODE_LETTERS: Final = 6
CODE_LASTS: Final = timedelta(hours=12)
LONGEST_MINUTES: Final = 120


@transaction.atomic
def make_board(
    actor: Actor,
    session_id: int,
    kind: BoardKind,
    question: str,
    *,
    at: datetime,
    ref: UUID | None = None,
) -> Board:
    """Make a board with a code of its own. Raises NotFound, NotAllowed, SessionIsDone, NoteIsEmpty.

    The same ``ref`` again gives what is there.
    """
    session = planned(actor, session_id, Permission.SESSION_LEAD, at=at)
    made = first_made(Board.objects, ref, session_id=session.pk, made_by=actor.hat)
    if made is not None:
        return made
    if session.state == SessionState.DONE:
        raise SessionIsDone
    last = Board.objects.filter(session=session).aggregate(last=Max("number"))["last"] or 0
    board = Board(
        ref=ref or uuid4(),
        folder=session.folder,
        session=session,
        number=last + 1,
        kind=kind,
        code=_free_code(),
        code_until=max(at, session.starts_at) + CODE_LASTS,
        made_at=at,
        made_by=actor.hat,
    )
    board.put(question=require_words(question))
    board.save(force_insert=True)
    note(actor, Deed.MADE, folders=[board.folder_id], at=at, on=[board.ref], why="board")
    return board


@transaction.atomic
def turn(actor: Actor, board_id: int, switch: str, *, on: bool, at: datetime) -> None:
    """Lock, reveal, count or close a board, or the other way round; twice is once.

    Closing and opening change who may read: what a phone has open ends. Raises NotFound,
    NotAllowed.
    """
    board = led(actor, board_id, at=at)
    name = SWITCHES.get(switch)
    if name is None:
        raise NotFound
    number = next_number(board)
    changed: dict[str, bool | int] = {name: on}
    if switch == "reveal":
        changed |= {"turned": number}
    if switch == "count" and on and not board.is_counted:
        _count(board)
    Board.objects.filter(pk=board.pk).update(**changed)
    rules = [board.folder_id] if switch == "close" else []
    note(
        actor,
        Deed.CHANGED,
        folders=[board.folder_id],
        at=at,
        on=[board.ref],
        why=f"board-{switch}" if on else f"board-un{switch}",
        rules_changed=rules,
    )


def _count(board: Board) -> None:
    """Keep for each vote as which role it counts, so that two counts tell nothing together.

    Who was counted before keeps that role, unless few of it gave something else: then it is shown
    together with others from now on, as who came later is (decision 0022).
    """
    votes = list(board.votes.select_related("guest"))
    before = {vote.guest_id: vote.counted_as for vote in votes if vote.counted_as}
    changed = {
        vote.guest_id
        for vote in votes
        if vote.value != vote.counted_value or vote.guest.is_sent_away
    }
    few = told_by_difference(before, changed)
    roles = {vote.guest_id: _counts_as(vote.guest, before, few) for vote in votes}
    given = {vote.guest_id for vote in votes if vote.value and roles[vote.guest_id]}
    shown = set(groups({guest: roles[guest] for guest in given}).values())
    for role in {*roles.values()}:
        those = [guest for guest, its in roles.items() if its == role]
        kept = role if role in shown or not role else UNSURE  # what is shown together stays so
        board.votes.filter(guest__in=those).update(counted_as=kept)
    board.votes.update(counted_value=F("value"))


def _counts_as(guest: BoardGuest, before: Mapping[int, str], few: Collection[str]) -> str:
    if guest.is_sent_away:
        return ""
    first = guest.role if guest.is_confirmed and not before else UNSURE
    role = before.get(guest.pk, first)
    return UNSURE if role in few else role


SWITCHES: Final = {
    "lock": "is_locked",
    "reveal": "is_revealed",
    "count": "is_counted",
    "close": "is_closed",
}


@transaction.atomic
def set_timer(actor: Actor, board_id: int, minutes: int, *, at: datetime) -> None:
    """Let a clock run for so many minutes; 0 stops it. Raises NotFound, NotAllowed."""
    board = led(actor, board_id, at=at)
    ends = at + timedelta(minutes=min(minutes, LONGEST_MINUTES)) if minutes > 0 else None
    next_number(board)
    Board.objects.filter(pk=board.pk).update(timer_ends_at=ends)
    note(actor, Deed.CHANGED, folders=[board.folder_id], at=at, on=[board.ref], why="board-timer")


@transaction.atomic
def hide_note(actor: Actor, board_id: int, ref: UUID, *, hidden: bool, at: datetime) -> None:
    """Take a rude or identifying note off every screen, or put it back; the writer sees which.

    What two people do at once is done once. Raises NotFound, NotAllowed.
    """
    board = led(actor, board_id, at=at)
    found = _note_of(board, ref)
    if found.is_hidden == hidden:
        return
    kind = DeedKind.HIDE if hidden else DeedKind.SHOW
    boards_undo.do(board, found, kind, next_number(board), by=actor.hat, at=at)
    why = "board-hide" if hidden else "board-unhide"
    note(actor, Deed.CHANGED, folders=[board.folder_id], at=at, on=[ref], why=why)


@transaction.atomic
def type_note(
    actor: Actor, board_id: int, ref: UUID, words: str, *, column: str, at: datetime
) -> None:
    """Type over a note from paper. Raises NotFound, NotAllowed, NoteIsEmpty, NoteIsTooLong."""
    board, clean = led(actor, board_id, at=at), require_words(words)
    if not KINDS[board.kind].has_column(column):
        raise NoteDoesNotFit
    number = next_number(board)
    if not BoardNote.objects.filter(ref=ref).exists():
        made = new_note(board, ref, number, at, column=column)
        add_text(board, made, clean, number, base=())
        boards_undo.do(board, made, DeedKind.PLACE, number, by=actor.hat, at=at)
    note(actor, Deed.MADE, folders=[board.folder_id], at=at, on=[ref], why="board-paper")


@transaction.atomic
def name_group(actor: Actor, board_id: int, ref: UUID, words: str, *, at: datetime) -> None:
    """Make a group with a name; the same ``ref`` again is the same group.

    Raises NotFound, NotAllowed, NoteDoesNotFit, NoteIsEmpty, NoteIsTooLong or BoardIsFull.
    """
    board = led(actor, board_id, at=at)
    name, number = require_name(board, words), next_number(board)
    if not board.notes.filter(ref=ref, is_group=True).exists():
        made = new_note(board, ref, number, at, is_group=True)
        add_text(board, made, name, number, base=())
        boards_undo.do(board, made, DeedKind.PLACE, number, by=actor.hat, at=at)
    note(actor, Deed.MADE, folders=[board.folder_id], at=at, on=[ref], why="board-group")


@transaction.atomic
def cluster(actor: Actor, board_id: int, ref: UUID, group: str, *, at: datetime) -> None:
    """Lay a note in a group, or in none (""). Raises NotFound, NotAllowed, NoteDoesNotFit."""
    board = led(actor, board_id, at=at)
    found, under = _note_of(board, ref), group_of(board, group)
    if found.into == under:
        return
    number = next_number(board)
    boards_undo.do(board, found, DeedKind.LAY, number, by=actor.hat, at=at, into=under)
    note(actor, Deed.CHANGED, folders=[board.folder_id], at=at, on=[ref], why="board-cluster")


@transaction.atomic
def move_note(actor: Actor, board_id: int, ref: UUID, column: str, *, at: datetime) -> None:
    """Put a note in another place of the board, also one typed from paper.

    Raises NotFound, NotAllowed, NoteDoesNotFit.
    """
    board = led(actor, board_id, at=at)
    found = _note_of(board, ref)
    if found.column == column:
        return
    number = next_number(board)
    boards_undo.do(board, found, DeedKind.MOVE, number, by=actor.hat, at=at, column=column)
    note(actor, Deed.CHANGED, folders=[board.folder_id], at=at, on=[ref], why="board-move")


@transaction.atomic
def undo(actor: Actor, board_id: int, number: int, *, at: datetime) -> None:
    """Undo what somebody who leads did with a note; a second time changes nothing.

    Raises NotFound, NotAllowed, SomethingChanged or NoteDoesNotFit.
    """
    board = led(actor, board_id, at=at)
    deeds = board.deeds.select_related("note__into", "lay_from")
    deed = deeds.filter(number=number).first()
    if deed is None:
        raise NotFound
    if board.deeds.filter(undoes=deed).exists():
        return
    boards_undo.undo(board, deed, next_number(board), by=actor.hat, at=at)
    folders = [board.folder_id]
    note(actor, Deed.CHANGED, folders=folders, at=at, on=[deed.note.ref], why="board-undo")


@transaction.atomic
def confirm_guest(
    actor: Actor, board_id: int, number: int, role: str, *, stays: bool, at: datetime
) -> None:
    """Say that a phone's role is right (or which it is), or send the phone away.

    Raises NotFound, NotAllowed.
    """
    held = list(_of_same_session(board_id).select_for_update())  # in order: two may do this at once
    board = led(actor, board_id, at=at)
    guests = BoardGuest.objects.filter(session_id=board.session_id, number=number)
    changed = {"is_confirmed": True, "role": role} if stays else {"is_sent_away": True}
    guest = guests.first()
    if guest is None:
        raise NotFound
    guests.update(**changed)
    for other in held:
        next_number(other)
    rules = [] if stays else [board.folder_id]
    note(
        actor,
        Deed.CONFIRMED if stays else Deed.REMOVED,
        folders=[board.folder_id],
        at=at,
        on=[guest.ref],
        why="board-guest",
        rules_changed=rules,
    )


def led(actor: Actor, board_id: int, *, at: datetime) -> Board:
    """Return a board that this actor may lead, held until the end. Raises NotFound, NotAllowed."""
    rows = Board.objects.visible_to(actor, on=day_of(at))
    board = rows.select_related("folder", "session__pilot").one(board_id, lock=True)
    require(actor, Permission.SESSION_LEAD, within=board.session.pilot.ref)
    return board


def _note_of(board: Board, ref: UUID) -> BoardNote:
    found = board.notes.select_related("into").filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def _of_same_session(board_id: int) -> QuerySet[Board]:
    this = Board.objects.filter(pk=board_id).values("session")
    return Board.objects.filter(session__in=this).order_by("pk")


def _free_code() -> str:
    while True:
        code = new_code(CODE_LETTERS)
        if not Board.objects.filter(code=code).exists():
            return code
