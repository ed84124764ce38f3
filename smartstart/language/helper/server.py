"""The socket of the helper: one question, one answer, and nothing left behind."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from smartstart.language.helper import wire
from smartstart.language.helper.meaning import ASKS
from smartstart.language.helper.rare import ASK as ASK_RARE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from smartstart.language.helper.engine import Engine
    from smartstart.language.helper.meaning import Meaning
    from smartstart.language.helper.rare import Rare

Found = TypeVar("Found")

WORKERS = 4
MOST_WAITING = 16
SECONDS_TO_ASK = 10.0
SECONDS_TO_ANSWER = 10.0
STUCK = 70  # how the process ends itself when a text takes too long; the supervisor starts anew


class SocketIsTakenError(Exception):
    """Another helper answers on this socket."""


def listen(path: Path) -> socket.socket:
    """Open the socket for our own user only; take the place of one that nobody answers."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as other:
        try:
            other.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            path.unlink(missing_ok=True)
        else:
            raise SocketIsTakenError
    line = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        line.bind(str(path))
    finally:
        os.umask(before)
    line.listen(MOST_WAITING)
    return line


class Server:
    """Answers questions until its parent is gone or it is told to end."""

    def __init__(
        self,
        line: socket.socket,
        engine: Engine,
        meaning: Meaning,
        rare: Rare,
        *,
        longest_work: float,
    ) -> None:
        self.line = line
        self.engine = engine
        self.meaning = meaning
        self.rare = rare
        self.longest_work = longest_work
        self.places = threading.BoundedSemaphore(WORKERS + MOST_WAITING)
        self.workers = ThreadPoolExecutor(WORKERS)

    def serve(self, *, with_parent: bool) -> None:
        """Answer until a signal ends this; ``with_parent`` also when the starter died."""
        parent = os.getppid()
        self.line.settimeout(1.0)
        while not with_parent or os.getppid() == parent:
            try:
                asker, _address = self.line.accept()
            except TimeoutError:
                continue
            if self.places.acquire(blocking=False):
                self.workers.submit(self._answer_and_close, asker)
            else:
                asker.close()

    def _answer_and_close(self, asker: socket.socket) -> None:
        try:
            with asker, contextlib.suppress(OSError):
                answer = self._answer(asker)
                until = time.monotonic() + SECONDS_TO_ANSWER
                wire.send(asker, wire.packed(answer, most=wire.MOST_ANSWERED), until=until)
        finally:
            self.places.release()

    def _answer(self, asker: socket.socket) -> dict[str, Any]:
        """Make the answer to one question; of an error only that there was one."""
        try:
            until = time.monotonic() + SECONDS_TO_ASK
            return self.answer_to(wire.receive(asker, most=wire.MOST_ASKED, until=until))
        except wire.BrokenMessageError as error:
            return {"error": str(error)}
        except OSError:
            raise
        except Exception:  # a trace or a message could hold the text
            return {"error": "failed"}

    def answer_to(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer ``status``, ``pseudonyms``, ``learn``, ``near`` and ``rare``."""
        asked, text = question.get("ask"), question.get("text")
        if asked == "status":
            return asdict(self.engine.status())
        if asked in ASKS:
            return self._in_time(lambda: self.meaning.answer(question))
        if asked == ASK_RARE:
            return self._in_time(lambda: self.rare.answer(question))
        if asked != "pseudonyms" or not isinstance(text, str):
            return {"error": "unknown question"}
        found = self._in_time(lambda: self.engine.propose(text))
        if found is None:
            return {"ready": False}
        return {
            "ready": True,
            "items": [[item.start, item.end, item.kind, item.replacement] for item in found],
        }

    def _in_time(self, work: Callable[[], Found]) -> Found:
        """Work on one question; when it takes too long the process ends and is started anew."""
        alarm = threading.Timer(self.longest_work, os._exit, (STUCK,))
        alarm.daemon = True
        alarm.start()
        try:
            return work()
        finally:
            alarm.cancel()
