"""The parts of the house and how each is started."""

from __future__ import annotations

import contextlib
import socket
import sys
from typing import Final

from django.conf import settings

from smartstart.jobs.supervisor import Part

THREADS: Final = "4"
# Small heaps that give memory back, and names of assets that hold their digest.
SERVED: Final = {"MALLOC_ARENA_MAX": "2", "SMARTSTART_SERVED": "yes", "PYTHONUNBUFFERED": "1"}


def parts() -> list[Part]:
    """Return every part; the pages start first, and answer before the rest takes their time."""
    return [*pages(), tasks(), live(), language_helper()]


def pages() -> list[Part]:
    """Return the pages: granian with a few workers, in example mode on IPv6 too."""
    command = _granian(settings.SMARTSTART_BIND, settings.SMARTSTART_WORKERS)
    served = [Part("pages", command, SERVED, starts_first=True)]
    if settings.SMARTSTART_EXAMPLE and settings.SMARTSTART_BIND == "127.0.0.1" and has_ipv6():
        served.append(Part("pages on ::1", _granian("::1", 1), SERVED))
    return served


def tasks() -> Part:
    """Return background and timed work: also the one process that checkpoints SQLite."""
    return Part("tasks", (sys.executable, "-m", "smartstart.config.console", "tasks"), SERVED)


def live() -> Part:
    """Return the streams of open boards: one process that only reads."""
    command = (
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--workers", "1"),
        *("--host", settings.SMARTSTART_BIND, "--port", str(settings.SMARTSTART_LIVE_PORT)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "2"),
        *("--no-access-log", "--log-level", "warning", "smartstart.live.app:application"),
    )
    return Part("live", command, SERVED)


def language_helper() -> Part:
    """Return the process that proposes pseudonyms; texts are in its memory only."""
    return Part(
        "language helper",
        (
            sys.executable,
            "-m",
            "smartstart.language.helper",
            "--with-parent",
            "--socket",
            str(settings.LANGUAGE_SOCKET),
            "--cache",
            str(settings.LANGUAGE_CACHE),
        ),
    )


def has_ipv6() -> bool:
    """Whether this machine has an IPv6 loopback."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
        probe.bind(("::1", 0))
        return True
    return False


def _granian(host: str, workers: int) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(settings.SMARTSTART_PORT), "--workers", str(workers)),
        *("--blocking-threads", THREADS, "--blocking-threads-idle-timeout", "600"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        # No access log: an address can hold what somebody typed.
        *("--no-access-log", "--log-level", "warning", "--workers-kill-timeout", "8"),
        "smartstart.config.wsgi:application",
    )
