"""When a mail may go: quiet hours and how many a day. Plain values in, plain values out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HERE: Final = ZoneInfo("Europe/Amsterdam")
QUIET_FROM: Final = time(20, 0)
QUIET_UNTIL: Final = time(8, 0)
MOST_A_DAY: Final = 3
DAILY: Final = "daily"
SOON: Final = "soon"
SOON_IS: Final = timedelta(minutes=10)
LINK_LIVES: Final = timedelta(days=30)
CONFIRMS_WITHIN: Final = timedelta(days=7)
PUSH_LIVES: Final = timedelta(days=90)
NOTICE_WAITS: Final = timedelta(hours=4)
LONGEST_ADDRESS: Final = 254
LONGEST_ENDPOINT: Final = 1_000


def is_quiet(moment: datetime, *, begins: time, ends: time) -> bool:
    """Whether nobody is mailed at this moment; ``begins`` equal to ``ends``: never quiet."""
    clock = moment.astimezone(HERE).time()
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def not_before(moment: datetime, *, begins: time, ends: time) -> datetime:
    """Return the first moment from ``moment`` on at which mail may go."""
    if not is_quiet(moment, begins=begins, ends=ends):
        return moment
    here = moment.astimezone(HERE)
    day = here.date() if here.time() < ends else here.date() + timedelta(days=1)
    return datetime.combine(day, ends, HERE)


def seconds_until_quiet(moment: datetime, *, begins: time) -> int:
    """Return how long a notice may wait for a device that is off: never into the quiet hours.

    Four hours at most: what waited longer is read on the page.
    """
    here = moment.astimezone(HERE)
    quiet = datetime.combine(here.date(), begins, HERE)
    if quiet <= here:
        quiet += timedelta(days=1)
    return int(min(quiet - here, NOTICE_WAITS).total_seconds())


def day_begins(moment: datetime) -> datetime:
    """Return the first moment of the day in Europe/Amsterdam."""
    return datetime.combine(moment.astimezone(HERE).date(), time(0), HERE)


def look_again(moment: datetime, *, rhythm: str, ends: time) -> datetime:
    """Return when is looked next for something new: tomorrow when it gets light, or soon."""
    if rhythm == SOON:
        return moment + SOON_IS
    here = moment.astimezone(HERE)
    day = here.date() if here.time() < ends else here.date() + timedelta(days=1)
    return datetime.combine(day, ends, HERE)
