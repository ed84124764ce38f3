"""Measure which branches of rules, operations, queries, models and access the tests take: all.

``make coverage`` runs the tests of the rooms on SQLite and those of access on PostgreSQL, without
pages and browser: a rule is proved where it lives. ``ROOMS="people thread" make coverage`` looks at
those rooms only. Says which lines and branches nobody took, and fails when there are any.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    *("access", "base", "language", "people", "post", "holding", "programme", "thread", "voices"),
    "consult",
    "design",
    "circle",
)
HOLD_RULES = ("rules", "operations", "queries", "models", "gate")
RUN = (
    *(sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider"),
    *("--cov=smartstart", "--cov-branch", "--cov-report=", "--cov-append"),
)


def main() -> int:
    """Run the tests, tell what nobody took, and return 0 when that is nothing."""
    rooms = os.environ.get("ROOMS", "").split() or list(ROOMS)
    kept = ROOT / "build" / "coverage"
    kept.parent.mkdir(exist_ok=True)
    kept.unlink(missing_ok=True)
    environment = {**os.environ, "COVERAGE_FILE": str(kept)}
    tests = [f"tests/{room}" for room in rooms if (ROOT / "tests" / room).is_dir()]
    failed = _call([*RUN, *tests], environment | {"SMARTSTART_TEST_ENGINE": "sqlite"})
    if "access" in rooms:
        failed |= _call(
            [*RUN, "tests/access"], environment | {"SMARTSTART_TEST_ENGINE": "postgresql"}
        )
    report = [sys.executable, "-m", "coverage", "report", "--show-missing", "--skip-covered"]
    report += [f"--include={','.join(_files(rooms))}", "--precision=2", "--fail-under=100"]
    return _call(report, environment) or failed


def _files(rooms: list[str]) -> list[str]:
    """Return where the rules of these rooms are; access is nothing else."""
    return [
        f"smartstart/{room}/{name}"
        for room in rooms
        for word in ([""] if room == "access" else HOLD_RULES)
        for name in (f"{word}*.py", f"{word}*/*.py")
    ]


def _call(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
