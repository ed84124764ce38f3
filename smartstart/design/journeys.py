"""Laying roads side by side: a yes of its own, and the moments on a road."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.design.errors_findings import NoYesToThis
from smartstart.design.models.journeys import Contact, HelpGiven, LifeEvent, Moment, RoadYes
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

    The story itself stays as it is. Twice is once. Raises NotFound or NotAllowed.
    """
    interview = locked(actor, interview_id, at=at)
    require_own_or_plan(actor, interview)
    today = day_of(at)
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
    today = day_of(at)
    knots = Knot.objects.visible_to(actor, on=today).select_related("pilot")
    knot = knots.filter(ref=knot_ref).first()
    if knot is None or knot.source is None:
        raise NotFound
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    made = first_made(Moment.objects, ref, pilot_id=knot.pilot_id)
    if made is not None:
        return made
    yes = RoadYes.objects.standing(on=today).select_for_update(of=("self",))
    if not yes.filter(interview__ref=knot.source).exists():
        raise NoYesToThis
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
def forget_withdrawn() -> int:
    """Remove the moments of voices that were withdrawn, in the house's own name; how many.

    Nobody could read them any more; by the clock they are gone as well.
    """
    gone, _ = Moment.objects.filter(knot__state=State.WITHDRAWN.value).delete()
    return gone


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
