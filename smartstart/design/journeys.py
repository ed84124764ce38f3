"""Laying roads side by side: a yes of its own, and the moments on a road."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors_findings import NoYesToThis
from smartstart.design.models.boards import BoardGuest, BoardKind
from smartstart.design.models.journeys import (
    Contact,
    GuestRoadYes,
    HelpGiven,
    LifeEvent,
    Moment,
    RoadYes,
)
from smartstart.design.models.thinking import GuestCard
from smartstart.design.notes_in_thread import knot_of, standing_note
from smartstart.thread.kinds import State
from smartstart.thread.models import Knot
from smartstart.voices.models import Interview
from smartstart.voices.operations import locked, require_own_or_plan
from smartstart.voices.operations_text import is_usable


@transaction.atomic
def say_yes_to_road(actor: Actor, interview_id: int, *, at: datetime) -> RoadYes:
    """Say that a road may be laid beside others; by the person, or written down by the team.

    What the person took back on their own page the team does not give again. Raises NotFound,
    NotAllowed, StoryWasTakenBack or NoYesToThis.
    """
    interview = locked(actor, interview_id, at=at)
    require_own_or_plan(actor, interview)
    before = RoadYes.objects.filter(interview=interview).first()
    own = actor.may(Permission.VOICE_OWN, within=interview.ref)
    refused = before is not None and before.taken_back_on is not None and not own
    if refused or not is_usable(interview, on=day_of(at)):
        raise NoYesToThis
    today = day_of(at)
    said = {"given_on": today, "taken_back_on": None, "heard_by": actor.hat}
    yes, _ = RoadYes.objects.update_or_create(interview=interview, defaults=said)
    _write_line(actor, interview, Deed.CONSENT_GIVEN, at=at)
    return yes


@transaction.atomic
def take_road_back(actor: Actor, interview_id: int, *, at: datetime) -> None:
    """Take that yes back: the moments of this road are gone on the next request, for ever.

    A no of the person before any yes is kept as well, so that the team gives none. The story itself
    stays as it is. Twice is once. Raises NotFound or NotAllowed.
    """
    interview = locked(actor, interview_id, at=at)
    require_own_or_plan(actor, interview)
    today = day_of(at)
    if actor.may(Permission.VOICE_OWN, within=interview.ref):
        RoadYes.objects.get_or_create(interview=interview, defaults={"given_on": today})
    RoadYes.objects.filter(interview=interview, taken_back_on=None).update(taken_back_on=today)
    Moment.objects.filter(knot__source=interview.ref).delete()
    _write_line(actor, interview, Deed.CONSENT_WITHDRAWN, at=at)


@transaction.atomic
def add_moment(
    actor: Actor,
    knot_ref: UUID,
    *,
    event: LifeEvent,
    contact: Contact,
    help_given: HelpGiven,
    at: datetime,
    ref: UUID | None = None,
) -> Moment:
    """Put a moment on somebody's road, resting on what they said.

    The same again changes what came of it. Raises NotFound, NotAllowed, SentBefore or NoYesToThis.
    """
    knots = Knot.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    knot = knots.filter(ref=knot_ref).first()
    if knot is None or knot.source is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    made = first_made(Moment.objects, ref, pilot_id=knot.pilot_id)
    if made is not None:
        return made
    _require_yes(knot.source, at=at)
    given = HelpGiven.NONE if contact is Contact.NOBODY else help_given
    told = {"pilot": knot.pilot, "help": given, "made_at": at, "made_by": actor.hat}
    moment, _ = Moment.objects.update_or_create(
        knot=knot,
        event=event,
        contact=contact,
        defaults=told,
        create_defaults={"ref": ref or uuid4(), **told},
    )
    note(actor, Deed.MADE, folders=[knot.pilot.folder_id], at=at, on=[moment.ref], why="moment")
    return moment


@transaction.atomic
def remove_moment(actor: Actor, ref: UUID, *, at: datetime) -> None:
    """Take a moment away. Raises NotFound or NotAllowed."""
    visible = Moment.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    moment = visible.filter(ref=ref).first()
    if moment is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=moment.pilot.ref)
    moment.delete()
    note(actor, Deed.REMOVED, folders=[moment.pilot.folder_id], at=at, on=[ref], why="moment")


@transaction.atomic
def add_noted_moment(
    actor: Actor, note_ref: UUID, *, at: datetime, ref: UUID | None = None, **told: Any
) -> Moment:
    """Put a note of a journey board on the road of who wrote it; the note stays its source.

    ``told`` is as for ``add_moment``. Raises NotFound (also for a note typed over from paper:
    nobody can say yes for it), NotAllowed, SentBefore or NoYesToThis.
    """
    found = standing_note(actor, note_ref, at=at)
    if found.author is None or found.board.kind != BoardKind.JOURNEY:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=found.board.session.pilot.ref)
    _require_yes(found.author.ref, at=at)
    knot = knot_of(actor, found, at=at)
    return add_moment(actor, knot.ref, at=at, ref=ref, **told)


@transaction.atomic
def say_yes_to_guest_road(actor: Actor, guest_ref: UUID, *, at: datetime) -> GuestRoadYes:
    """Say that the road of who thought along may be laid beside others; by them, or written down.

    What the person took back the team does not give again. Raises NotFound, NotAllowed or
    NoYesToThis.
    """
    guest, today = _guest(actor, guest_ref, at=at), day_of(at)
    before = GuestRoadYes.objects.filter(guest=guest).first()
    own = actor.role is Role.INTERVIEWEE
    gone = GuestCard.objects.filter(guest=guest).exclude(gone_on=None).exists()
    if gone or (before is not None and before.taken_back_on is not None and not own):
        raise NoYesToThis
    said = {"given_on": today, "taken_back_on": None, "heard_by": actor.hat}
    yes, _ = GuestRoadYes.objects.update_or_create(guest=guest, defaults=said)
    _write_guest_line(actor, guest, Deed.CONSENT_GIVEN, at=at)
    return yes


@transaction.atomic
def take_guest_road_back(actor: Actor, guest_ref: UUID, *, at: datetime) -> None:
    """Take that yes back: the moments are gone on the next request; notes stay as they are.

    A no of the person before any yes is kept as well. Twice is once. Raises NotFound or NotAllowed.
    """
    guest, today = _guest(actor, guest_ref, at=at), day_of(at)
    if actor.role is Role.INTERVIEWEE:
        GuestRoadYes.objects.get_or_create(guest=guest, defaults={"given_on": today})
    GuestRoadYes.objects.filter(guest=guest, taken_back_on=None).update(taken_back_on=today)
    Moment.objects.filter(knot__source=guest.ref).delete()
    _write_guest_line(actor, guest, Deed.CONSENT_WITHDRAWN, at=at)


@transaction.atomic
def forget_withdrawn() -> int:
    """Remove the moments of voices that were withdrawn, in the house's own name; how many.

    Nobody could read them any more; by the clock they are gone as well.
    """
    gone, _ = Moment.objects.filter(knot__state=State.WITHDRAWN.value).delete()
    return gone


def _require_yes(source: UUID, *, at: datetime) -> None:
    """Raise NoYesToThis unless the person of this voice says yes to it today; holds that yes."""
    told = RoadYes.objects.standing(on=day_of(at)).select_for_update(of=("self",))
    thought = GuestRoadYes.objects.standing(on=day_of(at)).select_for_update(of=("self",))
    if not (
        told.filter(interview__ref=source).exists() or thought.filter(guest__ref=source).exists()
    ):
        raise NoYesToThis


def _guest(actor: Actor, ref: UUID, *, at: datetime) -> BoardGuest:
    """Return who thought along, to themselves by their card or to who writes the thread."""
    rows = BoardGuest.objects.select_related("session__pilot")
    if actor.role is Role.INTERVIEWEE:
        own = GuestCard.objects.visible_to(actor, on=day_of(at)).values("guest")
        guest = rows.filter(ref=ref, pk__in=own).first()
    else:
        visible = BoardGuest.objects.visible_to(actor, on=day_of(at))
        guest = rows.filter(ref=ref, pk__in=visible).first()
    if guest is None:
        raise NotFound
    if actor.role is not Role.INTERVIEWEE:
        require(actor, Permission.THREAD_WRITE, within=guest.session.pilot.ref)
    return guest


def _write_guest_line(actor: Actor, guest: BoardGuest, deed: Deed, *, at: datetime) -> None:
    session = guest.session
    folders = [session.folder_id, session.pilot.folder_id]
    note(actor, deed, folders=folders[:1], at=at, on=[guest.ref], why="road", rules_changed=folders)


def _write_line(actor: Actor, interview: Interview, deed: Deed, *, at: datetime) -> None:
    """Readers of roads rely on the pilot's folder: they must ask again."""
    folders = [interview.folder_id, interview.pilot.folder_id]
    note(
        actor,
        deed,
        folders=folders[:1],
        at=at,
        on=[interview.ref],
        why="road",
        rules_changed=folders,
    )
