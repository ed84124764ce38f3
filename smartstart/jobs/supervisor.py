"""One process that starts the parts of the house, brings back what falls, and ends them together.

Each part is a process group of its own: Ctrl-C reaches only the supervisor, which then asks every
group to end and, after a while, ends it. When the supervisor itself is killed, the kernel asks
the parts to end.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

GRACE: Final = 10.0  # seconds between asking to end and ending
AT_ONCE: Final = 3.0  # seconds: a part that lived shorter fell at once
STEADY: Final = 60.0  # seconds: after this long its falls are forgotten
LONGEST_PAUSE: Final = 30.0
LOOK_EVERY: Final = 0.2
LET_FIRST: Final = 15.0  # seconds: so long the others wait for the parts that start first
PR_SET_PDEATHSIG: Final = 1

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the house: what it is called, how it is started, what it does."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    starts_first: bool = False


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    falls: int = 0
    again_at: float = 0.0


class Supervisor:
    """Keeps parts running until it is told to stop."""

    def __init__(self, parts: Sequence[Part], *, tell: Tell) -> None:
        self._parts = [_Running(part) for part in parts]
        self._tell = tell
        # A signal's handler may run at any line of this thread: an Event would wait for itself.
        self._stops = False
        self._others_from = 0.0

    def stop(self, *_: object) -> None:
        """End all parts."""
        self._stops = True

    def start_the_others(self) -> None:
        """Start what waited for the parts that start first: those are there now."""
        self._others_from = 0.0

    @property
    def stopping(self) -> bool:
        """Whether the end has begun."""
        return self._stops

    def run(self) -> None:
        """Start the parts in order and keep them until ``stop``; then end them all.

        While some start first the others wait, so that these have the machine to themselves.
        """
        if any(running.part.starts_first for running in self._parts):
            self._others_from = time.monotonic() + LET_FIRST
        with _signals(self.stop):
            try:
                while not self._stops:
                    for running in self._parts:
                        self._look_after(running)
                    time.sleep(LOOK_EVERY)
            finally:
                self._end_all()

    def pids(self) -> dict[str, int]:
        """Return the process ids of the parts that run now."""
        return {
            running.part.name: running.process.pid
            for running in self._parts
            if running.process is not None and running.process.poll() is None
        }

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.process is None:
            waits = not running.part.starts_first and now < self._others_from
            if now >= running.again_at and not waits:
                self._start(running, now)
        elif running.process.poll() is not None:
            self._fell(running, now)
        elif running.falls and now - running.began > STEADY:
            running.falls = 0

    def _start(self, running: _Running, now: float) -> None:
        running.began = now
        running.process = subprocess.Popen(  # noqa: S603 - our own commands
            running.part.command,
            env={**os.environ, **running.part.environment},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
        )

    def _fell(self, running: _Running, now: float) -> None:
        assert running.process is not None  # noqa: S101 - for the type
        code, lived = running.process.returncode, now - running.began
        _signal_group(running.process.pid, signal.SIGKILL)  # what it left behind
        running.process = None
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(running.falls, 10))
        running.falls += 1
        running.again_at = now + pause
        when = _("at once") if lived < AT_ONCE else _("after %d seconds") % lived
        told = {"part": running.part.name, "when": when, "why": _reason(code), "pause": pause}
        words = _(
            "The part “%(part)s” stopped %(when)s (%(why)s);"
            " it is started again in %(pause)g seconds."
        )
        self._tell(words % told)

    def _end_all(self) -> None:
        alive = [running.process for running in self._parts if running.process is not None]
        for process in reversed(alive):
            _signal_group(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in alive:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
        for process in alive:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def _signals(stop: Callable[..., None]) -> Iterator[None]:
    """Let Ctrl-C, a closed terminal and a polite kill all end the house, once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _end_with_parent() -> None:
    """Ask the kernel to end this part when the supervisor is gone (Linux; elsewhere nothing)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _reason(code: int) -> str:
    if code < 0:
        return _("signal %s") % signal.Signals(-code).name
    return _("exit code %d") % code
