"""What an operation finds before it begins: the row by its reference, and who is at home.

One family is changed by one operation at a time: whoever may decide, was let in or was asked
follows from several rows, so they are held together by the row of the family.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.written import written
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


def only_one(build: Callable[..., models.QuerySet[Any, Any]], *who: Actor, **told: Any) -> Any:
    """Return the one row that ``build`` finds (see ``written``), or raise NotFound."""
    found = written(build, *who, **told)
    if not found:
        raise NotFound
    return found[0]


def hold_family(family_id: int) -> None:
    """Let nobody else change this family until the transaction ends."""
    only_one(_family, family=family_id)


def _family(*, family: int) -> models.QuerySet[Any, Any]:
    return Family.objects.select_for_update().filter(pk=family).values_list("pk")


def circle_seen(actor: Actor, ref: UUID, *, on: date) -> Circle:
    """Return a circle that this actor sees, its family held. Raises NotFound."""
    hold_family(only_one(_circle, actor, on=on, ref=ref).family_id)
    found: Circle = only_one(_circle, actor, on=on, ref=ref)  # who holds it looks again
    return found


def _circle(actor: Actor, *, on: date, ref: UUID) -> models.QuerySet[Circle]:
    return Circle.objects.visible_to(actor, on=on).filter(ref=ref).select_related("folder")


def part_seen(actor: Actor, ref: UUID, *, on: date) -> Part:
    """Return a part that this actor sees, its family held. Raises NotFound."""
    hold_family(only_one(_part, actor, on=on, ref=ref).family_id)
    found: Part = only_one(_part, actor, on=on, ref=ref)
    return found


def _part(actor: Actor, *, on: date, ref: UUID) -> models.QuerySet[Part]:
    return whole_parts(Part.objects.visible_to(actor, on=on)).filter(ref=ref)


def whole_parts(rows: models.QuerySet[Part]) -> models.QuerySet[Part]:
    """Return parts with their folder, circle and member."""
    return rows.select_related("folder", "circle", "member")


def part_of(folder: int) -> Part:
    """Return the part that a folder is, past any door: for who found a row in it. Or NotFound."""
    found: Part = only_one(_part_of, folder=folder)
    return found


def _part_of(*, folder: int) -> models.QuerySet[Part]:
    return whole_parts(Part.objects.all()).filter(folder=folder)


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
    return bool(written(_by_law, folder=part.folder_id, receiver=me(actor), on=on))


def _by_law(*, folder: int, receiver: UUID, on: date) -> models.QuerySet[Any, Any]:
    standing = Ground.objects.standing_on(on).filter(folder=folder, kind__in=FAMILY_KINDS)
    return standing.filter(receiver=receiver).values_list("pk")


def folder_ids(circle: Circle) -> list[int]:
    """Return the folders of one home: household, persons and address; not the shared ones."""
    parts = Part.objects.filter(circle=circle).values_list("folder_id", flat=True)
    return sorted({circle.folder_id, *parts, *_address(circle)})


def home_folders(circle: Circle) -> list[int]:
    """Return what everybody who lives in a home reads: household and address."""
    return [circle.folder_id, *_address(circle)]


def _address(circle: Circle) -> list[int]:
    return list(Address.objects.filter(circle=circle).values_list("folder_id", flat=True))
