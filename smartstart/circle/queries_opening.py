"""What is asked before a circle opens: who can look after it, and which child a parent reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.circle import rules
from smartstart.circle.called import of_position
from smartstart.circle.models import Basis
from smartstart.circle.regimes import ADULT
from smartstart.people.models import Domain, Position, PositionQuerySet

WELCOME: Final = (Domain.EDUCATION, Domain.YOUTH_CARE, Domain.WELFARE)


def is_read_by_parents(born: date, *, on: date) -> bool:
    """Whether a parent reads by law what is about a child that was born on this day."""
    return on <= rules.parents_read(born).last_day


@dataclass(frozen=True, slots=True)
class Contact:
    """A function somebody occupies, as a family chooses it from a list."""

    ref: UUID
    name: str
    work: str
    works_at: str
    phone: str
    face: str
    domain: str
    organisation: UUID


def who_can_look_after(actor: Actor, *, on: date) -> list[Contact]:
    """Return the functions that can look after a circle; none for who opens none. One query."""
    found = _of(Position.objects.filter(organisation__domain__in=WELCOME), on=on)
    return found if actor.may(Permission.CIRCLE_OPEN) else []


def who_can_be_let_in(actor: Actor, *, on: date) -> list[Contact]:
    """Return the functions that a family can give a seat without a code. One query."""
    found = _of(Position.objects.all(), on=on)
    return found if actor.may(Permission.CIRCLE_DECIDE) else []


def _of(rows: PositionQuerySet, *, on: date) -> list[Contact]:
    taking_part = Basis.objects.running_on(on).values("organisation")
    there = rows.filter(occupant__is_active=True, organisation__ref__in=taking_part)
    ordered = there.select_related("occupant", "organisation").order_by(
        "organisation__name", "called", "id"
    )
    return [_contact(row) for row in ordered]


def _contact(row: Position) -> Contact:
    known = of_position(row)
    return Contact(
        row.ref,
        known.name,
        known.work,
        known.works_at,
        known.phone,
        known.face,
        known.domain,
        row.organisation.ref,
    )


def is_a_childs(born: date, *, on: date) -> bool:
    """Whether this can be the birthday of a child on a day: born, and not yet 18."""
    return born <= on < rules.birthday(born, ADULT)
