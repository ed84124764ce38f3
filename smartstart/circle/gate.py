"""The one read predicate of the circle, by hand: may this actor read this folder now.

Everything that time changes is in the row as a day or a moment, so the answer is true by the
clock with no worker running. One index look-up (receiver, folder); the organisation's lock is one
more by primary key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of

FAMILY_ROLES: Final = frozenset({Role.PARENT, Role.YOUNG_PERSON, Role.SUPPORTER})

# Both locks: the family's (state, days) and the organisation's (its basis still runs).
STANDS: Final = (
    "g.state IN ('granted', 'informed') AND g.from_day <= %(day)s AND g.last_day >= %(day)s"
    " AND (g.basis_id IS NULL OR EXISTS (SELECT 1 FROM circle_basis b WHERE b.id = g.basis_id"
    " AND b.from_day <= %(day)s AND b.last_day >= %(day)s AND b.ended_at IS NULL))"
)
FOLDERS: Final = (
    "SELECT g.folder_id FROM circle_ground g"
    f" WHERE g.receiver = %(receiver)s AND g.question_id IS NULL AND {STANDS}"
)
WHOLE_FOLDERS: Final = f"{FOLDERS} AND g.topic = ''"
ONE_FOLDER: Final = (
    "SELECT 1 FROM circle_ground g WHERE g.receiver = %(receiver)s AND g.folder_id = %(folder)s"
    f" AND g.question_id IS NULL AND {STANDS} LIMIT 1"
)
_NAME: Final = re.compile(r"%\((\w+)\)s")


def receiver_of(actor: Actor) -> UUID | None:
    """Return as whom this actor reads: a function for a professional, a person for family.

    None for everybody else: administrators, operators and researchers read no family content by
    any address.
    """
    if actor.role is Role.PROFESSIONAL:
        return actor.position
    return actor.person if actor.role in FAMILY_ROLES else None


def stored(value: UUID | date | datetime) -> Any:
    """Return a reference, day or moment as this database stores it."""
    if isinstance(value, UUID):
        return value.hex if connection.vendor == "sqlite" else value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A piece of SQL that returns ids, with its values: for ``Q(folder_id__in=...)``."""

    sql: str
    values: tuple[Any, ...]

    def rows(self) -> RawSQL:
        """Return it for use in a queryset."""
        return RawSQL(self.sql, self.values)  # noqa: S611 - our own text, values apart


def predicate(sql: str, **names: Any) -> Predicate:
    """Turn named values into marks: one text per statement, values in the order of their marks."""
    pieces = _NAME.split(sql)
    values = tuple(names[name] for name in pieces[1::2])
    return Predicate("%s".join(pieces[0::2]), values)


def folders_read(actor: Actor, *, on: date, whole: bool = True) -> Predicate | None:
    """Return the folders that this actor reads on a day (None: none at all).

    ``whole`` False: also those of which only one topic is read.
    """
    receiver = receiver_of(actor)
    if receiver is None:
        return None
    return predicate(WHOLE_FOLDERS if whole else FOLDERS, receiver=stored(receiver), day=stored(on))


def folders_on(actor: Actor, topic: str, *, on: date) -> Predicate:
    """Return the folders of which this actor reads one topic; call after ``folders_read``."""
    receiver = receiver_of(actor)
    if receiver is None:
        raise ValueError("nobody reads nothing: ask folders_read first")
    return predicate(
        f"{FOLDERS} AND g.topic = %(topic)s", receiver=stored(receiver), day=stored(on), topic=topic
    )


def may_read(actor: Actor, folder: int, *, at: datetime) -> bool:
    """Whether this actor may read this folder, or a topic of it, now: one statement."""
    receiver = receiver_of(actor)
    if receiver is None:
        return False
    asked = predicate(ONE_FOLDER, receiver=stored(receiver), folder=folder, day=stored(day_of(at)))
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        return cursor.fetchone() is not None
