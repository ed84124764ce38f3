"""What is written in a circle: entries and what corrects them, the own side, agreements.

Nothing is ever overwritten. A correction is an entry of its own, after the one its writer had
seen last: two that were written at once both stand, and the next who writes has seen them both.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Holds
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors_questions import NotInThisCircle
from smartstart.circle.errors_words import (
    ItHasEnded,
    LookAgainLater,
    NotYourWords,
    WriteSomething,
)
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import at_ref, hold_family, me, reads_by_law, running
from smartstart.circle.models import Action, Agreement, Entry, Meeting, Member, OwnSide, Part
from smartstart.circle.question_places import may_be_asked, part_to_ask_in
from smartstart.circle.states import EntryKind

Row = TypeVar("Row", bound=Holds)


@transaction.atomic
def write_entry(
    actor: Actor,
    part_ref: UUID,
    *,
    words: str,
    at: datetime,
    title: str = "",
    kind: EntryKind = EntryKind.MESSAGE,
    topic: str = "",
    ref: UUID | None = None,
    minutes_of: Meeting | None = None,
) -> Entry:
    """Write about one person, or the household; sent twice it is written once.

    Who reads the part, or has a seat in it, may. ``minutes_of``: the meeting that keeps it as what
    was said. Raises NotFound, NotAllowed, CircleIsClosed, WriteSomething.
    """
    part = part_to_ask_in(actor, part_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    before = first_made(Entry.objects, ref, author=me(actor), folder=part.folder)
    if before is not None:
        return before
    running(part.circle)
    entry = Entry(folder=part.folder, kind=kind, topic=topic)
    return _written(actor, entry, title, words, at=at, ref=ref, minutes_of=minutes_of)


@transaction.atomic
def correct_entry(
    actor: Actor,
    entry_ref: UUID,
    *,
    words: str,
    at: datetime,
    title: str = "",
    after: UUID | None = None,
    ref: UUID | None = None,
) -> Entry:
    """Add a correction to an entry of one's own, or of one's family; the old text stays to read.

    ``after``: the newest text that the writer had before them. Raises NotFound, NotAllowed,
    NotYourWords, CircleIsClosed, WriteSomething.
    """
    entry, part = _entry_seen(actor, entry_ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    running(part.circle)
    if entry.author != me(actor) and not _is_ours(actor, entry, part, on=day_of(at)):
        raise NotYourWords
    first = entry.corrects or entry
    before = first_made(Entry.objects, ref, author=me(actor), corrects=first)
    if before is not None:
        return before
    texts = Entry.objects.filter(Q(pk=first.pk) | Q(corrects=first))
    seen = texts.filter(ref=after).first() if after else entry
    if seen is None:
        raise NotFound
    correction = Entry(
        folder=part.folder, kind=first.kind, topic=first.topic, corrects=first, after=seen
    )
    return _written(actor, correction, title, words, at=at, ref=ref)


@transaction.atomic
def add_own_side(
    actor: Actor, entry_ref: UUID, *, words: str, at: datetime, ref: UUID | None = None
) -> OwnSide:
    """Write the family's own side beside an entry; no professional can, or changes it.

    Raises NotFound, NotAllowed, CircleIsClosed, WriteSomething.
    """
    entry, part = _entry_seen(actor, entry_ref, at=at)
    _require_family(actor, part, on=day_of(at))
    running(part.circle)
    if not words.strip():
        raise WriteSomething
    before = first_made(OwnSide.objects, ref, author=me(actor), entry=entry)
    if before is not None:
        return before
    side = OwnSide(folder=entry.folder, entry=entry, author=me(actor), written_at=at)
    side.ref = ref or side.ref  # before it is sealed: the seal is bound to it
    side.put(words=words.strip(), author_called=name_of(me(actor)).name)
    return _kept(actor, side, Deed.MADE, at=at)


@transaction.atomic
def make_agreement(
    actor: Actor,
    part_ref: UUID,
    *,
    goal: str,
    review_on: date,
    at: datetime,
    topic: str = "",
    ref: UUID | None = None,
) -> Agreement:
    """Agree on a goal, in the family's words, and on which day to look again.

    The family makes it: who it is about, or who decides about a child. Raises NotFound, NotAllowed,
    CircleIsClosed, WriteSomething, LookAgainLater.
    """
    part = part_to_ask_in(actor, part_ref, on=day_of(at))
    _require_family(actor, part, on=day_of(at))
    running(part.circle)
    if not goal.strip():
        raise WriteSomething
    if review_on <= day_of(at):
        raise LookAgainLater
    before = first_made(Agreement.objects, ref, made_by=me(actor), folder=part.folder)
    if before is not None:
        return before
    agreement = Agreement(
        folder=part.folder, topic=topic, made_by=me(actor), made_at=at, review_on=review_on
    )
    agreement.ref = ref or agreement.ref
    agreement.put(goal=goal.strip())
    return _kept(actor, agreement, Deed.MADE, at=at)


@transaction.atomic
def add_action(
    actor: Actor,
    agreement_ref: UUID,
    *,
    responsible: UUID,
    words: str,
    due_on: date,
    at: datetime,
    ref: UUID | None = None,
) -> Action:
    """Add one thing that one party in the circle does before a day.

    Who reads the agreement may add what they do themselves, the family what anybody does. Raises
    NotFound, NotAllowed, ItHasEnded, WriteSomething, LookAgainLater, NotInThisCircle.
    """
    agreement, part = _agreement_seen(actor, agreement_ref, at=at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if responsible != me(actor):
        _require_family(actor, part, on=day_of(at))
        _require_party(actor, part, responsible, on=day_of(at))
    if not words.strip():
        raise WriteSomething
    if due_on < day_of(at):
        raise LookAgainLater
    before = first_made(Action.objects, ref, agreement=agreement, responsible=responsible)
    if before is not None:
        return before
    action = Action(
        folder=agreement.folder, agreement=agreement, responsible=responsible, due_on=due_on
    )
    action.ref = ref or action.ref
    action.put(words=words.strip(), responsible_called=name_of(responsible).name)
    return _kept(actor, action, Deed.MADE, at=at)


@transaction.atomic
def finish_action(actor: Actor, action_ref: UUID, *, at: datetime) -> Action:
    """Say that it is done, as who does it or as the family; a second time changes nothing.

    Raises NotFound, NotAllowed.
    """
    seen = Action.objects.visible_to(actor, on=day_of(at)).select_related("folder", "agreement")
    agreement = at_ref(seen, action_ref).agreement
    _agreement, part = _agreement_seen(actor, agreement.ref, at=at, ended=True)
    action = at_ref(seen, action_ref)  # as it is now that the family is held
    require(actor, Permission.CIRCLE_TAKE_PART)
    if action.responsible != me(actor):
        _require_family(actor, part, on=day_of(at))
    if action.done_at is not None:
        return action
    action.done_at = at
    return _kept(actor, action, Deed.CHANGED, at=at)


@transaction.atomic
def end_agreement(actor: Actor, agreement_ref: UUID, *, came_out: str, at: datetime) -> Agreement:
    """End an agreement as the family, with what came of it in its own words.

    What was not done ends with it. Raises NotFound, NotAllowed, ItHasEnded.
    """
    agreement, part = _agreement_seen(actor, agreement_ref, at=at)
    _require_family(actor, part, on=day_of(at))
    agreement.ended_at = at
    agreement.put(came_out=came_out.strip() or None)
    Action.objects.filter(agreement=agreement, done_at=None, ended_at=None).update(ended_at=at)
    return _kept(actor, agreement, Deed.CHANGED, at=at)


def _written(
    actor: Actor,
    entry: Entry,
    title: str,
    words: str,
    *,
    at: datetime,
    ref: UUID | None,
    minutes_of: Meeting | None = None,
) -> Entry:
    if not words.strip():
        raise WriteSomething
    entry.author, entry.written_at = me(actor), at
    entry.ref = ref or entry.ref
    entry.put(
        title=title.strip() or None,
        words=words.strip(),
        author_called=name_of(me(actor)).name,
    )
    entry.save()
    if minutes_of is not None:
        minutes_of.minutes = entry
        minutes_of.save(update_fields=["minutes"])
    return _noted(actor, entry, Deed.MADE, at=at)


def _kept(actor: Actor, row: Row, deed: Deed, *, at: datetime) -> Row:
    """Save a row and write its line."""
    row.save()
    return _noted(actor, row, deed, at=at)


def _noted(actor: Actor, row: Row, deed: Deed, *, at: datetime) -> Row:
    """Write the line of a row: last in every operation here."""
    note(actor, deed, folders=[row.folder_id], at=at, on=[row.ref])
    return row


def _entry_seen(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Entry, Part]:
    seen = Entry.objects.visible_to(actor, on=day_of(at)).select_related("folder", "corrects")
    part = _part_of(at_ref(seen, ref))
    return at_ref(seen, ref), part


def _agreement_seen(
    actor: Actor, ref: UUID, *, at: datetime, ended: bool = False
) -> tuple[Agreement, Part]:
    seen = Agreement.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    part = _part_of(at_ref(seen, ref))
    agreement = at_ref(seen, ref)
    if agreement.ended_at is not None and not ended:
        raise ItHasEnded
    return agreement, part


def _part_of(row: Holds) -> Part:
    """Return the part in which a row lies, its family held."""
    parts = Part.objects.select_related("folder", "circle", "member")
    hold_family(parts.get(folder=row.folder_id).family_id)
    return parts.get(folder=row.folder_id)


def _is_ours(actor: Actor, entry: Entry, part: Part, *, on: date) -> bool:
    """Whether somebody of the family corrects what somebody of the same family wrote."""
    if actor.role not in FAMILY_ROLES or not reads_by_law(actor, part, on=on):
        return False
    return Member.objects.filter(family=part.family_id, person=entry.author).exists()


def _require_family(actor: Actor, part: Part, *, on: date) -> None:
    require(actor, Permission.CIRCLE_TAKE_PART)
    if actor.role not in FAMILY_ROLES or not reads_by_law(actor, part, on=on):
        raise NotAllowed


def _require_party(actor: Actor, part: Part, who: UUID, *, on: date) -> None:
    """Let only somebody of this home or whom one knows in the circle be responsible.

    For what two homes share: only who is known in both, as for a question. Raises NotInThisCircle.
    """
    here = Part.objects.filter(circle=part.circle_id, family=part.family_id, member__person=who)
    if not here.exists() and who not in may_be_asked(actor, part, on=on):
        raise NotInThisCircle
