"""What the page of who thought along asks, and the team's list of who still has to hear."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design.models.boards import BoardGuest, BoardNote
from smartstart.design.models.thinking import GuestCard, GuestSaid
from smartstart.design.notes_in_thread import texts_of
from smartstart.design.operations_boards_phone import hashed
from smartstart.design.roles import ParticipantRole
from smartstart.post.models import Mailbox
from smartstart.programme.models import Pilot
from smartstart.thread.queries import Fed, fed_by
from smartstart.thread.queries_heard import HeardCount, heard_of, last_heard, news_in


@dataclass(frozen=True, slots=True)
class MyNote:
    """One note I wrote: on what question, and the words as they stand."""

    ref: UUID
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class GuestStory:
    """Everything on the page of who thought along; after taking it back only that, and the day."""

    pilot: Pilot
    session: str
    met_on: date
    role: ParticipantRole
    gone_on: date | None
    notes: tuple[MyNote, ...] = ()
    led_to: tuple[Fed, ...] = ()
    said_back: tuple[tuple[datetime, str, bool], ...] = ()
    gets_mail: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person took everything back."""
        return self.gone_on is not None

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which they did."""
        return self.gone_on


def is_guest(actor: Actor) -> bool:
    """Say whether who opened their page thought along in a session. One query."""
    if actor.role is not Role.INTERVIEWEE or actor.within is None:
        return False
    return GuestCard.objects.filter(guest__ref=actor.within).exists()


def guest_story(reading: Reading, *, language: str = "nl") -> GuestStory:
    """Return the page of who thought along and opened it. Raises NotFound for anybody else."""
    on, actor = day_of(reading.at), reading.actor
    if actor.role is not Role.INTERVIEWEE:
        raise NotFound
    visible = GuestCard.objects.visible_to(actor, on=on)
    card = visible.select_related("guest__session__pilot__folder", "guest__session__folder").first()
    if card is None:
        raise NotFound
    guest = card.guest
    session = guest.session
    reading.relies_on(session.pilot.folder)
    reading.saw(session.folder, guest.ref)
    role, met_on = ParticipantRole(guest.role), day_of(session.starts_at)
    if card.gone_on is not None:
        return GuestStory(session.pilot, session.title, met_on, role, card.gone_on)
    return GuestStory(
        pilot=session.pilot,
        session=session.title,
        met_on=met_on,
        role=role,
        gone_on=None,
        notes=_notes(reading, guest),
        led_to=tuple(fed_by(actor, on=on, language=language)),
        said_back=_said_back(reading, guest),
        gets_mail=Mailbox.objects.of_story(guest.ref) is not None,
    )


@dataclass(frozen=True, slots=True)
class GuestLine:
    """One phone of a session: its role and number, and how far this person heard back."""

    ref: UUID
    number: int
    role: ParticipantRole
    notes: int
    has_card: bool
    news: int
    heard_at: datetime | None
    said_back: tuple[tuple[UUID, datetime, str, bool], ...]


@dataclass(frozen=True, slots=True)
class GuestsPage:
    """Who thought along in a pilot, by session, newest first; and the count of who heard back."""

    pilot: Pilot
    sessions: tuple[tuple[str, date, tuple[GuestLine, ...]], ...]
    count: HeardCount
    writes: bool


def guests_page(reading: Reading, pilot_id: int) -> GuestsPage:
    """Return who thought along in a pilot, for its team. Raises NotFound. Eight queries."""
    on, actor = day_of(reading.at), reading.actor
    pilot = Pilot.objects.worked_on_by(actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    if not actor.may(Permission.PILOT_WORK, within=pilot.ref):
        raise NotFound
    visible = BoardGuest.objects.visible_to(actor, on=on).filter(session__pilot=pilot)
    shown = visible.filter(is_sent_away=False, card__gone_on=None)
    written = Count("notes", filter=Q(notes__is_removed=False, notes__is_hidden=False))
    guests = list(
        shown.annotate(written=written)
        .select_related("session", "card")
        .order_by("-session__starts_at", "session_id", "number")
    )
    news, last, said = news_in(pilot.pk), last_heard(pilot.pk), _said_to_team(reading, guests)
    by_session: dict[tuple[str, date], list[GuestLine]] = {}
    for guest in guests:
        before = last.get(guest.ref)
        line = GuestLine(
            ref=guest.ref,
            number=guest.number,
            role=ParticipantRole(guest.role),
            notes=guest.written,
            has_card=hasattr(guest, "card"),
            news=len(news.get(guest.ref, ())),
            heard_at=before.heard_at if before else None,
            said_back=tuple(said.get(guest.pk, ())),
        )
        day = day_of(guest.session.starts_at)
        by_session.setdefault((guest.session.title, day), []).append(line)
    return GuestsPage(
        pilot,
        tuple((title, day, tuple(lines)) for (title, day), lines in by_session.items()),
        heard_of(pilot.pk, [guest.ref for guest in guests if guest.written]),
        actor.may(Permission.THREAD_WRITE, within=pilot.ref),
    )


def news_for(stories: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return per person who thought along what came of it and was not heard: for mail."""
    rows = BoardGuest.objects.filter(ref__in=stories, card__gone_on=None)
    pilots: dict[int, set[UUID]] = {}
    for ref, pilot_id in rows.values_list("ref", "session__pilot_id"):
        pilots.setdefault(pilot_id, set()).add(ref)
    found: dict[UUID, frozenset[UUID]] = {}
    for pilot_id, mine in pilots.items():
        found |= {voice: refs for voice, refs in news_in(pilot_id).items() if voice in mine}
    return found


def guest_by_token(board_ref: UUID, token: str) -> BoardGuest:
    """Return who this phone is in the session of this board. Raises NotFound."""
    rows = BoardGuest.objects.filter(is_sent_away=False, session__boards__ref=board_ref)
    found = rows.select_related("session").filter(token_hash=hashed(token)).first()
    if found is None or not token:
        raise NotFound
    return found


def has_card(guest: BoardGuest) -> bool:
    """Whether a card was made for this guest. One query."""
    return GuestCard.objects.filter(guest=guest).exists()


def has_newer_card(guest: UUID, *, than: datetime) -> bool:
    """Whether a new card was made after this moment: what the old one opened is closed by it."""
    return GuestCard.objects.filter(guest__ref=guest, made_at__gt=than).exists()


def _notes(reading: Reading, guest: BoardGuest) -> tuple[MyNote, ...]:
    rows = BoardNote.objects.filter(author=guest, is_removed=False)
    notes = list(rows.select_related("board__folder").order_by("made_at", "id"))
    said = texts_of(reading, [one.pk for one in notes])
    asked = {one.board_id: one.board for one in notes}
    questions = {id_: reading.text(board, "question") for id_, board in asked.items()}
    return tuple(
        MyNote(one.ref, questions[one.board_id], said[one.pk]) for one in notes if one.pk in said
    )


def _said_back(reading: Reading, guest: BoardGuest) -> tuple[tuple[datetime, str, bool], ...]:
    said = GuestSaid.objects.filter(guest=guest).select_related("folder")
    rows = list(said.order_by("said_at"))
    words = reading.texts(rows, "words")
    return tuple(
        (row.said_at, said, row.read_at is not None) for row, said in zip(rows, words, strict=True)
    )


def _said_to_team(
    reading: Reading, guests: Collection[BoardGuest]
) -> dict[int, list[tuple[UUID, datetime, str, bool]]]:
    visible = GuestSaid.objects.visible_to(reading.actor, on=day_of(reading.at))
    rows = list(visible.filter(guest__in=guests).select_related("folder").order_by("said_at"))
    found: dict[int, list[tuple[UUID, datetime, str, bool]]] = {}
    for row, words in zip(rows, reading.texts(rows, "words"), strict=True):
        line = (row.ref, row.said_at, words, row.read_at is not None)
        found.setdefault(row.guest_id, []).append(line)
    return found
