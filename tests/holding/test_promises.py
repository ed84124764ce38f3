"""What is promised, when a question climbs, and what the wait meter says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from smartstart.base.clock import HERE, day_of
from smartstart.holding import promises
from smartstart.holding.promises import Then, Times
from smartstart.holding.working_time import (
    OFFICE,
    SCHOOL,
    Hours,
    after_working_days,
    working_days_between,
)

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone follows
    max_value=datetime(2029, 6, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOURS = st.sampled_from([OFFICE, SCHOOL])
LATER = st.timedeltas(timedelta(0), timedelta(days=20))


def here(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HERE)  # type: ignore[arg-type, misc]


def in_order(times: Times, at: datetime) -> bool:
    return at <= times.cover_from <= times.coordinator_from


@given(MOMENTS, HOURS)
def test_a_question_climbs_in_order_and_never_later_than_five_working_days(
    at: datetime, hours: Hours
) -> None:
    times = promises.asked(at, hours)
    assert in_order(times, at)
    assert times.promised_at <= times.cover_from
    assert times.coordinator_from <= after_working_days(at, 5, OFFICE)
    if hours is OFFICE:
        assert working_days_between(at, times.promised_at) == promises.PROMISED_DAYS


@given(MOMENTS, HOURS, st.lists(LATER, max_size=8))
def test_calling_today_is_today_and_cannot_put_the_coordinator_off_for_ever(
    asked_at: datetime, hours: Hours, pauses: list[timedelta]
) -> None:
    times, at = promises.asked(asked_at, hours), asked_at
    latest = after_working_days(asked_at, promises.MOST_DAYS, OFFICE)
    for pause in pauses:
        at += pause
        before, times = times, promises.promised_today(times, asked_at=asked_at, at=at)
        assert times.promised_at > at
        assert times.promised_at <= at + timedelta(days=1, hours=1)
        assert times.cover_from <= times.coordinator_from
        assert times.coordinator_from <= max(before.coordinator_from, latest, times.cover_from)
        assert times.cover_from <= max(before.cover_from, latest)


def test_calling_today_on_a_working_day_and_on_a_day_off() -> None:
    asked_at = here(2026, 11, 17, 14, 0)
    times = promises.asked(asked_at, OFFICE)
    friday = promises.promised_today(times, asked_at=asked_at, at=here(2026, 11, 20, 9, 0))
    assert friday.promised_at == here(2026, 11, 20, 17, 0)
    assert friday.cover_from == here(2026, 11, 23, 8, 30)
    assert friday.coordinator_from == here(2026, 11, 25, 8, 30)
    saturday = promises.promised_today(times, asked_at=asked_at, at=here(2026, 11, 21, 9, 0))
    assert saturday.promised_at == here(2026, 11, 22, 0, 0)
    assert saturday.cover_from == here(2026, 11, 23, 8, 30)
    evening = promises.promised_today(times, asked_at=asked_at, at=here(2026, 11, 20, 19, 0))
    assert day_of(evening.promised_at - timedelta(seconds=1)) == day_of(here(2026, 11, 20, 19, 0))


@given(MOMENTS, HOURS, HOURS, LATER)
def test_who_takes_over_gets_time_and_the_promise_stays(
    asked_at: datetime, before: Hours, after: Hours, pause: timedelta
) -> None:
    times, at = promises.asked(asked_at, before), asked_at + pause
    taken = promises.taken_over(times, at=at, hours=after)
    assert taken.promised_at == times.promised_at
    assert in_order(taken, at)
    assert taken.coordinator_from >= times.coordinator_from
    if after is OFFICE:
        assert taken.cover_from >= after_working_days(at, promises.OFFER_DAYS, OFFICE)


@given(MOMENTS, HOURS, LATER)
def test_an_offer_ends_before_the_next_climb(
    asked_at: datetime, hours: Hours, pause: timedelta
) -> None:
    times, at = promises.asked(asked_at, hours), asked_at + pause
    ends = promises.offer_ends(times, at=at)
    assert at < ends <= after_working_days(at, promises.OFFER_DAYS, OFFICE)
    for climb in (times.cover_from, times.coordinator_from):
        assert ends <= climb or climb <= at


def test_the_meter_of_the_sketch() -> None:
    asked_at = here(2026, 11, 17, 14, 0)
    times = promises.asked(asked_at, OFFICE)
    seen = [
        promises.meter(times, asked_at=asked_at, at=at, has_cover=True, is_coordinators=False)
        for at in (here(2026, 11, 18, 9, 0), here(2026, 11, 23, 10, 0), here(2026, 11, 25, 9, 0))
    ]
    assert [(one.waited, one.promised, one.then, one.is_late) for one in seen] == [
        (1, 3, Then.COVER, False),
        (4, 3, Then.COORDINATOR, True),
        (6, 3, None, True),
    ]
    assert seen[0].then_at == here(2026, 11, 20, 14, 0)
    alone = promises.meter(
        times, asked_at=asked_at, at=asked_at, has_cover=False, is_coordinators=True
    )
    assert (alone.waited, alone.then, alone.then_at) == (0, None, None)
