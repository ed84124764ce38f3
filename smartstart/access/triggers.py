"""The triggers that keep the ledger append-only, for both databases, and the function that appends.

Before update: never. Before delete: only lines under a cut, old enough. Before insert: never an
id or a number that is there (INSERT OR REPLACE walks past a delete trigger, by any unique column).
On PostgreSQL also: no TRUNCATE; a taken number is refused by its constraint, which no INSERT walks
past there (looking for it first walked a whole chain while the store had no statistics).
Cuts and checkpoints: never updated, never deleted. Django rebuilds SQLite tables when a column
changes and drops their triggers: every migration that touches these tables calls ``install``
again; ``stand_guard`` makes a migrate fail that forgot to.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from smartstart.access import journey

KEPT_YEARS: Final = 5
TABLES: Final = ("access_line", "access_cut", "access_checkpoint")
DEEDS: Final = ("update", "delete", "insert")
_UNIQUE: Final = {
    "access_line": "folder_id = NEW.folder_id AND number = NEW.number",
    "access_cut": "folder_id = NEW.folder_id AND last_number = NEW.last_number",
    "access_checkpoint": "number = NEW.number",
}

_UNDER_A_CUT: Final = (
    "EXISTS (SELECT 1 FROM access_cut c WHERE c.folder_id = OLD.folder_id"
    " AND OLD.number <= c.last_number AND OLD.at < c.lines_before AND {old_enough})"
)
_OLD_ENOUGH: Final = {
    "sqlite": f"c.lines_before <= datetime(c.at, '-{KEPT_YEARS} years')",
    "postgresql": f"c.lines_before <= c.at - interval '{KEPT_YEARS} years'",
}
SAYS: Final = "the ledger only grows"
_RAISE: Final = f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';"
_NEVER: Final = f" BEGIN {_RAISE} END "


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers anew, on PostgreSQL also ``journey``'s function; safe to run again."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop them all: only for reversing the first migration."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for deed in (*DEEDS, *_also(connection.vendor)):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}{on}")
        if connection.vendor == "postgresql":
            cursor.execute(journey.DROP)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of what is not there, is off, says something else or stands elsewhere."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, pg_get_triggerdef(t.oid, true) || p.prosrc"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        " UNION ALL SELECT proname, prosrc FROM pg_proc"
        " WHERE proname = 'access_append' AND pg_function_is_visible(oid)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = set(cursor.fetchall())
    return {
        name for name, said in _definitions(connection.vendor).items() if (name, said) not in found
    }


def stand_guard(connection: BaseDatabaseWrapper) -> None:
    """Raise TriggersAreMissing when the ledger's tables are there and their triggers are not."""
    if set(TABLES) <= set(connection.introspection.table_names()):
        gone = missing(connection)
        if gone:
            raise TriggersAreMissing(", ".join(sorted(gone)))


class TriggersAreMissing(Exception):  # noqa: N818 - said as a sentence
    """The ledger could be changed: a migration rebuilt its tables and did not call ``install``."""


def _definitions(vendor: str) -> dict[str, str]:
    """Return per trigger what the database must remember: its statement, and its function's body.

    PostgreSQL tells the statement with the schema of a table that is not the one in use.
    """
    if vendor == "sqlite":
        return {
            _name(table, deed): _sqlite_trigger(table, deed, condition)
            for table in TABLES
            for deed, condition in _conditions(vendor, table).items()
        }
    rows = {
        _name(table, deed): _create(table, deed, "ROW") + _body(deed, condition)
        for table in TABLES
        for deed, condition in _conditions(vendor, table).items()
    }
    never = {
        _name(table, "truncate"): _create(table, "truncate", "STATEMENT") + _NEVER
        for table in TABLES
    }
    return rows | never | {journey.NAME: journey.BODY}


def _also(vendor: str) -> tuple[str, ...]:
    return ("truncate",) if vendor == "postgresql" else ()


def _statements(vendor: str) -> list[str]:
    return _for_sqlite() if vendor == "sqlite" else _for_postgresql()


def _conditions(vendor: str, table: str) -> dict[str, str]:
    """Return per deed the condition under which it is refused."""
    cut = _UNDER_A_CUT.format(old_enough=_OLD_ENOUGH[vendor])
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - own names
    if vendor == "sqlite":
        taken += f" OR EXISTS (SELECT 1 FROM {table} WHERE {_UNIQUE[table]})"  # noqa: S608
    return {
        "update": "1 = 1",
        "delete": f"NOT {cut}" if table == "access_line" else "1 = 1",
        "insert": taken,
    }


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed}"


def _for_sqlite() -> list[str]:
    statements = []
    for name, create in _definitions("sqlite").items():
        statements += [f"DROP TRIGGER IF EXISTS {name}", create]
    return statements


def _sqlite_trigger(table: str, deed: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed.upper()} ON {table} FOR EACH ROW"
        f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )


def _for_postgresql() -> list[str]:
    statements = [journey.CREATE]
    for table in TABLES:
        for deed, condition in _conditions("postgresql", table).items():
            statements += _trigger(table, deed, "ROW", _body(deed, condition))
        statements += _trigger(table, "truncate", "STATEMENT", _NEVER)
    return statements


def _body(deed: str, condition: str) -> str:
    """Return the function of a row trigger; PostgreSQL allows no subquery in WHEN."""
    returned = "OLD" if deed == "delete" else "NEW"
    return f" BEGIN IF {condition} THEN {_RAISE} END IF; RETURN {returned}; END "


def _trigger(table: str, deed: str, each: str, body: str) -> list[str]:
    name = _name(table, deed)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        _create(table, deed, each),
    ]


def _create(table: str, deed: str, each: str) -> str:
    """Return the statement that puts a trigger on a table, as PostgreSQL tells it back."""
    name = _name(table, deed)
    on = f"BEFORE {deed.upper()} ON {table} FOR EACH {each}"
    return f"CREATE TRIGGER {name} {on} EXECUTE FUNCTION {name}()"
