"""kill -9 of a writer, again and again: what it said was there is there, and the chain is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings as django_settings
from django.db import connection

from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.verify import verify

# `make soak` sets many.
ROUNDS = int(os.environ.get("SMARTSTART_KILLS", "3"))
WRITER = Path(__file__).with_name("writer.py")


def address_of_store() -> str:
    """Return the store in use as the environment names it."""
    store = django_settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite://{store['NAME']}"
    host = quote(str(store["HOST"]), safe="")
    return f"postgresql://{store['USER']}:{store['PASSWORD']}@{host}/{store['NAME']}"


def environment(settings: Any) -> dict[str, str]:
    """Return what another process needs to work on the same store and keyring."""
    return {
        **os.environ,
        "SMARTSTART_DATABASE": address_of_store(),
        "SMARTSTART_KEYRING": str(settings.KEYRING_DIR),
        "PYTHONPATH": str(WRITER.parents[2]),
    }


def test_a_killed_writer_loses_nothing_it_said(
    real_db: object, now: datetime, tmp_path: Path, settings: Any
) -> None:
    folder, said = open_folder(FolderKind.VOICE, at=now), tmp_path / "acknowledged"
    dice, before = random.Random(9), 0
    for _ in range(ROUNDS):
        _write_and_kill(folder, said, environment(settings), dice)
        acknowledged = int((said.read_text().splitlines() or ["0"])[-1])
        folder.refresh_from_db()
        numbers = list(Line.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, folder.height + 1))
        assert folder.height >= acknowledged > before
        before = acknowledged
        report = verify(key=None)
        assert (report.faults, report.lines) == ([], folder.height)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    assert Folder.objects.get(pk=folder.pk).height == before or before > 0


def _write_and_kill(
    folder: Folder, said: Path, environment: dict[str, str], dice: random.Random
) -> None:
    written = said.stat().st_size if said.exists() else 0
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(folder.pk), str(said)], env=environment
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and (not said.exists() or said.stat().st_size == written):
        assert writer.poll() is None
        time.sleep(0.005)
    time.sleep(dice.uniform(0.0, 0.2))
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    _wait_for_what_the_server_still_does()


def _wait_for_what_the_server_still_does() -> None:
    """Wait until PostgreSQL ended the dead writer's session: a commit it had sent is still made."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + 60
    while _others_at_work():
        assert time.monotonic() < until, "The session of the dead writer stays."
        time.sleep(0.01)


def _others_at_work() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
