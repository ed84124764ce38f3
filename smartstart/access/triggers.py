"""The triggers that keep the ledger append-only, for both databases.

Before update: never. Before delete: only lines under a cut, old enough. Before insert: never an
id that is there (INSERT OR REPLACE walks past a delete trigger). On PostgreSQL also: no TRUNCATE.
Cuts and checkpoints: never updated, never deleted. Django rebuilds SQLite tables when a column
changes and drops their triggers: every migration that touches these tables calls ``install``
again, and ``missing`` is asked after every migrate and at every start.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT_YEARS: Final = 5
TABLES: Final = ("access_line", "access_cut", "access_checkpoint")
DEEDS: Final = ("update", "delete", "insert")

_UNDER_A_CUT: Final = (
    "EXISTS (SELECT 1 FROM access_cut c WHERE c.folder_id = OLD.folder_id"
    " AND OLD.number <= c.last_number AND OLD.at < c.lines_before AND {old_enough})"
)
_OLD_ENOUGH: Final = {
    "sqlite": f"c.lines_before <= datetime(c.at, '-{KEPT_YEARS} years', '+1 day')",
    "postgresql": f"c.lines_before <= c.at - interval '{KEPT_YEARS} years' + interval '1 day'",
}


def names() -> set[str]:
    """Return the names of all triggers that must be there, on either database."""
    return {f"{table}_no_{deed}" for table in TABLES for deed in DEEDS}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers anew; safe to run again."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for reversing the first migration."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for deed in (*DEEDS, *_also(connection.vendor)):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed}{on}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that should be there and are not, or are switched off."""
    wanted = names() | {
        f"{table}_no_{deed}" for table in TABLES for deed in _also(connection.vendor)
    }
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return wanted - {row[0] for row in cursor.fetchall()}


def _also(vendor: str) -> tuple[str, ...]:
    return ("truncate",) if vendor == "postgresql" else ()


def _statements(vendor: str) -> list[str]:
    return _for_sqlite() if vendor == "sqlite" else _for_postgresql()


def _conditions(vendor: str, table: str) -> dict[str, str]:
    """Return per deed the condition under which it is refused."""
    cut = _UNDER_A_CUT.format(old_enough=_OLD_ENOUGH[vendor])
    return {
        "update": "1 = 1",
        "delete": f"NOT {cut}" if table == "access_line" else "1 = 1",
        "insert": f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",  # noqa: S608 - own names
    }


def _for_sqlite() -> list[str]:
    statements = []
    for table in TABLES:
        for deed, condition in _conditions("sqlite", table).items():
            name = f"{table}_no_{deed}"
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} FOR EACH ROW"
                f" WHEN {condition} BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END",
            ]
    return statements


def _for_postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION access_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'restrict_violation';"
        " END $$"
    ]
    for table in TABLES:
        for deed, condition in _conditions("postgresql", table).items():
            statements += _trigger(f"{table}_no_{deed}", table, deed, condition)
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            " EXECUTE FUNCTION access_ledger_only_grows()",
        ]
    return statements


def _trigger(name: str, table: str, deed: str, condition: str) -> list[str]:
    """Return a row trigger; PostgreSQL allows no subquery in WHEN, so the test is in a function."""
    returned = "OLD" if deed == "delete" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION 'the ledger only grows'"
        f" USING ERRCODE = 'restrict_violation'; END IF; RETURN {returned}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION {name}()",
    ]
