"""The page of who thought along: the card that opens it, and what one does there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors_findings import CardIsMade
from smartstart.design.models.boards import Board, BoardGuest, BoardStep, NoteText
from smartstart.design.models.thinking import GuestCard, GuestSaid, TargetGroup
from smartstart.design.notes_in_thread import withdraw_notes
from smartstart.design.operations_boards_phone import add_text, require_words
from smartstart.design.roles import ParticipantRole
from smartstart.post import operations as post
from smartstart.programme.models import Pilot
from smartstart.thread import cards
from smartstart.thread import operations as thread
from smartstart.thread.cards import Codes
from smartstart.thread.models import HowHeard
from smartstart.thread.operations_heard import forget, heard
from smartstart.voices.refusals import (
    CardDoesNotOpen,
    CardIsClosedForAWhile,
    StoryWasTakenBack,
    WordIsTooShort,
    WriteSomething,
)


@transaction.atomic
def make_guest_card(
    actor: Actor, guest_ref: UUID, *, word: str, at: datetime, ref: UUID | None = None
) -> Codes:
    """Make the card of who thinks along, with the second word they chose; return its codes, once.

    A new card makes the old one worthless; the same ``ref`` again is the same card. Raises
    NotFound, NotAllowed, StoryWasTakenBack or WordIsTooShort.
    """
    visible = BoardGuest.objects.visible_to(actor, on=day_of(at))
    guest = visible.select_related("session__pilot").filter(ref=guest_ref).first()
    if guest is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=guest.session.pilot.ref)
    return make_card(actor, guest, word=word, at=at, ref=ref)


@transaction.atomic
def make_own_card(
    actor: Actor, guest: BoardGuest, *, word: str, at: datetime, ref: UUID | None = None
) -> Codes:
    """Make the first card of a phone; a new one is made by the team, who see for whom.

    The same ``ref`` again is the same card. Raises CardIsMade, StoryWasTakenBack or WordIsTooShort.
    """
    first = GuestCard.objects.filter(guest=guest).first()
    same = cards.codes_of(ref, guest.ref) if ref else None
    if first is not None and (same is None or first.code_hash != cards.code_hash(same.typed)):
        raise CardIsMade
    return make_card(actor, guest, word=word, at=at, ref=ref)


@transaction.atomic
def make_card(
    actor: Actor, guest: BoardGuest, *, word: str, at: datetime, ref: UUID | None = None
) -> Codes:
    """Make a card for this guest: for who looked already that it may be made."""
    if cards.is_too_short(word):
        raise WordIsTooShort
    before = GuestCard.objects.filter(guest=guest).first()
    if before is not None and before.gone_on is not None:
        raise StoryWasTakenBack
    codes = cards.codes_of(ref or uuid4(), guest.ref)
    if before is not None and before.code_hash == cards.code_hash(codes.typed):
        return codes
    GuestCard.objects.update_or_create(
        guest=guest, defaults=cards.of_codes(codes, word, at=at, by=actor.hat)
    )
    folders = [guest.session.folder_id]
    note(actor, Deed.MADE, folders=folders, at=at, on=[guest.ref], why="card")
    return codes


def open_guest(code: str, word: str, *, at: datetime) -> UUID:
    """Return the reference of who thought along that a card and a word open.

    As for an interviewee: a try is counted first, and who comes in heard what came of it so far.
    Raises CardIsClosedForAWhile or CardDoesNotOpen.
    """
    card = GuestCard.opened_by(code)
    if card is not None and not card.takes_a_try(at=at):
        raise CardIsClosedForAWhile
    if not cards.word_fits(card, word) or card is None:
        raise CardDoesNotOpen
    return _entered(card, at=at)


@transaction.atomic
def correct_note(actor: Actor, note_ref: UUID, *, words: str, at: datetime) -> None:
    """Say it in other words: the old ones are gone. Raises NotFound or NoteIsEmpty."""
    guest = _mine(actor, at=at)
    found = guest.notes.filter(ref=note_ref, is_removed=False).select_related("board").first()
    if found is None:
        raise NotFound
    said = require_words(words)
    number = _next(found.board)
    old = list(found.texts.values_list("number", flat=True))
    add_text(found.board, found, said, number, base=tuple(old))
    found.texts.filter(number__in=old).update(words=None)
    _line(actor, guest, Deed.CHANGED, at=at)


@transaction.atomic
def say_back(actor: Actor, *, words: str, at: datetime, ref: UUID | None = None) -> GuestSaid:
    """Write something to the team from one's own page; the same ``ref`` gives what is there.

    Raises NotFound, SentBefore, WriteSomething or TooLong.
    """
    guest = _mine(actor, at=at)
    made = first_made(GuestSaid.objects, ref, guest_id=guest.pk)
    if made is not None:
        return made
    if not words.strip():
        raise WriteSomething
    said = GuestSaid(ref=ref or uuid4(), guest=guest, folder=guest.session.folder, said_at=at)
    said.put(words=words.strip())
    said.save(force_insert=True)
    _line(actor, guest, Deed.MADE, at=at)
    return said


@transaction.atomic
def choose_mail(actor: Actor, *, address: str, at: datetime, language: str = "nl") -> None:
    """Get a mail when there is news, never what; "" is nothing at home.

    Raises NotFound or NotAnAddress.
    """
    guest = _mine(actor, at=at)
    if address:
        post.open_story_mailbox(actor, guest.ref, address, at=at, language=language)
    else:
        post.close_story_mailbox(actor, guest.ref, at=at)
    _line(actor, guest, Deed.CHANGED, at=at)


@transaction.atomic
def take_all_back(actor: Actor, *, at: datetime) -> None:
    """Take back all one said: words gone, knots withdrawn, what rests on them weakened.

    Also words typed in notes of others; the phone takes no part any more, so nothing comes after.
    Asks no reason; a second time changes nothing. Raises NotFound.
    """
    guest = _own(actor, at=at)
    card = GuestCard.objects.select_for_update(of=("self",)).get(guest=guest)
    if card.gone_on is not None:
        return
    BoardGuest.objects.filter(pk=guest.pk).update(is_sent_away=True)
    boards = Board.objects.filter(session_id=guest.session_id).order_by("pk")
    withdraw_notes([note for board in boards for note in _wiped(board, guest)], at=at)
    GuestSaid.objects.filter(guest=guest).delete()
    forget(guest.ref)
    post.close_story_mailbox(actor, guest.ref, at=at)
    card.gone_on = day_of(at)
    card.save(update_fields=["gone_on"])
    session = guest.session
    folders = [session.folder_id, session.pilot.folder_id]
    note(
        actor,
        Deed.CONSENT_WITHDRAWN,
        folders=folders[:1],
        at=at,
        on=[guest.ref],
        rules_changed=folders,
    )


@transaction.atomic
def mark_read(actor: Actor, said: Collection[UUID], *, at: datetime) -> int:
    """Say that the team read what was written back; how many were not read yet. Raises NotFound."""
    visible = GuestSaid.objects.visible_to(actor, on=day_of(at)).filter(ref__in=said, read_at=None)
    rows = list(visible.select_related("guest__session__pilot"))
    for row in rows:
        require(actor, Permission.THREAD_WRITE, within=row.guest.session.pilot.ref)
    GuestSaid.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=at, read_by=actor.hat)
    for folder in sorted({row.folder_id for row in rows}):
        on = [row.ref for row in rows if row.folder_id == folder]
        note(actor, Deed.CHANGED, folders=[folder], at=at, on=on, why="read")
    return len(rows)


@transaction.atomic
def aim_at(
    actor: Actor, pilot_id: int, *, role: ParticipantRole, people: int, at: datetime
) -> TargetGroup:
    """Say how many people of one role a pilot is about; again replaces it.

    Raises NotFound or NotAllowed.
    """
    pilot = Pilot.objects.worked_on_by(actor, on=day_of(at)).one(pilot_id)
    require(actor, Permission.PILOT_LEAD, within=pilot.ref)
    row, _ = TargetGroup.objects.update_or_create(
        pilot=pilot, role=role, defaults={"people": people}
    )
    note(actor, Deed.CHANGED, folders=[pilot.folder_id], at=at, on=[pilot.ref], why="target")
    return row


# Parts ----------------------------------------------------------------------------------------


def _own(actor: Actor, *, at: datetime) -> BoardGuest:
    if actor.role is not Role.INTERVIEWEE:
        raise NotFound
    cards_ = GuestCard.objects.visible_to(actor, on=day_of(at))
    card = cards_.select_related("guest__session__folder", "guest__session__pilot").first()
    if card is None:
        raise NotFound
    return card.guest


def _mine(actor: Actor, *, at: datetime) -> BoardGuest:
    guest = _own(actor, at=at)
    if GuestCard.objects.filter(guest=guest).exclude(gone_on=None).exists():
        raise StoryWasTakenBack
    return guest


def _wiped(board: Board, guest: BoardGuest) -> set[int]:
    """Take every word of somebody off a board; return the notes that lost what stood there."""
    number = _next(board)  # holds the board: no step of this phone is on its way any more
    steps = BoardStep.objects.filter(board=board, guest=guest).values("number")
    own = Q(note__author=guest) | Q(number__in=steps)
    typed = NoteText.objects.filter(own, note__board=board)
    lost = set(typed.filter(is_replaced=False).values_list("note_id", flat=True))
    typed.update(words=None, is_replaced=True)
    board.notes.filter(pk__in=lost).update(changed=number)
    guest.notes.filter(board=board).update(is_removed=True, changed=number)
    return lost


def _next(board: Board) -> int:
    Board.objects.filter(pk=board.pk).update(events=F("events") + 1)
    number: int = Board.objects.values_list("events", flat=True).get(pk=board.pk)
    return number


def _line(actor: Actor, guest: BoardGuest, deed: Deed, *, at: datetime) -> None:
    note(actor, deed, folders=[guest.session.folder_id], at=at, on=[guest.ref], why="story")


@transaction.atomic
def _entered(card: GuestCard, *, at: datetime) -> UUID:
    card.was_right()
    guest = BoardGuest.objects.select_related("session").get(pk=card.guest_id)
    if card.gone_on is None:
        thread.hold_thread(guest.session.pilot_id)
        heard(guest.session.pilot_id, guest.ref, HowHeard.PAGE, at=at)
    who = Actor(role=Role.INTERVIEWEE, within=guest.ref, person=guest.ref, assurance=2)
    note(who, Deed.ENTERED, folders=[guest.session.folder_id], at=at, on=[guest.ref])
    return guest.ref
