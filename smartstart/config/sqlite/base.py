"""Django's SQLite backend with a turnstile before each write transaction.

SQLite lets writers poll for its one write lock with growing pauses: with many of them the
unlucky wait for seconds. Here a writer first takes a lock on a file beside the database, which
the kernel hands over in the order of asking; ``timeout`` still bounds the wait inside SQLite.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that stands in the queue before BEGIN IMMEDIATE and leaves it after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turnstile: int | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Stand in the queue without writing: while it lasts no other transaction begins."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc] # not in the stubs
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # not in the stubs
        finally:
            self._leave()

    def _enter(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turnstile is not None or ":memory:" in name or "mode=memory" in name:
            return
        handle = os.open(f"{name}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
            os.close(handle)
            raise
        self._turnstile = handle

    def _leave(self) -> None:
        if self._turnstile is not None:
            os.close(self._turnstile)
            self._turnstile = None
