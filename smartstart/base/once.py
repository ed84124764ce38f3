"""What a form makes is made once, however often the form is sent.

A form carries a hidden reference, bound to the words that were typed (``web.once``). The unique
``ref`` of what it makes decides between two sends: the second insert finds the first. What takes
more than one row to make (a folder with its key, a knot with its words) looks first, while what it
belongs to is held, so that nothing is made to be thrown away.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal

Row = TypeVar("Row", bound=models.Model)


class SentOnce(models.Model):
    """A row that a form makes: ``ref`` is from the form, ``sent_by`` the account that sent it.

    Both are None on a row that no form made.
    """

    ref = models.UUIDField(null=True, unique=True, editable=False)
    sent_by = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


class SentBefore(Refusal):
    """A form makes one thing, for one person and in one place."""

    sentence = _("This form was sent before. Open the page again and write it there.")


def first_made(rows: models.Manager[Row], ref: UUID | None, **told: object) -> Row | None:
    """Return what the first send of a form made; None when this is the first.

    ``told`` are fields that are the same in both sends: of whom, for what. Raises SentBefore when
    they are not: what somebody else made is not given.
    """
    first = rows.filter(ref=ref).first() if ref else None
    if first is not None and any(getattr(first, name) != value for name, value in told.items()):
        raise SentBefore
    return first


def save_once(row: Row, ref: UUID | None, **told: object) -> tuple[Row, bool]:
    """Save a row with these fields and say that it is new; sent before, return the first row.

    Raises SentBefore as ``first_made``, and IntegrityError when the row itself does not hold.
    """
    fields: dict[str, Any] = told | ({"ref": ref} if ref else {})
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        first = first_made(type(row)._default_manager, ref, **told)
        if first is None:
            raise
        return first, False
    return row, True
