"""Statements that a test asks after every step: planned once, and sent as they are.

A machine of a hundred thousand steps asks the same few things after each. Django writes the text
anew each time, with its values, and PostgreSQL plans it anew: that took longer than the step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from django.db import connection

_NAME: Final = re.compile(r"%\((\w+)\)s")
_numbers = count(1)


@dataclass
class Statement:
    """SQL with named values, as the gate writes it; values as ``stored`` gives them."""

    sql: str
    names: list[str] = field(init=False)
    _planned: tuple[object, str] = field(default=(None, ""), init=False)

    def __post_init__(self) -> None:
        pieces = _NAME.split(self.sql)
        self._pieces, self.names = pieces[0::2], pieces[1::2]

    def rows(self, **named: Any) -> list[tuple[Any, ...]]:
        """Ask it of the database in use."""
        if connection.vendor == "sqlite":
            return self._on_sqlite([named[name] for name in self.names])
        known = list(dict.fromkeys(self.names))
        with connection.cursor() as cursor:
            name = self._plan(cursor, known)
            marks = f"({', '.join(['%s'] * len(known))})" if known else ""
            cursor.execute(f"EXECUTE {name}{marks}", [named[one] for one in known])
            return list(cursor.fetchall())

    def _on_sqlite(self, values: list[Any]) -> list[tuple[Any, ...]]:
        connection.ensure_connection()
        raw: Any = connection.connection
        return list(raw.execute("?".join(self._pieces), values).fetchall())

    def _plan(self, cursor: Any, known: list[str]) -> str:
        """Let this connection keep the plan; return its name there."""
        if self._planned[0] is not connection.connection:
            name = f"asked_{next(_numbers)}"
            marks = [f"${known.index(one) + 1}" for one in self.names]
            text = "".join(a + b for a, b in zip(self._pieces, [*marks, ""], strict=True))
            cursor.execute(f"PREPARE {name} AS {text}")
            self._planned = (connection.connection, name)
        return self._planned[1]
