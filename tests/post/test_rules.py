"""Quiet hours, as arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from smartstart.post.rules import HERE, day_begins, is_quiet, not_before

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.times(), st.times())
def test_mail_never_goes_in_quiet_hours_and_waits_less_than_a_day(
    moment: datetime, begins: time, ends: time
) -> None:
    when = not_before(moment, begins=begins, ends=ends)

    assert when >= moment or is_quiet(moment, begins=begins, ends=ends)
    assert not is_quiet(when, begins=begins, ends=ends)
    assert (when - moment).total_seconds() <= 26 * 3600


def test_equal_hours_are_never_quiet() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)

    assert not is_quiet(noon, begins=time(8), ends=time(8))
    assert not_before(noon, begins=time(8), ends=time(8)) == noon


def test_the_evening_waits_for_the_morning() -> None:
    evening = datetime(2026, 11, 20, 21, 30, tzinfo=HERE)
    night = datetime(2026, 11, 21, 3, 0, tzinfo=HERE)
    morning = datetime(2026, 11, 21, 8, 0, tzinfo=HERE)

    assert not_before(evening, begins=time(20), ends=time(8)) == morning
    assert not_before(night, begins=time(20), ends=time(8)) == morning


def test_a_day_begins_at_midnight_here() -> None:
    just_after = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)

    assert day_begins(just_after) == datetime(2026, 11, 20, 0, 0, tzinfo=HERE)
