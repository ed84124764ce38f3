"""The evening itself: begin, the next part, who is here, and the end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import rules
from smartstart.design.errors import SessionIsDone, SessionIsNotOpen
from smartstart.design.models import DesignSession
from smartstart.design.operations import planned
from smartstart.design.states import SessionState


@transaction.atomic
def begin(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    """Open the session; one that is open stays so, one ended by mistake goes on the same evening.

    Raises NotFound, NotAllowed or SessionIsDone.
    """
    session = _led(actor, session_id, at=at)
    if session.done_at is not None and not rules.goes_on(session.done_at, now=at):
        raise SessionIsDone
    if session.state != SessionState.OPEN:
        session.opened_at = session.opened_at or at
        session.state, session.done_at = SessionState.OPEN, None
        session.save(update_fields=["state", "opened_at", "done_at"])
        note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[session.ref], why="open")
    return session


@transaction.atomic
def begin_part(actor: Actor, session_id: int, number: int, *, at: datetime) -> None:
    """Begin a part; the one that runs ends. One that runs already goes on: two may press.

    Raises NotFound, NotAllowed or SessionIsNotOpen.
    """
    session = _open(actor, session_id, at=at)
    part = session.parts.filter(number=number).first()
    if part is None:
        raise NotFound
    if part.began_at is None or part.ended_at is not None:
        _end_running(session, at=at)
        session.parts.filter(pk=part.pk).update(began_at=at, ended_at=None)
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[session.ref], why="part")


@transaction.atomic
def end_part(actor: Actor, session_id: int, *, at: datetime) -> None:
    """End the part that runs, when one does. Raises NotFound, NotAllowed or SessionIsNotOpen."""
    session = _open(actor, session_id, at=at)
    _end_running(session, at=at)
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[session.ref], why="part")


@transaction.atomic
def tap(actor: Actor, session_id: int, number: int, *, came: bool, at: datetime) -> None:
    """Say that somebody is here, or not here after all. Also after the end, to mend it.

    Raises NotFound, NotAllowed or SessionIsNotOpen.
    """
    session = _led(actor, session_id, at=at)
    if session.state == SessionState.PLANNED:
        raise SessionIsNotOpen
    place = session.attendances.filter(number=number).first()
    if place is None:
        raise NotFound
    if place.came is not came:
        place.came, place.came_at = came, at if came else None
        place.save(update_fields=["came", "came_at"])
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[place.ref], why="came")


@transaction.atomic
def close(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    """End the session: what runs ends, who was not seen was not there.

    Raises NotFound, NotAllowed or SessionIsNotOpen.
    """
    session = _open(actor, session_id, at=at)
    _end_running(session, at=at)
    session.attendances.filter(came=None).update(came=False)
    session.state, session.done_at = SessionState.DONE, at
    session.save(update_fields=["state", "done_at"])
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[session.ref], why="done")
    return session


# Parts ----------------------------------------------------------------------------------------


def _led(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    """Return a session that this actor leads, or of the pilot that this actor leads."""
    session = planned(actor, session_id, Permission.SESSION_LEAD, at=at)
    shown = DesignSession.objects.guests_shown_to(actor, on=day_of(at))
    if not shown.filter(pk=session.pk).exists():
        raise NotFound
    return session


def _open(actor: Actor, session_id: int, *, at: datetime) -> DesignSession:
    session = _led(actor, session_id, at=at)
    if session.state != SessionState.OPEN:
        raise SessionIsNotOpen
    return session


def _end_running(session: DesignSession, *, at: datetime) -> None:
    session.parts.filter(began_at__isnull=False, ended_at=None).update(ended_at=at)
