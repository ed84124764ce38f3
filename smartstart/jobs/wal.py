"""SQLite's write-ahead log: moved into the file by this one process, while no other writes.

SQLite before 3.51.3 can lose pages when a writer begins the log anew at the instant a checkpoint
starts (decision 0004). So no connection checkpoints by itself, and this one stands in the
writers' queue while it does.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

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
    with _no_writer(), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _, in_log, moved = (int(number) for number in cursor.fetchone())
    return max(0, in_log - moved)


def log_size() -> int:
    """Return the length of the log in bytes; 0 when there is none."""
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0


def _no_writer() -> Any:
    return connection.alone()  # type: ignore[attr-defined] # ours: smartstart.config.sqlite
