"""The one thread that reads: finds boards that changed and hands each listener its news."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import Error as StoreError
from django.db import connection

from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import TryLater
from smartstart.base.sealing import SealIsBroken
from smartstart.design import operations_boards_showing as showing

EVERY_SECONDS: Final = 0.04
STORE_GONE_SECONDS: Final = 0.5

log = logging.getLogger("smartstart.live")
Give = Callable[[dict[str, Any] | None], None]


@dataclass(slots=True, eq=False)
class Listener:
    """One open stream. ``give`` hands over news (None ends it) and never waits.

    ``is_screen``: hears numbers only, no content. ``since`` is the last change it knows.
    """

    board_ref: UUID
    token: str
    since: int
    give: Give
    is_screen: bool = False
    board: int = 0
    guest: int = 0
    is_new: bool = True


class Watch:
    """Everybody who listens, and the thread that looks for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._come: list[Listener] = []
        self._here: dict[int, list[Listener]] = {}
        self._known: dict[int, int] = {}
        self._version = -1
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, listener: Listener) -> None:
        """Let somebody listen; the thread starts with the first."""
        with self._lock:
            self._come.append(listener)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        self._wake.set()

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        with self._lock:
            for rows in (self._come, self._here.get(listener.board, [])):
                if listener in rows:
                    rows.remove(listener)

    def stop(self) -> None:
        """End the thread and every stream."""
        self._stop.set()
        self._wake.set()

    def _run(self) -> None:
        """Look until it is over. Whatever ends it ends the streams too: phones come back anew."""
        try:
            self._look_on()
        finally:
            connection.close()
            with self._lock:
                waiting, self._come, self._thread = self._come, [], None
            for listener in waiting:
                listener.give(None)
            for board in list(self._here):
                self._leave_all(board)

    def _look_on(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except (StoreError, TryLater) as error:
                log.warning("the store did not answer: %s", type(error).__name__)
                connection.close()
                self._version = -1
                self._stop.wait(STORE_GONE_SECONDS)
            self._wait()

    def _wait(self) -> None:
        """Pause; without anybody who listens, until somebody comes."""
        self._wake.clear()
        with self._lock:
            is_quiet = not self._come and not any(self._here.values())
        if self._stop.is_set():
            return
        if is_quiet:
            self._wake.wait()
        else:
            self._stop.wait(EVERY_SECONDS)

    def _look(self) -> None:
        came = self._newcomers()
        if not came and not self._store_changed():
            return
        with self._lock:
            boards = [board for board, rows in self._here.items() if rows]
        for board, (number, is_over) in showing.standing(boards).items():
            if is_over:
                self._end(board)
            elif number != self._known.get(board) or board in came:
                self._tell(board, number)

    def _newcomers(self) -> set[int]:
        """Give who came a place; who takes no part hears that it is over."""
        with self._lock:
            waiting = list(self._come)
        boards: set[int] = set()
        for listener in waiting:
            found = (
                showing.board_of(listener.board_ref)
                if listener.is_screen
                else showing.enter(listener.board_ref, listener.token)
            )
            with self._lock:
                if listener not in self._come:
                    continue
                self._come.remove(listener)
                if found is not None:
                    listener.board, listener.guest = found
                    self._here.setdefault(listener.board, []).append(listener)
                    boards.add(listener.board)
            if found is None:
                listener.give({"over": True})
                listener.give(None)
        return boards

    def _store_changed(self) -> bool:
        """Whether anything was committed since the last look; only SQLite can say so by itself."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            (version,) = cursor.fetchone()
        if version == self._version:
            return False
        self._version = version
        return True

    def _tell(self, board: int, number: int) -> None:
        with self._lock:
            listeners = list(self._here.get(board, ()))
        since = min((row.since for row in listeners if not row.is_screen), default=number)
        try:
            found = showing.changes(board, since=since)
        except KeyIsGone:
            found = None
        except SealIsBroken:
            # One damaged board silences no other; its phones ask the pages, which tell of it.
            log.exception("a note of board %s cannot be opened", board)
            self._leave_all(board)
            return
        if found is None:
            self._end(board)
            return
        self._known[board] = found.sight.number
        for listener in listeners:
            self._tell_one(listener, found)

    def _tell_one(self, listener: Listener, found: showing.Changes) -> None:
        number = found.sight.number
        if not listener.is_new and listener.since >= number:
            return
        listener.is_new = False
        if listener.is_screen:
            listener.since = number
            listener.give({"number": number})
            return
        news = found.for_guest(listener.guest, since=listener.since)
        listener.since = number
        listener.give(news)
        if news.get("over"):
            listener.give(None)
            self.leave(listener)

    def _end(self, board: int) -> None:
        self._leave_all(board, {"over": True})

    def _leave_all(self, board: int, *last: dict[str, Any]) -> None:
        """End the streams of a board, after a last word when there is one."""
        with self._lock:
            listeners = self._here.pop(board, [])
        self._known.pop(board, None)
        for listener in listeners:
            for told in (*last, None):
                listener.give(told)
