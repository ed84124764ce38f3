"""Sessions as their pages ask for them; names and needs are read through a reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import rules
from smartstart.design.agendas import ready
from smartstart.design.models import (
    AgendaPart,
    Allowance,
    AmountToKnow,
    Attendance,
    DesignSession,
    Facilitator,
    Need,
    SessionInvitation,
)
from smartstart.design.operations import leaders_of
from smartstart.design.operations_money import municipality_of
from smartstart.design.roles import ParticipantRole
from smartstart.design.rules import Slot
from smartstart.design.states import Answer, SessionState, Step
from smartstart.people.models import Hat
from smartstart.programme.models import Pilot


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part with when it is planned and how it goes: ``is_now`` while it runs."""

    part: AgendaPart
    slot: Slot
    seconds_left: int = 0

    @property
    def is_now(self) -> bool:
        """Whether this part runs."""
        return self.part.began_at is not None and self.part.ended_at is None

    @property
    def clock(self) -> str:
        """The time that is left, or that it runs late, as a clock shows it: 12:05."""
        minutes, seconds = divmod(abs(self.seconds_left), 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def is_over(self) -> bool:
        """Whether this part was done."""
        return self.part.ended_at is not None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of a list: when it ends, who leads, how many places and how many came."""

    session: DesignSession
    ends_at: datetime
    leaders: tuple[Hat, ...]
    places: int
    coming: int
    came: int


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session, what it rests on, and what this actor may do with it."""

    line: SessionLine
    parts: tuple[PartLine, ...]
    before: tuple[str, ...]
    now: datetime
    may_plan: bool
    sees_guests: bool
    leads: bool
    pays: bool

    @property
    def session(self) -> DesignSession:
        """The session itself."""
        return self.line.session

    @property
    def goes_on(self) -> bool:
        """Whether a session that was ended may still go on, by mistake or not."""
        done_at = self.session.done_at
        return done_at is not None and rules.goes_on(done_at, now=self.now)

    @property
    def running(self) -> PartLine | None:
        """The part that runs now, or None."""
        return next((part for part in self.parts if part.is_now), None)

    @property
    def next(self) -> PartLine | None:
        """The first part that was not done, or None."""
        return next((part for part in self.parts if part.part.began_at is None), None)


@dataclass(frozen=True, slots=True)
class Guest:
    """One place as who leads sees it; ``need`` is "" for who may not read it."""

    place: Attendance
    role: ParticipantRole
    name: str
    need: str = ""


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation with its places and whom it names."""

    invitation: SessionInvitation
    contact: str
    reach: str
    coming: int
    answered: int


@dataclass(frozen=True, slots=True)
class RoleCount:
    """Of one role: how many places, how many say they come, and how many came."""

    role: ParticipantRole
    places: int
    coming: int
    came: int


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One line of the register, for who pays."""

    row: Allowance
    name: str
    how: str


def sessions_in(actor: Actor, pilot: Pilot, *, on: date) -> list[SessionLine]:
    """Return the sessions of a pilot, the latest first. Three queries however many."""
    rows = DesignSession.objects.visible_to(actor, on=on).filter(pilot=pilot)
    sessions = list(rows.order_by("-starts_at", "-pk"))
    return _lines(sessions)


def session_page(reading: Reading, session_id: int) -> SessionPage:
    """Return one session with its agenda. Raises NotFound."""
    actor, on = reading.actor, day_of(reading.at)
    session = _one(reading, session_id)
    (line,) = _lines([session])
    return SessionPage(
        line=line,
        parts=_parts(session, now=reading.at),
        before=ready(Step(session.step)).before,
        now=reading.at,
        may_plan=actor.may(Permission.SESSION_PLAN, within=session.pilot.ref),
        sees_guests=_sees_guests(actor, session, on=on),
        leads=_leads(actor, session, on=on),
        pays=actor.may(Permission.ALLOWANCE_PAY, within=session.pilot.ref),
    )


def guests_of(reading: Reading, session: DesignSession) -> list[Guest]:
    """Return who is expected, by role and number; with needs for who leads. Two queries."""
    on = day_of(reading.at)
    rows = Attendance.objects.visible_to(reading.actor, on=on).filter(session=session)
    places = list(rows.select_related("folder", "invitation").order_by("number"))
    names = reading.texts(places, "name")
    needs = Need.objects.visible_to(reading.actor, on=on).filter(session=session)
    said = {row.attendance_id: reading.text(row, "words") for row in needs.select_related("folder")}
    order = list(ParticipantRole)
    guests = [
        Guest(place, ParticipantRole(place.invitation.role), name, said.get(place.pk, ""))
        for place, name in zip(places, names, strict=True)
    ]
    return sorted(guests, key=lambda guest: (order.index(guest.role), guest.place.number))


def guest_of(reading: Reading, session: DesignSession, number: int) -> Guest:
    """Return one place. Raises NotFound."""
    for guest in guests_of(reading, session):
        if guest.place.number == number:
            return guest
    raise NotFound


def invitations_of(reading: Reading, session: DesignSession) -> list[InvitationLine]:
    """Return the invitations in the order they were made. Two queries."""
    rows = SessionInvitation.objects.visible_to(reading.actor, on=day_of(reading.at))
    found = list(rows.filter(session=session).select_related("folder").order_by("number"))
    answers = list(session.attendances.values_list("invitation_id", "answer"))
    return [
        InvitationLine(
            row,
            reading.text(row, "contact"),
            reading.text(row, "reach"),
            coming=answers.count((row.pk, Answer.YES)),
            answered=sum(1 for of, said in answers if of == row.pk and said != Answer.UNKNOWN),
        )
        for row in found
    ]


def invitation_of(reading: Reading, session: DesignSession, invitation_id: int) -> InvitationLine:
    """Return one invitation. Raises NotFound."""
    for line in invitations_of(reading, session):
        if line.invitation.pk == invitation_id:
            return line
    raise NotFound


def counts_of(session: DesignSession) -> list[RoleCount]:
    """Return per role that was invited how many places, yeses and people there were. One query."""
    rows = list(session.attendances.values_list("invitation__role", "answer", "came"))
    return [
        RoleCount(
            role,
            places=len(those),
            coming=sum(1 for _, answer, _ in those if answer == Answer.YES),
            came=sum(1 for *_, came in those if came),
        )
        for role in ParticipantRole
        if (those := [row for row in rows if row[0] == role])
    ]


def register_of(reading: Reading, session: DesignSession) -> list[PaidLine]:
    """Return who gets the allowance, for who pays. Raises NotFound for anybody else."""
    if not reading.actor.may(Permission.ALLOWANCE_PAY, within=session.pilot.ref):
        raise NotFound
    rows = Allowance.objects.visible_to(reading.actor, on=day_of(reading.at))
    found = list(rows.filter(session=session).select_related("folder").order_by("number"))
    return [PaidLine(row, reading.text(row, "name"), reading.text(row, "how")) for row in found]


def amounts_for(session: DesignSession) -> list[AmountToKnow]:
    """Return what the municipality of a session said that holds on its day; none when nothing."""
    where = municipality_of(session)
    if where is None:
        return []
    known = AmountToKnow.objects.known_on(day_of(session.starts_at)).filter(municipality=where)
    return list(known.order_by("-from_day", "-pk"))


def can_lead(pilot: Pilot, *, at: datetime) -> Sequence[Hat]:
    """Return who can lead a session of this pilot today, by name."""
    return leaders_of(pilot, at=at)


def line_of(session: DesignSession) -> SessionLine:
    """Return when a session ends and who leads it, for who may know of it. Three queries."""
    (line,) = _lines([session])
    return line


def titles_of(session: DesignSession) -> list[tuple[str, int]]:
    """Return the parts of a session by title and minutes, for who was invited. One query."""
    return list(session.parts.order_by("number").values_list("title", "minutes"))


def last_of(actor: Actor, pilot: Pilot, *, on: date) -> DesignSession | None:
    """Return the session of a pilot that was planned last: a new one is often like it."""
    rows = DesignSession.objects.visible_to(actor, on=on).filter(pilot=pilot)
    return rows.prefetch_related("facilitators__hat").order_by("-number").first()


def next_in(actor: Actor, pilot: Pilot, *, at: datetime) -> DesignSession | None:
    """Return the session of a pilot that comes next or goes on now, or None. One query."""
    rows = DesignSession.objects.visible_to(actor, on=day_of(at)).filter(pilot=pilot)
    return rows.exclude(state=SessionState.DONE).order_by("starts_at").first()


# Parts ----------------------------------------------------------------------------------------


def _one(reading: Reading, session_id: int) -> DesignSession:
    rows = DesignSession.objects.visible_to(reading.actor, on=day_of(reading.at))
    related = ("folder", "pay_folder", "pilot__folder", "pilot__vindplaats__municipality")
    session = rows.select_related(*related).one(session_id)
    reading.relies_on(session.pilot.folder)
    reading.relies_on(session.folder)
    return session


def _sees_guests(actor: Actor, session: DesignSession, *, on: date) -> bool:
    shown = DesignSession.objects.guests_shown_to(actor, on=on)
    return shown.filter(pk=session.pk).exists()


def _leads(actor: Actor, session: DesignSession, *, on: date) -> bool:
    return DesignSession.objects.led_by(actor, on=on).filter(pk=session.pk).exists()


def _parts(session: DesignSession, *, now: datetime) -> tuple[PartLine, ...]:
    parts = list(session.parts.order_by("number"))
    planned = rules.slots(session.starts_at, (part.minutes for part in parts))
    return tuple(
        PartLine(part, slot, _left(part, now=now))
        for part, slot in zip(parts, planned, strict=True)
    )


def _left(part: AgendaPart, *, now: datetime) -> int:
    if part.began_at is None or part.ended_at is not None:
        return 0
    return rules.seconds_left(part.began_at, part.minutes, now=now)


def _lines(sessions: Sequence[DesignSession]) -> list[SessionLine]:
    ids = [session.pk for session in sessions]
    parts = list(AgendaPart.objects.filter(session__in=ids).values_list("session_id", "minutes"))
    led = list(
        Facilitator.objects.filter(session__in=ids)
        .select_related("hat__account")
        .order_by("number")
    )
    seats = list(
        Attendance.objects.filter(session__in=ids).values_list("session_id", "answer", "came")
    )
    return [
        SessionLine(
            session,
            rules.ends_at(session.starts_at, (n for of, n in parts if of == session.pk)),
            tuple(row.hat for row in led if row.session_id == session.pk),
            places=sum(1 for of, *_ in seats if of == session.pk),
            coming=sum(1 for of, said, _ in seats if of == session.pk and said == Answer.YES),
            came=sum(1 for of, _, came in seats if of == session.pk and came),
        )
        for session in sessions
    ]
