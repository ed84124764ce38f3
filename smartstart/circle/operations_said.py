"""A child says something to whom it chooses, hears back, and says what it thinks of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.files.washing import Washed
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors_words import WriteSomething
from smartstart.circle.home import at_ref, me
from smartstart.circle.models import Ground, Said
from smartstart.circle.operations_files import put_beside
from smartstart.circle.operations_grounds import law_ground
from smartstart.circle.queries_said import people_of
from smartstart.circle.states import Answer, GroundKind
from smartstart.people.models import Position

BELOW: Final = "\n\n"  # between what was said first and later
AFTER_THE_ANSWER: Final = timedelta(days=31)


@transaction.atomic
def say(
    actor: Actor,
    to: UUID,
    *,
    words: str,
    at: datetime,
    files: Sequence[Washed] = (),
    ref: UUID | None = None,
) -> Said:
    """Say something as a child to one of its people, in words, drawn or spoken.

    Nobody else reads it, no parent either.

    Sent twice it is said once. Raises NotFound (who is not one of its people), NotAllowed,
    WriteSomething, SentBefore, EnoughFiles, NoMoreRoom, BasisIsMissing.
    """
    known = {one.ref: one for one in people_of(actor, on=day_of(at))}
    if to not in known:
        raise NotFound
    require(actor, Permission.CIRCLE_TAKE_PART)
    before = first_made(Said.objects, ref, by=me(actor), to=to)
    if before is not None:
        return before
    if not words.strip() and not files:
        raise WriteSomething
    said = Said(
        ref=ref or uuid4(),
        folder=open_folder(FolderKind.PERSON, at=at),
        by=me(actor),
        to=to,
        heard_by=_who_is_in(to),
        said_at=at,
    )
    said.put(words=words.strip() or None, by_called=name_of(said.by).name, to_called=known[to].name)
    said.save(force_insert=True)
    for one, kind in ((said.by, GroundKind.OWN), (to, GroundKind.TOLD)):
        law_ground(said.folder_id, one, kind, given_by=said.by, at=at)
    for file in files:
        put_beside(actor, said, file=file, called="", at=at)
    changed = [said.folder_id]
    note(actor, Deed.MADE, folders=changed, at=at, on=[said.ref], rules_changed=changed)
    return said


@transaction.atomic
def say_back(actor: Actor, ref: UUID, *, words: str, at: datetime) -> Said:
    """Answer a child, as the one it chose; a month after the first answer only it reads it still.

    What is said later stands below what was said before: a child may have read that. The same
    words twice are one answer. Raises NotFound, NotAllowed, WriteSomething, TooLong.
    """
    said = _seen(actor, ref, at=at)
    if said.to != me(actor):
        raise NotFound
    if not words.strip():
        raise WriteSomething
    before = open_for_deed(said, "answer") if said.answered_at else ""
    if words.strip() in before.split(BELOW):
        return said
    said.answered_at, said.fine = at, ""
    said.put(answer=BELOW.join([*([before] if before else []), words.strip()]))
    said.save(update_fields=["answer", "answered_at", "fine"])
    told = Ground.objects.filter(folder=said.folder, receiver=said.to, kind=GroundKind.TOLD)
    last_day = day_of(at) + AFTER_THE_ANSWER
    is_shorter = told.filter(last_day__gt=last_day).update(last_day=last_day, changed_at=at) > 0
    folders = [said.folder_id]
    changed = folders if is_shorter else []
    note(actor, Deed.CHANGED, folders=folders, at=at, on=[said.ref], rules_changed=changed)
    return said


@transaction.atomic
def think_of_it(actor: Actor, ref: UUID, *, is_fine: bool, at: datetime) -> Said:
    """Say as the child that the answer is fine, or rather not. Raises NotFound, NotAllowed."""
    said = _seen(actor, ref, at=at)
    if said.by != me(actor) or said.answered_at is None:
        raise NotFound
    said.fine = Answer.YES if is_fine else Answer.NO
    said.save(update_fields=["fine"])
    note(actor, Deed.CHANGED, folders=[said.folder_id], at=at, on=[said.ref])
    return said


def _who_is_in(to: UUID) -> UUID | None:
    """Return whose name and face a function has, by person; None for who is no function."""
    found = Position.objects.filter(ref=to).values_list("occupant__person", flat=True)
    return found.first()


def _seen(actor: Actor, ref: UUID, *, at: datetime) -> Said:
    rows = Said.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    said = at_ref(rows.select_for_update(of=("self",)), ref)
    require(actor, Permission.CIRCLE_TAKE_PART)
    return said
