"""One of twenty writers, in a process of its own."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path


def main(what: str, folder: int, out: Path, go: Path) -> None:
    """Wait until all are there, write for some seconds, say how long each took."""
    from django.db import Error, connection

    from benchmarks.access import SECONDS, SOMEBODY, WRITERS, bare
    from smartstart.access.ledger import Deed, note

    connection.ensure_connection()
    with go.open("a") as ready:
        ready.write("x")
    while go.stat().st_size < WRITERS:
        time.sleep(0.01)
    times, errors, end = [], 0, time.perf_counter() + SECONDS
    while (begun := time.perf_counter()) < end:
        try:
            if what == "lines":
                note(SOMEBODY, Deed.READ, folders=[folder], at=datetime.now(UTC))
            else:
                bare()
        except Error:
            errors += 1
        else:
            times.append(time.perf_counter() - begun)
    out.write_text(json.dumps({"times": times, "errors": errors}))
