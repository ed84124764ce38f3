"""A form that is sent twice makes one thing."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor
from smartstart.programme import errors
from smartstart.programme.once import SentOnce

Row = TypeVar("Row", bound=SentOnce)


def save_once(row: Row, actor: Actor, ref: UUID | None) -> tuple[Row, bool]:
    """Save a row and say that it is new; sent before, return the row of the first time.

    Raises SentBefore when somebody else sent this form or it was for another pilot, and
    IntegrityError when the row itself does not hold.
    """
    row.ref, row.sent_by = ref, actor.account
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        first = type(row)._default_manager.filter(ref=ref, ref__isnull=False).first()
        if first is None:
            raise
        if (first.sent_by, _pilot(first)) != (actor.account, _pilot(row)):
            raise errors.SentBefore from None
        return first, False
    return row, True


def _pilot(row: SentOnce) -> object:
    return getattr(row, "pilot_id", None)
