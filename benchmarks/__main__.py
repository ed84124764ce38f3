"""``python -m benchmarks [ROOM...]``: measure, print a table, write ``bench/latest.json``."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.figure import HEADING, line

HERE: Final = Path(__file__).parent
LATEST: Final = HERE.parent / "bench" / "latest.json"
ENGINES: Final = ("sqlite", "postgresql")
NOT_ROOMS: Final = {
    *("__init__", "__main__", "engine", "figure", "writer"),
    *("circle_fill", "circle_inside", "floor_app", "loader"),
}


def main(asked: list[str]) -> int:
    """Return 0 when every promise is kept, 1 when not."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_ROOMS)
    rooms = [
        room for name in asked for room in known if room == name or room.startswith(f"{name}_")
    ]
    rooms = rooms or known
    print(HEADING)
    rows = [*_once(rooms), *_on_both(rooms)]
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps([row | _machine() for row in rows], indent=1) + "\n")
    missed = [row for row in rows if not row["meets"]]
    print(f"{len(rows)} figures, {len(missed)} not met; written to bench/latest.json")
    return 1 if missed else 0


def _says(room: str, function: str) -> bool:
    return f"def {function}(" in (HERE / f"{room}.py").read_text()


def _once(rooms: list[str]) -> Iterator[dict[str, Any]]:
    for room in rooms:
        if _says(room, "rows"):
            for row in import_module(f"benchmarks.{room}").rows():
                print(line(row), flush=True)
                yield row


def _on_both(rooms: list[str]) -> Iterator[dict[str, Any]]:
    measured = [room for room in rooms if _says(room, "measure")]
    for engine in ENGINES if measured else ():
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / "rows.json"
            subprocess.run(
                [sys.executable, "-m", "benchmarks.engine", engine, str(out), *measured],
                check=True,
                cwd=HERE.parent,
            )
            yield from json.loads(out.read_text())


def _machine() -> dict[str, str]:
    return {
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "load": f"{os.getloadavg()[0]:.1f}",
        "versions": f"Python {platform.python_version()}, Django {version('django')},"
        f" SQLite {sqlite3.sqlite_version}, psycopg {version('psycopg')}",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
