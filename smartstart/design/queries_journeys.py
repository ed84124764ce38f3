"""Where help could have come earlier: roads laid side by side, for the team of a pilot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import journeys_rules as rules
from smartstart.design.boards_kinds import KINDS, Words
from smartstart.design.models.boards import BoardGuest, BoardKind, BoardNote
from smartstart.design.models.journeys import (
    ORDER,
    Contact,
    GuestRoadYes,
    LifeEvent,
    Moment,
    RoadYes,
)
from smartstart.design.models.thinking import NoteInThread
from smartstart.design.notes_in_thread import texts_of
from smartstart.design.roles import ParticipantRole
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import VOICES, State
from smartstart.thread.models import Knot
from smartstart.thread.queries import KnotLine, thread_of
from smartstart.voices.queries import InterviewLine, interviews_in

_PARTS: Final[dict[str, Words]] = dict(KINDS[BoardKind.JOURNEY].columns)


@dataclass(frozen=True, slots=True)
class Point:
    """One event of life over all roads, with what people said there when it is a turning point."""

    event: LifeEvent
    stretch: rules.Stretch
    contacts: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said at a point; ``part`` of a note: what happens, whom you meet, how it feels.

    Not who said it: so points never become the road of one person.
    """

    moment: UUID
    knot: KnotLine
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be put on a road: in the thread, or a note of a journey board."""

    ref: UUID
    words: str
    is_note: bool = False
    part: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class GuestRoad:
    """One person who wrote on a journey board, by phone: whether they said yes, and the moments."""

    ref: UUID
    number: int
    role: ParticipantRole
    session: str
    says_yes: bool
    took_back: bool
    moments: int


@dataclass(frozen=True, slots=True)
class Road:
    """One person who could be asked: whether they said yes, and how many moments stand on it."""

    interview: InterviewLine
    says_yes: bool
    took_back: bool
    moments: int


@dataclass(frozen=True, slots=True)
class RoadsPage:
    """The roads of a pilot: turning points first, the whole line, and whose roads they are."""

    pilot: Pilot
    roads: int
    is_enough: bool
    turning_points: tuple[Point, ...]
    line: tuple[Point, ...]
    people: tuple[Road, ...]
    guests: tuple[GuestRoad, ...]
    pieces: tuple[Piece, ...]
    writes: bool
    asks: bool

    @property
    def took_back(self) -> bool:
        """Whether somebody took their road back: points were counted anew."""
        told = any(road.took_back for road in self.people)
        return told or any(road.took_back for road in self.guests)


def roads_page(reading: Reading, pilot_id: int) -> RoadsPage:
    """Return the roads of a pilot to its team. Raises NotFound. Some twenty queries."""
    on, actor = day_of(reading.at), reading.actor
    pilots = Pilot.objects.worked_on_by(actor, on=on).select_related("folder")
    pilot = pilots.one(pilot_id)
    if not actor.may(Permission.PILOT_WORK, within=pilot.ref):
        raise NotFound
    view = thread_of(reading, pilot.pk)
    lines = {knot.id: knot for knot in view.knots}
    rows = Moment.objects.visible_to(actor, on=on).filter(pilot=pilot)
    moments = list(rows.select_related("knot").order_by("made_at", "id"))
    whole = rules.composite([_step(moment) for moment in moments])
    parts = _parts(moments)
    met = {one.pk: _quote(one, lines, parts) for one in moments if one.knot_id in lines}
    return RoadsPage(
        pilot=pilot,
        roads=whole.roads,
        is_enough=whole.is_enough,
        turning_points=tuple(_point(one, met) for one in whole.turning_points),
        line=tuple(_point(one, {}) for one in whole.line),
        people=_people(reading, pilot, moments),
        guests=_guests(reading, pilot, moments),
        pieces=(*_pieces(pilot, view.knots, on=on), *_notes(reading, pilot)),
        writes=actor.may(Permission.THREAD_WRITE, within=pilot.ref),
        asks=actor.may(Permission.VOICE_PLAN, within=pilot.ref),
    )


def says_yes_to_road(actor: Actor, *, on: date) -> bool:
    """Say whether somebody at their own page said yes to this. One query."""
    if actor.role is not Role.INTERVIEWEE or actor.within is None:
        return False
    return RoadYes.objects.standing(on=on).filter(interview__ref=actor.within).exists()


def guest_says_yes_to_road(actor: Actor, *, on: date) -> bool:
    """Say whether who thought along said yes to this, at their own page. One query."""
    mine = GuestRoadYes.objects.visible_to(actor, on=on).standing(on=on)
    return actor.role is Role.INTERVIEWEE and mine.exists()


def _pieces(pilot: Pilot, knots: Sequence[KnotLine], *, on: date) -> list[Piece]:
    """Return what stands in the thread of people who say yes to this. Two queries."""
    told = RoadYes.objects.standing(on=on).filter(interview__pilot=pilot)
    thought = GuestRoadYes.objects.standing(on=on).filter(guest__session__pilot=pilot)
    yes = {*told.values_list("interview__ref", flat=True)}
    yes |= {*thought.values_list("guest__ref", flat=True)}
    kinds = [kind.value for kind in VOICES]
    rows = Knot.objects.filter(pilot=pilot, kind__in=kinds, source__in=yes)
    sources = set(rows.values_list("pk", flat=True))
    return [
        Piece(knot.ref, knot.words.words)
        for knot in knots
        if knot.id in sources and knot.state is State.STANDING and knot.words.words
    ]


def _notes(reading: Reading, pilot: Pilot) -> list[Piece]:
    """Return notes of journey boards that are not in the thread, of who says yes. Four queries."""
    on = day_of(reading.at)
    yes = GuestRoadYes.objects.standing(on=on).values("guest")
    taken = NoteInThread.objects.exclude(knot__state=State.WITHDRAWN.value).values("note")
    visible = BoardNote.objects.visible_to(reading.actor, on=on).filter(author__in=yes)
    standing = visible.filter(
        board__session__pilot=pilot,
        board__kind=BoardKind.JOURNEY,
        is_removed=False,
        is_hidden=False,
    )
    rows = standing.exclude(pk__in=taken).select_related("board__session")
    notes = list(rows.order_by("board_id", "made_at", "id"))
    said = texts_of(reading, [note.pk for note in notes])
    return [
        Piece(
            note.ref,
            said[note.pk],
            is_note=True,
            part=_part(note.column),
            by=note.board.session.title,
        )
        for note in notes
        if note.pk in said
    ]


def _parts(moments: Sequence[Moment]) -> dict[int, str]:
    """Return per knot of a note in which part of the journey it stood. One query."""
    knots = [moment.knot_id for moment in moments]
    rows = NoteInThread.objects.filter(knot__in=knots, note__board__kind=BoardKind.JOURNEY)
    found = rows.values_list("knot_id", "note__column")
    return {knot: _part(column) for knot, column in found}


def _step(moment: Moment) -> rules.Step:
    contact = None if moment.contact == Contact.NOBODY else moment.contact
    return rules.Step(
        moment.person, ORDER[moment.event], contact, rules.Help(moment.help), moment.pk
    )


def _quote(moment: Moment, lines: dict[int, KnotLine], parts: dict[int, str]) -> Quote:
    return Quote(moment.ref, lines[moment.knot_id], parts.get(moment.knot_id, ""))


def _point(stretch: rules.Stretch, met: dict[int, Quote]) -> Point:
    event = next(event for event in LifeEvent if ORDER[event.value] == stretch.event)
    once = {met[id_].knot.id: met[id_] for id_ in reversed(stretch.steps) if id_ in met}
    # In an order that says nothing: two pieces of one person do not stand beside each other.
    quotes = sorted(once.values(), key=lambda quote: (quote.part, quote.knot.ref))
    return Point(
        event,
        stretch,
        tuple(str(Contact(contact).label) for contact in stretch.contacts),
        tuple(quotes),
    )


def _part(column: str) -> str:
    return str(_PARTS.get(column, ""))


def _counted(moments: Sequence[Moment]) -> Counter[UUID]:
    return Counter(moment.person for moment in moments)


def _guests(reading: Reading, pilot: Pilot, moments: Sequence[Moment]) -> tuple[GuestRoad, ...]:
    """Return who wrote on a journey board. One query."""
    on, counted = day_of(reading.at), _counted(moments)
    wrote = BoardNote.objects.filter(board__kind=BoardKind.JOURNEY, is_removed=False)
    visible = BoardGuest.objects.visible_to(reading.actor, on=on).filter(session__pilot=pilot)
    rows = visible.filter(is_sent_away=False, card__gone_on=None, pk__in=wrote.values("author"))
    found = rows.select_related("session", "road_yes").order_by("-session__starts_at", "number")
    return tuple(_guest_road(guest, counted[guest.ref]) for guest in found)


def _guest_road(guest: BoardGuest, moments: int) -> GuestRoad:
    said = getattr(guest, "road_yes", None)
    took_back = said is not None and said.taken_back_on is not None
    return GuestRoad(
        ref=guest.ref,
        number=guest.number,
        role=ParticipantRole(guest.role),
        session=guest.session.title,
        says_yes=said is not None and not took_back,
        took_back=took_back,
        moments=moments,
    )


def _people(reading: Reading, pilot: Pilot, moments: Sequence[Moment]) -> tuple[Road, ...]:
    if not reading.actor.may(Permission.VOICE_PLAN, within=pilot.ref):
        return ()
    told = [line for line in interviews_in(reading, pilot.pk) if not line.is_withdrawn]
    yes = {row.interview_id: row for row in RoadYes.objects.filter(interview__pilot=pilot)}
    counted = _counted(moments)
    found = []
    for line in told:
        said = yes.get(line.id)
        stands = said is not None and said.taken_back_on is None
        found.append(Road(line, stands, said is not None and not stands, counted[line.ref]))
    return tuple(found)
