"""Lines of strain as one reader sees them: one's own with who else sees them, and those shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.access.written import written
from smartstart.base.refusals import NotFound
from smartstart.circle.called import called
from smartstart.circle.home import me
from smartstart.circle.models import Part, Seat, Strain
from smartstart.circle.scene import Scene, StrainSeen, scene
from smartstart.circle.strain_readers import can_be_picked


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody who can be picked to see a line, and whether they see it now."""

    receiver: UUID
    name: str
    work: str
    sees_it: bool


@dataclass(frozen=True, slots=True)
class StrainShown:
    """A line that somebody lets the reader see: whose it is, and to whom it was drawn."""

    drawn_by: str
    about: str


def with_strains(reading: Reading, circle_ref: UUID) -> Scene:
    """Return one home with the lines of strain this reader sees. One query more, or three."""
    seen = scene(reading, circle_ref)
    held = {seat.pk for seat in seen.seats}
    lines: list[Strain] = written(_lines, reading.actor, on=seen.on, circle=seen.circle.pk)
    found = [row for row in lines if row.seat_id in held]
    mine = reading.actor.person
    near = {row.by for row in found} | {picked for row in found if (picked := _sees(row))}
    names = called(near - {mine}) if near - {mine} else {}
    for row in found:
        line = seen.strains.setdefault(row.seat_id, StrainSeen())
        if row.by != mine:
            reading.saw(row.folder, row.ref)
            line.drawn_by[row.by] = names[row.by].name if row.by in names else ""
            continue
        line.is_mine = True
        picked = _sees(row)
        if picked is not None and picked in names:
            line.readers[picked] = names[picked].name
    return seen


def _lines(actor: Actor, *, on: date, circle: int) -> QuerySet[Strain]:
    home = Part.objects.filter(circle=circle)
    rows = Strain.objects.visible_to(actor, on=on).drawn_in(home)
    return rows.select_related("folder").order_by("pk")


def _sees(row: Strain) -> UUID | None:
    """Return who was picked, as long as the same human being still reads under that name."""
    told = vars(row)
    picked, person = told["picked"], told["picked_person"]
    return picked if person in (picked, told["sits_there"]) else None


def who_can_see(reading: Reading, circle_ref: UUID, seat_ref: UUID) -> tuple[Seat, list[Pick]]:
    """Return a seat to which the reader drew a line, and who can be picked to see that line.

    Raises NotFound, also when no line was drawn.
    """
    seen = with_strains(reading, circle_ref)
    seat = next((one for one in seen.seats if one.ref == seat_ref), None)
    if seat is None or seat.pk not in seen.strains or not seen.strains[seat.pk].is_mine:
        raise NotFound
    mine = Part.objects.visible_to(reading.actor, on=seen.on).select_related("circle")
    own = mine.get(circle=seen.circle, member__person=me(reading.actor))
    around = can_be_picked(reading.actor, seat, own, on=seen.on)
    return seat, _picks(around, seen.strains[seat.pk])


def _picks(around: Iterable[UUID], line: StrainSeen) -> list[Pick]:
    names = called(around)
    picks = [
        Pick(ref, one.name, one.work if one.work != one.name else "", ref in line.readers)
        for ref, one in names.items()
    ]
    return sorted(picks, key=lambda one: (not one.sees_it, one.name))


def shown_in(reading: Reading, folder: int, *, on: date) -> tuple[StrainShown, ...]:
    """Return the lines to seats in one folder that others let this reader see. One query.

    One more, or two, when there are any.
    """
    held = Seat.objects.held_on(on).filter(folder=folder).not_resting(reading.actor, on=on)
    rows = Strain.objects.visible_to(reading.actor, on=on).filter(seat__in=held)
    lines = rows.exclude(by=me(reading.actor)).select_related("folder", "seat__folder")
    found = list(lines.order_by("pk"))
    names = called({row.by for row in found}) if found else {}
    for row in found:
        reading.saw(row.folder, row.ref)
    return tuple(
        StrainShown(names[row.by].name if row.by in names else "", party(reading, row.seat))
        for row in found
    )


def party(reading: Reading, seat: Seat, *, deed: Deed = Deed.READ) -> str:
    """Return how a party stands in the picture: the organisation, else the work or the name."""
    last = "work" if seat.shown_by_function else "called"
    return reading.text(seat, "works_at", deed=deed) or reading.text(seat, last, deed=deed)
