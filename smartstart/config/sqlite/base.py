"""Django's SQLite backend, with writers that ask for the one write lock often and by chance.

SQLite lets a writer wait with growing pauses, up to a tenth of a second: with many writers the
unlucky starve. Measured with twenty processes on one chain, on a very busy machine with two cores
(lines a second, 99th of a hundred): SQLite's own waiting 103 and 8.1 s, a queue by file lock 151
and 1.6 s, short pauses of random length 342 and 0.8 s. The wait stays bounded by ``timeout``.
"""

from __future__ import annotations

import random
import sqlite3
import time
from typing import Any, Final
from urllib.parse import quote

from django.db.backends.sqlite3 import base

SHORTEST, STEP, LONGEST = 0.0002, 0.0004, 0.006
DEFAULT_PATIENCE: Final = 5.0
MAY_MAKE: Final = "may_make"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that asks for the write lock every few milliseconds until it has it.

    It opens a file that is there. Where the file was moved away it makes no empty one, which would
    look like a house without people; only what makes tables next may (``jobs.store.may_be_made``).
    """

    def get_connection_params(self) -> dict[str, Any]:
        """Return what SQLite is opened with: for reading and writing, not for making."""
        found: dict[str, Any] = super().get_connection_params()
        may_make = found.pop(MAY_MAKE, False)
        name = str(found["database"])
        if not may_make and not name.startswith(("file:", ":memory:")):
            found["database"] = f"file:{quote(name)}?mode=rw"
        return found

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_PATIENCE))
        until, longest = time.monotonic() + patience, SHORTEST
        self._wait_inside(0.0)
        try:
            while not self._has_begun() and time.monotonic() < until:
                longest = min(longest + STEP, LONGEST)
                time.sleep(random.uniform(SHORTEST, longest))  # noqa: S311 - a pause, no secret
            if not self.connection.in_transaction:
                super()._start_transaction_under_autocommit()  # type: ignore[misc] # no stub
        finally:
            self._wait_inside(patience)

    def _has_begun(self) -> bool:
        """Try once, past Django's cursors: asking must cost next to nothing."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return False
            with self.wrap_database_errors:
                raise
        return True

    def _wait_inside(self, seconds: float) -> None:
        """Say how long SQLite itself waits for a lock at every statement that follows."""
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
