"""What somebody is called by others: names, work and phone of functions and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from smartstart.holding.working_time import OFFICE, SCHOOL, Hours
from smartstart.people.models import Account, Domain, Position

# Shown by function, without name or face: their own safety, and less to talk about.
BY_FUNCTION: Final = frozenset({Domain.POLICE_JUSTICE, Domain.SAFETY})


@dataclass(frozen=True, slots=True)
class Called:
    """A function or a person as others see them; ``work`` and ``phone`` only of functions."""

    ref: UUID
    name: str
    work: str = ""
    phone: str = ""
    face: str = ""
    works_at: str = ""
    organisation: UUID | None = None
    domain: str = ""
    has_cover: bool = False

    @property
    def hours(self) -> Hours:
        """When this one works."""
        return SCHOOL if self.domain == Domain.EDUCATION else OFFICE

    @property
    def whole(self) -> str:
        """Name and work, as a history tells it."""
        return f"{self.name}, {self.work}" if self.work and self.work != self.name else self.name


def called(refs: Iterable[UUID | None]) -> dict[UUID, Called]:
    """Return how these functions and people are called; who is not known is left out.

    Two queries however many.
    """
    wanted = {ref for ref in refs if ref is not None}
    positions = Position.objects.filter(ref__in=wanted).select_related("occupant", "organisation")
    found = {position.ref: of_position(position) for position in positions}
    for account in Account.objects.filter(person__in=wanted - found.keys()):
        found[account.person] = Called(account.person, account.shown_as, face=account.face)
    return found


def of_position(position: Position) -> Called:
    """Return how a function is called, that came with ``occupant`` and ``organisation``."""
    occupant, organisation = position.occupant, position.organisation
    is_shown = occupant is not None and organisation.domain not in BY_FUNCTION
    return Called(
        position.ref,
        name=occupant.shown_as if occupant is not None and is_shown else position.called,
        work=position.called,
        phone=position.phone,
        face=occupant.face if occupant is not None and is_shown else "",
        works_at=organisation.name,
        organisation=organisation.ref,
        domain=organisation.domain,
        has_cover=position.cover_id is not None,
    )


def name_of(ref: UUID) -> Called:
    """Return how one function or person is called; "" as name when nobody knows."""
    return called([ref]).get(ref, Called(ref, ""))
