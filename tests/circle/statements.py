"""Statements that a test asks after every step: planned once, and sent as they are.

A machine of a hundred thousand steps asks the same few things after each. Django writes the text
anew each time, with its values, and PostgreSQL plans it anew: that took longer than the step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from smartstart.base.often import asked_often

_NAME: Final = re.compile(r"%\((\w+)\)s")


@dataclass
class Statement:
    """SQL with named values, as the gate writes it; values as ``stored`` gives them."""

    sql: str
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        pieces = _NAME.split(self.sql)
        self._pieces, self.names = pieces[0::2], pieces[1::2]

    def rows(self, **named: Any) -> list[tuple[Any, ...]]:
        """Ask it of the database in use."""
        if connection.vendor == "sqlite":
            return self._on_sqlite([named[name] for name in self.names])
        with asked_often() as cursor:
            cursor.execute("%s".join(self._pieces), [named[name] for name in self.names])
            return list(cursor.fetchall())

    def _on_sqlite(self, values: list[Any]) -> list[tuple[Any, ...]]:
        connection.ensure_connection()
        raw: Any = connection.connection
        return list(raw.execute("?".join(self._pieces), values).fetchall())
