"""Who is invited: places by role, printed cards, what somebody needs, and the answer by code."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Guarded
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.codes import new_code, tidy
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors import (
    CodeOpensNothing,
    SessionIsDone,
    SomebodyWasThere,
    TooManyPlaces,
)
from smartstart.design.models import Attendance, DesignSession, Need, SessionInvitation
from smartstart.design.models.sessions import MOST_PLACES
from smartstart.design.operations import planned
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Answer, SessionState


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for: so many by a way, or one person with a name."""

    role: ParticipantRole
    places: int = 1
    way: str = ""
    contact: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one place: name, answer, children and a ride; ``need`` None: unchanged."""

    name: str
    answer: Answer
    children: int = 0
    ride: bool = False
    need: str | None = None


@dataclass(frozen=True, slots=True)
class MadeCard:
    """A card that was just made. The code is kept nowhere."""

    number: int
    code: str


@transaction.atomic
def invite(
    actor: Actor, session_id: int, invited: Invited, *, at: datetime, ref: UUID | None = None
) -> SessionInvitation:
    """Invite people of one role; each gets a place. The same ``ref`` again gives what is there.

    Raises NotFound, NotAllowed, SentBefore, SessionIsDone, TooManyPlaces or TooLong.
    """
    session = with_guests(actor, session_id, at=at)
    made = first_made(SessionInvitation.objects, ref, session_id=session.pk)
    if made is not None:
        return made
    invitation = invitation_for(session, invited, at=at, ref=ref)
    note(actor, Deed.MADE, folders=[session.folder_id], at=at, on=[invitation.ref])
    return invitation


@transaction.atomic
def let_in(
    actor: Actor, session_id: int, role: ParticipantRole, *, at: datetime, ref: UUID | None = None
) -> None:
    """Give a place to somebody who was not invited and is here now.

    Raises NotFound, NotAllowed, SentBefore, SessionIsDone or TooManyPlaces.
    """
    session = with_guests(actor, session_id, at=at)
    if first_made(SessionInvitation.objects, ref, session_id=session.pk) is not None:
        return
    invitation = invitation_for(session, Invited(role), at=at, ref=ref)
    invitation.attendances.update(answer=Answer.YES, came=True, came_at=at)
    note(actor, Deed.MADE, folders=[session.folder_id], at=at, on=[invitation.ref])


@transaction.atomic
def take_back_invitation(
    actor: Actor, session_id: int, invitation_id: int, *, at: datetime
) -> None:
    """Take an invitation away, with its places, before anybody answered.

    Raises NotFound, NotAllowed, SessionIsDone or SomebodyWasThere.
    """
    session = with_guests(actor, session_id, at=at)
    invitation = _invitation_of(session, invitation_id)
    touched = ~Q(answer=Answer.UNKNOWN) | Q(came__isnull=False)
    if invitation.attendances.filter(touched).exists():
        raise SomebodyWasThere
    Need.objects.filter(attendance__invitation=invitation).delete()
    invitation.attendances.all().delete()
    invitation.delete()
    note(actor, Deed.REMOVED, folders=[session.folder_id], at=at, on=[invitation.ref])


@transaction.atomic
def make_cards(
    actor: Actor, session_id: int, invitation_id: int, *, at: datetime
) -> list[MadeCard]:
    """Make a card for every place of an invitation without an answer; older cards open nothing.

    Raises NotFound, NotAllowed or SessionIsDone.
    """
    session = with_guests(actor, session_id, at=at)
    invitation = _invitation_of(session, invitation_id)
    open_places = invitation.attendances.filter(answer=Answer.UNKNOWN).order_by("number")
    cards = []
    for place in open_places:
        code = new_code()
        place.code_hash = hashed(code)
        place.save(update_fields=["code_hash"])
        cards.append(MadeCard(place.number, code))
    invitation.sent_on = day_of(at)
    invitation.save(update_fields=["sent_on"])
    note(actor, Deed.MADE, folders=[session.folder_id], at=at, on=[invitation.ref], why="cards")
    return cards


@transaction.atomic
def write_down(
    actor: Actor, session_id: int, number: int, told: Told, *, at: datetime
) -> Attendance:
    """Write down what is known of one place; a need only by who leads the session.

    Raises NotFound, NotAllowed, SessionIsDone or TooLong.
    """
    session = with_guests(actor, session_id, at=at)
    place = session.attendances.select_related("folder", "session").filter(number=number).first()
    if place is None:
        raise NotFound
    leads = DesignSession.objects.led_by(actor, on=day_of(at)).filter(pk=session.pk).exists()
    place.put(name=told.name or None)
    answered(place, told, at=at, need=told.need if leads else None)
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[place.ref])
    return place


@transaction.atomic
def answer_by_code(code: str, told: Told, *, at: datetime) -> Attendance:
    """Answer an invitation with the code of the card, without an account; again changes it.

    The name somebody gives is not asked here. Raises CodeOpensNothing or TooLong.
    """
    place = invited_by(code, at=at, lock=True)
    answered(place, told, at=at, need=told.need)
    note(VISITOR, Deed.CHANGED, folders=[place.folder_id], at=at, on=[place.ref], why="card")
    return place


def invited_by(code: str, *, at: datetime, lock: bool = False) -> Attendance:
    """Return the place that a card is for, while its session is not over.

    Raises CodeOpensNothing.
    """
    rows: Guarded[Attendance] = Attendance.objects.all()
    rows = rows.select_related("session__pilot", "folder").filter(code_hash=hashed(code))
    try:
        place = rows.exclude(session__state=SessionState.DONE).get()
    except Attendance.DoesNotExist:
        raise CodeOpensNothing from None
    if day_of(place.session.starts_at) < day_of(at):
        raise CodeOpensNothing
    return rows.one(place.pk, lock=True) if lock else place


def hashed(code: str) -> str:
    """Return what is kept of a code; it holds 79 bits, so a plain digest is enough."""
    return hashlib.sha256(b"design invitation " + tidy(code).encode()).hexdigest()


# Parts ----------------------------------------------------------------------------------------


def with_guests(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    """Return a session of which this actor may read and write who is invited.

    Raises NotFound, NotAllowed or SessionIsDone.
    """
    session = planned(actor, session_id, Permission.SESSION_LEAD, at=at)
    shown = DesignSession.objects.guests_shown_to(actor, on=day_of(at))
    if not shown.filter(pk=session.pk).exists():
        raise NotFound
    if session.state == SessionState.DONE:
        raise SessionIsDone
    return session


def invitation_for(
    session: DesignSession, invited: Invited, *, at: datetime, ref: UUID | None = None
) -> SessionInvitation:
    """Make an invitation with its places, for who looked already that it may be made.

    Raises TooManyPlaces or TooLong.
    """
    places = session.attendances.aggregate(last=Max("number"))["last"] or 0
    if session.attendances.count() + invited.places > MOST_PLACES:
        raise TooManyPlaces
    last = session.invitations.aggregate(last=Max("number"))["last"] or 0
    invitation = SessionInvitation(
        ref=ref or uuid4(),
        folder=session.folder,
        session=session,
        number=last + 1,
        role=invited.role,
        places=1 if invited.contact else invited.places,
        way=invited.way,
        made_at=at,
    )
    invitation.put(contact=invited.contact or None, reach=invited.reach or None)
    invitation.save(force_insert=True)
    numbers = range(places + 1, places + 1 + invitation.places)
    _places(session, invitation, numbers, name=invited.contact)
    return invitation


def _places(
    session: DesignSession, invitation: SessionInvitation, numbers: Sequence[int], *, name: str
) -> None:
    rows = [
        Attendance(folder=session.folder, session=session, invitation=invitation, number=number)
        for number in numbers
    ]
    for row in rows:
        row.put(name=name or None)
    Attendance.objects.bulk_create(rows)


def _invitation_of(session: DesignSession, invitation_id: int) -> SessionInvitation:
    found = session.invitations.filter(pk=invitation_id).first()
    if found is None:
        raise NotFound
    return found


def answered(place: Attendance, told: Told, *, at: datetime, need: str | None) -> None:
    """Keep an answer on its place, for who looked already whose place it is."""
    if place.answer != told.answer:
        place.answered_at = at
    place.answer, place.ride = told.answer, told.ride
    place.children = told.children if place.session.childcare else 0
    place.save(update_fields=["name", "answer", "answered_at", "children", "ride"])
    if need is None:
        return
    Need.objects.filter(attendance=place).delete()
    if need.strip():
        row = Need(folder=place.folder, session=place.session, attendance=place, told_at=at)
        row.put(words=need.strip())
        row.save(force_insert=True)
