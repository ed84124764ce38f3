"""Read predicates written by hand: SQL with named values, for either database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from smartstart.base.clock import HERE

_NAME: Final = re.compile(r"%\((\w+)\)s")


def first_moment(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return datetime.combine(day, time.min, tzinfo=HERE).astimezone(UTC)


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
