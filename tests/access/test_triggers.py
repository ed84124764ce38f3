# ruff: noqa: S608 - the names of tables and columns are our own
"""Every way we know to change, remove or replace what the ledger holds, tried on each table."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models.deletion import ProtectedError
from django.db.models.signals import post_migrate

from smartstart.access import triggers
from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Checkpoint, Cut, Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.verify import verify

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TABLES = [Line, Cut, Checkpoint]
COLUMN = {Line: "deed", Cut: "statement", Checkpoint: "statement"}
VALUE = {Line: "read", Cut: b"other", Checkpoint: b"other"}
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@pytest.fixture
def rows(db: None) -> dict[type[models.Model], models.Model]:
    """One row in each table."""
    folder = open_folder(FolderKind.PILOT, at=NOW)
    note(VISITOR, Deed.MADE, folders=[folder.pk], at=NOW)
    made: dict[str, Any] = {"at": NOW, "statement": b"{}", "signature": b"s"}
    return {
        Line: Line.objects.get(),
        Cut: Cut.objects.create(
            folder=folder, last_number=9, last_hash=b"h", lines_before=NOW, **made
        ),
        Checkpoint: Checkpoint.objects.create(number=4, size=1, root=b"r", changed=b"[]", **made),
    }


def say(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def again(row: models.Model, **changes: Any) -> tuple[str, list[Any]]:
    """Column names and values of a row, some changed, as an INSERT wants them."""
    fields = row._meta.concrete_fields
    values = {field.column: field.value_from_object(row) for field in fields} | changes
    ready = [
        field.get_db_prep_save(values[field.column], connection=connection) for field in fields
    ]
    return ", ".join(str(field.column) for field in fields), ready


def replaces(row: models.Model, **changes: Any) -> None:
    columns, values = again(row, **changes)
    say(
        f"INSERT OR REPLACE INTO {row._meta.db_table} ({columns})"
        f" VALUES ({', '.join(['%s'] * len(values))})",
        *values,
    )


def upserts(row: models.Model, on: str) -> None:
    columns, values = again(row)
    column = COLUMN[type(row)]
    say(
        f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(values))})"
        f" ON CONFLICT ({on}) DO UPDATE SET {column} = excluded.{column}",
        *values,
    )


def _save(row: models.Model) -> None:
    setattr(row, COLUMN[type(row)], VALUE[type(row)])
    row.save()


def _bulk_update(row: models.Model) -> None:
    setattr(row, COLUMN[type(row)], VALUE[type(row)])
    type(row)._base_manager.bulk_update([row], [COLUMN[type(row)]])


def _bulk_upsert(row: models.Model) -> None:
    type(row)._base_manager.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[COLUMN[type(row)]],
    )


def _rows(row: models.Model) -> models.QuerySet[Any]:
    return type(row)._base_manager.all()


def _number(row: models.Model) -> str:
    return {Line: "folder_id, number", Cut: "folder_id, last_number", Checkpoint: "number"}[
        type(row)
    ]


WAYS: dict[str, Callable[[Any], Any]] = {
    "row.save": _save,
    "row.delete": lambda row: row.delete(),
    "queryset.update": lambda row: _rows(row).update(**{COLUMN[type(row)]: VALUE[type(row)]}),
    "queryset.delete": lambda row: _rows(row).delete(),
    "queryset._raw_delete": lambda row: _rows(row)._raw_delete("default"),
    "bulk_update": _bulk_update,
    "bulk_create updating": _bulk_upsert,
    "UPDATE": lambda row: say(
        f"UPDATE {row._meta.db_table} SET {COLUMN[type(row)]} = %s", VALUE[type(row)]
    ),
    "UPDATE of nothing": lambda row: say(f"UPDATE {row._meta.db_table} SET id = id"),
    "DELETE": lambda row: say(f"DELETE FROM {row._meta.db_table}"),
    "DELETE with a condition": lambda row: say(
        f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk
    ),
    "INSERT of the same id": lambda row: say(
        "INSERT INTO {table} ({columns}) VALUES ({marks})".format(
            table=row._meta.db_table,
            columns=again(row)[0],
            marks=", ".join(["%s"] * len(again(row)[1])),
        ),
        *again(row)[1],
    ),
    "INSERT ON CONFLICT (id)": lambda row: upserts(row, "id"),
    "INSERT ON CONFLICT (number)": lambda row: upserts(row, _number(row)),
}
WAYS_OF_SQLITE: dict[str, Callable[[Any], Any]] = {
    "INSERT OR REPLACE by id": lambda row: replaces(row),
    "INSERT OR REPLACE by number": lambda row: replaces(row, id=row.pk + 77),
    "REPLACE by number without id": lambda row: replaces(row, id=None),
    "UPDATE OR REPLACE": lambda row: say(f"UPDATE OR REPLACE {row._meta.db_table} SET id = id + 1"),
}
WAYS_OF_POSTGRESQL: dict[str, Callable[[Any], Any]] = {
    "TRUNCATE": lambda row: say(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {row._meta.db_table}"),
    "TRUNCATE CASCADE": lambda row: say(
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE access_folder CASCADE"
    ),
    "DELETE USING": lambda row: say(
        f"DELETE FROM {row._meta.db_table} t USING access_folder f WHERE f.id > 0"
    ),
}


def _refused(way: Callable[[Any], Any], row: models.Model) -> None:
    before = list(_rows(row).order_by("pk").values())
    with pytest.raises(IntegrityError, match=triggers.SAYS), transaction.atomic():
        way(row)
    assert list(_rows(row).order_by("pk").values()) == before


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_what_was_written(
    rows: dict[type[models.Model], models.Model], table: type[models.Model], way: str
) -> None:
    _refused(WAYS[way], rows[table])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("way", [*WAYS_OF_SQLITE, *WAYS_OF_POSTGRESQL])
def test_no_way_of_one_database_either(
    rows: dict[type[models.Model], models.Model], table: type[models.Model], way: str
) -> None:
    of_here = {SQLITE: WAYS_OF_SQLITE, POSTGRESQL: WAYS_OF_POSTGRESQL}[connection.vendor]
    if way in of_here:
        _refused(of_here[way], rows[table])


def test_a_folder_with_lines_stays(rows: dict[type[models.Model], models.Model]) -> None:
    folder = Folder.objects.get(kind=FolderKind.PILOT)
    with pytest.raises(ProtectedError):
        folder.delete()
    with pytest.raises(IntegrityError):
        _delete_and_look(folder)


@transaction.atomic
def _delete_and_look(folder: Folder) -> None:
    say("DELETE FROM access_folder WHERE id = %s", folder.pk)
    connection.check_constraints()


def test_all_triggers_stand_after_migrate(db: None) -> None:
    assert triggers.missing(connection) == set()
    assert len(triggers._definitions(connection.vendor)) == (
        9 if connection.vendor == SQLITE else 13
    )


def test_a_trigger_that_says_something_else_is_missing(db: None) -> None:
    if connection.vendor == SQLITE:
        say("DROP TRIGGER access_line_no_update")
        say(
            "CREATE TRIGGER access_line_no_update BEFORE UPDATE ON access_line FOR EACH ROW"
            " WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
        )
    else:
        say(
            "CREATE OR REPLACE FUNCTION access_line_no_update() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$"
        )
    assert triggers.missing(connection) == {"access_line_no_update"}


def test_a_trigger_that_is_switched_off_is_missing(db: None) -> None:
    if connection.vendor == POSTGRESQL:
        say("ALTER TABLE access_cut DISABLE TRIGGER access_cut_no_delete")
        assert triggers.missing(connection) == {"access_cut_no_delete"}


@pytest.mark.parametrize("wrong", ["UPDATE ON access_cut", "INSERT ON access_line"])
def test_a_trigger_of_that_name_elsewhere_does_not_stand_in(db: None, wrong: str) -> None:
    """Found by a reader: on PostgreSQL only its name and its body were asked, not where it runs."""
    if connection.vendor == POSTGRESQL:
        say("DROP TRIGGER access_line_no_update ON access_line")
        say(
            f"CREATE TRIGGER access_line_no_update BEFORE {wrong} FOR EACH ROW"
            " EXECUTE FUNCTION access_line_no_update()"
        )
        assert triggers.missing(connection) == {"access_line_no_update"}


def test_triggers_of_another_schema_hide_none_that_lacks(db: None) -> None:
    if connection.vendor == POSTGRESQL:
        say("CREATE SCHEMA elders")
        say("CREATE TABLE elders.access_line (LIKE access_line)")
        say(
            "CREATE TRIGGER access_line_no_update BEFORE UPDATE ON elders.access_line"
            " FOR EACH ROW EXECUTE FUNCTION access_line_no_update()"
        )
        assert triggers.missing(connection) == set()
        say("DROP TRIGGER access_line_no_update ON access_line")
        assert triggers.missing(connection) == {"access_line_no_update"}


def test_a_function_that_appends_otherwise_is_missing(db: None) -> None:
    if connection.vendor == POSTGRESQL:
        say(
            "CREATE OR REPLACE FUNCTION access_append(said jsonb) RETURNS boolean LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN true; END $$"
        )
        assert triggers.missing(connection) == {"access_append"}


def test_lines_outlive_the_change_of_their_indexes_both_ways(real_db: object) -> None:
    folder = open_folder(FolderKind.PILOT, at=NOW)
    note(VISITOR, Deed.MADE, folders=[folder.pk], at=NOW)
    loader = MigrationLoader(connection)
    changed = loader.get_migration_by_prefix("access", "0004")
    before = ("access", loader.get_migration_by_prefix("access", "0003").name)
    for turn in (changed.unapply, changed.apply):
        # Of this room alone: the state of all rooms takes ten seconds to draw.
        state = loader.project_state(before)
        with connection.schema_editor(atomic=changed.atomic) as editor:
            turn(state, editor)

        assert triggers.missing(connection) == set()
        note(VISITOR, Deed.READ, folders=[folder.pk], at=NOW)
    report = verify(key=None)
    assert (report.faults, report.lines) == ([], 3)


def test_a_migration_that_rebuilds_the_table_fails_unless_it_installs_them_again(
    real_db: object,
) -> None:
    """Django rebuilds a SQLite table when a column changes: its triggers are gone then."""
    old = Line._meta.get_field("deed")
    new = models.CharField(max_length=40)
    new.set_attributes_from_name("deed")
    new.model = Line
    with connection.schema_editor() as editor:
        editor.alter_field(Line, old, new)
    gone = triggers.missing(connection)
    if connection.vendor == SQLITE:
        assert gone == {f"access_line_no_{deed}" for deed in triggers.DEEDS}
        with pytest.raises(triggers.TriggersAreMissing, match="access_line_no_delete"):
            call_command("migrate", verbosity=0)

    triggers.install(connection)
    assert triggers.missing(connection) == set()
    call_command("migrate", verbosity=0)


def test_the_migration_can_be_turned_back_and_run_again(real_db: object) -> None:
    triggers.remove(connection)
    assert triggers.missing(connection) == set(triggers._definitions(connection.vendor))
    triggers.install(connection)
    assert triggers.missing(connection) == set()


def test_where_the_tables_are_not_there_yet_nothing_is_missing(real_db: object) -> None:
    for table in reversed(TABLES):
        triggers.remove(connection)
        say(f"DROP TABLE {table._meta.db_table}")
    app = apps.get_app_config("access")

    post_migrate.send(app, app_config=app, using="default", verbosity=0, interactive=False)
