"""Files beside what somebody reads: their names on a page, and one of them as a download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.files.kinds import PICTURES, SOUNDS, FileKind
from smartstart.base.refusals import NotFound
from smartstart.circle.errors_words import TooMuchAtOnce
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Attached, Attachment, Circle, Part, Question, Reply
from smartstart.circle.models.attachments import AttachmentQuerySet
from smartstart.circle.operations_files import BESIDE
from smartstart.circle.queries_kijkboek import home_of

MOST_AT_ONCE: Final = 48 * 1024 * 1024  # it lies in memory twice, never in clear on disk


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as a page names it. ``called`` is "" when its giver did not name it."""

    ref: UUID
    called: str
    kind: FileKind
    said_as: str
    size_bytes: int
    by: str
    added_at: datetime
    is_mine: bool

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at in the page."""
        return self.kind in PICTURES

    @property
    def is_sound(self) -> bool:
        """Whether it can be heard in the page."""
        return self.kind in SOUNDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: kind, the home they are seen from, the part, the entry or question."""

    kind: str
    circle: UUID | None
    part: UUID
    ref: UUID


def place_of(reading: Reading, kind: str, ref: UUID) -> Place:
    """Return where one's own entry, question or answer stands. Raises NotFound, NotYourWords."""
    find = BESIDE.get(kind)
    if find is None:
        raise NotFound
    row = find(reading.actor, ref, reading.at)
    whole = row.question if isinstance(row, Reply) else row
    seen = Circle.objects.visible_to(reading.actor, on=day_of(reading.at))
    part = Part.objects.get(folder=row.folder_id)
    homes = seen.filter(family=part.family_id).order_by("opened_at")
    home = homes.filter(pk=part.circle_id or 0).first() or homes.first()
    return Place(kind, home.ref if home else None, part.ref, whole.ref)


def files_of_entry(reading: Reading, ref: UUID) -> list[FileLine]:
    """Return the files beside an entry and its corrections, in order. One query."""
    return _lines(reading, Q(entry__ref=ref) | Q(entry__corrects__ref=ref))


def files_with_question(reading: Reading, ref: UUID) -> list[FileLine]:
    """Return what comes with a question: its own files, of what is shown with it, of answers."""
    asked = Question.objects.filter(ref=ref)
    shown = Attached.objects.filter(question__in=asked, ended_at=None).values("entry")
    beside = Q(question__in=asked) | Q(reply__question__in=asked) | Q(entry__in=shown)
    return _lines(reading, beside & Q(folder_id__in=asked.values("folder_id")))


def files_of_part(reading: Reading, folder: int) -> dict[int, list[FileLine]]:
    """Return the files beside entries of one folder, by entry. One query."""
    rows = Attachment.objects.read_by(reading.actor, at=reading.at)
    found: dict[int, list[FileLine]] = {}
    there = rows.filter(folder=folder, entry__isnull=False).select_related("folder")
    for row in there.order_by("pk"):
        found.setdefault(row.entry_id or 0, []).append(_line(reading, row))
    return found


def files_of_said(reading: Reading, refs: Iterable[UUID]) -> dict[UUID, list[FileLine]]:
    """Return what a child drew or recorded, by what it said. One query."""
    rows = Attachment.objects.read_by(reading.actor, at=reading.at)
    found: dict[UUID, list[FileLine]] = {}
    for row in (
        rows.filter(said__ref__in=list(refs)).select_related("folder", "said").order_by("pk")
    ):
        if row.said is not None:
            found.setdefault(row.said.ref, []).append(_line(reading, row))
    return found


def file_itself(reading: Reading, ref: UUID, *, is_shown: bool) -> tuple[FileKind, bytes]:
    """Return one file. Taking it along says so in the ledger. Raises NotFound.

    ``is_shown``: in the page, as a drawing or sound of a child; only such a file is.
    """
    rows = Attachment.objects.read_by(reading.actor, at=reading.at).select_related("folder")
    row = at_ref(rows.filter(said__isnull=False) if is_shown else rows, ref)
    deed = Deed.READ if is_shown else Deed.EXPORTED
    return FileKind(row.kind), reading.file(row, deed=deed)


def to_keep(reading: Reading, parts: Iterable[Part]) -> AttachmentQuerySet:
    """Return the files of these parts that this reader may keep, and those of one's own words."""
    here = Q(folder_id__in=[part.folder_id for part in parts])
    rows = Attachment.objects.read_by(reading.actor, at=reading.at)
    return rows.filter(here | Q(said__by=receiver_of(reading.actor)))


def all_files(reading: Reading, circle_ref: UUID) -> bytes:
    """Return every file that this reader may read of a home, packed. Raises TooMuchAtOnce."""
    _circle, parts = home_of(reading, circle_ref)
    found = list(to_keep(reading, parts).select_related("folder").order_by("pk"))
    if sum(row.size_bytes for row in found) > MOST_AT_ONCE:
        raise TooMuchAtOnce
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number, row in enumerate(found, 1):
            name = f"{number:03}-{day_of(row.added_at).isoformat()}-{row.ref.hex}.{row.kind}"
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            package.writestr(entry, reading.file(row))
    return out.getvalue()


def _lines(reading: Reading, beside: Q) -> list[FileLine]:
    rows = Attachment.objects.read_by(reading.actor, at=reading.at).filter(beside)
    return [_line(reading, row) for row in rows.select_related("folder").order_by("pk")]


def _line(reading: Reading, row: Attachment) -> FileLine:
    return FileLine(
        row.ref,
        reading.text(row, "called"),
        FileKind(row.kind),
        str(row.get_kind_display()),
        row.size_bytes,
        reading.text(row, "author_called"),
        row.added_at,
        is_mine=row.author == receiver_of(reading.actor),
    )
