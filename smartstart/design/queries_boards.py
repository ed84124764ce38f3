"""Boards as a facilitator asks for them: every text through the reading of the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design.boards_kinds import KINDS, Kind
from smartstart.design.boards_results import Dots, votes_of
from smartstart.design.boards_rules import NoteLine, VoteLine
from smartstart.design.boards_undo import stands
from smartstart.design.models import DesignSession
from smartstart.design.models.boards import (
    Board,
    BoardDeed,
    BoardGuest,
    BoardNote,
    BoardPhoto,
    BoardVote,
    DeedKind,
    NoteText,
)
from smartstart.design.operations_boards_showing import lines_of, tally_of
from smartstart.design.states import SessionState

DEEDS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One board of a session with its question."""

    board: Board
    question: str


@dataclass(frozen=True, slots=True)
class Card:
    """One note on the screen: the texts that stand and its votes; of a group what lies in it."""

    line: NoteLine
    texts: tuple[str, ...]
    under: tuple[Card, ...] = ()
    votes: tuple[tuple[str, Dots], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a board with its cards; a board without columns has one without words."""

    slug: str
    words: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class DeedLine:
    """What who leads did with a note, and whether it can be undone now."""

    number: int
    done_at: datetime
    kind: str
    words: str
    is_undone: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One board as who leads sees it; ``hidden`` are the notes that were taken off."""

    board: Board
    kind: Kind
    question: str
    columns: tuple[Column, ...]
    hidden: tuple[Card, ...]
    guests: tuple[BoardGuest, ...]
    voters: int
    covered: int
    now: datetime
    words: Mapping[UUID, str]

    @property
    def is_covered(self) -> bool:
        """Whether notes stay off the screen until they are revealed."""
        return self.kind.covers and not self.board.is_revealed

    @property
    def is_over(self) -> bool:
        """Whether the board or its evening is closed: no phone and no large screen shows it."""
        return self.board.is_closed or self.board.session.state == SessionState.DONE

    @property
    def has_unsure(self) -> bool:
        """Whether somebody's role still has to be confirmed."""
        return any(not guest.is_confirmed for guest in self.guests)

    @property
    def may_group(self) -> bool:
        """Whether notes can be laid in groups now."""
        return self.kind.groups and not self.is_covered

    @property
    def cards(self) -> list[Card]:
        """Every card that stands on the board, a group before what lies in it."""
        return [
            one for column in self.columns for card in column.cards for one in (card, *card.under)
        ]

    @property
    def groups(self) -> list[Card]:
        """The groups that stand."""
        return [card for column in self.columns for card in column.cards if card.line.is_group]

    @property
    def loose(self) -> list[Card]:
        """What lies in no group."""
        return [card for column in self.columns for card in column.cards if not card.line.is_group]

    @property
    def timer_runs(self) -> bool:
        """Whether a clock runs now."""
        return self.board.timer_ends_at is not None and self.board.timer_ends_at > self.now


def boards_of(reading: Reading, session_id: int) -> tuple[DesignSession, list[BoardLine]]:
    """Return a session and its boards in the order they were made. Raises NotFound."""
    on = day_of(reading.at)
    sessions = DesignSession.objects.visible_to(reading.actor, on=on)
    session = sessions.select_related("pilot__folder").one(session_id)
    _require_leads(reading, session)
    reading.relies_on(session.pilot.folder)
    rows = Board.objects.visible_to(reading.actor, on=on).filter(session=session)
    boards = list(rows.select_related("folder").order_by("number"))
    told = reading.texts(boards, "question")
    return session, [BoardLine(*pair) for pair in zip(boards, told, strict=True)]


def board_page(reading: Reading, board_id: int, *, deed: Deed = Deed.READ) -> BoardPage:
    """Return one board with all that stands on it. Seven queries. Raises NotFound."""
    board, lines = _board(reading, board_id, deed)
    guests = tuple(
        BoardGuest.objects.filter(session_id=board.session_id, is_sent_away=False).order_by(
            "number"
        )
    )
    votes = _votes(board)
    tally = tally_of(board, votes)
    there = [line for line in lines if line.texts]  # of others the last words were taken back
    standing = [line for line in there if not line.is_removed and not line.is_hidden]
    kind = KINDS[board.kind]
    return BoardPage(
        board=board,
        kind=kind,
        question=reading.text(board, "question", deed=deed),
        columns=_columns(kind, standing, tally if board.is_counted else {}),
        hidden=tuple(_card(line, {}, kind, ()) for line in lines if line.is_hidden),
        guests=guests,
        voters=_voters(board, votes, guests),
        covered=len(standing),
        now=reading.at,
        words={line.ref: " / ".join(_texts(line)) for line in lines},
    )


def deeds_of(page: BoardPage) -> list[DeedLine]:
    """Return what was done last by who leads a board that was asked for, newest first. One query.

    Also of notes that stand nowhere any more: nothing goes without a trace.
    """
    rows = BoardDeed.objects.filter(board=page.board, number__lte=page.board.events)
    last = rows.select_related("note", "undone").order_by("-number")[:DEEDS_SHOWN]
    return [
        DeedLine(
            number=row.number,
            done_at=row.done_at,
            kind=str(DeedKind(row.kind).label),
            words=page.words[row.note.ref],
            is_undone=hasattr(row, "undone"),
            may_undo=not hasattr(row, "undone") and stands(row),
        )
        for row in last
    ]


def led_board(reading: Reading, board_id: int) -> Board:
    """Return a board that this reader may lead, without what stands on it. Raises NotFound."""
    rows = Board.objects.visible_to(reading.actor, on=day_of(reading.at))
    board = rows.select_related("folder", "session__pilot__folder").one(board_id)
    _require_leads(reading, board.session)
    reading.relies_on(board.session.pilot.folder)
    return board


def photos_of(page: BoardPage) -> list[BoardPhoto]:
    """Return the photos beside the notes of a board that was asked for, in order. One query."""
    return list(BoardPhoto.objects.filter(board=page.board).order_by("pk"))


def photo_files(reading: Reading, page: BoardPage) -> list[bytes]:
    """Return every photo of a board, to take along. Raises KeyIsGone, FileIsGone."""
    board = page.board.pk
    return [photo(reading, board, row.ref, deed=Deed.EXPORTED) for row in photos_of(page)]


def photo(reading: Reading, board_id: int, ref: UUID, *, deed: Deed = Deed.READ) -> bytes:
    """Return one photo as JPEG. Raises NotFound, KeyIsGone, FileIsGone."""
    board = led_board(reading, board_id)
    rows = BoardPhoto.objects.visible_to(reading.actor, on=day_of(reading.at))
    found = rows.select_related("folder").filter(board=board, ref=ref).first()
    if found is None:
        raise NotFound
    return reading.file(found, deed=deed)


def _board(reading: Reading, board_id: int, deed: Deed) -> tuple[Board, list[NoteLine]]:
    board = led_board(reading, board_id)
    texts = list(NoteText.objects.filter(note__board=board, is_replaced=False).order_by("number"))
    for row in texts:
        row.folder = board.folder  # the folder of the access decision: one for the whole board
    words: dict[int, list[tuple[int, str]]] = {}
    told = reading.texts(texts, "words", deed=deed, part_of=board.ref)
    for row, text in zip(texts, told, strict=True):
        words.setdefault(row.note_id, []).append((row.number, text))
    return board, list(lines_of(BoardNote.objects.filter(board=board), words))


def _require_leads(reading: Reading, session: DesignSession) -> None:
    """Only who may lead reads what people wrote; for others the board does not exist."""
    if not reading.actor.may(Permission.SESSION_LEAD, within=session.pilot.ref):
        raise NotFound


def _votes(board: Board) -> tuple[VoteLine, ...]:
    rows = BoardVote.objects.filter(board=board)
    return tuple(
        VoteLine(*row)
        for row in rows.values_list("guest_id", "note__ref", "value", "changed", "counted_as")
    )


def _voters(board: Board, votes: Sequence[VoteLine], guests: Sequence[BoardGuest]) -> int:
    """Return how many people voted: of those who are here, or whose votes were counted."""
    here = {guest.pk for guest in guests}
    counts = [vote for vote in votes if (vote.role if board.is_counted else vote.guest in here)]
    return len({vote.guest for vote in counts if vote.value})


def _columns(kind: Kind, lines: Sequence[NoteLine], tally: dict[str, Any]) -> tuple[Column, ...]:
    """Return the columns: groups with what lies in them first, then what lies in none."""
    under: dict[UUID, list[Card]] = {line.ref: [] for line in lines if line.is_group}
    loose = []
    for line in lines:
        if line.into in under:
            under[line.into].append(_card(line, tally, kind, ()))
        elif not line.is_group:
            loose.append(line)
    groups = [line for line in lines if line.is_group]
    cards = [_card(line, tally, kind, under.get(line.ref, ())) for line in [*groups, *loose]]
    return tuple(
        Column(slug, str(words), tuple(card for card in cards if card.line.column == slug))
        for slug, words in kind.columns or (("", ""),)
    )


def _card(line: NoteLine, tally: dict[str, Any], kind: Kind, under: Sequence[Card]) -> Card:
    given = tally.get(str(line.ref), {})
    return Card(line, _texts(line), tuple(under), votes_of(kind, given) if kind.most else ())


def _texts(line: NoteLine) -> tuple[str, ...]:
    return tuple(words for _number, words in line.texts)
