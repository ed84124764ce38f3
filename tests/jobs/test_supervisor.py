"""The supervisor with real processes: brought back when they fall, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from smartstart.jobs.supervisor import LOOK_EVERY, Part, Supervisor

PATIENCE = 60.0


def part(name: str, code: str) -> Part:
    return Part(name, (sys.executable, "-c", textwrap.dedent(code)))


def sleeps(name: str) -> Part:
    return part(name, "import time; time.sleep(300)")


@contextmanager
def house(*parts: Part) -> Iterator[tuple[Supervisor, list[str]]]:
    told: list[str] = []
    supervisor = Supervisor(parts, tell=told.append)
    running = threading.Thread(target=supervisor.run)
    running.start()
    try:
        yield supervisor, told
    finally:
        supervisor.stop()
        running.join(PATIENCE)
        assert not running.is_alive()


def until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"


def test_a_killed_part_comes_back_and_the_others_stay() -> None:
    with house(sleeps("one"), sleeps("two")) as (supervisor, told):
        until(lambda: len(supervisor.pids()) == 2)
        before = supervisor.pids()

        os.kill(before["one"], signal.SIGKILL)
        until(lambda: supervisor.pids().get("one") not in (None, before["one"]))

        assert supervisor.pids()["two"] == before["two"]
    assert told == [
        "Het onderdeel “one” stopte meteen (signaal SIGKILL); het start opnieuw over 0.5 seconden."
    ]


def test_a_part_that_falls_at_once_is_told_in_one_sentence_and_waited_for_longer() -> None:
    with house(part("broken", "raise SystemExit(7)"), sleeps("fine")) as (supervisor, told):
        until(lambda: len(told) >= 3)
        assert "fine" in supervisor.pids()

    assert told[0].startswith("Het onderdeel “broken” stopte meteen (afsluitcode 7);")
    assert [line.split(" over ")[1] for line in told[:3]] == [
        "0.5 seconden.",
        "1 seconden.",
        "2 seconden.",
    ]


def test_the_end_reaches_what_a_part_started(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    code = f"""
        import pathlib, subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        pathlib.Path({str(noted)!r}).write_text(str(child.pid))
        time.sleep(300)
    """
    with house(part("family", code)) as (supervisor, _):
        until(lambda: noted.exists() and noted.read_text())
        parent, child = supervisor.pids()["family"], int(noted.read_text())
        assert is_alive(parent)
        assert is_alive(child)

    until(lambda: not is_alive(parent) and not is_alive(child))


def test_who_does_not_listen_is_ended_all_the_same(monkeypatch: object) -> None:
    from smartstart.jobs import supervisor as module

    deaf = part(
        "deaf",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(300)",
    )
    monkeypatch.setattr(module, "GRACE", 0.5)  # type: ignore[attr-defined]
    with house(deaf) as (supervisor, _):
        until(lambda: supervisor.pids())
        time.sleep(0.5)
        pid = supervisor.pids()["deaf"]

    assert not is_alive(pid)


def outer_house(noted: Path) -> subprocess.Popen[bytes]:
    """Start a supervisor in a process of its own, with one part that notes its process id."""
    inner = (
        f"import os, pathlib, time; pathlib.Path({str(noted)!r}).write_text(str(os.getpid()));"
        " time.sleep(300)"
    )
    code = (
        "import sys\n"
        "from smartstart.jobs.supervisor import Part, Supervisor\n"
        f"parts = [Part('inner', (sys.executable, '-c', {inner!r}))]\n"
        "Supervisor(parts, tell=print).run()\n"
    )
    outer = subprocess.Popen([sys.executable, "-c", code])
    until(lambda: noted.exists() and noted.read_text())
    return outer


def test_parts_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    outer = outer_house(tmp_path / "pid")
    inner = int((tmp_path / "pid").read_text())

    outer.kill()
    outer.wait()

    until(lambda: not is_alive(inner))


def test_ctrl_c_ends_the_house_with_exit_0(tmp_path: Path) -> None:
    outer = outer_house(tmp_path / "pid")
    inner = int((tmp_path / "pid").read_text())

    outer.send_signal(signal.SIGINT)

    assert outer.wait(PATIENCE) == 0
    until(lambda: not is_alive(inner))


def test_the_others_wait_until_what_starts_first_is_there() -> None:
    first = replace(sleeps("first"), starts_first=True)
    with house(first, sleeps("other")) as (supervisor, _told):
        until(lambda: supervisor.pids())
        time.sleep(4 * LOOK_EVERY)
        assert list(supervisor.pids()) == ["first"]

        supervisor.start_the_others()
        until(lambda: len(supervisor.pids()) == 2)


def test_what_never_comes_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartstart.jobs.supervisor.LET_FIRST", 2 * LOOK_EVERY)
    first = replace(part("first", "raise SystemExit(1)"), starts_first=True)
    with house(first, sleeps("other")) as (supervisor, told):
        until(lambda: "other" in supervisor.pids())
        until(lambda: told)


def test_a_signal_at_any_line_ends_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by a part that never ended: the handler waited for a lock that its own thread held."""
    monkeypatch.setattr("smartstart.jobs.supervisor.LOOK_EVERY", 0.001)
    for line in range(1, 40):
        supervisor, seen = Supervisor([], tell=print), 0

        def signalled(
            _frame: FrameType,
            what: str,
            _: object,
            house: Supervisor = supervisor,
            at: int = line,
        ) -> Any:
            nonlocal seen
            seen += what == "line"
            if seen == at:
                house.stop()
            return signalled

        threading.settrace(signalled)
        running = threading.Thread(target=supervisor.run, daemon=True)
        running.start()
        threading.settrace(None)
        running.join(PATIENCE / 2)
        assert not running.is_alive(), f"asked to stop at line {line}, it never ended"
