"""Putting a file beside one's own words, and taking it away again.

A file comes in washed (``base.files.washing``). It is sealed and on disk before its row is; a row
that does not come leaves a sealed file that is swept away later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum

from smartstart.access.actor import Actor, require
from smartstart.access.files_kept import files_kept
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Holds
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.files.kept import sealed_files
from smartstart.base.files.washing import Washed
from smartstart.base.once import first_made
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle.called import name_of
from smartstart.circle.errors_words import EnoughFiles, ItHasEnded, NoMoreRoom, NotYourWords
from smartstart.circle.home import at_ref, hold_family, me, running
from smartstart.circle.models import Attachment, Entry, Ground, Part, Question
from smartstart.circle.queries_own import own_replies

MOST_FILES: Final = 6
MOST_BYTES: Final = 60 * 1024 * 1024
SWEPT_AFTER_SECONDS: Final = 24 * 3600


@transaction.atomic
def attach_file(
    actor: Actor,
    beside: str,
    beside_ref: UUID,
    *,
    file: Washed,
    at: datetime,
    called: str = "",
    ref: UUID | None = None,
) -> Attachment:
    """Put a file beside one's own entry, question or answer; who reads the words reads the file.

    ``beside`` is entry, question or answer. Sent twice it stands there once. Raises NotFound,
    NotAllowed, NotYourWords, ItHasEnded, CircleIsClosed, SentBefore, EnoughFiles, NoMoreRoom.
    """
    find = BESIDE.get(beside)
    if find is None:
        raise NotFound
    hold_family(Part.objects.get(folder=find(actor, beside_ref, at).folder_id).family_id)
    row = find(actor, beside_ref, at)
    require(actor, Permission.CIRCLE_TAKE_PART)
    running(Part.objects.select_related("circle").get(folder=row.folder_id).circle)
    before = first_made(Attachment.objects, ref, author=me(actor), folder=row.folder)
    if before is not None:
        return before
    made = put_beside(actor, row, file=file, called=called, at=at, ref=ref)
    note(actor, Deed.MADE, folders=[made.folder_id], at=at, on=[made.ref])
    return made


def put_beside(
    actor: Actor, row: Holds, *, file: Washed, called: str, at: datetime, ref: UUID | None = None
) -> Attachment:
    """Seal a file and make its row; the line is the operation's. Raises EnoughFiles, NoMoreRoom."""
    name = row._meta.model_name or ""
    _refuse_too_much(row, name, len(file.content))
    made = Attachment(
        ref=ref or uuid4(),
        folder=row.folder,
        kind=file.kind.value,
        size_bytes=len(file.content),
        author=me(actor),
        added_at=at,
    )
    setattr(made, name, row)
    made.put(called=called.strip() or None, author_called=name_of(made.author).name)
    made.put_file(file.content)
    made.save(force_insert=True)
    return made


def _refuse_too_much(row: Holds, name: str, size: int) -> None:
    if Attachment.objects.filter(**{name: row}).count() >= MOST_FILES:
        raise EnoughFiles(most=MOST_FILES)
    there = Attachment.objects.filter(folder=row.folder_id).aggregate(size=Sum("size_bytes"))
    if (there["size"] or 0) + size > MOST_BYTES:
        raise NoMoreRoom


@transaction.atomic
def take_file_away(actor: Actor, ref: UUID, *, at: datetime) -> None:
    """Destroy a file that one put there oneself; that it was there stays in the ledger.

    Raises NotFound, NotAllowed.
    """
    seen = Attachment.objects.read_by(actor, at=at).select_related("folder")
    file = at_ref(seen, ref)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if file.author != me(actor) or file.said_id is not None:
        raise NotAllowed
    file.delete()
    folders = [file.folder_id]
    note(actor, Deed.REMOVED, folders=folders, at=at, on=[ref], rules_changed=folders)
    transaction.on_commit(lambda: sealed_files().remove(ref), robust=True)


def sweep_files() -> int:
    """Remove files of any room of which the key is gone or the row never came; how many it was.

    One that was put there today may still get its row.
    """
    return sealed_files().sweep(files_kept(), older_than_seconds=SWEPT_AFTER_SECONDS)


def _own_entry(actor: Actor, ref: UUID, at: datetime) -> Holds:
    rows = Entry.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    there = rows.filter(folder_id__in=Part.objects.values("folder_id"))
    entry = at_ref(there, ref)
    if entry.author != me(actor):
        raise NotYourWords
    return entry


def _own_question(actor: Actor, ref: UUID, at: datetime) -> Holds:
    question = at_ref(Question.objects.read_by(actor, at=at).select_related("folder"), ref)
    if question.asker != me(actor):
        raise NotYourWords
    if question.ended_at is not None:
        raise ItHasEnded
    return question


def _own_answer(actor: Actor, ref: UUID, at: datetime) -> Holds:
    reply = at_ref(own_replies(actor, me(actor), at=at).select_related("folder", "question"), ref)
    stands = Ground.objects.standing_on(day_of(at)).filter(
        folder=reply.folder_id, receiver=me(actor)
    )
    if reply.question.ended_at is not None or not stands.exists():
        raise ItHasEnded
    return reply


BESIDE: Final[dict[str, Callable[[Actor, UUID, datetime], Holds]]] = {
    "entry": _own_entry,
    "question": _own_question,
    "answer": _own_answer,
}
