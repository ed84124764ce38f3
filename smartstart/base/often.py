"""A cursor for the few statements that are asked at every turn: PostgreSQL plans each only once.

Django sends every statement with its values in it, so PostgreSQL plans it anew each time; for the
gate of the circle planning took twice as long as answering. Here the values travel apart and the
plan stays with the connection. psycopg keeps which plans a connection has: after a reconnect, a
DEALLOCATE, a rollback or a migration they are made again by themselves. Only for text that is the
same each time, with marks for values, outside of any list.

A pooler that hands out another connection for each transaction loses the plans: then
``SMARTSTART_POOLER=yes`` sends these statements as all others.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


def asked_often() -> CursorWrapper:
    """Return a cursor for one statement that is asked often; a context manager as any other."""
    if connection.vendor != "postgresql" or settings.SMARTSTART_POOLER:
        return connection.cursor()
    connection.close_if_health_check_failed()  # as Django before every statement
    connection.ensure_connection()
    cursor = _remembering()(connection.connection)
    made: CursorWrapper = connection._prepare_cursor(cursor)  # type: ignore[attr-defined]
    return made


@lru_cache(maxsize=1)
def _remembering() -> type[Any]:
    """Return Django's own cursor for values that travel apart, with plans that are kept."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    class Remembering(ServerBindingCursor):
        """Asks PostgreSQL to keep the plan."""

        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            """Send it with its values apart, under a plan of this connection."""
            return super().execute(query, params, **{**how, "prepare": True})  # type: ignore[misc]

    return Remembering
