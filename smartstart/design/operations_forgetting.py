"""What goes by the clock: needs a week after a session, names and payments a year after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Role
from smartstart.design import rules
from smartstart.design.models import (
    Allowance,
    Attendance,
    DesignSession,
    GuestInvited,
    Need,
    SessionInvitation,
)

# Who acts when no person does: work on the clock, in the house's own name.
HOUSE: Final = Actor(role=Role.OPERATOR)


def with_something_over(*, at: datetime) -> list[int]:
    """Return the sessions that hold something longer than was said. One query."""
    this = OuterRef("pk")
    needs = Q(Exists(Need.objects.filter(session=this)))
    named = Attendance.objects.filter(session=this).filter(_NAMED)
    reached = SessionInvitation.objects.filter(session=this).filter(_REACHED)
    paid = Allowance.objects.filter(session=this)
    names = Q(Exists(named)) | Q(Exists(reached)) | Q(Exists(paid))
    needs |= Q(Exists(GuestInvited.objects.filter(attendance__session=this)))
    over = Q(starts_at__lte=at - rules.NEEDS_KEPT) & needs
    over |= Q(starts_at__lte=at - rules.NAMES_KEPT) & names
    return list(DesignSession.objects.filter(over).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def forget(session_id: int, *, at: datetime) -> None:
    """Remove what a session held too long. What was counted stays: who came, in which role."""
    session = DesignSession.objects.filter(pk=session_id).first()
    if session is None or session.starts_at > at - rules.NEEDS_KEPT:
        return
    folders = [session.folder_id]
    Need.objects.filter(session=session).delete()
    GuestInvited.objects.filter(attendance__session=session).delete()
    if session.starts_at <= at - rules.NAMES_KEPT:
        session.attendances.update(name=None, code_hash="")
        session.invitations.update(contact=None, reach=None)
        session.allowances.all().delete()
        folders.append(session.pay_folder_id)
    note(HOUSE, Deed.REMOVED, folders=folders, at=at, on=[session.ref], why="kept long enough")


_NAMED: Final = Q(name__isnull=False) | ~Q(code_hash="")
_REACHED: Final = Q(contact__isnull=False) | Q(reach__isnull=False)
