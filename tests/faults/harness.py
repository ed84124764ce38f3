"""Breaking a deed at every n-th step, and looking what is left.

A step is a statement to the store, the commit, or something done to a file. After each break all
must be as before, or, when the commit was already through, as after; the ledger must be whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import OperationalError, connection, connections

from smartstart.access.signing import signing_key
from smartstart.access.verify import verify
from smartstart.base.refusals import TryLater

MOST_STEPS: Final = 400
BROKEN: Final = (OperationalError, OSError, TryLater)
# Tables that say nothing about what was done.
OF_THE_MACHINERY: Final = {"django_migrations", "sqlite_sequence", "brakes", "django_session"}


@dataclass(frozen=True, slots=True)
class Case:
    """One deed: ``prepare`` makes what it needs, ``deed`` gets that and does it."""

    name: str
    prepare: Callable[[datetime], Any]
    deed: Callable[[Any, datetime], object]


Snapshot = dict[str, tuple[int, str]]


def snapshot() -> Snapshot:
    """Return how many rows each table has, and a digest of them."""
    return {
        table: _digest(table)
        for table in connection.introspection.table_names()
        if table not in OF_THE_MACHINERY
    }


def _digest(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the store itself
        rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def growth(before: Snapshot, after: Snapshot) -> dict[str, int]:
    """Return which tables changed, and by how many rows."""
    return {
        table: after[table][0] - before[table][0]
        for table in after
        if after[table] != before.get(table)
    }


class Breaker:
    """Counts steps and breaks the n-th."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0
        self.broke = False

    def step(self, error: Exception) -> None:
        self.steps += 1
        if self.steps == self.at:
            self.broke = True
            raise error


@contextmanager
def breaking_statements(at: int, *, after: bool) -> Iterator[Breaker]:
    """Let the n-th statement or commit fail: before it reached the store, or its answer lost."""
    breaker = Breaker(at)

    def through(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not after:
            breaker.step(OperationalError("broken on purpose"))
        answer = execute(sql, params, many, context)
        if after:
            breaker.step(OperationalError("broken on purpose"))
        return answer

    def commit() -> None:
        if not after:
            breaker.step(OperationalError("broken on purpose"))
        type(real)._commit(real)  # type: ignore[attr-defined]
        if after:
            breaker.step(OperationalError("broken on purpose"))

    real = connections["default"]
    real._commit = commit  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(through):
            yield breaker
    finally:
        del real._commit  # type: ignore[attr-defined]


_files: Breaker | None = None
_TOUCHING: Final = {"os.link", "os.rename", "os.remove", "os.mkdir", "os.truncate", "open"}


def _listen(event: str, args: tuple[Any, ...]) -> None:
    """Break the n-th thing done to a file of ours (the interpreter tells us of each)."""
    if _files is None or event not in _TOUCHING:
        return
    if event == "open" and not _writes(args):
        return
    _files.step(OSError(errno.ENOSPC, "no space left, on purpose"))


def _writes(args: tuple[Any, ...]) -> bool:
    mode, flags = args[1], args[2]
    return any(letter in (mode or "") for letter in "wax+") or bool(
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )


sys.addaudithook(_listen)


@contextmanager
def breaking_files(at: int) -> Iterator[Breaker]:
    """Let the n-th opening for writing, syncing, linking or removing of a file fail."""
    global _files
    breaker, sync = Breaker(at), os.fsync

    def fsync(fd: Any) -> None:
        breaker.step(OSError(errno.EIO, "the disk did not sync, on purpose"))
        sync(fd)

    _files, os.fsync = breaker, fsync
    try:
        yield breaker
    finally:
        _files, os.fsync = None, sync


def break_everywhere(case: Case, now: datetime, breaking: Callable[[int], Any]) -> int:
    """Break a deed at its first step, its second, and so on until it comes through.

    Returns at how many steps it was broken. The deed is tried again on the same rows: what a break
    left behind must not be in its way.
    """
    whole = _is_done(case, now)
    made = case.prepare(now)
    before = snapshot()
    for at in range(1, MOST_STEPS):
        with breaking(at) as breaker:
            said = _try(case, made, now)
        if said == "broken":
            connection.close()  # as the house does with a connection that failed
        _look(case, at, before, whole, said)
        if not breaker.broke:
            assert said == "done", f"{case.name} never came through"
            return at - 1
        if snapshot() != before:
            made = case.prepare(now)
            before = snapshot()
    raise AssertionError(f"{case.name} has more than {MOST_STEPS} steps")


def _is_done(case: Case, now: datetime) -> dict[str, int]:
    """Do it once unbroken, on rows of its own: this is what it changes."""
    made = case.prepare(now)
    before = snapshot()
    case.deed(made, now)
    return growth(before, snapshot())


def _try(case: Case, made: Any, now: datetime) -> str:
    try:
        case.deed(made, now)
    except BROKEN:
        return "broken"
    return "done"


def _look(case: Case, at: int, before: Snapshot, whole: dict[str, int], said: str) -> None:
    left = growth(before, snapshot())
    where = f"{case.name}, broken at step {at}"
    assert left in ({}, whole), f"{where}: half of it stays: {left}, whole is {whole}"
    assert said == "broken" or left == whole, f"{where}: it said done and is not there"
    report = verify(key=signing_key().public_key())
    assert report.faults == [], where
