"""Cuts: lines that are five years old go, after a signed record of where they ended.

Only for jobs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection, transaction

from smartstart.access.errors import NotYetOldEnough
from smartstart.access.models import Cut, Folder, Line
from smartstart.access.seals import cut_statement
from smartstart.access.signing import sign
from smartstart.access.triggers import KEPT_YEARS
from smartstart.base.clock import HERE, day_of


@dataclass(frozen=True, slots=True)
class Old:
    """The lines of one folder that may go: those up to and including ``last_number``."""

    folder: Folder
    lines: int
    last_number: int
    last_hash: bytes


def youngest_day(*, at: datetime) -> date:
    """Return the latest day that may be named: what is from before it is five years old."""
    today = day_of(at)
    try:
        return today.replace(year=today.year - KEPT_YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year - KEPT_YEARS, day=28)


def old_lines(*, before: date, at: datetime) -> list[Old]:
    """Say per folder which lines a cut would remove; removes nothing.

    Lines written before the first moment of ``before``, Europe/Amsterdam, oldest first: a line
    that is younger than the ones after it keeps those. Raises NotYetOldEnough.
    """
    if before > youngest_day(at=at):
        raise NotYetOldEnough
    moment = _moment(before)
    folders = Folder.objects.filter(lines__at__lt=moment).distinct().order_by("id")
    return [old for folder in folders if (old := _old(folder, moment))]


def cut(*, before: date, at: datetime) -> list[Cut]:
    """Remove old lines of every folder: the signed record first, then the lines.

    One transaction a folder. Raises NotYetOldEnough.
    """
    moment = _moment(before)
    return [_cut(old, moment, at) for old in old_lines(before=before, at=at)]


def _old(folder: Folder, moment: datetime) -> Old | None:
    lines = Line.objects.filter(folder=folder)
    kept = lines.filter(at__gte=moment).order_by("number").values_list("number", flat=True).first()
    old = lines.filter(number__lt=kept) if kept else lines
    last = old.order_by("-number").first()
    return Old(folder, old.count(), last.number, bytes(last.hash)) if last else None


@transaction.atomic
def _cut(old: Old, moment: datetime, at: datetime) -> Cut:
    made = Cut(
        folder=old.folder,
        last_number=old.last_number,
        last_hash=old.last_hash,
        lines_before=moment,
        at=at,
    )
    made.statement = statement_of(made, old.folder.ref)
    made.signature = sign(made.statement)
    made.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_line WHERE folder_id = %s AND number <= %s",
            [old.folder.pk, old.last_number],
        )
    return made


def statement_of(made: Cut, folder: UUID) -> bytes:
    """Return what a cut says when it is signed."""
    return cut_statement(
        folder=folder,
        last_number=made.last_number,
        last_hash=bytes(made.last_hash),
        lines_before=made.lines_before,
        at=made.at,
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HERE)
