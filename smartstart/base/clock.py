"""What time it is: asked only at the edges, passed on as an argument from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Return the day it is in Europe/Amsterdam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day in Europe/Amsterdam on which this moment falls."""
    return moment.astimezone(HERE).date()


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at ``moment`` (aware): for tests and for replaying a day."""
    if moment.tzinfo is None:
        raise ValueError("a moment carries its time zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
