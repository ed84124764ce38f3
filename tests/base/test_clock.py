from datetime import UTC, date, datetime, timedelta

import pytest

from smartstart.base import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-20T22:59:59Z", date(2026, 11, 20)),
        ("2026-11-20T23:00:00Z", date(2026, 11, 21)),
        ("2026-06-30T21:59:59Z", date(2026, 6, 30)),
        ("2026-06-30T22:00:00Z", date(2026, 7, 1)),
        ("2026-03-29T00:59:59Z", date(2026, 3, 29)),
        ("2026-10-25T23:30:00Z", date(2026, 10, 26)),
        ("2028-02-28T23:30:00Z", date(2028, 2, 29)),
    ],
)
def test_a_day_turns_at_midnight_in_amsterdam(moment: str, day: date) -> None:
    with clock.fixed(datetime.fromisoformat(moment)):
        assert clock.today() == day


def test_a_fixed_clock_stands_still_and_runs_again() -> None:
    still = datetime(2030, 1, 1, 12, tzinfo=UTC)
    with clock.fixed(still):
        assert clock.now() == still
        with clock.fixed(still + timedelta(days=1)):
            assert clock.now() == still + timedelta(days=1)
        assert clock.now() == still

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        raise AssertionError
