"""Let a whole house work for hours on a copy of the example and look for what leaks or is lost.

``HOURS=8 make soak``: starts the house in a folder of its own on a free port of this computer, asks
pages without end, kills a part every few minutes, and looks each minute at memory, at answers
and at the log of SQLite. At the end the ledger must verify. Prints one line a minute.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "smartstart.config.console")
PAGES = ("/", "/pilots/", "/lessons/", "/privacy/", "/example/", "/alive")
KILL_EVERY = 300.0  # seconds
MOST_GROWTH = 1.25  # of the memory after the first five minutes
WARM = 300.0


def main() -> int:
    """Run for HOURS (a fraction may do) and return 0 when nothing was lost or leaked."""
    until = time.monotonic() + 3600 * float(os.environ.get("HOURS", "8"))
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        environment = _environment(Path(folder))
        house = subprocess.Popen([*COMMAND, "run"], cwd=ROOT, env=environment)
        try:
            faults = _watch(house, int(environment["SMARTSTART_PORT"]), until)
        finally:
            house.send_signal(signal.SIGINT)
            house.wait(30)
        verify = subprocess.run(
            [*COMMAND, "ledger", "verify"], cwd=ROOT, env=environment, check=False
        )
    if verify.returncode:
        faults.append("the ledger does not verify")
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in faults)
    sys.stdout.write("Nothing lost, nothing leaked.\n" if not faults else "Not right.\n")
    return 1 if faults else 0


def _environment(folder: Path) -> dict[str, str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        **os.environ,
        "SMARTSTART_DATA": str(folder),
        "SMARTSTART_EXAMPLE": "yes",
        "SMARTSTART_PORT": str(port),
    }


def _watch(house: subprocess.Popen[bytes], port: int, until: float) -> list[str]:
    """Ask, kill and measure until the time is over; return what was wrong."""
    faults: list[str] = []
    answers: Counter[int] = Counter()
    chance = random.Random(2026)  # noqa: S311 - chooses pages, not keys
    began = minute = killed = time.monotonic()
    first = 0
    while time.monotonic() < until and house.poll() is None:
        answers[_ask(port, chance.choice(PAGES))] += 1
        now = time.monotonic()
        if now - killed > KILL_EVERY:
            killed = now
            _kill_one(house.pid, chance)
        if now - minute > 60:
            minute, memory = now, _memory(house.pid)
            if not first and now - began > WARM:
                first = memory
            if first and memory > first * MOST_GROWTH:
                faults.append(f"memory grew from {first} to {memory} MB")
            sys.stdout.write(f"{(now - began) / 60:.0f} min, {memory} MB, {dict(answers)}\n")
            sys.stdout.flush()
    if house.poll() is not None:
        faults.append("the house ended by itself")
    if any(status >= 500 for status in answers):
        faults.append(f"errors were answered: {dict(answers)}")
    return faults


def _ask(port: int, page: str) -> int:
    """Return the status of one page; 0 while nobody answers."""
    with closing(http.client.HTTPConnection("localhost", port, timeout=20)) as there:
        try:
            there.request("GET", page)
            answer = there.getresponse()
            answer.read()
        except OSError:
            time.sleep(0.2)
            return 0
        return answer.status


def _kill_one(parent: int, chance: random.Random) -> None:
    children = _children(parent)
    if children:
        os.kill(chance.choice(children), signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found]


def _memory(parent: int) -> int:
    """Return the resident memory of the pages' workers together, in MB."""
    whole = 0
    for child in _children(parent):
        for pid in (child, *_children(child)):
            status = Path(f"/proc/{pid}/status").read_text()
            command = Path(f"/proc/{pid}/cmdline").read_text()
            if "granian" in command:
                whole += int((re.search(r"VmRSS:\s+(\d+)", status) or ["", "0"])[1]) // 1024
    return whole


if __name__ == "__main__":
    sys.exit(main())
