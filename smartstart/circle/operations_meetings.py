"""Planning a meeting, saying something before it, keeping what was said, calling it off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.circle.called import name_of
from smartstart.circle.home import FAMILY_KINDS, at_ref, hold_family, me, part_seen, running
from smartstart.circle.models import Agreement, Beforehand, Entry, Ground, Meeting, Part
from smartstart.circle.operations_words import make_agreement, write_entry
from smartstart.circle.rules import proposals
from smartstart.circle.states import EntryKind

LOOK_AGAIN: Final = timedelta(days=28)


class FamilyChairs(Refusal):
    """A meeting about a family is chaired by somebody of that family."""

    sentence = _("Choose somebody of the family who leads this.")
    status = 422


class MomentDoesNotFit(Refusal):
    """A meeting begins later than now and ends after it begins."""

    sentence = _("This moment does not fit. Choose a later day, and an end after the beginning.")
    status = 422


class MeetingIsOver(Refusal):
    """What was called off or is past takes no answer."""

    sentence = _("This was called off, or it is over. Look at what stands there.")


@transaction.atomic
def plan_meeting(
    actor: Actor,
    part_ref: UUID,
    *,
    title: str,
    place: str,
    chair: UUID,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    ref: UUID | None = None,
) -> Meeting:
    """Plan a meeting about one part; ``chair`` is a person of the family who reads that part.

    Not about what two homes share: who could chair it tells who lives in the other. Sent twice it
    is planned once. Raises NotFound, NotAllowed, CircleIsClosed, FamilyChairs,
    MomentDoesNotFit, SentBefore.
    """
    part = part_seen(actor, part_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    if part.circle is None:
        raise NotFound
    running(part.circle)
    before = first_made(Meeting.objects, ref, made_by=me(actor), folder=part.folder)
    if before is not None:
        return before
    if chair not in family_of(part, at=at):
        raise FamilyChairs
    if not at < starts_at < ends_at:
        raise MomentDoesNotFit
    meeting = Meeting(
        ref=ref or uuid4(),
        folder=part.folder,
        chair=chair,
        made_by=me(actor),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    meeting.put(title=title.strip(), place=place.strip(), chair_called=name_of(chair).name)
    meeting.save(force_insert=True)
    note(actor, Deed.MADE, folders=[part.folder_id], at=at, on=[meeting.ref])
    return meeting


@transaction.atomic
def say_before(actor: Actor, ref: UUID, *, comes: bool, words: str, at: datetime) -> Beforehand:
    """Say before a meeting whether one comes, and what one wants to say; again replaces it.

    Raises NotFound, NotAllowed, MeetingIsOver.
    """
    meeting = _seen(actor, ref, at=at)
    if meeting.cancelled_at is not None or meeting.starts_at <= at:
        raise MeetingIsOver
    rows = Beforehand.objects.filter(meeting=meeting, by=me(actor))
    said = rows.select_related("folder").first()
    said = said or Beforehand(folder=meeting.folder, meeting=meeting, by=me(actor))
    said.comes, said.said_at = comes, at
    said.put(words=words.strip(), by_called=name_of(me(actor)).name)
    said.save()
    note(actor, Deed.CHANGED, folders=[meeting.folder_id], at=at, on=[meeting.ref])
    return said


@transaction.atomic
def call_off(actor: Actor, ref: UUID, *, at: datetime) -> Meeting:
    """Call a meeting off, as who planned or chairs it.

    Raises NotFound, NotAllowed, MeetingIsOver.
    """
    meeting = _seen(actor, ref, at=at)
    if me(actor) not in {meeting.chair, meeting.made_by}:
        raise NotAllowed
    if meeting.cancelled_at is not None or meeting.ends_at <= at:
        raise MeetingIsOver
    meeting.cancelled_at = at
    meeting.save(update_fields=["cancelled_at"])
    note(actor, Deed.CHANGED, folders=[meeting.folder_id], at=at, on=[meeting.ref])
    return meeting


@transaction.atomic
def keep_minutes(
    actor: Actor, ref: UUID, *, title: str, words: str, at: datetime, entry: UUID | None = None
) -> Entry:
    """Keep what was said as an entry of the same part; its lines with a dash can be agreed on.

    Raises as ``write_entry``.
    """
    meeting = _seen(actor, ref, at=at)
    part = Part.objects.get(folder=meeting.folder_id)
    return write_entry(
        actor,
        part.ref,
        title=title,
        words=words,
        kind=EntryKind.MINUTES,
        at=at,
        ref=entry,
        minutes_of=meeting,
    )


@transaction.atomic
def agree_on(actor: Actor, ref: UUID, number: int, *, at: datetime) -> Agreement:
    """Make one line of the minutes an agreement, as the family; twice it is made once.

    To look again in four weeks. Raises NotFound, NotAllowed, CircleIsClosed.
    """
    meeting = _seen(actor, ref, at=at)
    lines = proposals(_minutes_of(actor, meeting, at=at))
    if not 0 <= number < len(lines):
        raise NotFound
    goal = lines[number]
    made = Agreement.objects.filter(ref=agreement_of(meeting.ref, goal)).first()
    part = Part.objects.get(folder=meeting.folder_id)
    return made or make_agreement(
        actor,
        part.ref,
        goal=goal,
        review_on=day_of(at) + LOOK_AGAIN,
        at=at,
        ref=agreement_of(meeting.ref, goal),
    )


def _minutes_of(actor: Actor, meeting: Meeting, *, at: datetime) -> str:
    """Return what was said, "" for who does not read it (it may rest)."""
    seen = Entry.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    kept = seen.filter(pk=meeting.minutes_id or 0).first()
    return open_for_deed(kept, "words") if kept is not None else ""


def agreement_of(meeting: UUID, line: str) -> UUID:
    """Return the reference that an agreement on a line of a meeting has."""
    return uuid5(meeting, line)


def family_of(part: Part, *, at: datetime) -> set[UUID]:
    """Return the persons of the family who read a part now: who can chair."""
    grounds = Ground.objects.standing_on(day_of(at)).filter(folder=part.folder_id)
    return set(grounds.filter(kind__in=FAMILY_KINDS).values_list("receiver", flat=True))


def _seen(actor: Actor, ref: UUID, *, at: datetime) -> Meeting:
    rows = Meeting.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    meeting = at_ref(rows, ref)
    hold_family(Part.objects.get(folder=meeting.folder_id).family_id)
    require(actor, Permission.CIRCLE_TAKE_PART)
    return at_ref(rows, ref)
