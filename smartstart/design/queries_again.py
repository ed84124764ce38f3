"""Who thought along and may be asked again, and the next session one is invited to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE, day_of
from smartstart.design.models import BoardGuest, DesignSession, GuestInvited
from smartstart.design.queries import SessionLine, line_of
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Answer, SessionState


@dataclass(frozen=True, slots=True)
class NextEvening:
    """The next session one is invited to: when and where, and what one answered."""

    place: UUID
    line: SessionLine
    answer: Answer

    @property
    def comes(self) -> bool:
        """Whether one said yes."""
        return self.answer == Answer.YES

    @property
    def stays_away(self) -> bool:
        """Whether one said no."""
        return self.answer == Answer.NO


@dataclass(frozen=True, slots=True)
class Askable:
    """One person who thought along before and has a page to read an invitation on."""

    ref: UUID
    number: int
    role: ParticipantRole
    session: str
    met_on: date
    is_asked: bool


def can_be_asked(actor: Actor, session: DesignSession, *, on: date) -> QuerySet[BoardGuest]:
    """Return who thought along in other sessions of this pilot and has a page of their own.

    Newest session first. Who took everything back is asked nothing.
    """
    visible = BoardGuest.objects.visible_to(actor, on=on).exclude(session=session)
    mine = visible.filter(session__pilot_id=session.pilot_id, is_sent_away=False)
    with_page = mine.filter(card__isnull=False, card__gone_on=None)
    return with_page.select_related("session").order_by("-session__starts_at", "number")


def askable(reading: Reading, session: DesignSession) -> list[Askable]:
    """Return who may be asked for this session, with who was asked already. Two queries."""
    on = day_of(reading.at)
    visible = GuestInvited.objects.visible_to(reading.actor, on=on)
    asked = set(visible.filter(attendance__session=session).values_list("guest_id", flat=True))
    return [
        Askable(
            ref=one.ref,
            number=one.number,
            role=ParticipantRole(one.role),
            session=one.session.title,
            met_on=day_of(one.session.starts_at),
            is_asked=one.pk in asked,
        )
        for one in can_be_asked(reading.actor, session, on=on)
    ]


def asked_at(actor: Actor, *, at: datetime) -> QuerySet[GuestInvited]:
    """Return the invitations of who opened their page that can still be answered, soonest first."""
    today = datetime.combine(day_of(at), time(), HERE)
    visible = GuestInvited.objects.visible_to(actor, on=day_of(at))
    if actor.role is not Role.INTERVIEWEE:
        return visible.none()
    mine = visible.filter(guest__is_sent_away=False, guest__card__gone_on=None)
    coming = mine.filter(attendance__session__starts_at__gte=today)
    return coming.exclude(attendance__session__state=SessionState.DONE).order_by(
        "attendance__session__starts_at", "id"
    )


def next_evening(reading: Reading) -> NextEvening | None:
    """Return the next session that who thought along is invited to; None: nothing. Four queries."""
    rows = asked_at(reading.actor, at=reading.at)
    row = rows.select_related("attendance__session__pilot").first()
    if row is None:
        return None
    place = row.attendance
    return NextEvening(place.ref, line_of(place.session), Answer(place.answer))
