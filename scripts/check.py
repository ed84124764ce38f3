"""Look at everything that needs no running house: form, types, layers, words, links, house tests.

Every step is run, two at a time; what a failing step said is shown whole. Name steps to run only
those: ``python scripts/check.py types layers``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    """One look: its name, the command, and what to do when it fails."""

    name: str
    command: tuple[str, ...]
    advice: str


@dataclass(frozen=True)
class Outcome:
    """What a step said and whether it was content."""

    step: Step
    passed: bool
    said: str
    seconds: float


def _bin(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


STEPS = (
    Step("types", _bin("mypy"), "Give it the right type; no bare `type: ignore`."),
    Step("format", _bin("ruff", "format", "--check", "."), "Run: .venv/bin/ruff format ."),
    Step("lint", _bin("ruff", "check", "."), "Repair it; `.venv/bin/ruff check --fix .` helps."),
    Step(
        "layers",
        _bin("lint-imports", "--no-cache"),
        "A lower room imports a higher one: move the code, or meet in jobs.",
    ),
    Step(
        "templates",
        _bin("djlint", "--lint", "--check", "smartstart/web/templates"),
        "Run: .venv/bin/djlint --reformat smartstart/web/templates",
    ),
    Step(
        "migrations",
        _python("manage.py", "makemigrations", "--check", "--dry-run"),
        "A model changed: run .venv/bin/python manage.py makemigrations ROOM --name what_changes",
    ),
    Step(
        "settings",
        _python("manage.py", "check", "--fail-level", "WARNING"),
        "Django's own check found something in settings or models.",
    ),
    Step(
        "words",
        _python("-m", "smartstart.language.catalogue", "check"),
        "Give each text its Dutch; `python -m smartstart.language.catalogue extract` adds them.",
    ),
    Step("links", _python("scripts/check_docs.py"), "A page of docs points nowhere: repair it."),
    Step(
        "assets",
        _python("scripts/check_assets.py"),
        "Sources and built files differ: run make assets and commit both.",
    ),
    Step(
        "house",
        _python("-m", "pytest", "tests/house", "-p", "no:cacheprovider"),
        "A rule of the house is broken; the message says which and what to do.",
    ),
)


def main(names: Sequence[str]) -> int:
    """Run the steps named, or all; return 1 when any was not content."""
    unknown = set(names) - {step.name for step in STEPS}
    if unknown:
        sys.stderr.write(f"There is no step {', '.join(sorted(unknown))}.\n")
        return 2
    chosen = [step for step in STEPS if not names or step.name in names]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(look, chosen))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        sys.stdout.write(f"\n== {outcome.step.name}: {outcome.step.advice}\n{outcome.said}\n")
    told = ", ".join(outcome.step.name for outcome in failed)
    sys.stdout.write(f"Not right: {told}\n" if failed else f"All {len(chosen)} steps are right.\n")
    return 1 if failed else 0


def look(step: Step) -> Outcome:
    """Run one step and say in one line how it went."""
    began = time.monotonic()
    environment = {**os.environ, "SMARTSTART_DATA": str(ROOT / "build" / "check")}
    done = subprocess.run(
        step.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    outcome = Outcome(
        step, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began
    )
    word = "right" if outcome.passed else "NOT RIGHT"
    sys.stdout.write(f"{step.name:<11} {word:<10} {outcome.seconds:5.1f} s\n")
    sys.stdout.flush()
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
