"""Before the house opens: tables, cache table, assets, example region, and what must be true."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import socket
import sqlite3
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from smartstart.access import triggers
from smartstart.base import clock
from smartstart.jobs import example, store
from smartstart.jobs.wal import SAFE_SQLITE
from smartstart.language.catalogue.__main__ import ROOT, compile_all
from smartstart.people.example import is_marked

LAST_PORT: Final = 65_535
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class CannotOpen(Exception):  # noqa: N818 - said as a sentence
    """Something must be put right before the house can open; the words say what."""


def set_up() -> None:
    """Bring tables, cache table, catalogues and assets up to date; safe to run again."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.RUN_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        migrate()
    except DatabaseError as error:
        words = _("We cannot open the data: %s. Look at SMARTSTART_DATABASE and the rights.")
        raise CannotOpen(words % first_line(error)) from error
    with contextlib.suppress(PermissionError):  # an installed tree was compiled by who installed it
        compile_all(ROOT)
    collect()


def migrate() -> None:
    """Apply migrations that were not applied, and make the cache table."""
    with store.may_be_made():
        executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def collect() -> None:
    """Collect the assets under names with their digest, when one of them changed."""
    stamp, root = digest_of_assets(), Path(settings.STATIC_ROOT)
    kept = root / "collected"
    if kept.exists() and kept.read_text() == stamp and (root / "staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    kept.write_text(stamp)


def digest_of_assets() -> str:
    """Return a digest over name, length and last change of every asset."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.update(json.dumps([name, stat.st_size, stat.st_mtime_ns]).encode())
    return found.hexdigest()


def look_round() -> list[str]:
    """Return warnings; raise CannotOpen for what would break a promise of the house."""
    gone = triggers.missing(connection)
    if gone:
        words = _(
            "The ledger is not protected: triggers %s are missing."
            " Run: smartstart migrate. Does that not help? Restore the newest backup."
        )
        raise CannotOpen(words % ", ".join(sorted(gone)))
    if settings.SMARTSTART_EXAMPLE:
        only_here()
        example.load(at=clock.now())
    elif is_marked():
        raise CannotOpen(
            _(
                "This database is an example: everybody in it is invented. Start it with"
                " SMARTSTART_EXAMPLE=yes, or name another data folder in SMARTSTART_DATA."
            )
        )
    return [*old_sqlite(), *debugging()]


def only_here() -> None:
    """Raise CannotOpen when example mode would be reachable from another machine."""
    if settings.SMARTSTART_BIND not in LOOPBACK:
        raise CannotOpen(
            _("The example works on this computer only: leave SMARTSTART_BIND at 127.0.0.1.")
        )


def old_sqlite() -> list[str]:
    """Return a warning when SQLite has the fault that decision 0004 works around."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    wanted = ".".join(map(str, SAFE_SQLITE))
    told = {"here": sqlite3.sqlite_version, "wanted": wanted}
    return [_("SQLite %(here)s is older than %(wanted)s: one process checkpoints (0004).") % told]


def debugging() -> list[str]:
    """Return what is worth knowing of error pages for developers: an example only has them."""
    if settings.DEBUG:
        return [_("Error pages show code (SMARTSTART_DEBUG), for in this example nobody is real.")]
    if settings.SMARTSTART_DEBUG:
        return [_("SMARTSTART_DEBUG does nothing here: only an example has such error pages.")]
    return []


def need_ports() -> None:
    """Raise CannotOpen when somebody else uses the port of the pages or that of the boards."""
    pages, boards = settings.SMARTSTART_PORT, settings.SMARTSTART_LIVE_PORT
    for port in (pages, boards):
        why = why_not(settings.SMARTSTART_BIND, port)
        if why:
            apart = port == boards != pages + 1
            name = "SMARTSTART_LIVE_PORT" if apart else "SMARTSTART_PORT"
            words = _(
                "Port %(port)s cannot be used (%(why)s): end what uses it,"
                " or choose another with %(name)s=%(next)s. Boards take the port after that."
            )
            told = {"port": port, "why": why, "name": name, "next": two_free(port + 1)}
            raise CannotOpen(words % told)


def two_free(port: int) -> int:
    """Return the first port from here that is free with the one after it."""
    host = settings.SMARTSTART_BIND
    tried = range(port, LAST_PORT)
    return next((p for p in tried if not (why_not(host, p) or why_not(host, p + 1))), port)


def why_not(host: str, port: int) -> str:
    """Return why this port cannot be used, in the words of the system; nothing when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            return getattr(error, "strerror", None) or str(error)
    return ""


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, without its full stop."""
    return str(error).strip().split("\n")[0].rstrip(".")
