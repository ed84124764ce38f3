"""Start a real language helper for a test, and the name tables that the tests share."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from smartstart.language import client
from smartstart.language.helper import tables

# Kept between runs: building takes twenty seconds. Made anew when deduce or our form of it changes.
SHARED = Path(os.environ.get("SMARTSTART_NAMES", Path(__file__).parents[2] / ".setup" / "names"))


class Helper:
    """A running helper with its socket, its cache and everything it wrote."""

    def __init__(self, folder: Path, cache: Path, *arguments: str) -> None:
        self.folder = folder
        self.socket = folder / "s"
        self.out = folder / "out.txt"
        with self.out.open("ab") as out:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "smartstart.language.helper"),
                    *("--socket", str(self.socket), "--cache", str(cache), *arguments),
                ],
                stdout=out,
                stderr=out,
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            )

    def status(self) -> client.HelperStatus:
        return client.status(socket_path=self.socket)

    def children(self) -> list[int]:
        """The processes it started, by number."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(number) for thread in threads for number in thread.read_text().split()]


def wait_until(holds: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Wait until something holds, or fail."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.02)


@contextmanager
def running(cache: Path, *arguments: str, ready: bool = False) -> Iterator[Helper]:
    """A helper that answers, in a folder of its own with a short path."""
    with TemporaryDirectory(prefix="helper-") as folder:
        helper = Helper(Path(folder), cache, *arguments)
        try:
            wait_until(lambda: helper.status().running)
            if ready:
                wait_until(lambda: helper.status().ready, seconds=60)
            yield helper
        finally:
            helper.process.kill()
            helper.process.wait()


def shared_tables() -> tuple[Path, list[float]]:
    """Answer the folder with the tables, and how far the building was each time one looked."""
    seen: list[float] = []
    if not tables.are_built(SHARED):
        with running(SHARED) as helper:
            while not (now := helper.status()).ready:
                seen.append(now.progress)
                time.sleep(0.2)
    return SHARED, seen
