"""How much of planted identities the check finds, how often it is wrong, how long it takes.

``python -m benchmarks identity``. ``identity/held_out*.txt`` score and must have the hashes that
were committed before a rule was written; ``identity/tuning*.txt`` were for tuning. With the name
tables of the language helper, and by the word rules alone. A planted identity counts as found when
every letter of it is in a finding; a finding that touches no planted one is a false alarm.
"""

from __future__ import annotations

import hashlib
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).with_suffix("")
PLANTED: Final = re.compile(r"\{(?P<kind>\w+):(?P<words>[^}]+)\}")
LEAST_FOUND: Final = 95.0
MOST_MS: Final = 150.0
LONG: Final = 2_000  # characters


class NotThatFileError(Exception):
    """A file that scores is not the one whose hash was committed."""


@dataclass
class Score:
    """What was planted and found by kind, and what was found besides."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    false_alarms: int = 0
    clean: int = 0
    clean_alarmed: int = 0

    @property
    def recall(self) -> float:
        """Of a hundred planted identities how many were found."""
        return 100 * self.found.total() / max(1, self.planted.total())


def is_as_committed(folder: Path) -> None:
    """Raise NotThatFileError when a scoring file changed after its hash was committed."""
    for line in (folder / "held_out.sha256").read_text().splitlines():
        digest, name = line.split()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise NotThatFileError(name)


def bare(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a sentence without its marks, and where what was planted stands."""
    text, planted, at = "", [], 0
    for match in PLANTED.finditer(line):
        text += line[at : match.start()]
        planted.append((len(text), len(text) + len(match["words"]), match["kind"]))
        text, at = text + match["words"], match.end()
    return text + line[at:], planted


def scored(name: str) -> Score:
    """Check every sentence of a pair of files."""
    from smartstart.consult.identity import check

    score = Score()
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        text, planted = bare(line)
        found = check(text).found
        covered = {place for one in found for place in range(one.start, one.end)}
        score.sentences += 1
        for start, end, kind in planted:
            score.planted[kind] += 1
            score.found[kind] += covered.issuperset(range(start, end))
        score.false_alarms += sum(
            all(one.end <= start or end <= one.start for start, end, _kind in planted)
            for one in found
        )
    for text in (HERE / f"{name}_without.txt").read_text(encoding="utf-8").splitlines():
        found = check(text).found
        score.clean += 1
        score.clean_alarmed += bool(found)
    return score


@contextmanager
def helper(*, tables: bool) -> Iterator[None]:
    """Run a language helper with its name tables, or let nobody answer."""
    from django.conf import settings

    from tests.language.processes import running, shared_tables

    before = settings.LANGUAGE_SOCKET
    try:
        if tables:
            with running(shared_tables()[0], ready=True) as started:
                settings.LANGUAGE_SOCKET = started.socket
                yield
        else:
            settings.LANGUAGE_SOCKET = Path(tempfile.gettempdir()) / "nobody-listens-here.sock"
            yield
    finally:
        settings.LANGUAGE_SOCKET = before


def ready() -> None:
    """Set Django up with a data folder of its own: the check needs settings, no database."""
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "smartstart.config.settings"
        os.environ["SMARTSTART_DATA"] = tempfile.mkdtemp(prefix="smartstart-bench-")
    import django

    django.setup()


def milliseconds() -> float:
    """Return the median time of a question of two thousand characters, warm."""
    from smartstart.consult.identity import check

    lines = (HERE / "tuning.txt").read_text(encoding="utf-8").splitlines()
    text = " ".join(bare(line)[0] for line in lines)[:LONG]
    taken = []
    for _ in range(11):
        begun = time.perf_counter()
        check(text)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def rows() -> list[dict[str, Any]]:
    """Return the figures with their promises."""
    ready()
    is_as_committed(HERE)
    found = []
    for tables in (True, False):
        with helper(tables=tables):
            by = "with tables" if tables else "rules alone"
            for name in ("held_out", "tuning"):
                score = scored(name)
                tell(f"{name}, {by}", score)
                if name == "held_out":
                    promise = LEAST_FOUND if tables else 0.0
                    found.append(_row(f"found of planted, {by}", score, score.recall, "%", promise))
                    clean = 100 * score.clean_alarmed / score.clean
                    found.append(_row(f"clean sentences alarmed, {by}", score, clean, "%", 100.0))
            found.append(_row(f"2,000 characters, {by}", Score(), milliseconds(), "ms", MOST_MS))
    return found


def tell(name: str, score: Score) -> None:
    """Print a score by kind."""
    kinds = ", ".join(
        f"{kind} {score.found[kind]}/{score.planted[kind]}" for kind in sorted(score.planted)
    )
    print(
        f"identity, {name}: {score.recall:.1f} % of {score.planted.total()} in"
        f" {score.sentences} sentences; {score.false_alarms} false alarms there;"
        f" {score.clean_alarmed} of {score.clean} clean sentences alarmed\n  {kinds}",
        file=sys.stderr,
    )


def _row(name: str, score: Score, value: float, unit: str, target: float) -> dict[str, Any]:
    more = "found" in name
    return {
        "room": "identity",
        "name": name,
        "size": score.sentences or LONG,
        "value": round(value, 2),
        "unit": unit,
        "target": target,
        "floor": 0.0,
        "meets": value >= target if more else value <= target,
    }
