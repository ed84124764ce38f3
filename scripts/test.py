"""Run every test: everything on SQLite, and beside it what uses a database on PostgreSQL.

A journey in the browser waits more than it works, so the other engine fits beside it. The journeys
are in the run on SQLite; ``BROWSER=no`` leaves them out. What PostgreSQL said comes after it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider")
WORKERS = {"sqlite": "3", "postgresql": "2"}  # together more than two cores can do
# The name tables take twenty seconds the first time; the tests of the helper come later.
NAMES = (sys.executable, "-m", "smartstart.language.helper.tables", "--cache", ".setup/names")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 3 * 2**30  # bytes a run may need


def main() -> int:
    """Return 0 when both runs passed, else the exit code of the one that did not."""
    with in_memory():
        return whole()


@contextmanager
def in_memory() -> Iterator[None]:
    """Let the tests write where nothing waits for a disk, when there is room for it.

    What must reach the disk is asked of the system all the same, and tests look at that.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield
        return
    own = Path(tempfile.mkdtemp(prefix="tests-", dir=MEMORY))
    own.chmod(0o711)  # PostgreSQL runs as somebody else
    os.environ["TMPDIR"] = str(own)
    try:
        yield
    finally:
        shutil.rmtree(own, ignore_errors=True)


def whole() -> int:
    """Run it on both engines; the exit code of the first that failed."""
    compiled = [sys.executable, "-m", "smartstart.language.catalogue", "compile"]
    subprocess.run(compiled, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    tables = subprocess.Popen(NAMES, cwd=ROOT, stdout=subprocess.DEVNULL)
    chosen = ("-m", "not browser") if os.environ.get("BROWSER") == "no" else ()
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        postgresql = start("postgresql", "-m", "not browser", said=said)
        sqlite = start("sqlite", *chosen).wait()
        failed = postgresql.wait()
        said.seek(0)
        sys.stdout.write(f"Tests on postgresql\n{said.read().decode()}")
    tables.wait()
    how = "passed" if not (sqlite or failed) else "failed: see above"
    sys.stdout.write(f"Both took {time.monotonic() - began:.0f} s and {how}\n")
    return sqlite or failed


def start(engine: str, *arguments: str, said: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Let the tests begin on one engine; what they say goes to ``said`` when it is given."""
    environment = {**os.environ, "SMARTSTART_TEST_ENGINE": engine}
    return subprocess.Popen(
        [*PYTEST, "-n", WORKERS[engine], *arguments],
        cwd=ROOT,
        env=environment,
        stdout=said,
        stderr=said,
    )


if __name__ == "__main__":
    sys.exit(main())
