"""Guards: what must always hold between two tables, kept by the database itself.

A check constraint sees one row. A guard is a trigger that refuses a row when a condition over
other tables holds, on SQLite and on PostgreSQL alike. Django rebuilds SQLite tables when a column
changes and drops their triggers, and cannot do so while a trigger of another table names it: a
migration that touches a guarded table begins with ``lifted`` what stood and ends with ``put``. A
test asks ``missing`` after all migrations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

_ON_SQLITE: Final = "WHEN {condition} BEGIN SELECT RAISE(ABORT, '{says}'); END"
_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF {condition} THEN RAISE EXCEPTION '{says}'"
    " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses a row of ``table`` at ``deed`` (INSERT, UPDATE, DELETE) when ``condition`` holds.

    ``condition`` is SQL that both databases understand, over NEW and OLD; ``says`` is a plain
    English sentence without quotes. ``name`` also names the function on PostgreSQL.
    """

    name: str
    table: str
    deed: str
    condition: str
    says: str


def install(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> None:
    """Create the triggers anew; safe to run again."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in _statements(connection.vendor, guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> None:
    """Drop the triggers: for reversing a migration."""
    with connection.cursor() as cursor:
        for guard in guards:
            cursor.execute(_drop(connection.vendor, guard))


def put(guards: Sequence[Guard]) -> RunPython:
    """The step of a migration that creates them; taken back it drops them."""
    return RunPython(
        lambda apps, editor: install(editor.connection, guards),
        lambda apps, editor: remove(editor.connection, guards),
    )


def lifted(guards: Sequence[Guard]) -> RunPython:
    """The step before a table changes that they look at; taken back, last, they stand again."""
    return RunPython(
        lambda apps, editor: remove(editor.connection, guards),
        lambda apps, editor: install(editor.connection, guards),
    )


def missing(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> set[str]:
    """Return the names of guards that are not there, or are switched off."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {guard.name for guard in guards} - {row[0] for row in cursor.fetchall()}


def _drop(vendor: str, guard: Guard) -> str:
    on = f" ON {guard.table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{on}"


def _statements(vendor: str, guard: Guard) -> list[str]:
    trigger = (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.deed} ON {guard.table} FOR EACH ROW"
        f" {_ON_SQLITE if vendor == 'sqlite' else 'EXECUTE FUNCTION {name}()'}"
    )
    known = {"name": guard.name, "condition": guard.condition, "says": guard.says}
    known["row"] = "OLD" if guard.deed == "DELETE" else "NEW"
    function = [] if vendor == "sqlite" else [_FUNCTION.format(**known)]
    return [*function, _drop(vendor, guard), trigger.format(**known)]
