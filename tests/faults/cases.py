"""The deeds that are broken at every step. A room adds one line for each operation of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from smartstart.access import cuts
from smartstart.access.actor import VISITOR
from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import change_rules, erase_folder, note_denied, open_folder
from smartstart.access.reading import Reading
from smartstart.programme.models import Proposal
from tests.cast import Cast, people
from tests.faults.harness import Case

_casts: dict[str, Cast] = {}


def nothing(now: datetime) -> None:
    """Needs nothing."""


def folder(now: datetime) -> Folder:
    """A folder with a line in it."""
    made = open_folder(FolderKind.VOICE, at=now)
    note(VISITOR, Deed.MADE, folders=[made.pk], at=now)
    return made


def old_folder(now: datetime) -> Folder:
    """A folder with lines of six years ago and of today."""
    made = open_folder(FolderKind.VOICE, at=now)
    for at in (now - timedelta(days=6 * 366), now):
        note(VISITOR, Deed.READ, folders=[made.pk], at=at)
    return made


def cast(now: datetime) -> Cast:
    """The cast, made once in the store that is in use."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if name not in _casts:
        _casts[name] = people(now)
    return _casts[name]


def proposal(now: datetime) -> Proposal:
    """A proposal that nobody saved yet."""
    made = cast(now)
    from tests.cast import pilot

    return Proposal(
        pilot=pilot(f"p{uuid4().hex[:8]}", made.region, now=now),
        folder=folder(now),
        holder=made.account("els"),
        answer_by=made.today,
    )


def _seal_and_save(row: Proposal, now: datetime) -> None:
    from django.db import transaction

    with transaction.atomic():
        row.pk = None
        row.ref = uuid4()
        row.put(sees="wat ik zie", name="Anouk")
        row.save(force_insert=True)
        note(VISITOR, Deed.MADE, folders=[row.folder_id], at=now, on=[row.ref], reason="nieuw")


def _saved(now: datetime) -> Proposal:
    row = proposal(now)
    _seal_and_save(row, now)
    return Proposal.objects.select_related("folder").get(pk=row.pk)


def _read(row: Proposal, now: datetime) -> None:
    reading = Reading(cast(now).actor("nadia"), at=now, origin="192.0.2.4")
    reading.text(row, "sees")
    reading.settle()


def _denied(_made: Any, now: datetime) -> None:
    note_denied(cast(now).actor("joke"), where="trial:x", tried="/x/", at=now)


CASES: Final[list[Case]] = [
    Case("open a folder", nothing, lambda _, now: open_folder(FolderKind.VOICE, at=now)),
    Case(
        "write a line with a reason",
        folder,
        lambda f, now: note(VISITOR, Deed.READ, folders=[f.pk], at=now, reason="omdat"),
    ),
    Case("change the rules", folder, lambda f, now: change_rules([f.pk])),
    Case("erase a folder", folder, lambda f, now: erase_folder(VISITOR, f, at=now)),
    Case("seal and save", proposal, _seal_and_save),
    Case("read and settle", _saved, _read),
    Case("write a denied try", cast, _denied),
    Case("sign a checkpoint", folder, lambda f, now: make_checkpoint(at=now)),
    Case(
        "cut old lines",
        old_folder,
        lambda f, now: cuts.cut(before=cuts.youngest_day(at=now), at=now),
    ),
]
