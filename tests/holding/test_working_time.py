"""Moments in working hours: weekends, holidays, the nights on which the clock moves."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.base.clock import HERE, day_of
from smartstart.holding import working_time as work
from smartstart.holding.working_time import OFFICE, SCHOOL, Hours

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone follows
    max_value=datetime(2029, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOURS = st.sampled_from([OFFICE, SCHOOL, Hours(opens=time(7, 0), closes=time(15, 30))])


def here(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HERE)  # type: ignore[arg-type, misc]


def by_hand(day: date, *, school: bool) -> bool:
    """Whether this is a working day, told in another way than the rule does."""
    offs = {(1, 1), (12, 25), (12, 26), (4, 27)}
    moving = {  # Easter Monday, Ascension, Whit Monday, read from a calendar
        2026: {(4, 6), (5, 14), (5, 25)},
        2027: {(3, 29), (5, 6), (5, 17)},
        2028: {(4, 17), (5, 25), (6, 5)},
        2029: {(4, 2), (5, 10), (5, 21)},
    }
    free = day.strftime("%a") in {"Sat", "Sun"} or (day.month, day.day) in offs | moving[day.year]
    told = tomllib.loads(work.FILE.read_text())["holidays"]
    away = school and any(one["first"] <= day <= one["last"] for one in told)
    return not free and not away


@pytest.mark.parametrize("hours", [OFFICE, SCHOOL])
def test_every_day_of_four_years_is_as_the_calendar_says(hours: Hours) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]
    wrong = [
        day
        for day in days
        if work.is_working_day(day, hours) != by_hand(day, school=hours.closes_for_school_holidays)
    ]
    assert len(days) == 1461
    assert wrong == []


def test_holidays_that_move() -> None:
    assert [work.easter(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
    assert date(2025, 4, 26) in work.public_holidays(2025)  # the 27th was a Sunday
    assert date(2025, 4, 27) not in work.public_holidays(2025)
    assert date(2030, 5, 5) in work.public_holidays(2030)
    assert date(2026, 5, 5) not in work.public_holidays(2026)


def test_the_file_of_school_holidays_is_whole() -> None:
    told = tomllib.loads(work.FILE.read_text())
    spans = [(one["first"], one["last"]) for one in told["holidays"]]
    assert told["region"] == "Zuid"
    assert isinstance(told["afgelezen_op"], date)
    assert all(first.weekday() == 5 and last.weekday() == 6 for first, last in spans)
    assert spans == sorted(spans)
    assert all(last < first for (_a, last), (first, _b) in pairwise(spans))
    assert spans[-1][1] == told["known_until"]
    per_year = {y: sum(f.year == y for f, _l in spans) for y in range(2026, 2030)}
    assert per_year == {2026: 5, 2027: 5, 2028: 5, 2029: 5}


@given(MOMENTS, st.integers(0, 30), HOURS)
@example(here(2026, 3, 27, 16, 59), 1, OFFICE)  # the night of 29 March the clock goes forward
@example(here(2026, 10, 23, 8, 30), 1, OFFICE)  # the night of 25 October it goes back
@example(here(2026, 7, 10, 17, 0), 1, SCHOOL)  # the summer begins
def test_so_many_days_later_somebody_is_at_work_at_the_same_time(
    moment: datetime, days: int, hours: Hours
) -> None:
    later = work.after_working_days(moment, days, hours)
    begin = work.at_work(moment, hours)

    assert later.tzinfo is UTC
    assert work.is_working_moment(later, hours)
    assert later >= begin >= moment
    assert later.astimezone(HERE).time() == begin.astimezone(HERE).time()
    assert work.working_days_between(moment, later, hours) == days


@given(MOMENTS, st.integers(0, 8), st.integers(0, 8), HOURS)
def test_days_add_up(moment: datetime, some: int, more: int, hours: Hours) -> None:
    halfway = work.after_working_days(moment, some, hours)
    assert work.after_working_days(halfway, more, hours) == work.after_working_days(
        moment, some + more, hours
    )


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), HOURS)
def test_later_never_comes_sooner(moment: datetime, by: timedelta, hours: Hours) -> None:
    assert work.at_work(moment, hours) <= work.at_work(moment + by, hours)
    assert work.working_days_between(moment, moment + by, hours) >= 0
    assert work.after_working_days(moment, 3, hours) <= work.after_working_days(
        moment + by, 3, hours
    )


@given(MOMENTS, HOURS)
def test_nobody_works_between_now_and_the_next_opening(moment: datetime, hours: Hours) -> None:
    opening = work.at_work(moment, hours)
    between = moment
    while between < opening:
        assert not work.is_working_moment(between, hours)
        between += timedelta(minutes=47)
    closing = work.closing_of(moment, hours)
    assert day_of(closing) == day_of(opening)
    assert closing.astimezone(HERE).time() == hours.closes
    assert closing > opening


def test_a_question_of_tuesday_waits_four_days_on_monday() -> None:
    asked = here(2026, 11, 17, 14, 0)
    waits = [work.working_days_between(asked, here(2026, 11, day, 10, 0)) for day in range(17, 25)]
    assert waits == [0, 1, 2, 3, 3, 3, 4, 5]
    assert work.after_working_days(asked, 3) == here(2026, 11, 20, 14, 0)


def test_what_is_asked_in_the_weekend_begins_on_monday() -> None:
    asked = here(2026, 11, 21, 23, 15)
    assert work.at_work(asked) == here(2026, 11, 23, 8, 30)
    assert work.working_days_between(asked, here(2026, 11, 23, 12, 0)) == 0
    assert work.after_working_days(asked, 2) == here(2026, 11, 25, 8, 30)


def test_christmas_at_a_school_and_at_an_office() -> None:
    asked = here(2026, 12, 18, 16, 0)
    assert work.after_working_days(asked, 1, SCHOOL) == here(2027, 1, 4, 16, 0)
    assert work.after_working_days(asked, 5, OFFICE) == here(2026, 12, 28, 16, 0)


def test_the_summer_hour_is_counted_by_the_clock_on_the_wall() -> None:
    before, after = here(2026, 3, 27, 9, 0), here(2026, 3, 30, 9, 0)
    assert work.after_working_days(before, 1) == after
    assert after - before == timedelta(hours=72)  # on the wall
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=71)
