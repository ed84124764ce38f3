"""How long until the first page, and how much memory a worker of the pages takes.

Promises: the first page within 60 s the first time and 5 s the second (packages installed), at most
120 MB a worker. The floor is the same server with one line of WSGI instead of the house.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
PATIENCE: Final = 120.0
REQUESTS: Final = 200
BARE: Final = "def application(e, s):\n    s('200 OK', [])\n    return [b'x']\n"


def rows() -> list[dict[str, Any]]:
    """Return what was measured, one row a figure, each beside its floor."""
    with tempfile.TemporaryDirectory(prefix="start") as folder:
        bare_seconds, bare_memory = _bare(Path(folder))
        first, _ = _house(Path(folder) / "data")
        second, memory = _house(Path(folder) / "data")
    return [
        _row("first page, first time", first, "s", 60.0, bare_seconds),
        _row("first page, second time", second, "s", 5.0, bare_seconds),
        _row("memory of a page worker", memory, "MB", 120.0, bare_memory),
    ]


def _row(name: str, value: float, unit: str, target: float, floor: float) -> dict[str, Any]:
    return {
        "room": "jobs",
        "name": name,
        "size": 1,
        "value": round(value, 2),
        "unit": unit,
        "target": target,
        "floor": round(floor, 2),
        "meets": value <= target,
    }


def _house(data: Path) -> tuple[float, float]:
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SMARTSTART_")},
        "SMARTSTART_DATA": str(data),
        "SMARTSTART_EXAMPLE": "yes",
        "SMARTSTART_PORT": str(port),
    }
    command = [sys.executable, "-m", "smartstart.config.console", "run"]
    with _running(command, environment) as house:
        seconds = _until_answered(port)
        for _ in range(REQUESTS):
            _status(port)
        serving = f"--host 127.0.0.1 --port {port} "
        (pages,) = [pid for pid in _children(house) if serving in _command(pid)]
        return seconds, max(_memory(pid) for pid in _children(pages))


def _bare(folder: Path) -> tuple[float, float]:
    (folder / "bare.py").write_text(BARE)
    port = _free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)),
        *("--workers", "2", "--log-level", "error", "bare:application"),
    ]
    with _running(command, {**os.environ, "PYTHONPATH": str(folder)}) as server:
        seconds = _until_answered(port)
        for _ in range(REQUESTS):
            _status(port)
        return seconds, max(_memory(pid) for pid in _children(server))


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _until_answered(port: int) -> float:
    began = time.monotonic()
    while _status(port) != http.HTTPStatus.OK:
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError("the first page did not come")
        time.sleep(0.05)
    return time.monotonic() - began


def _status(port: int) -> int:
    """Return the status of the first page; 0 while nobody answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as there:
        try:
            there.request("GET", "/")
            answer = there.getresponse()
            answer.read()
        except OSError:
            return 0
        return answer.status


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _memory(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
