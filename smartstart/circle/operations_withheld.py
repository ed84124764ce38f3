"""Withholding for somebody's safety: proposed by one, confirmed by the other, opened by both.

What is withheld lies in a folder of its own, under a key of its own, and its lines stand in that
folder's chain only. In the folder where it would have been nothing is written; its rules version
grows as it does for any change of what may be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import ForeignObjectRel, Q

from smartstart.access.actor import Actor, require
from smartstart.access.fields import Sealed
from smartstart.access.ledger import Deed, note
from smartstart.access.looks import looks
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import erase_folder, open_folder
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors_withheld import (
    AskedApart,
    FamilyWouldNotice,
    LookAgainFirst,
    LookAgainSooner,
    NeedsASecond,
    SayWhyApart,
    TheOtherDecides,
)
from smartstart.circle.home import at_ref, hold_family, me, part_seen, running, whole_parts
from smartstart.circle.models import Entry, Ground, Part, Withheld, WithheldStep
from smartstart.circle.operations_grounds import end_grounds, law_ground
from smartstart.circle.question_places import may_be_asked
from smartstart.circle.states import EntryKind, GroundKind, WithheldState, WithheldStepKind
from smartstart.people.models import Position

LONGEST: Final = timedelta(days=28)


@transaction.atomic
def write_withheld(
    actor: Actor,
    part_ref: UUID,
    *,
    words: str,
    why: str,
    other: UUID,
    at: datetime,
    title: str = "",
    ref: UUID | None = None,
) -> Withheld:
    """Write something that lies apart from its first moment; the other confirms or declines.

    Sent twice (``ref``) it is written once. Raises NotFound, NotAllowed, CircleIsClosed,
    LookAgainFirst, SayWhyApart, NotInThisCircle, NeedsASecond, BasisIsMissing, SentBefore.
    """
    part = part_seen(actor, part_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_WITHHOLD)
    running(part.circle)
    _nothing_waits(actor, on=day_of(at))
    made = first_made(Withheld.objects, ref, home=part, said_by=me(actor))
    if made is not None:
        return made
    may_be_second(actor, part, other, on=day_of(at))
    entry = Entry(
        kind=EntryKind.OBSERVATION,
        folder=open_folder(FolderKind.WITHHELD, at=at),
        author=me(actor),
        written_at=at,
    )
    entry.put(title=title.strip(), words=said(words), author_called=name_of(me(actor)).name)
    entry.save(force_insert=True)
    return _propose(actor, part, entry, entry.folder, why=why, other=other, at=at, ref=ref)


@transaction.atomic
def withhold(actor: Actor, entry_ref: UUID, *, why: str, other: UUID, at: datetime) -> Withheld:
    """Propose to withhold an entry: it goes apart when the other confirms, not before.

    Proposed twice to the same other it is proposed once; after a no the same person proposes anew.
    Raises NotFound, NotAllowed, CircleIsClosed, FamilyWouldNotice (the family wrote it or may have
    seen it, or something hangs on it), AskedApart, SayWhyApart, NotInThisCircle, NeedsASecond,
    BasisIsMissing.
    """
    today = day_of(at)
    entry = at_ref(Entry.objects.visible_to(actor, on=today), entry_ref)
    part = part_seen(actor, Part.objects.get(folder=entry.folder_id).ref, on=today)
    require(actor, Permission.CIRCLE_WITHHOLD)
    running(part.circle)
    earlier = Withheld.objects.exclude(state=WithheldState.DROPPED).filter(entry=entry)
    before = earlier.select_related("folder").first()
    if before is not None and _is_again(actor, before, other):
        return before
    _nothing_waits(actor, on=today)
    _is_unseen(entry, at=at)
    may_be_second(actor, part, other, on=today)
    if before is not None:
        _drop(actor, before, at=at)
    folder = open_folder(FolderKind.WITHHELD, at=at)
    made = _propose(actor, part, entry, folder, why=why, other=other, at=at, ref=None)
    if before is not None:
        erase_folder(actor, before.folder, at=at)
    return made


def can_go_apart(actor: Actor, entry_ref: UUID, *, at: datetime) -> UUID:
    """Return the part in which an entry stands that could go apart: known before one says why.

    Raises NotFound, CircleIsClosed, FamilyWouldNotice.
    """
    today = day_of(at)
    entry = at_ref(Entry.objects.visible_to(actor, on=today), entry_ref)
    parts = whole_parts(Part.objects.visible_to(actor, on=today))
    part = parts.filter(folder=entry.folder_id).first()
    if part is None or not actor.may(Permission.CIRCLE_WITHHOLD):
        raise NotFound
    running(part.circle)
    if not Withheld.objects.exclude(state=WithheldState.DROPPED).filter(entry=entry).exists():
        _is_unseen(entry, at=at)
    return part.ref


def _is_again(actor: Actor, before: Withheld, other: UUID) -> bool:
    """Whether this was proposed already; a no can be followed by another proposal, of the same."""
    mine = before.first == me(actor)
    if mine and before.state == WithheldState.PROPOSED and before.second == other:
        return True
    if not mine or before.state != WithheldState.DECLINED:
        raise AskedApart
    return False


def _propose(
    actor: Actor,
    part: Part,
    entry: Entry,
    folder: Folder,
    *,
    why: str,
    other: UUID,
    at: datetime,
    ref: UUID | None,
) -> Withheld:
    apart = Withheld(
        ref=ref or uuid4(),
        folder=folder,
        home=part,
        entry=entry,
        first=me(actor),
        second=other,
        said_by=me(actor),
        review_on=day_of(at) + LONGEST,
        made_at=at,
    )
    apart.put(reason=said(why), about=open_for_deed(part, "called"))
    apart.save(force_insert=True)
    for one in (apart.first, apart.second):
        law_ground(folder.pk, one, GroundKind.WITHHELD, given_by=me(actor), at=at)
    tell_apart(actor, apart, WithheldStepKind.PROPOSED, at=at)
    return apart


@transaction.atomic
def confirm_withheld(actor: Actor, ref: UUID, *, at: datetime) -> Withheld:
    """Say yes as the other: what still stands in its old folder goes apart now.

    Raises NotFound, TheOtherDecides, FamilyWouldNotice.
    """
    apart = _asked_of(actor, ref, WithheldState.PROPOSED, at=at)
    moved: list[int] = []
    if apart.entry.folder_id != apart.folder_id:
        _is_unseen(apart.entry, at=at)
        moved = [apart.entry.folder_id]
        _move(apart.entry, apart.folder)
    _put(apart, WithheldState.KEPT, by=actor)
    tell_apart(actor, apart, WithheldStepKind.CONFIRMED, at=at, also_changed=moved)
    return apart


@transaction.atomic
def decline_withheld(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Withheld:
    """Say no as the other: nothing moves; who wrote it apart destroys it.

    Raises NotFound, TheOtherDecides, SayWhyApart.
    """
    apart = _asked_of(actor, ref, WithheldState.PROPOSED, at=at)
    _put(apart, WithheldState.DECLINED, by=actor)
    tell_apart(actor, apart, WithheldStepKind.DECLINED, why=said(why), at=at)
    return apart


@transaction.atomic
def drop_withheld(actor: Actor, ref: UUID, *, at: datetime) -> bool:
    """Destroy what was not confirmed, as who wrote it; say whether its words are gone too.

    What stands in the circle stays there: only the proposal is gone.
    Raises NotFound, TheOtherDecides.
    """
    apart = held(actor, ref, at=at)
    waits = apart.state in {WithheldState.PROPOSED, WithheldState.DECLINED}
    if apart.first != me(actor) or not waits:
        raise TheOtherDecides
    _drop(actor, apart, at=at)
    erase_folder(actor, apart.folder, at=at)
    return apart.entry.folder_id == apart.folder_id


def _drop(actor: Actor, apart: Withheld, *, at: datetime) -> None:
    """Let nobody read it any more; its folder is erased by the caller."""
    end_grounds([apart.folder_id], at=at, kinds=[GroundKind.WITHHELD])
    _put(apart, WithheldState.DROPPED, by=actor)


@transaction.atomic
def review_withheld(actor: Actor, ref: UUID, *, why: str, until: date, at: datetime) -> Withheld:
    """Look at it again and keep it apart, until a day within four weeks.

    Raises NotFound, TheOtherDecides (when it is not kept), SayWhyApart, LookAgainSooner.
    """
    apart, today = held(actor, ref, at=at), day_of(at)
    if apart.state not in {WithheldState.KEPT, WithheldState.OPENING}:
        raise TheOtherDecides
    if not today < until <= today + LONGEST:
        raise LookAgainSooner
    apart.review_on = until
    _put(apart, WithheldState.KEPT, by=actor)
    tell_apart(actor, apart, WithheldStepKind.REVIEWED, why=said(why), at=at)
    return apart


@transaction.atomic
def ask_to_open(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Withheld:
    """Propose to show it to the family after all; the other confirms.

    Raises NotFound, TheOtherDecides, SayWhyApart.
    """
    apart = held(actor, ref, at=at)
    if apart.state != WithheldState.KEPT:
        raise TheOtherDecides
    _put(apart, WithheldState.OPENING, by=actor)
    tell_apart(actor, apart, WithheldStepKind.OPENING, why=said(why), at=at)
    return apart


@transaction.atomic
def confirm_opening(actor: Actor, ref: UUID, *, at: datetime) -> Entry:
    """Say yes as the other: the entry stands in the family's folder from now on.

    Raises NotFound, TheOtherDecides.
    """
    apart = _asked_of(actor, ref, WithheldState.OPENING, at=at)
    home = apart.home.folder
    _move(apart.entry, home)
    apart.opened_at = at
    _put(apart, WithheldState.OPENED, by=actor)
    _step(actor, apart, WithheldStepKind.OPENED, why="", at=at)
    changed = [home.pk, apart.folder_id]
    note(actor, Deed.MADE, folders=changed, at=at, on=[apart.entry.ref], rules_changed=changed)
    return apart.entry


def said(words: str) -> str:
    """Return a reason that was given. Raises SayWhyApart."""
    if not words.strip():
        raise SayWhyApart
    return words.strip()


def _nothing_waits(actor: Actor, *, on: date) -> None:
    """Raise LookAgainFirst when this function has something that should have been looked at."""
    mine = Q(first=me(actor)) | Q(second=me(actor))
    if Withheld.objects.overdue_on(on).filter(mine).exists():
        raise LookAgainFirst


def _is_unseen(entry: Entry, *, at: datetime) -> None:
    """Raise FamilyWouldNotice when a row hangs on this entry, or the family may know of it.

    The family's own words never go apart. Whoever of the family opened anything of this folder
    since, saw it, its title or a count.
    """
    readers = Ground.objects.filter(folder=entry.folder_id).values_list("receiver", flat=True)
    family = set(readers.exclude(receiver__in=Position.objects.values("ref")))
    seen = looks([entry.folder_id], since=entry.written_at, until=at + timedelta(seconds=1))
    if entry.author in family or any(look.person in family for look in seen):
        raise FamilyWouldNotice
    for hanging in entry._meta.get_fields(include_hidden=True):
        if not isinstance(hanging, ForeignObjectRel) or hanging.related_model is Withheld:
            continue
        rows = hanging.related_model._default_manager
        if rows.filter(**{hanging.field.name: entry}).exists():
            raise FamilyWouldNotice


def may_be_second(actor: Actor, part: Part, other: UUID, *, on: date) -> None:
    """Let only another function with somebody in it, whom this actor knows here, be the second.

    Whoever is near another of the same home only, is told to nobody by it.
    """
    is_function = Position.objects.filter(ref=other, occupant__isnull=False).exists()
    if not is_function or other not in may_be_asked(actor, part, on=on):
        raise NeedsASecond


def held(actor: Actor, ref: UUID, *, at: datetime) -> Withheld:
    """Return what one of the two keeps, its family held. Raises NotFound, NotAllowed."""
    seen = Withheld.objects.visible_to(actor, on=day_of(at)).select_related(
        "folder", "home__folder", "entry__folder"
    )
    hold_family(at_ref(seen, ref).home.family_id)
    apart = at_ref(seen, ref)
    require(actor, Permission.CIRCLE_WITHHOLD)
    return apart


def _asked_of(actor: Actor, ref: UUID, state: WithheldState, *, at: datetime) -> Withheld:
    apart = held(actor, ref, at=at)
    if apart.state != state or apart.said_by == me(actor):
        raise TheOtherDecides
    return apart


def _put(apart: Withheld, state: WithheldState, *, by: Actor) -> None:
    apart.state = state
    apart.said_by = me(by)
    apart.save(update_fields=["state", "said_by", "review_on", "opened_at"])


def _move(entry: Entry, to: Folder) -> None:
    """Seal an entry anew under another folder's key."""
    fields = [field.name for field in entry._meta.fields if isinstance(field, Sealed)]
    clear = {name: open_for_deed(entry, name) for name in fields}
    entry.folder = to
    entry.put(**clear)
    entry.save(update_fields=["folder", *fields])


def _step(actor: Actor, apart: Withheld, kind: WithheldStepKind, *, why: str, at: datetime) -> None:
    step = WithheldStep(folder=apart.folder, withheld=apart, kind=kind, by=me(actor), at=at)
    step.put(by_called=name_of(me(actor)).name, why=why)
    step.save(force_insert=True)


def tell_apart(
    actor: Actor,
    apart: Withheld,
    kind: WithheldStepKind,
    *,
    at: datetime,
    why: str = "",
    also_changed: Iterable[int] = (),
) -> None:
    """Keep the step and write the line, in the chain of this folder alone."""
    _step(actor, apart, kind, why=why, at=at)
    changed = [apart.folder_id, *also_changed]
    note(
        actor,
        Deed.CHANGED,
        folders=[apart.folder_id],
        at=at,
        on=[apart.ref],
        why="safety",
        rules_changed=changed,
    )
