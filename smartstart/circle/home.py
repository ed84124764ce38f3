"""What an operation finds before it begins: the row by its reference, and who is at home.

One family is changed by one operation at a time: whoever may decide, was let in or was asked
follows from several rows, so they are held together by the row of the family.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle.errors import CircleIsClosed
from smartstart.circle.gate import FAMILY_ROLES, receiver_of
from smartstart.circle.models import Address, Circle, Family, Ground, Member, Part
from smartstart.circle.states import GroundKind

Row = TypeVar("Row", bound=models.Model)
FAMILY_KINDS = (GroundKind.OWN, GroundKind.AUTHORITY, GroundKind.HOME)


class OfFamily(Protocol):
    """A row that belongs to a family."""

    family_id: int


def at_ref(rows: Guarded[Row], ref: UUID) -> Row:
    """Return the row with this reference, or raise NotFound."""
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def hold_family(family_id: int) -> None:
    """Let nobody else change this family until the transaction ends."""
    Family.objects.select_for_update().only("pk").get(pk=family_id)


def _hold_family_of(rows: Guarded[Row], ref: UUID) -> None:
    """Hold the family of a row that the actor sees now; who holds it looks again."""
    found = rows.filter(ref=ref).values_list("family_id", flat=True).first()
    if found is None:
        raise NotFound
    hold_family(found)


def circle_seen(actor: Actor, ref: UUID, *, on: date) -> Circle:
    """Return a circle that this actor sees, its family held. Raises NotFound."""
    seen = Circle.objects.visible_to(actor, on=on)
    _hold_family_of(seen, ref)
    return at_ref(seen.select_related("folder"), ref)


def part_seen(actor: Actor, ref: UUID, *, on: date) -> Part:
    """Return a part that this actor sees, its family held. Raises NotFound."""
    seen = Part.objects.visible_to(actor, on=on)
    _hold_family_of(seen, ref)
    return at_ref(seen.select_related("folder", "circle", "member"), ref)


def me(actor: Actor) -> UUID:
    """Return as whom this actor reads and decides. Raises NotAllowed for who never does."""
    receiver = receiver_of(actor)
    if receiver is None:
        raise NotAllowed
    return receiver


def running(circle: Circle | None) -> None:
    """Raise CircleIsClosed for a circle that is closed."""
    if circle is not None and circle.closed_on is not None:
        raise CircleIsClosed


def at_home(actor: Actor, circle: Circle, *, on: date) -> Member:
    """Return the adult of this home that the actor is. Raises NotAllowed."""
    member = adults_at_home(circle, on=on).filter(person=me(actor)).first()
    if actor.role not in FAMILY_ROLES or member is None:
        raise NotAllowed
    return member


def adults_at_home(circle: Circle, *, on: date) -> models.QuerySet[Member]:
    """Return the adults who live in this home on a day."""
    return members_at_home(circle, on=on).filter(is_child=False)


def members_at_home(circle: Circle, *, on: date) -> models.QuerySet[Member]:
    """Return who reads the household because they live there on a day."""
    home = Ground.objects.standing_on(on).filter(folder=circle.folder, kind=GroundKind.HOME)
    return Member.objects.filter(family=circle.family_id, person__in=home.values("receiver"))


def reads_by_law(actor: Actor, part: Part, *, on: date) -> bool:
    """Whether it is about this person, about a child they decide about, or their home."""
    standing = Ground.objects.standing_on(on).filter(folder=part.folder_id, kind__in=FAMILY_KINDS)
    return standing.filter(receiver=me(actor)).exists()


def folder_ids(circle: Circle) -> list[int]:
    """Return the folders of one home: household, persons and address; not the shared ones."""
    parts = Part.objects.filter(circle=circle).values_list("folder_id", flat=True)
    return sorted({circle.folder_id, *parts, *_address(circle)})


def home_folders(circle: Circle) -> list[int]:
    """Return what everybody who lives in a home reads: household and address."""
    return [circle.folder_id, *_address(circle)]


def _address(circle: Circle) -> list[int]:
    return list(Address.objects.filter(circle=circle).values_list("folder_id", flat=True))
