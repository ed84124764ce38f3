"""What somebody is called by others: names, work and phone of functions and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, UUIDField, Value

from smartstart.access.written import written
from smartstart.holding.working_time import OFFICE, SCHOOL, Hours
from smartstart.people.models import Account, Domain, Position

# Shown by function, without name or face: their own safety, and less to talk about.
BY_FUNCTION: Final = frozenset({Domain.POLICE_JUSTICE, Domain.SAFETY})


@dataclass(frozen=True, slots=True)
class Called:
    """A function or a person as others see them; ``work`` and ``phone`` only of functions.

    ``cover`` is the name of who covers it, where the function was looked up by ``called``.
    """

    ref: UUID
    name: str
    work: str = ""
    phone: str = ""
    face: str = ""
    works_at: str = ""
    organisation: UUID | None = None
    domain: str = ""
    has_cover: bool = False
    cover: str = ""

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

    One query however many.
    """
    wanted = sorted({ref for ref in refs if ref is not None})
    found: dict[UUID, Called] = {}
    for ref, called, shown_as, face, *told in written(_told, refs=wanted) if wanted else ():
        if told[0]:
            found[ref] = _function(ref, called, shown_as, face, *told[1:])
        else:
            found.setdefault(ref, Called(ref, shown_as, face=face))
    return found


def of_position(position: Position) -> Called:
    """Return how a function is called, that came with ``occupant`` and ``organisation``.

    Without the name of who covers it.
    """
    occupant, place = position.occupant, position.organisation
    shown_as, face = (occupant.shown_as, occupant.face) if occupant else (None, None)
    named, phone = position.called, position.phone
    at = (place.name, place.ref, place.domain)
    made = _function(position.ref, named, shown_as, face, phone, *at, None)
    return replace(made, has_cover=position.cover_id is not None)


def _function(
    ref: UUID,
    called: str,
    shown_as: str | None,
    face: str | None,
    phone: str,
    works_at: str,
    organisation: UUID,
    domain: str,
    cover: str | None,
) -> Called:
    is_shown = shown_as is not None and domain not in BY_FUNCTION
    return Called(
        ref,
        name=(shown_as or "") if is_shown else called,
        work=called,
        phone=phone,
        face=(face or "") if is_shown else "",
        works_at=works_at,
        organisation=organisation,
        domain=domain,
        has_cover=cover is not None,
        cover=cover or "",
    )


def _told(*, refs: list[UUID]) -> QuerySet[Any, Any]:
    """Return functions with who works in them, and people with empty places beside."""
    functions = Position.objects.filter(ref__in=refs).annotate(is_function=Value(1))
    people = Account.objects.filter(person__in=refs).annotate(is_function=Value(0))
    nothing, nobody = Value(""), Value(None, output_field=UUIDField())
    return functions.values_list(
        *("ref", "called", "occupant__shown_as", "occupant__face", "is_function", "phone"),
        *("organisation__name", "organisation__ref", "organisation__domain", "cover__shown_as"),
    ).union(
        people.values_list(
            *("person", nothing, "shown_as", "face", "is_function", nothing),
            *(nothing, nobody, nothing, nothing),
        ),
        all=True,
    )


def name_of(ref: UUID) -> Called:
    """Return how one function or person is called; "" as name when nobody knows."""
    return called([ref]).get(ref, Called(ref, ""))
