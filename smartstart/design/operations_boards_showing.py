"""What phones are shown: opened once per change and board, for everybody in the room at once.

A phone has no account, so its looks are no lines of their own: its line is that it came in
(``join``), and all it is shown belongs to that one evening (decision 0019). The screen of a
facilitator reads through the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from smartstart.base.sealing import unseal
from smartstart.design import boards_rules as rules
from smartstart.design.boards_kinds import KINDS
from smartstart.design.boards_rules import NoteLine, Sight, VoteLine
from smartstart.design.models.boards import (
    Board,
    BoardGuest,
    BoardNote,
    BoardStep,
    BoardVote,
    NoteText,
)
from smartstart.design.operations_boards_phone import hashed
from smartstart.design.states import SessionState


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed on one board after a number: for everybody, not yet filtered."""

    sight: Sight
    notes: tuple[NoteLine, ...]
    votes: tuple[VoteLine, ...]
    guests: dict[int, tuple[str, bool]] = field(default_factory=dict)
    tally: dict[str, Any] | None = None

    def for_guest(self, guest: int, *, since: int) -> dict[str, Any]:
        """Return what one phone hears. One that takes no part any more hears that it is over."""
        if self.sight.is_closed or guest not in self.guests:
            return {"number": self.sight.number, "over": True}
        told = rules.news(
            self.sight, self.notes, self.votes, guest=guest, since=since, tally=self.tally
        )
        role, confirmed = self.guests[guest]
        return told | {"role": role, "confirmed": confirmed}


def enter(board_ref: UUID, token: str) -> tuple[int, int] | None:
    """Return the board and the guest of a phone that listens; None when it takes no part."""
    rows = BoardGuest.objects.filter(token_hash=hashed(token), is_sent_away=False)
    found = rows.filter(session__boards__ref=board_ref, session__boards__is_closed=False)
    pair: tuple[int, int] | None = (
        found.values_list("session__boards__pk", "pk")
        .filter(session__boards__ref=board_ref)
        .first()
    )
    return pair


def standing(boards: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Return per board the number of its last change, and whether it is over. One query."""
    rows = Board.objects.filter(pk__in=boards).values_list(
        "pk", "events", "is_closed", "session__state", "folder__erased_at"
    )
    return {
        pk: (events, closed or state == SessionState.DONE or erased is not None)
        for pk, events, closed, state, erased in rows
    }


def changes(board_id: int, *, since: int) -> Changes | None:
    """Return what changed on a board after ``since``. Seven queries; None when it is gone."""
    board = Board.objects.select_related("folder", "session").filter(pk=board_id).first()
    if board is None or board.folder.erased_at is not None:
        return None
    sight, after = sight_of(board), since if board.turned <= since else -1
    # What is written after this look comes with the next: by then the board may be covered again.
    notes = BoardNote.objects.filter(board=board, changed__gt=after, changed__lte=board.events)
    votes = BoardVote.objects.filter(board=board)
    told = votes if board.is_counted else votes.filter(changed__gt=after)
    lines = _votes(told)
    guests = dict(_guests(board))
    return Changes(
        sight,
        tuple(lines_of(notes, _words(board, notes), _earlier(board, notes))),
        lines,
        guests,
        tally_of(board, lines) if board.is_counted else None,
    )


def sight_of(board: Board) -> Sight:
    """Return what everybody on a board may know."""
    ends = board.timer_ends_at
    return Sight(
        number=board.events,
        turned=board.turned,
        is_closed=board.is_closed or board.session.state == SessionState.DONE,
        is_locked=board.is_locked,
        is_revealed=board.is_revealed,
        is_counted=board.is_counted,
        covers=KINDS[board.kind].covers,
        ends_at=ends.timestamp() if ends else None,
    )


def lines_of(
    notes: QuerySet[BoardNote],
    words: Mapping[int, Sequence[tuple[int, str]]],
    earlier: Mapping[int, Mapping[int, str]] | None = None,
) -> Iterable[NoteLine]:
    """Return notes as lines, in the order they were made."""
    for row in notes.order_by("pk").select_related("into"):
        yield NoteLine(
            row.ref,
            row.author_id,
            row.column,
            row.into.ref if row.into else None,
            row.is_hidden,
            row.is_removed,
            row.changed,
            tuple(words.get(row.pk, ())),
            row.is_group,
            (earlier or {}).get(row.pk, {}),
        )


def tally_of(board: Board, votes: Iterable[VoteLine]) -> dict[str, Any]:
    """Return the votes per note and per role, small roles together."""
    return rules.dots(votes, ranks=KINDS[board.kind].ranks)


def _votes(rows: QuerySet[BoardVote]) -> tuple[VoteLine, ...]:
    told = rows.values_list("guest_id", "note__ref", "value", "changed", "counted_as")
    return tuple(VoteLine(*row) for row in told)


def _guests(board: Board) -> Iterable[tuple[int, tuple[str, bool]]]:
    rows = BoardGuest.objects.filter(session_id=board.session_id, is_sent_away=False)
    for pk, role, sure in rows.values_list("pk", "role", "is_confirmed"):
        yield pk, (role, sure)


def _words(board: Board, notes: QuerySet[BoardNote]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    key = board.folder.key()
    rows = NoteText.objects.filter(note__in=notes, is_replaced=False)
    for row in rows.order_by("number"):
        row.folder = board.folder
        words = unseal(bytes(row.words), key, row.sealed_at("words")).decode()
        found.setdefault(row.note_id, []).append((row.number, words))
    return found


def _earlier(board: Board, notes: QuerySet[BoardNote]) -> dict[int, dict[int, str]]:
    """Return per note and guest the last words they typed there that were replaced.

    Also those that went with a note of somebody else: nothing goes without a trace.
    """
    gone = Q(note__is_removed=True) | Q(note__is_hidden=True) | Q(words=None)
    rows = NoteText.objects.filter(gone | Q(is_replaced=True), note__in=notes)
    replaced = list(rows.select_related("note").order_by("number"))
    if not replaced:
        return {}
    numbers = [row.number for row in replaced]
    steps = BoardStep.objects.filter(board=board, number__in=numbers)
    typed_by = dict(steps.values_list("number", "guest_id"))
    key, found = board.folder.key(), dict[int, dict[int, str]]()
    for row in replaced:
        guest = typed_by.get(row.number)
        own = guest == row.note.author_id
        if guest is None or (own and (row.words is None or not row.is_replaced)):
            continue
        row.folder = board.folder
        sealed = row.words
        words = unseal(bytes(sealed), key, row.sealed_at("words")).decode() if sealed else ""
        found.setdefault(row.note_id, {})[guest] = words
    return found


def board_of(board_ref: UUID) -> tuple[int, int] | None:
    """Return the board for a screen that hears numbers only; it is no guest."""
    found = Board.objects.filter(ref=board_ref, is_closed=False).first()
    return (found.pk, 0) if found else None


def question_of(board_ref: UUID) -> tuple[Board, str]:
    """Return a board with its question, for a phone that was let in. Raises KeyIsGone."""
    board = Board.objects.select_related("folder", "session").get(ref=board_ref)
    return board, unseal(
        bytes(board.question or b""), board.folder.key(), board.sealed_at("question")
    ).decode()
