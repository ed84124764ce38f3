"""A reading: the only way to sealed content, and the list of folders it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from smartstart.access.actor import TWO_FACTORS, Actor
from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.ledger import Deed, Entry, append
from smartstart.access.models import FAMILY_KINDS, Folder, Holds, Line
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.base.files.kept import sealed_files
from smartstart.base.refusals import RulesChanged
from smartstart.base.sealing import Opener, unseal


class ReadingIsClosed(Exception):  # noqa: N818 - a fault of ours, not shown to visitors
    """Something was read after the answer was settled: it would leave without a line."""


class FolderCameLater(Exception):  # noqa: N818 - a fault of ours, not shown to visitors
    """The row's folder was not fetched with it: add select_related("folder") to the query."""


def folder_of(row: Holds) -> Folder:
    """Return the folder that came with the row. Raises FolderCameLater when it did not."""
    if "folder" not in row._state.fields_cache:
        raise FolderCameLater(type(row).__name__)
    return row.folder


class Reading:
    """What one answer reads. Opened at the edge, settled by the door before the answer leaves.

    Folders must come from the same statement as the access decision (``select_related``): their
    ``rules_version`` is then of the snapshot that said yes, and ``settle`` finds every later
    change. A folder fetched later would carry the new version of rules that now say no, so it is
    refused.
    """

    def __init__(self, actor: Actor, *, at: datetime, why: str = "", origin: str = "") -> None:
        self.actor = actor
        self.at = at
        self._why = why
        self._origin = origin
        self._versions: dict[int, int] = {}
        self._seen: dict[tuple[int, Deed], dict[UUID, None]] = {}
        self._keys: dict[int, Opener] = {}
        self._is_closed = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read that needs a line."""
        return not self._versions

    @property
    def folders(self) -> frozenset[int]:
        """The folders of which something goes into the answer."""
        return frozenset(folder for folder, _deed in self._seen)

    def because(self, why: str) -> None:
        """Say why what is read from now on is read: a slug that stands in each line."""
        self._why = why

    def relies_on(self, folder: Folder) -> None:
        """The answer is only right while this folder's rules stand; leaves no line of its own."""
        if self._is_closed:
            raise ReadingIsClosed
        if self._versions.setdefault(folder.pk, folder.rules_version) != folder.rules_version:
            raise RulesChanged

    def saw(self, folder: Folder, *on: UUID, deed: Deed = Deed.READ) -> None:
        """Content of this folder goes into the answer. Raises SecondFactorNeeded, RulesChanged."""
        if folder.kind in FAMILY_KINDS and self.actor.assurance < TWO_FACTORS:
            raise SecondFactorNeeded
        self.relies_on(folder)
        self._seen.setdefault((folder.pk, deed), {}).update(dict.fromkeys(on))

    def text(self, row: Holds, field: str, *, deed: Deed = Deed.READ) -> str:
        """Return the clear text of a sealed field ("" when empty) and remember the folder.

        Raises SecondFactorNeeded, RulesChanged, KeyIsGone.
        """
        self.saw(folder_of(row), row.ref, deed=deed)
        return self._clear(row, field)

    def texts(
        self,
        rows: Iterable[Holds],
        field: str,
        *,
        deed: Deed = Deed.READ,
        part_of: UUID | None = None,
    ) -> list[str]:
        """Return the clear texts of one field of many rows, in order.

        Rows that are parts of one thing (notes of a board) are named by it in the line.
        """
        found = list(rows)
        for folder, refs in _by_folder(found):
            self.saw(folder, *([part_of] if part_of else refs), deed=deed)
        return [self._clear(row, field) for row in found]

    def file(self, row: Holds, *, deed: Deed = Deed.EXPORTED) -> bytes:
        """Return the clear bytes of the file beside a row and remember the folder.

        Raises SecondFactorNeeded, RulesChanged, KeyIsGone, FileIsGone.
        """
        folder = folder_of(row)
        self.saw(folder, row.ref, deed=deed)
        return sealed_files().opened(row.sealed_at("file"), folder.key())

    def close(self) -> None:
        """Forget what was seen, because it does not leave; nothing can be read any more."""
        self._is_closed = True
        self._versions.clear()
        self._seen.clear()
        self._keys.clear()

    def settle(self) -> None:
        """Check that the rules still stand and write the lines: no line, no answer.

        Nothing can be read through it afterwards. Raises RulesChanged, and whatever the database
        raises; the answer must then not leave.
        """
        self._is_closed = True
        if self.is_empty:
            return
        self._keys.clear()
        with self._one_moment():
            append(self.actor, self._entries(), at=self.at, stands=self._stands())

    def _one_moment(self) -> AbstractContextManager[None]:
        """Return a transaction where today's glances are looked for first; a line is one itself.

        Inside a transaction that is open, what fails is undone and no more than that.
        """
        glanced = any(deed is Deed.GLANCED for _, deed in self._seen)
        return transaction.atomic() if glanced or connection.in_atomic_block else nullcontext()

    def _stands(self) -> dict[int, int]:
        """The rules that must still stand: of the folders read, and of where the hat is kept."""
        home, rules = self.actor.home_folder, self.actor.home_rules
        if home is None or rules is None:
            return self._versions
        if self._versions.get(home, rules) != rules:
            raise RulesChanged
        return {home: rules} | self._versions

    def _clear(self, row: Holds, field: str) -> str:
        token = getattr(row, field)
        if token is None:
            return ""
        if row.folder_id not in self._keys:
            self._keys[row.folder_id] = Opener(row.folder.key())
        return self._keys[row.folder_id].opened(bytes(token), row.sealed_at(field)).decode()

    def _entries(self) -> list[tuple[int, Entry]]:
        glanced = [folder for folder, deed in self._seen if deed is Deed.GLANCED]
        already = glanced_today(self.actor, glanced, at=self.at)
        return [
            (folder, Entry(deed, on=tuple(on), why=self._why, origin=self._origin))
            for (folder, deed), on in sorted(self._seen.items())
            if deed is not Deed.GLANCED or folder not in already
        ]


def glanced_today(actor: Actor, folders: Sequence[int], *, at: datetime) -> set[int]:
    """Return which of these folders already have a glance of this hat on this day."""
    if not folders or actor.hat is None:
        return set()
    today, since = day_of(at), at - timedelta(hours=26)
    recent = written(_glances, actor, folders=folders, since=since)
    return {folder for folder, moment in recent if day_of(moment) == today}


def _glances(actor: Actor, *, folders: Sequence[int], since: datetime) -> QuerySet[Line, Any]:
    mine = Line.objects.filter(folder_id__in=folders, hat=actor.hat)
    return mine.filter(deed=Deed.GLANCED.value, at__gt=since).values_list("folder_id", "at")


def open_for_deed(row: Holds, field: str) -> str:
    """Return a sealed text to an operation that works on it.

    Only operations and tasks call this (a house test looks): what they read does not leave in an
    answer, and their own line says what they did. Raises KeyIsGone.
    """
    token = getattr(row, field)
    if token is None:
        return ""
    return unseal(bytes(token), row.folder.key(), row.sealed_at(field)).decode()


def in_transaction() -> bool:
    """Whether a transaction is open now; reading and rendering happen outside of one.

    The transaction that a test wraps around itself does not count.
    """
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _by_folder(rows: Sequence[Holds]) -> list[tuple[Folder, list[UUID]]]:
    found: dict[int, tuple[Folder, list[UUID]]] = {}
    for row in rows:
        found.setdefault(row.folder_id, (folder_of(row), []))[1].append(row.ref)
    return list(found.values())
