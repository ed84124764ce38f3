"""Run every test: first what uses a database on PostgreSQL, then everything on SQLite.

The browser journeys are in the second run; ``BROWSER=no`` leaves them out. The last line is the
closing line of that run.
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

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-n",
    "2",
    "-p",
    "no:cacheprovider",
)
# The name tables take a minute the first time; the tests of the helper come later.
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
    began = time.monotonic()
    compiled = [sys.executable, "-m", "smartstart.language.catalogue", "compile"]
    subprocess.run(compiled, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    tables = subprocess.Popen(NAMES, cwd=ROOT, stdout=subprocess.DEVNULL)
    postgresql = run("postgresql", "-m", "not browser")
    chosen = ("-m", "not browser") if os.environ.get("BROWSER") == "no" else ()
    sys.stdout.write(f"PostgreSQL took {time.monotonic() - began:.0f} s\n")
    sqlite = run("sqlite", *chosen)
    if postgresql and not sqlite:
        sys.stdout.write("The run on PostgreSQL failed: see above.\n")
    tables.wait()
    return sqlite or postgresql


def run(engine: str, *arguments: str) -> int:
    """Run the tests on one engine and return the exit code of pytest."""
    sys.stdout.write(f"Tests on {engine}\n")
    sys.stdout.flush()
    environment = {**os.environ, "SMARTSTART_TEST_ENGINE": engine}
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
