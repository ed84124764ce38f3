"""Weeks as families count them: from Monday to Sunday, here. Plain values in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from smartstart.base.clock import HERE


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days; ``monday`` is the first."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week in which a day falls."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> Week:
        """The week before."""
        return Week(self.monday - timedelta(days=7))

    @property
    def after(self) -> Week:
        """The week after."""
        return Week(self.monday + timedelta(days=7))

    @property
    def since(self) -> datetime:
        """The moment it begins, in UTC."""
        return _midnight(self.monday)

    @property
    def until(self) -> datetime:
        """The moment it is over; not in it any more."""
        return _midnight(self.after.monday)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HERE).astimezone(UTC)
