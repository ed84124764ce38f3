"""What a phone does on a board: join it, and one small step at a time, stored once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.base.codes import tidy
from smartstart.design import boards_rules as rules
from smartstart.design.boards_kinds import KINDS, Kind
from smartstart.design.errors_boards import (
    BoardCodeOpensNothing,
    BoardIsClosed,
    BoardIsFull,
    BoardIsLocked,
    EnoughNotesOfOne,
    NoMoreVotes,
    NoteDoesNotFit,
    NoteIsEmpty,
    NoteIsTooLong,
    VeryManyComeIn,
)
from smartstart.design.models import DesignSession
from smartstart.design.models.boards import (
    Board,
    BoardGuest,
    BoardNote,
    BoardStep,
    BoardVote,
    NoteText,
)
from smartstart.design.notes_in_thread import withdraw_notes
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import SessionState

TOKEN_BYTES: Final = 16
MOST_GUESTS: Final = 300
MOST_IN_A_QUARTER: Final = (
    1_000  # in the whole house: three times the largest day that was measured
)
QUARTER: Final = timedelta(minutes=15)
WHY: Final = "board"


@dataclass(frozen=True, slots=True)
class Step:
    """One small operation: who sent it (``client``, ``counter``), on which note, and what.

    ``field`` is write, remove, restore, vote, group (a new group by its name), into (which group
    the note lies in, "" for none) or place (which column it stands in). ``base`` are the numbers
    of the texts that the writer saw: those are replaced.
    """

    client: UUID
    counter: int
    field: str
    note: UUID
    value: str = ""
    column: str = ""
    base: tuple[int, ...] = ()


def hashed(token: str) -> str:
    """Return what the store knows of a phone's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def board_of_code(typed: str, *, at: datetime) -> Board:
    """Return the open board of a code. Raises BoardCodeOpensNothing."""
    rows = Board.objects.filter(code=tidy(typed)[:6], is_closed=False, code_until__gt=at)
    found = rows.exclude(session__state=SessionState.DONE).first()
    if found is None or len(tidy(typed)) != len(found.code):
        raise BoardCodeOpensNothing
    return found


@transaction.atomic
def join(typed: str, role: ParticipantRole, *, at: datetime, token: str = "") -> tuple[Board, str]:
    """Let a phone in with a code; return the board and the token that the phone keeps.

    A phone that is in this session already stays who it is. Raises BoardCodeOpensNothing,
    BoardIsFull or VeryManyComeIn.
    """
    board = board_of_code(typed, at=at)
    if token and guest_of(board, token) is not None:
        return board, token
    DesignSession.objects.filter(pk=board.session_id).select_for_update().first()
    guests = BoardGuest.objects.filter(session_id=board.session_id)
    _require_room(guests, at=at)
    last = guests.aggregate(last=Max("number"))["last"] or 0
    fresh = secrets.token_urlsafe(TOKEN_BYTES)
    guest = BoardGuest.objects.create(
        session_id=board.session_id,
        number=last + 1,
        token_hash=hashed(fresh),
        role=role,
        joined_at=at,
    )
    next_number(board)
    note(VISITOR, Deed.ENTERED, folders=[board.folder_id], at=at, on=[guest.ref], why=WHY)
    return board, fresh


def _require_room(guests: QuerySet[BoardGuest], *, at: datetime) -> None:
    """Who was sent away takes no place. Raises BoardIsFull or VeryManyComeIn."""
    if guests.filter(is_sent_away=False).count() >= MOST_GUESTS:
        raise BoardIsFull
    if BoardGuest.objects.filter(joined_at__gt=at - QUARTER).count() >= MOST_IN_A_QUARTER:
        raise VeryManyComeIn


def guest_of(board: Board, token: str) -> BoardGuest | None:
    """Return who this phone is in the session of this board; None when it takes no part."""
    rows = BoardGuest.objects.filter(token_hash=hashed(token), session_id=board.session_id)
    return rows.filter(is_sent_away=False).first() if token else None


@transaction.atomic
def take(board_ref: UUID, token: str, step: Step, *, at: datetime) -> int:
    """Store one step and return its number; a step that was stored gives that number again.

    Raises BoardIsClosed, BoardIsLocked or what the step itself does not allow; then nothing is
    stored and the phone keeps it.
    """
    board = Board.objects.select_related("folder", "session").filter(ref=board_ref).first()
    if board is None:
        raise BoardIsClosed
    number = next_number(board)  # holds the board: from here on one step at a time
    guest = guest_of(board, token)
    if guest is None:
        raise BoardIsClosed
    stored = BoardStep.objects.filter(guest=guest, client=step.client, counter=step.counter).first()
    if stored is not None:
        return stored.number
    _require_open(board)
    _STEPS.get(step.field, _unknown)(board, guest, step, number, at)
    BoardStep.objects.create(
        guest=guest, board=board, client=step.client, counter=step.counter, number=number
    )
    note(VISITOR, Deed.CHANGED, folders=[board.folder_id], at=at, on=[step.note], why=WHY)
    return number


# Parts ----------------------------------------------------------------------------------------


def next_number(board: Board) -> int:
    """Take the next number of a board and hold the board until the transaction ends."""
    Board.objects.filter(pk=board.pk).update(events=F("events") + 1)
    now = Board.objects.only(*_TURNS).get(pk=board.pk)
    for name in _TURNS:
        setattr(board, name, getattr(now, name))
    return board.events


_TURNS: Final = ("events", "is_closed", "is_locked", "is_revealed", "is_counted")


def _require_open(board: Board) -> None:
    if board.is_closed or board.session.state == SessionState.DONE:
        raise BoardIsClosed
    if board.is_locked:
        raise BoardIsLocked


def _write(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    words, kind = require_words(step.value), KINDS[board.kind]
    found = _note(board, step.note)
    if found is None:
        if not kind.has_column(step.column):
            raise NoteDoesNotFit
        found = new_note(board, step.note, number, at, author=guest, column=step.column)
    elif found.author_id != guest.pk and not _is_shared(kind, found):
        raise NoteDoesNotFit
    elif found.is_group:
        words = require_name(board, step.value)
    add_text(board, found, words, number, base=step.base)


def _is_shared(kind: Kind, found: BoardNote) -> bool:
    """Whether who did not make this note may write in it; one that is gone nobody would see."""
    return (found.is_group or kind.shares) and not (found.is_hidden or found.is_removed)


def require_words(typed: str) -> str:
    """Return the words of a note as they are kept. Raises NoteIsEmpty or NoteIsTooLong."""
    words = typed.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise NoteIsEmpty
    if len(words) > rules.MOST_LETTERS:
        raise NoteIsTooLong
    return words


def require_name(board: Board, typed: str) -> str:
    """Return the name of a group as it is kept, on a board where notes lie in groups.

    Raises NoteDoesNotFit, NoteIsEmpty or NoteIsTooLong.
    """
    kind = KINDS[board.kind]
    if not kind.groups or (kind.covers and not board.is_revealed):
        raise NoteDoesNotFit
    words = " ".join(require_words(typed).split())
    if len(words) > rules.GROUP_LETTERS:
        raise NoteIsTooLong
    return words


def add_text(
    board: Board, found: BoardNote, words: str, number: int, *, base: tuple[int, ...]
) -> None:
    """Give a note a text in place of those that were seen."""
    if base:
        found.texts.filter(number__in=base).update(is_replaced=True)
    text = NoteText(note=found, number=number, folder=board.folder)
    text.put(words=words)
    text.save(force_insert=True)
    if found.changed != number:
        BoardNote.objects.filter(pk=found.pk).update(changed=number)


def new_note(
    board: Board,
    ref: UUID,
    number: int,
    at: datetime,
    *,
    author: BoardGuest | None = None,
    column: str = "",
    is_group: bool = False,
) -> BoardNote:
    """Make a note without words yet.

    Raises NoteDoesNotFit when it is there, EnoughNotesOfOne or BoardIsFull.
    """
    if BoardNote.objects.filter(ref=ref).exists():
        raise NoteDoesNotFit
    if author is not None and board.notes.filter(author=author).count() >= rules.MOST_OF_ONE:
        raise EnoughNotesOfOne
    if board.notes.count() >= rules.MOST_NOTES:
        raise BoardIsFull
    return BoardNote.objects.create(
        ref=ref,
        folder=board.folder,
        board=board,
        author=author,
        column=column,
        is_group=is_group,
        changed=number,
        made_at=at,
    )


def _remove(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    found = _note(board, step.note)
    if found is None or found.author_id != guest.pk:
        raise NoteDoesNotFit
    found.is_removed, found.changed = step.field == "remove", number
    found.save(update_fields=["is_removed", "changed"])
    if found.is_removed:
        withdraw_notes([found.pk], at=at)


def _vote(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    kind, found = KINDS[board.kind], _seen(board, guest, step.note)
    allowed = {str(value): value for value, _words in kind.values} | {"0": 0}
    if step.value not in allowed or not kind.most or board.is_counted:
        raise NoteDoesNotFit
    value = allowed[step.value]
    mine = board.votes.filter(guest=guest).exclude(note=found)
    if value and kind.ranks:
        mine.filter(value=value).update(value=0, changed=number)
    elif value and mine.exclude(value=0).count() >= kind.most:
        _free_one(mine, number)
    BoardVote.objects.update_or_create(
        guest=guest, note=found, defaults={"board": board, "value": value, "changed": number}
    )


def _free_one(given: QuerySet[BoardVote], number: int) -> None:
    """Take a vote back from a note that is gone, where nobody can. Raises NoMoreVotes."""
    gone = Q(note__is_hidden=True) | Q(note__is_removed=True)
    stuck = given.filter(gone).exclude(value=0).order_by("changed").first()
    if stuck is None:
        raise NoMoreVotes
    given.filter(pk=stuck.pk).update(value=0, changed=number)


def _group(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    words = require_name(board, step.value)
    made = new_note(board, step.note, number, at, author=guest, is_group=True)
    add_text(board, made, words, number, base=())


def _into(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    put_into(board, _seen(board, guest, step.note), step.value, number)


def _place(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    kind, found = KINDS[board.kind], _seen(board, guest, step.note)
    if found.author_id != guest.pk and not kind.shares:
        raise NoteDoesNotFit
    put_at(board, found, step.value, number)


def put_at(board: Board, found: BoardNote, column: str, number: int) -> None:
    """Put a note in another place of a board that has places. Raises NoteDoesNotFit."""
    kind = KINDS[board.kind]
    if not kind.columns or not kind.has_column(column):
        raise NoteDoesNotFit
    found.column, found.changed = column, number
    found.save(update_fields=["column", "changed"])


def put_into(board: Board, found: BoardNote, group: str, number: int) -> None:
    """Lay a note in a group that stands, or in none. A group lies in no other."""
    kind = KINDS[board.kind]
    covered = kind.covers and not board.is_revealed
    if found.is_group or not kind.groups or covered:
        raise NoteDoesNotFit
    found.into, found.changed = group_of(board, group), number
    found.save(update_fields=["into", "changed"])


def group_of(board: Board, ref: str) -> BoardNote | None:
    """Return a group that stands; None for "". Raises NoteDoesNotFit."""
    if not ref:
        return None
    found = _note(board, _uuid(ref))
    if found is None or not found.is_group or found.is_hidden or found.is_removed:
        raise NoteDoesNotFit
    return found


def _seen(board: Board, guest: BoardGuest, ref: UUID) -> BoardNote:
    """Return a note that this phone can see."""
    found = _note(board, ref)
    hidden = found is None or found.is_hidden or found.is_removed
    covered = KINDS[board.kind].covers and not board.is_revealed
    if found is None or hidden or (covered and found.author_id != guest.pk):
        raise NoteDoesNotFit
    return found


def _note(board: Board, ref: UUID) -> BoardNote | None:
    return board.notes.filter(ref=ref).first()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NoteDoesNotFit from None


def _unknown(board: Board, guest: BoardGuest, step: Step, number: int, at: datetime) -> None:
    raise NoteDoesNotFit


_STEPS: Final[dict[str, Callable[[Board, BoardGuest, Step, int, datetime], None]]] = {
    "write": _write,
    "remove": _remove,
    "restore": _remove,
    "vote": _vote,
    "group": _group,
    "into": _into,
    "place": _place,
}
