"""A note of a session in the thread: one tap makes it an insight, question, idea or test."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design.boards_kinds import KINDS
from smartstart.design.models.boards import BoardNote, NoteText
from smartstart.design.models.thinking import NoteInThread
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Step
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind, State
from smartstart.thread.models import Knot, Thing, Tie
from smartstart.thread.operations_taking import take_up
from smartstart.thread.words import Words


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a note became in the thread."""

    kind: Kind
    knot: UUID


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a board a note of the thread hangs, and of which session."""

    board: int
    note: UUID
    number: int
    session: str
    day: date


@transaction.atomic
def into_thread(
    actor: Actor, note_ref: UUID, kind: Kind, *, at: datetime, ref: UUID | None = None
) -> Thing:
    """Make something of a note with one tap; it keeps its note, its writer and its session.

    Its words stay where they are sealed. Twice as the same kind is one thing. Raises NotFound (also
    for a note that was taken away, hidden or not revealed yet), NotAllowed or CannotTieThese.
    """
    note = standing_note(actor, note_ref, at=at)
    require(actor, Permission.THREAD_WRITE, within=note.board.session.pilot.ref)
    return take_up(actor, knot_of(actor, note, at=at).ref, kind, at=at, ref=ref)


def made_of_notes(actor: Actor, board_id: int, *, on: date) -> dict[UUID, tuple[MadeOf, ...]]:
    """Return per note of a board what stands in the thread of it; one not taken up is left out.

    In the order it was made; the note's own knot when nothing rests on that any more. Two queries.
    """
    rows = NoteInThread.objects.visible_to(actor, on=on).filter(note__board=board_id)
    own = dict(
        rows.exclude(knot__state=State.WITHDRAWN.value).values_list("knot__ref", "note__ref")
    )
    ties = Tie.objects.filter(lower__ref__in=own).exclude(upper__state=State.WITHDRAWN.value)
    found: dict[UUID, tuple[MadeOf, ...]] = {}
    for low, ref, kind in ties.order_by("pk").values_list(
        "lower__ref", "upper__ref", "upper__kind"
    ):
        found[own[low]] = (*found.get(own[low], ()), MadeOf(Kind(kind), ref))
    alone = {note: (MadeOf(Kind.NOTE, knot),) for knot, note in own.items() if note not in found}
    return found | alone


def spots_of(actor: Actor, knots: Collection[UUID], *, on: date) -> list[Spot]:
    """Return where the notes among these knots hang, for who may lead there. One query."""
    rows = NoteInThread.objects.visible_to(actor, on=on).filter(knot__ref__in=knots)
    found = rows.select_related("note__board__session__pilot").order_by("note__board", "note")
    return [_spot(row.note) for row in found if _leads(actor, row.note)]


def _leads(actor: Actor, note: BoardNote) -> bool:
    return actor.may(Permission.SESSION_LEAD, within=note.board.session.pilot.ref)


def _spot(note: BoardNote) -> Spot:
    board, session = note.board, note.board.session
    name = session.title or str(Step(session.step).label)
    return Spot(board.pk, note.ref, board.number, name, day_of(session.starts_at))


def standing_note(actor: Actor, note_ref: UUID, *, at: datetime) -> BoardNote:
    """Return a note with its board, session and pilot.

    Raises NotFound, also for a note that was taken away, hidden or not revealed yet.
    """
    visible = BoardNote.objects.visible_to(actor, on=day_of(at))
    rows = visible.select_related("author", "board__session__pilot", "folder")
    note = rows.filter(ref=note_ref, is_removed=False, is_hidden=False).first()
    if note is None or (KINDS[note.board.kind].covers and not note.board.is_revealed):
        raise NotFound
    return note


def knot_of(actor: Actor, note: BoardNote, *, at: datetime) -> Knot:
    """Return where a note stands in the thread, and put it there first when it does not yet."""
    pilot = note.board.session.pilot
    thread.hold_thread(pilot.pk)
    standing = NoteInThread.objects.filter(note=note).exclude(knot__state=State.WITHDRAWN.value)
    before = standing.select_related("knot").first()
    if before is not None:
        return before.knot
    source = note.author.ref if note.author else note.ref
    knot = thread.new_knot(pilot, Kind.NOTE, at=at, source=source)
    NoteInThread.objects.create(note=note, knot=knot, made_at=at, made_by=actor.hat)
    return knot


def withdraw_notes(notes: Collection[int], *, at: datetime) -> thread.Fallen:
    """Withdraw notes from the thread: all that rests on them is weakened. For who takes them away.

    The caller writes the line.
    """
    knots = NoteInThread.objects.filter(note__in=notes).exclude(knot__state=State.WITHDRAWN.value)
    return thread.withdraw_knots(list(knots.values_list("knot_id", flat=True)), at=at)


class NoteWords:
    """Gives the words of notes inside the pilot; outside they show that somebody said something."""

    def inside(self, knots: Sequence[int], reading: Reading) -> Mapping[int, Words]:
        """Words of the notes that stand, with role and session. Two queries."""
        visible = NoteInThread.objects.visible_to(reading.actor, on=day_of(reading.at))
        shown = visible.filter(
            knot_id__in=knots, note__is_removed=False, note__is_hidden=False
        ).select_related("note__author", "note__board__session")
        rows = list(shown)
        said = texts_of(reading, [row.note_id for row in rows])
        return {
            row.knot_id: Words("", said[row.note_id], by=_by(row.note))
            for row in rows
            if row.note_id in said
        }

    def for_public(self, knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
        """Nothing: nobody said yes to showing a note to everyone. The voice counts, unquoted."""
        return {}


def texts_of(reading: Reading, notes: Collection[int]) -> dict[int, str]:
    """Return the words of notes as they stand; two that clash one after the other. One query."""
    rows = NoteText.objects.filter(note__in=notes, is_replaced=False).exclude(words=None)
    texts = list(rows.select_related("folder").order_by("note_id", "number"))
    found: dict[int, list[str]] = {}
    for row, words in zip(texts, reading.texts(texts, "words"), strict=True):
        found.setdefault(row.note_id, []).append(words)
    return {note: " / ".join(words) for note, words in found.items()}


def _by(note: BoardNote) -> str:
    session = note.board.session
    step = str(Step(session.step).label)
    role = str(ParticipantRole(note.author.role).label) if note.author else ""
    return ", ".join(part for part in (role, session.title or step) if part)
