"""Drawing that working with somebody costs one strength, and taking that line away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed
from smartstart.circle.home import at_ref, me
from smartstart.circle.models import Part, Seat, Strain


@transaction.atomic
def draw_strain(actor: Actor, seat_ref: UUID, *, at: datetime) -> Strain:
    """Say that this one costs strength: kept in one's own folder; a second time changes nothing.

    Only who has a part of their own in this home draws. Raises NotFound, NotAllowed.
    """
    seat, own = _seat_and_own_part(actor, seat_ref, at=at)
    drawn = Strain.objects.filter(seat=seat, by=me(actor)).first()
    if drawn is not None:
        return drawn
    drawn = Strain.objects.create(folder=own.folder, seat=seat, by=me(actor), drawn_at=at)
    note(actor, Deed.MADE, folders=[own.folder_id], at=at, on=[drawn.ref], why="strain")
    return drawn


@transaction.atomic
def take_strain_away(actor: Actor, seat_ref: UUID, *, at: datetime) -> None:
    """Take the line away again. Raises NotFound, NotAllowed."""
    seat, own = _seat_and_own_part(actor, seat_ref, at=at)
    Strain.objects.filter(seat=seat, by=me(actor)).delete()
    note(actor, Deed.REMOVED, folders=[own.folder_id], at=at, on=[seat.ref], why="strain")


def _seat_and_own_part(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Seat, Part]:
    on = day_of(at)
    seat = at_ref(Seat.objects.visible_to(actor, on=on), ref)
    require(actor, Permission.CIRCLE_TAKE_PART)
    home = Part.objects.filter(folder=seat.folder_id).values("circle")
    rows = Part.objects.visible_to(actor, on=on).filter(circle__in=home, member__person=me(actor))
    own = rows.select_related("folder").first()
    if own is None:
        raise NotAllowed
    return seat, own
