"""Working hours: when somebody can be expected to act, in Europe/Amsterdam. No Django.

A promise and a climb are moments, counted once from here and then kept on the row; the clock does
the rest. Office hours skip weekends and Dutch public holidays; a school's also skip the school
holidays of the region, which stand in a dated file beside this one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from smartstart.base.clock import HERE, day_of

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
LIBERATION_EVERY: Final = 5  # years; 5 May is a day off for most only then
FILE: Final = Path(__file__).with_name("school_holidays.toml")


@dataclass(frozen=True, slots=True)
class Hours:
    """When an organisation works: ``opens`` and ``closes`` on Monday to Friday.

    ``closes_for_school_holidays``: also away in the school holidays of the region.
    """

    opens: time = time(8, 30)
    closes: time = time(17, 0)
    closes_for_school_holidays: bool = False


OFFICE: Final = Hours()
SCHOOL: Final = Hours(closes_for_school_holidays=True)


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian; the rule of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the days on which Dutch offices are closed: the usual ones of the law and the CAO's.

    King's Day moves to Saturday when the 27th is a Sunday; Liberation Day counts every five years.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    days = {
        date(year, 1, 1),
        sunday + ONE_DAY,
        kings_day - ONE_DAY if kings_day.weekday() == SATURDAY + 1 else kings_day,
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    return frozenset(days | ({date(year, 5, 5)} if year % LIBERATION_EVERY == 0 else set()))


@cache
def school_holidays() -> frozenset[date]:
    """Return all days of school holidays that the file knows."""
    told = tomllib.loads(FILE.read_text())["holidays"]
    return frozenset(day for one in told for day in _days(one["first"], one["last"]))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def is_working_day(day: date, hours: Hours = OFFICE) -> bool:
    """Whether anybody works on this day."""
    if day.weekday() >= SATURDAY or day in public_holidays(day.year):
        return False
    return not (hours.closes_for_school_holidays and day in school_holidays())


def is_working_moment(moment: datetime, hours: Hours = OFFICE) -> bool:
    """Whether anybody is at work now; the moment of closing is already free."""
    here = moment.astimezone(HERE)
    return is_working_day(here.date(), hours) and hours.opens <= here.time() < hours.closes


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HERE).astimezone(UTC)


def working_days_from(day: date, hours: Hours = OFFICE) -> Iterator[date]:
    """Yield the working days from this day on, the day itself included when it is one."""
    while True:
        if is_working_day(day, hours):
            yield day
        day += ONE_DAY


def at_work(moment: datetime, hours: Hours = OFFICE) -> datetime:
    """Return the moment itself when somebody is at work, else the next opening."""
    if is_working_moment(moment, hours):
        return moment.astimezone(UTC)
    here = moment.astimezone(HERE)
    first = here.date() if here.time() < hours.opens else here.date() + ONE_DAY
    return _at(next(working_days_from(first, hours)), hours.opens)


def after_working_days(moment: datetime, days: int, hours: Hours = OFFICE) -> datetime:
    """Return the same time of day, so many working days later.

    Outside working hours the count begins at the next opening. ``days`` 0: that opening, or now.
    """
    begin = at_work(moment, hours)
    clock = begin.astimezone(HERE).timetz().replace(tzinfo=None)
    day = next(islice(working_days_from(day_of(begin), hours), days, None))
    return _at(day, clock)


def closing_of(moment: datetime, hours: Hours = OFFICE) -> datetime:
    """Return when the working day of this moment ends; outside hours that of the next one."""
    return _at(day_of(at_work(moment, hours)), hours.closes)


def working_days_between(start: datetime, end: datetime, hours: Hours = OFFICE) -> int:
    """Return how many working days came after the one in which ``start`` falls, up to ``end``.

    Asked on Tuesday, it waits 1 day on Wednesday and 4 on Monday. Never below 0.
    """
    return _working_days(day_of(at_work(start, hours)) + ONE_DAY, day_of(end), hours)


@lru_cache(maxsize=4_096)
def _working_days(first: date, last: date, hours: Hours) -> int:
    """Return how many there are; asked for each question of a list, mostly of the same days."""
    return sum(1 for day in _days(first, last) if is_working_day(day, hours))
