"""Whom a breach is about: found by name or by the reference that stands among a family's rights.

For the privacy officer only, who reads lines and no words: a name here is that of an account,
and of a child no more is told than in whose circle it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.called import called
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.models import Circle, Member, Part
from smartstart.circle.operations_rest import parts_of_own
from smartstart.people.models import Account, Hat

DIGITS: Final = 12  # of a reference, as a person reads it out: three groups of four
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One person in a circle. ``called``: "" for a child; ``by``: who looks after that circle."""

    person: UUID
    called: str
    since: date
    by: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A person of a family with the short reference that an officer asks for."""

    called: str
    short: str


def references(reading: Reading) -> list[Reference]:
    """Return the references of the reader and their children, by name; none outside a family."""
    if reading.actor.role not in FAMILY_ROLES:
        return []
    own = parts_of_own(reading.actor, on=day_of(reading.at)).exclude(circle=None)
    rows = own.select_related("folder", "member").order_by("pk")
    found = {row.member.person: row for row in rows if row.member is not None}
    return [Reference(reading.text(row, "called"), short(one)) for one, row in found.items()]


def short(person: UUID) -> str:
    """Return the beginning of a reference in groups of four."""
    digits = person.hex[:DIGITS]
    return "-".join(digits[place : place + 4] for place in range(0, DIGITS, 4))


def persons(actor: Actor, typed: str, *, at: datetime) -> list[Known]:
    """Return who is meant by a reference, whole or short, or by the name of an account.

    With a name also the children of that home. That somebody was looked for by name is a line.
    Raises NotAllowed.
    """
    require(actor, Permission.LEDGER_READ)
    by_reference = _by_reference(typed)
    if by_reference:
        return _known(dict.fromkeys(by_reference, ""))
    names = _by_name(typed.strip())
    found = _known(names)
    if found and actor.home_folder is not None:
        on = sorted(one.person for one in found)
        note(actor, Deed.READ, folders=[actor.home_folder], at=at, on=on, why="breach_by_name")
    return found


def _by_reference(typed: str) -> list[UUID]:
    digits = "".join(typed.split()).replace("-", "").lower()
    if len(digits) not in {DIGITS, 32} or not set(digits) <= set("0123456789abcdef"):
        return []
    first, last = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    rows = Member.objects.filter(person__gte=first, person__lte=last)
    return list(rows.values_list("person", flat=True).distinct()[:2])


def _by_name(name: str) -> dict[UUID, str]:
    """Return the family accounts of exactly this name, and without a name their children."""
    roles = [role.value for role in FAMILY_ROLES]
    wear = Hat.objects.filter(role__in=roles).values("account")
    accounts = Account.objects.filter(pk__in=wear, shown_as__iexact=name).order_by("pk")
    adults = dict(accounts.values_list("person", "shown_as")[:MOST])
    homes = Part.objects.filter(member__person__in=adults, member__is_child=False)
    children = Member.objects.filter(is_child=True, parts__circle__in=homes.values("circle"))
    return dict.fromkeys(children.values_list("person", flat=True), "") | adults


def _known(names: dict[UUID, str]) -> list[Known]:
    """Return where each is: the circle they came into first, and who looks after it."""
    first: dict[UUID, Circle] = {}
    parts = Part.objects.filter(member__person__in=names).exclude(circle=None)
    for part in parts.select_related("member", "circle").order_by("-pk"):
        if part.member is not None and part.circle is not None:
            first[part.member.person] = part.circle
    people = called({circle.coordinator for circle in first.values()})
    by = defaultdict(str, {ref: one.whole for ref, one in people.items()})
    found = [
        Known(person, names[person], day_of(circle.opened_at), by[circle.coordinator])
        for person, circle in first.items()
    ]
    return sorted(found, key=lambda one: (not one.called, one.called, one.since, one.person))
