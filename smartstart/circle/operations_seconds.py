"""Another second for what is withheld: asked by one of the two, in whose place they come.

Who leaves stays one of the two until the other has said yes: there are never fewer than two. Until
then who is asked knows about whom it is and who asks, and reads nothing.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.circle.errors_withheld import NeedsASecond, TheOtherDecides
from smartstart.circle.home import at_ref, hold_family, me
from smartstart.circle.models import Withheld
from smartstart.circle.operations_grounds import end_grounds, law_ground
from smartstart.circle.operations_withheld import held, may_be_second, said, tell_apart
from smartstart.circle.states import GroundKind, WithheldState, WithheldStepKind

OVER = (WithheldState.OPENED, WithheldState.DROPPED)


@transaction.atomic
def ask_third(
    actor: Actor, ref: UUID, *, leaves: UUID, third: UUID, why: str, at: datetime
) -> Withheld:
    """Ask somebody to take the place of one of the two, as one of the two; again asks another.

    Raises NotFound, TheOtherDecides (when it is over, or who leaves is none of the two),
    SayWhyApart, NeedsASecond, NotInThisCircle.
    """
    apart = held(actor, ref, at=at)
    if apart.state in OVER or leaves not in {apart.first, apart.second}:
        raise TheOtherDecides
    if third in {apart.first, apart.second}:
        raise NeedsASecond
    may_be_second(actor, apart.home, third, on=day_of(at))
    apart.third, apart.leaves = third, leaves
    apart.save(update_fields=["third", "leaves"])
    tell_apart(actor, apart, WithheldStepKind.THIRD_ASKED, why=said(why), at=at)
    return apart


@transaction.atomic
def come_as_second(actor: Actor, ref: UUID, *, at: datetime) -> Withheld:
    """Say yes: from now on one is one of the two, and who left reads nothing of it.

    Raises NotFound, NotAllowed, BasisIsMissing.
    """
    apart = _asked_of(actor, ref)
    third, leaves, folder = me(actor), apart.leaves, apart.folder_id
    end_grounds([folder], at=at, kinds=[GroundKind.WITHHELD], who=leaves)
    if apart.first == leaves:
        apart.first = third
    else:
        apart.second = third
    if apart.said_by == leaves:
        apart.said_by = third
    apart.third = apart.leaves = None
    apart.save(update_fields=["first", "second", "said_by", "third", "leaves"])
    law_ground(folder, third, GroundKind.WITHHELD, given_by=third, at=at)
    tell_apart(actor, apart, WithheldStepKind.THIRD_CAME, at=at)
    return apart


@transaction.atomic
def rather_not_second(actor: Actor, ref: UUID, *, why: str, at: datetime) -> Withheld:
    """Say no to it; the two who keep it read why. Raises NotFound, NotAllowed, SayWhyApart."""
    apart = _asked_of(actor, ref)
    apart.third = apart.leaves = None
    apart.save(update_fields=["third", "leaves"])
    tell_apart(actor, apart, WithheldStepKind.THIRD_DECLINED, why=said(why), at=at)
    return apart


def _asked_of(actor: Actor, ref: UUID) -> Withheld:
    """Return what this actor was asked to be the second for, its family held."""
    rows = Withheld.objects.asked_of(actor).exclude(state__in=OVER)
    rows = rows.select_related("folder", "home")
    hold_family(at_ref(rows, ref).home.family_id)
    require(actor, Permission.CIRCLE_WITHHOLD)
    return at_ref(rows, ref)
