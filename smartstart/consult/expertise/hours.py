"""When a position is there to answer, and how that is said. Pure; times are Europe/Amsterdam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.base.clock import HERE
from smartstart.holding.working_time import OFFICE, is_working_day

DAYS: Final = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
WORKING_DAYS: Final = range(5)
FURTHEST: Final = 14  # days ahead that are looked at
FAR: Final = timedelta(days=FURTHEST)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """One stretch of the week; ``weekday`` 0 is Monday, ``closes`` is not included.

    ``place`` is the number of a vindplaats where parents may come by, ``door`` where there.
    """

    weekday: int
    opens: time
    closes: time
    place: int | None = None
    door: str = ""


OFFICE_WEEK: Final = tuple(Stretch(day, OFFICE.opens, OFFICE.closes) for day in WORKING_DAYS)


def waits_until_open(stretches: Sequence[Stretch], *, at: datetime) -> timedelta:
    """Return how long from ``at`` until somebody is there; zero: now. Never more than ``FAR``.

    Nobody is there on a public holiday. Without stretches: office hours.
    """
    here = at.astimezone(HERE)
    week = stretches or OFFICE_WEEK
    for ahead in range(FURTHEST):
        day = here.date() + timedelta(days=ahead)
        opening = _opening_on(day, week, here)
        if opening is not None:
            return max(timedelta(), opening - here)
    return FAR


def _opening_on(day: date, week: Sequence[Stretch], here: datetime) -> datetime | None:
    """Return the first moment of this day, not before ``here``, at which somebody is there."""
    if day.weekday() in WORKING_DAYS and not is_working_day(day):
        return None
    for one in sorted(week):
        if one.weekday != day.weekday():
            continue
        if datetime.combine(day, one.closes, tzinfo=HERE) > here:
            return max(here, datetime.combine(day, one.opens, tzinfo=HERE))
    return None


def said(stretches: Sequence[Stretch]) -> str:
    """Return the hours in words: "maandag 9.00-12.00, dinsdag 13.00-16.00"; office hours: short."""
    if not stretches:
        return _("office hours")
    return ", ".join(
        f"{DAYS[one.weekday]} {_clock(one.opens)}-{_clock(one.closes)}" for one in sorted(stretches)
    )


def days_said(stretches: Sequence[Stretch]) -> str:
    """Return the days in words: "dinsdag en donderdag", "maandag tot en met vrijdag"."""
    days = sorted({one.weekday for one in stretches or OFFICE_WEEK})
    names = [str(DAYS[day]) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def clock_said(one: Stretch) -> str:
    """Return the times of one stretch in words: "9.00-12.00"."""
    return f"{_clock(one.opens)}-{_clock(one.closes)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}"
