"""Asking people who thought along again: places at a next session, answered on their own page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design.models import Attendance, GuestInvited
from smartstart.design.operations_guests import Invited, Told, answered, invitation_for, with_guests
from smartstart.design.queries_again import asked_at, can_be_asked
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Answer


@transaction.atomic
def ask_again(actor: Actor, session_id: int, guests: Collection[UUID], *, at: datetime) -> int:
    """Invite people who thought along before to a session, each by role; how many are new.

    Who was asked already is not asked twice. Raises NotFound (also for who has no page of their
    own to read it on), NotAllowed, SessionIsDone or TooManyPlaces.
    """
    session = with_guests(actor, session_id, at=at)
    found = {one.ref: one for one in can_be_asked(actor, session, on=day_of(at))}
    if not set(guests) <= set(found):
        raise NotFound
    before = GuestInvited.objects.filter(attendance__session=session)
    asked = set(before.values_list("guest__ref", flat=True))
    new = [found[ref] for ref in dict.fromkeys(guests) if ref not in asked]
    for role in ParticipantRole:
        mine = [one for one in new if one.role == role]
        if not mine:
            continue
        way = _("on the page of who thought along")
        invitation = invitation_for(session, Invited(role, len(mine), way), at=at)
        places = invitation.attendances.order_by("number")
        GuestInvited.objects.bulk_create(
            GuestInvited(guest=one, attendance=place)
            for one, place in zip(mine, places, strict=True)
        )
    note(actor, Deed.MADE, folders=[session.folder_id], at=at, on=[session.ref], why="asked again")
    return len(new)


@transaction.atomic
def answer_again(actor: Actor, place_ref: UUID, *, comes: bool, at: datetime) -> Attendance:
    """Say yes or no to a next session on one's own page; again changes it.

    Children and a ride that were told before stay. Raises NotFound.
    """
    mine = asked_at(actor, at=at).filter(attendance__ref=place_ref)
    row = mine.select_related("attendance__session").first()
    if row is None:
        raise NotFound
    place = row.attendance
    told = Told("", Answer.YES if comes else Answer.NO, place.children, place.ride)
    answered(place, told, at=at, need=None)
    note(actor, Deed.CHANGED, folders=[place.folder_id], at=at, on=[place.ref], why="card")
    return place
