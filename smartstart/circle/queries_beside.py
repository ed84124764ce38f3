"""What a professional or supporter reads of one part: what was written, as their ground allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.gate import receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Entry, OwnSide, Part
from smartstart.circle.queries_files import FileLine, files_of_part
from smartstart.circle.queries_homes import by_home
from smartstart.circle.queries_strain import StrainShown, shown_in
from smartstart.circle.queries_words import SideLine
from smartstart.circle.queries_work import worker
from smartstart.circle.versions import Version, standing

ON_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One thing that was written, whole; ``corrects``: it adds to something older.

    ``sides``: what the family itself wrote beside it.
    """

    ref: UUID
    title: str
    words: str
    author: str
    written_at: datetime
    corrects: bool
    is_mine: bool
    files: tuple[FileLine, ...]
    sides: tuple[SideLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PartPage:
    """About one person, or a home: what this reader may read there, the newest first.

    ``keeps_apart``: this reader can keep something apart here, with a second.
    """

    ref: UUID
    called: str
    is_child: bool
    strains: tuple[StrainShown, ...]
    written: tuple[WrittenLine, ...]
    has_more: bool
    keeps_apart: bool


def part_page(reading: Reading, ref: UUID, *, page: int = 1) -> PartPage:
    """Return what was written about one part. Raises NotFound, also for who only has a seat.

    Eight queries, whatever there is; two more when somebody lets the reader see a line of strain.
    """
    mine, on = worker(reading.actor), day_of(reading.at)
    seen = Part.objects.visible_to(reading.actor, on=on).select_related("folder", "member")
    part = at_ref(seen, ref)
    rows = Entry.objects.visible_to(reading.actor, on=on).filter(folder=part.folder_id)
    ordered = rows.select_related("folder").order_by("-written_at", "-pk")
    found = list(ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE + 1])
    files = files_of_part(reading, part.folder_id)
    sides = _sides(reading, found[:ON_A_PAGE], on=on)
    glanced = reading.text(part, "called", deed=Deed.GLANCED)
    (name,) = by_home(reading.actor, [part], [glanced], on=on)
    return PartPage(
        part.ref,
        name,
        is_child=bool(part.member and part.member.is_child),
        strains=shown_in(reading, part.folder_id, on=on),
        written=tuple(
            replace(_line(reading, row, mine, files), sides=tuple(sides.get(row.pk, ())))
            for row in found[:ON_A_PAGE]
        ),
        has_more=len(found) > ON_A_PAGE,
        keeps_apart=reading.actor.may(Permission.CIRCLE_WITHHOLD),
    )


def _sides(reading: Reading, rows: list[Entry], *, on: date) -> dict[int, list[SideLine]]:
    """Return what the family wrote beside these entries, oldest first. One query."""
    beside = OwnSide.objects.visible_to(reading.actor, on=on).filter(entry__in=rows)
    told: dict[int, list[SideLine]] = {}
    for row in beside.select_related("folder").order_by("written_at", "id"):
        author, words = reading.text(row, "author_called"), reading.text(row, "words")
        told.setdefault(row.entry_id, []).append(SideLine(author, words, row.written_at))
    return told


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """Something the reader wrote, with what was added to it, oldest first.

    ``is_apart``: two texts were written without seeing each other; the next one has seen both.
    """

    ref: UUID
    title: str
    texts: tuple[WrittenLine, ...]
    is_apart: bool

    @property
    def last(self) -> WrittenLine:
        """The newest text."""
        return self.texts[-1]


def own_entry(reading: Reading, part_ref: UUID, ref: UUID) -> OwnEntry:
    """Return one's own entry about a part, to correct it. Raises NotFound, also for others'."""
    mine, on = worker(reading.actor), day_of(reading.at)
    part = at_ref(Part.objects.visible_to(reading.actor, on=on), part_ref)
    rows = Entry.objects.visible_to(reading.actor, on=on).filter(folder=part.folder_id)
    first = at_ref(rows.filter(author=mine, corrects=None).select_related("folder"), ref)
    added = rows.filter(corrects=first).select_related("folder").order_by("written_at", "id")
    texts = [first, *added]
    stand = standing([Version(row.pk, row.after_id) for row in texts])
    lines = tuple(_line(reading, row, mine, {}) for row in texts)
    return OwnEntry(first.ref, lines[0].title, lines, is_apart=len(stand) > 1)


def _line(
    reading: Reading, row: Entry, mine: UUID, files: dict[int, list[FileLine]]
) -> WrittenLine:
    return WrittenLine(
        row.ref,
        reading.text(row, "title"),
        reading.text(row, "words"),
        reading.text(row, "author_called"),
        row.written_at,
        corrects=row.corrects_id is not None,
        is_mine=row.author == mine and mine == receiver_of(reading.actor),
        files=tuple(files.get(row.pk, ())),
    )
