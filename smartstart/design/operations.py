"""Planning a session: when, where, who leads, and its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import MAY, Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.design import rules
from smartstart.design.agendas import ready
from smartstart.design.errors import (
    AgendaIsTooLong,
    AgendaNeedsAPart,
    ChooseWhoLeads,
    SessionHasBegun,
    SessionIsDone,
    SessionIsTooFarAway,
)
from smartstart.design.models import AgendaPart, DesignSession, Facilitator
from smartstart.design.rules import Piece as Piece
from smartstart.design.states import SessionState, SpokenLanguage, Step
from smartstart.people.models import Hat
from smartstart.programme.models import Pilot


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: the fields of a session that people fill in."""

    title: str
    starts_at: datetime
    place: str
    way_there: str = ""
    language: str = SpokenLanguage.DUTCH
    interpreter: bool = False
    childcare: bool = False
    travel_paid: bool = False
    allowance_cents: int = 0
    voucher: bool = True


@transaction.atomic
def plan_session(
    actor: Actor,
    pilot_id: int,
    step: Step,
    plan: Plan,
    *,
    led_by: Sequence[UUID],
    at: datetime,
    ref: UUID | None = None,
) -> DesignSession:
    """Plan a session with the ready agenda of its step; opens its two folders.

    ``led_by`` are references of one or two hats of this pilot. The same ``ref`` again gives what is
    there. Raises NotFound, NotAllowed, SentBefore, SessionIsTooFarAway or ChooseWhoLeads.
    """
    pilot = Pilot.objects.worked_on_by(actor, on=day_of(at)).one(pilot_id, lock=True)
    require(actor, Permission.SESSION_PLAN, within=pilot.ref)
    made = first_made(DesignSession.objects, ref, pilot_id=pilot.pk, made_by=actor.hat)
    if made is not None:
        return made
    _require_day(plan.starts_at, at=at)
    hats = _leaders(pilot, led_by, at=at)
    last = DesignSession.objects.filter(pilot=pilot).aggregate(last=Max("number"))["last"] or 0
    session = DesignSession.objects.create(
        ref=ref or uuid4(),
        folder=open_folder(FolderKind.SESSION, at=at),
        pay_folder=open_folder(FolderKind.ALLOWANCE, at=at),
        pilot=pilot,
        number=last + 1,
        step=step,
        made_at=at,
        made_by=actor.hat,
        **asdict(plan),
    )
    _lead(session, hats)
    _write_agenda(session, ready(step).pieces)
    note(actor, Deed.MADE, folders=[session.folder_id], at=at, on=[session.ref])
    return session


@transaction.atomic
def change_session(
    actor: Actor, session_id: int, plan: Plan, *, led_by: Sequence[UUID], at: datetime
) -> DesignSession:
    """Change when, where and by whom; who leads no longer reads nothing of it from then on.

    Raises NotFound, NotAllowed, SessionIsDone, SessionIsTooFarAway or ChooseWhoLeads.
    """
    session = planned(actor, session_id, Permission.SESSION_PLAN, at=at)
    if session.state == SessionState.DONE:
        raise SessionIsDone
    _require_day(plan.starts_at, at=at)
    hats = _leaders(session.pilot, led_by, at=at)
    for name, value in asdict(plan).items():
        setattr(session, name, value)
    session.save(update_fields=list(asdict(plan)))
    session.facilitators.all().delete()
    _lead(session, hats)
    folders = [session.folder_id]
    note(actor, Deed.CHANGED, folders=folders, at=at, on=[session.ref], rules_changed=folders)
    return session


@transaction.atomic
def change_piece(actor: Actor, session_id: int, number: int, piece: Piece, *, at: datetime) -> None:
    """Write one part of the agenda anew; past the last one it is added.

    Raises NotFound, NotAllowed, SessionHasBegun or AgendaIsTooLong.
    """
    session, pieces = _agenda(actor, session_id, at=at)
    order = rules.replaced(pieces, number, piece)
    if len(order) > rules.MOST_PIECES:
        raise AgendaIsTooLong
    _rewrite(actor, session, order, at=at)


@transaction.atomic
def move_piece_up(actor: Actor, session_id: int, number: int, *, at: datetime) -> None:
    """Put a part one place earlier. Raises NotFound, NotAllowed or SessionHasBegun."""
    session, pieces = _agenda(actor, session_id, at=at)
    _rewrite(actor, session, rules.moved_up(pieces, number), at=at)


@transaction.atomic
def remove_piece(actor: Actor, session_id: int, number: int, *, at: datetime) -> None:
    """Take a part out. Raises NotFound, NotAllowed, SessionHasBegun or AgendaNeedsAPart."""
    session, pieces = _agenda(actor, session_id, at=at)
    order = rules.without(pieces, number)
    if not order:
        raise AgendaNeedsAPart
    _rewrite(actor, session, order, at=at)


# For the other operations of this room ------------------------------------------------------------


def planned(
    actor: Actor, session_id: int, permission: Permission, *, at: datetime
) -> DesignSession:
    """Return a session that this actor may know of and may do this to, held until the end.

    Raises NotFound or NotAllowed.
    """
    visible = DesignSession.objects.visible_to(actor, on=day_of(at))
    rows = visible.select_related("pilot", "folder", "pay_folder")
    session = rows.one(session_id, lock=True)
    require(actor, permission, within=session.pilot.ref)
    return session


def leaders_of(pilot: Pilot, *, at: datetime) -> list[Hat]:
    """Return who can lead a session of this pilot today, by name."""
    worn = Hat.objects.worn_on(day_of(at)).filter(within=pilot.ref, role__in=_LEADING)
    return list(worn.select_related("account").order_by("account__shown_as", "pk"))


_LEADING = tuple(role.value for role in Role if Permission.SESSION_LEAD in MAY[role])


# Parts ----------------------------------------------------------------------------------------


def _require_day(starts_at: datetime, *, at: datetime) -> None:
    if abs(starts_at - at) > rules.FURTHEST:
        raise SessionIsTooFarAway


def _leaders(pilot: Pilot, led_by: Sequence[UUID], *, at: datetime) -> list[Hat]:
    known = {hat.ref: hat for hat in leaders_of(pilot, at=at)}
    chosen = [known[ref] for ref in dict.fromkeys(led_by) if ref in known]
    if len(chosen) != len(led_by) or not 1 <= len(chosen) <= 2:
        raise ChooseWhoLeads
    return chosen


def _lead(session: DesignSession, hats: Sequence[Hat]) -> None:
    Facilitator.objects.bulk_create(
        Facilitator(session=session, number=number, hat=hat) for number, hat in enumerate(hats, 1)
    )


def _agenda(actor: Actor, session_id: int, *, at: datetime) -> tuple[DesignSession, list[Piece]]:
    session = planned(actor, session_id, Permission.SESSION_PLAN, at=at)
    if session.state != SessionState.PLANNED:
        raise SessionHasBegun
    parts = session.parts.order_by("number")
    return session, [Piece(part.title, part.minutes, part.script) for part in parts]


def _rewrite(
    actor: Actor, session: DesignSession, pieces: Sequence[Piece], *, at: datetime
) -> None:
    session.parts.all().delete()
    _write_agenda(session, pieces)
    note(actor, Deed.CHANGED, folders=[session.folder_id], at=at, on=[session.ref])


def _write_agenda(session: DesignSession, pieces: Sequence[Piece]) -> None:
    AgendaPart.objects.bulk_create(
        AgendaPart(
            session=session,
            number=number,
            title=piece.title,
            minutes=piece.minutes,
            script=piece.script,
        )
        for number, piece in enumerate(pieces, 1)
    )
