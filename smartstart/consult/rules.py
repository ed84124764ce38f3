"""How long a text stands, and what is counted and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

KEPT_AFTER_CLOSING: Final = timedelta(days=30)
WAITS_FOR_THE_ASKER: Final = timedelta(days=14)  # an answer nobody says anything of closes then
LONGEST: Final = timedelta(days=180)  # whatever happens
MOST_ASKED: Final = 3
LEAST_SHOWN: Final = 10
STEP: Final = 5  # percent
PAGE_TITLE: Final = 80
NINE_OF_TEN: Final = 0.9


def gone_at(asked_at: datetime, *, closes_at: datetime) -> datetime:
    """Return when a text goes: 30 days after it closes, half a year after it was asked at most."""
    return min(closes_at + KEPT_AFTER_CLOSING, asked_at + LONGEST)


def first_of_month(day: date) -> date:
    """Return the first day of the month in which a day falls: a tally knows no more."""
    return day.replace(day=1)


def quarter_of(month: date) -> tuple[int, int]:
    """Return the year and the quarter (1 to 4) in which a month falls."""
    return month.year, (month.month - 1) // 3 + 1


def minutes_until(asked_at: datetime, answered_at: datetime) -> int:
    """Return whole minutes, never below 0."""
    return max(0, int((answered_at - asked_at).total_seconds()) // 60)


def beginning_of(words: str) -> str:
    """Return how a question is called in a list: its first sentence, cut at a word."""
    first = re.split(r"(?<=[.!?])\s|\n", words.strip(), maxsplit=1)[0]
    if len(first) <= PAGE_TITLE:
        return first
    return first[:PAGE_TITLE].rsplit(" ", 1)[0] + " …"


def median_and_ninth(minutes: Sequence[int]) -> tuple[int, int] | None:
    """Return the median and the ninth tenth of minutes; None below the threshold."""
    if len(minutes) < LEAST_SHOWN:
        return None
    ordered = sorted(minutes)
    middle = ordered[(len(ordered) - 1) // 2]
    return middle, ordered[ceil(NINE_OF_TEN * len(ordered)) - 1]


def share(those: int, all_of_them: int) -> int | None:
    """Return a share in percent, in steps of five; None when they or the others are too few.

    In steps, because with the whole number one count more or less could be told apart.
    """
    if those < LEAST_SHOWN or all_of_them - those < LEAST_SHOWN:
        return None
    return STEP * round(100 * those / all_of_them / STEP)


def shown(count: int) -> int | None:
    """Return a count that may be told: 0 when there was nothing, None when there were too few."""
    return count if count == 0 or count >= LEAST_SHOWN else None
