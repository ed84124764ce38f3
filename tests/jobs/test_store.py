"""A database file that was moved away is not made anew; its tables are made only on purpose."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from smartstart.jobs.store import may_be_made
from smartstart.jobs.wal import no_writer
from tests.engines import Store, disconnect


@pytest.fixture
def file(real_db: Store) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is no file of ours")
    return Path(real_db.in_use)


def test_a_file_that_was_moved_away_is_a_store_that_is_gone(file: Path) -> None:
    disconnect()
    away = file.rename(file.with_name("moved away.sqlite3"))
    assert Client().get("/pilots/").status_code == 503
    with pytest.raises(sqlite3.OperationalError), no_writer():
        pytest.fail("there is nothing to lock")
    with pytest.raises(CommandError, match=r"^We kunnen niet bij de gegevens\."):
        call_command("people", "list")
    assert not file.exists()
    disconnect()
    away.rename(file)
    assert Client().get("/pilots/").status_code == 200


def test_odd_names_are_opened_too(real_db: Store, file: Path) -> None:
    disconnect()
    odd = file.rename(file.with_name("vraag? 100% en #1.sqlite3"))
    real_db.use(str(odd))
    assert Client().get("/pilots/").status_code == 200
    disconnect()
    real_db.use(str(odd.rename(file)))


def test_making_tables_makes_the_file(real_db: Store, file: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.sqlite3"
    real_db.use(str(fresh))
    with pytest.raises(OperationalError):
        connection.ensure_connection()
    assert not fresh.exists()
    call_command("migrate", "contenttypes", verbosity=0)
    assert "django_content_type" in connection.introspection.table_names()
    real_db.use(str(file))


def test_nobody_else_on_the_machine_reads_the_file(
    real_db: Store, file: Path, tmp_path: Path
) -> None:
    """Found by looking: in a folder that was there before, everybody could."""
    fresh, before = tmp_path / "fresh.sqlite3", os.umask(0o022)
    try:
        real_db.use(str(fresh))
        call_command("migrate", "contenttypes", verbosity=0)
        assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    finally:
        os.umask(before)
        real_db.use(str(file))


def test_leave_to_make_ends(real_db: Store, file: Path, tmp_path: Path) -> None:
    with may_be_made():
        pass
    real_db.use(str(tmp_path / "never.sqlite3"))
    with pytest.raises(OperationalError):
        connection.ensure_connection()
    real_db.use(str(file))
