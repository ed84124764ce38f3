"""One process checkpoints, while nobody writes; no connection does so by itself."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from smartstart.jobs import models, wal
from smartstart.jobs.models import Shift
from tests.conftest import NOW


@pytest.fixture
def file(real_db: Any) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has a log of this kind")
    return Path(real_db.in_use)


def write(count: int) -> None:
    for number in range(count):
        models.beat(f"worker-{number}", at=NOW)


def in_the_file_itself(file: Path) -> int:
    """Return how many shifts stand in the file, whatever its log holds."""
    with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as reader:
        return int(reader.execute("SELECT count(*) FROM jobs_shift").fetchone()[0])


def test_no_connection_checkpoints_by_itself(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        assert cursor.fetchone() == (0,)
    before = file.stat().st_size
    write(1500)

    assert file.stat().st_size == before
    assert wal.log_size() > 4_000_000


def test_a_checkpoint_moves_everything_and_the_log_begins_anew(file: Path) -> None:
    write(50)
    size = wal.log_size()
    assert in_the_file_itself(file) == 0

    assert wal.checkpoint() == 0
    assert in_the_file_itself(file) == 50
    write(5)

    assert wal.log_size() == size
    assert Shift.objects.count() == 50


def test_a_reader_in_the_way_does_not_hold_it_up(file: Path) -> None:
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM jobs_shift").fetchall()
        write(20)
        began = time.monotonic()
        left = wal.checkpoint()

        assert time.monotonic() - began < 2
        assert left > 0
    assert wal.checkpoint() == 0


def test_it_waits_between_two_turns(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoints = wal.Checkpoints()

    assert [checkpoints.turn(), checkpoints.turn()] == [True, False]
    monkeypatch.setattr(wal, "PAUSE", 0.0)
    assert checkpoints.turn() is True


def test_while_it_lasts_no_write_begins(file: Path) -> None:
    begun, written = threading.Event(), threading.Event()

    def other() -> None:
        begun.set()
        with transaction.atomic():
            models.beat("other", at=NOW)
        written.set()
        connections.close_all()

    connection.ensure_connection()
    writer = threading.Thread(target=other)
    with wal.no_writer():
        writer.start()
        begun.wait(5)
        assert not written.wait(0.5)
    assert written.wait(10)
    writer.join()
