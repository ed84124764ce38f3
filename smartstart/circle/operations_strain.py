"""Drawing that working with somebody costs one strength, taking that away, and who else sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle.home import at_ref, hold_family, me
from smartstart.circle.models import Part, Seat, Strain, StrainReader
from smartstart.circle.strain_readers import can_be_picked


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
    """Take the line away again, for everybody who saw it. Raises NotFound, NotAllowed."""
    seat, own = _seat_and_own_part(actor, seat_ref, at=at)
    Strain.objects.filter(seat=seat, by=me(actor)).delete()
    folders = [own.folder_id]
    note(
        actor,
        Deed.REMOVED,
        folders=folders,
        at=at,
        on=[seat.ref],
        why="strain",
        rules_changed=folders,
    )


@transaction.atomic
def show_strain(actor: Actor, seat_ref: UUID, receiver: UUID, *, at: datetime) -> StrainReader:
    """Let one more person see the line one drew; a second time changes nothing.

    Who is picked sees the seat already. Raises NotFound, NotAllowed.
    """
    drawn, own = _drawn(actor, seat_ref, at=at)
    person = can_be_picked(actor, drawn.seat, own, on=day_of(at)).get(receiver)
    if person is None:
        raise NotFound
    before = StrainReader.objects.filter(strain=drawn, receiver=receiver)
    same = before.filter(person=person).first()
    if same is not None:
        return same
    before.delete()
    picked = StrainReader.objects.create(
        strain=drawn, receiver=receiver, person=person, picked_at=at
    )
    _note_who_reads(actor, drawn, receiver, at=at)
    return picked


@transaction.atomic
def hide_strain(actor: Actor, seat_ref: UUID, receiver: UUID, *, at: datetime) -> None:
    """Let somebody see that line no more, from the next page on. Raises NotFound, NotAllowed."""
    drawn, _own = _drawn(actor, seat_ref, at=at)
    StrainReader.objects.filter(strain=drawn, receiver=receiver).delete()
    _note_who_reads(actor, drawn, receiver, at=at)


def _note_who_reads(actor: Actor, drawn: Strain, receiver: UUID, *, at: datetime) -> None:
    folders = [drawn.folder_id]
    note(
        actor,
        Deed.CHANGED,
        folders=folders,
        at=at,
        on=[drawn.ref, receiver],
        why="strain",
        rules_changed=folders,
    )


def _drawn(actor: Actor, seat_ref: UUID, *, at: datetime) -> tuple[Strain, Part]:
    seat, own = _seat_and_own_part(actor, seat_ref, at=at)
    drawn = Strain.objects.filter(seat=seat, by=me(actor)).select_related("seat").first()
    if drawn is None:
        raise NotFound
    return drawn, own


def _seat_and_own_part(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Seat, Part]:
    """Return the seat and the actor's own part in the home of that seat, the family held."""
    on = day_of(at)
    seen = Seat.objects.visible_to(actor, on=on)
    seat = at_ref(seen, ref)
    require(actor, Permission.CIRCLE_TAKE_PART)
    here = Part.objects.filter(folder=seat.folder_id).first()
    if here is None:
        raise NotAllowed
    hold_family(here.family_id)
    seat = at_ref(seen.all(), ref)  # it may have ended before the family was held
    rows = Part.objects.visible_to(actor, on=on).filter(member__person=me(actor))
    if here.circle_id is None:  # what two homes share: the line lies in the home of who draws
        rows = rows.filter(family=here.family_id, circle__isnull=False)
    else:
        rows = rows.filter(circle=here.circle_id)
    own = rows.select_related("folder", "circle").order_by("pk").first()
    if own is None:
        raise NotAllowed
    return seat, own
