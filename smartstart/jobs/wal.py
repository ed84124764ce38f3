"""SQLite's write-ahead log: moved into the file by this one process, while no other writes.

SQLite before 3.51.3 can lose pages when a writer begins the log anew at the instant a checkpoint
starts (decision 0004). So no connection checkpoints by itself, and while this one does, no other
can begin to write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from django.db import connection

PAUSE: Final = 5.0  # seconds between two checkpoints
SAFE_SQLITE: Final = (3, 51, 3)


class Checkpoints:
    """Remembers when the last one was. One with nothing to move costs a lock and no write."""

    def __init__(self) -> None:
        self._at = 0.0

    def turn(self) -> bool:
        """Checkpoint when the pause is over; whether it did."""
        now = time.monotonic()
        if connection.vendor != "sqlite" or now - self._at < PAUSE:
            return False
        self._at = now
        checkpoint()
        return True


def checkpoint() -> int:
    """Move what the log holds into the file; return how many pages could not be moved yet.

    PASSIVE waits for no reader; once all is moved the next writer begins the log anew.
    """
    connection.ensure_connection()
    with no_writer(), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _, in_log, moved = (int(number) for number in cursor.fetchone())
    return max(0, in_log - moved)


def log_size() -> int:
    """Return the length of the log in bytes; 0 when there is none."""
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0


@contextmanager
def no_writer() -> Iterator[None]:
    """Hold the write lock on a connection of its own, that writes nothing, for as long as it lasts.

    A checkpoint cannot run inside the transaction that holds the lock; a passive one needs no
    write lock itself.
    """
    settings = connection.settings_dict
    patience = float(settings["OPTIONS"].get("timeout", 5.0))
    file = f"file:{quote(str(settings['NAME']))}?mode=rw"  # makes no file where none is
    holder = sqlite3.connect(file, timeout=patience, isolation_level=None, uri=True)
    try:
        holder.execute("BEGIN IMMEDIATE")
        yield
    finally:
        holder.close()
