"""Where help could have come earlier: roads laid side by side, for the team of a pilot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission, Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import journeys_rules as rules
from smartstart.design.models.journeys import ORDER, Contact, LifeEvent, Moment, RoadYes
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import VOICES, State
from smartstart.thread.models import Knot
from smartstart.thread.queries import KnotLine, thread_of
from smartstart.voices.queries import InterviewLine, interviews_in


@dataclass(frozen=True, slots=True)
class Point:
    """One event of life over all roads, with what people said there when it is a turning point."""

    event: LifeEvent
    stretch: rules.Stretch
    contacts: tuple[str, ...]
    quotes: tuple[tuple[UUID, KnotLine], ...] = ()


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
    pieces: tuple[KnotLine, ...]
    writes: bool
    asks: bool


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
    by_id = {moment.pk: moment for moment in moments}
    said_yes = set(
        RoadYes.objects.standing(on=on)
        .filter(interview__pilot=pilot)
        .values_list("interview__ref", flat=True)
    )
    sources = _sources(pilot, said_yes)
    return RoadsPage(
        pilot=pilot,
        roads=whole.roads,
        is_enough=whole.is_enough,
        turning_points=tuple(_point(one, by_id, lines) for one in whole.turning_points),
        line=tuple(_point(one, {}, {}) for one in whole.line),
        people=_people(reading, pilot, moments),
        pieces=tuple(
            knot
            for knot in view.knots
            if knot.id in sources and knot.state is State.STANDING and knot.words.words
        ),
        writes=actor.may(Permission.THREAD_WRITE, within=pilot.ref),
        asks=actor.may(Permission.VOICE_PLAN, within=pilot.ref),
    )


def says_yes_to_road(actor: Actor, *, on: date) -> bool:
    """Say whether somebody at their own page said yes to this. One query."""
    if actor.role is not Role.INTERVIEWEE or actor.within is None:
        return False
    return RoadYes.objects.standing(on=on).filter(interview__ref=actor.within).exists()


def _sources(pilot: Pilot, said_yes: set[UUID]) -> set[int]:
    kinds = [kind.value for kind in VOICES]
    rows = Knot.objects.filter(pilot=pilot, kind__in=kinds, source__in=said_yes)
    return set(rows.values_list("pk", flat=True))


def _step(moment: Moment) -> rules.Step:
    contact = None if moment.contact == Contact.NOBODY else moment.contact
    return rules.Step(
        moment.person, ORDER[moment.event], contact, rules.Help(moment.help), moment.pk
    )


def _point(stretch: rules.Stretch, moments: dict[int, Moment], lines: dict[int, KnotLine]) -> Point:
    event = next(event for event in LifeEvent if ORDER[event.value] == stretch.event)
    met = [moments[id_] for id_ in stretch.steps if id_ in moments]
    return Point(
        event,
        stretch,
        tuple(str(Contact(contact).label) for contact in stretch.contacts),
        tuple((one.ref, lines[one.knot_id]) for one in met if one.knot_id in lines),
    )


def _people(reading: Reading, pilot: Pilot, moments: Sequence[Moment]) -> tuple[Road, ...]:
    if not reading.actor.may(Permission.VOICE_PLAN, within=pilot.ref):
        return ()
    told = [line for line in interviews_in(reading, pilot.pk) if not line.is_withdrawn]
    yes = {row.interview_id: row for row in RoadYes.objects.filter(interview__pilot=pilot)}
    counted: dict[UUID, int] = {}
    for moment in moments:
        counted[moment.person] = counted.get(moment.person, 0) + 1
    found = []
    for line in told:
        said = yes.get(line.id)
        stands = said is not None and said.taken_back_on is None
        found.append(Road(line, stands, said is not None and not stands, counted.get(line.ref, 0)))
    return tuple(found)
