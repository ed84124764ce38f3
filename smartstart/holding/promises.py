"""What is promised to who asks, and when a question climbs: moments, counted once. No Django.

Asked on Tuesday, promised by Friday; then the cover acts, two working days later the coordinator.
The coordinator works in school holidays: a question to a school never waits for the summer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from smartstart.base.clock import HERE, day_of
from smartstart.holding.working_time import (
    OFFICE,
    Hours,
    after_working_days,
    at_work,
    closing_of,
    working_days_between,
)

PROMISED_DAYS: Final = 3
COORDINATOR_DAYS: Final = 2
OFFER_DAYS: Final = 2
NOON: Final = time(12)
MOST_DAYS: Final = 10  # promises do not put the coordinator off for longer than this


@dataclass(frozen=True, slots=True)
class Times:
    """``promised_at`` is what the asker was told; from the other two the cover, the coordinator."""

    promised_at: datetime
    cover_from: datetime
    coordinator_from: datetime


def asked(at: datetime, hours: Hours, *, days: int = PROMISED_DAYS) -> Times:
    """Return the moments of a question that is asked, or asked again; ``days``: working days."""
    last = after_working_days(at, days + COORDINATOR_DAYS, OFFICE)
    promised = min(after_working_days(at, days, hours), last)
    climbs = min(after_working_days(promised, COORDINATOR_DAYS, hours), last)
    return Times(promised, promised, max(climbs, promised))


def asked_quickly(at: datetime) -> Times:
    """Return the moments of a question that is to be answered within one working day.

    Asked before noon the cover acts when work ends, else from noon of the next working day. From
    the same time on the next working day the coordinator acts.
    """
    begin = at_work(at, OFFICE)
    promised = after_working_days(at, 1, OFFICE)
    noon = datetime.combine(day_of(promised), NOON, tzinfo=HERE).astimezone(UTC)
    ends = closing_of(at, OFFICE) if begin.astimezone(HERE).time() < NOON else noon
    return Times(promised, min(ends, promised), promised)


def promised_today(now: Times, *, asked_at: datetime, at: datetime) -> Times:
    """Return the moments after "I will call today": if not, somebody else acts next morning.

    Today ends when work does, or at midnight on a day off. It can be said again each day, until
    ten working days after the question was asked.
    """
    end = closing_of(at, OFFICE)
    if day_of(end) != day_of(at):
        end = _midnight_after(at)
    latest = after_working_days(asked_at, MOST_DAYS, OFFICE)
    cover = min(at_work(end, OFFICE), max(now.cover_from, latest))
    last = max(now.coordinator_from, latest)
    coordinator = min(after_working_days(cover, COORDINATOR_DAYS, OFFICE), last)
    return Times(end, cover, max(cover, coordinator))


def taken_over(now: Times, *, at: datetime, hours: Hours) -> Times:
    """Return the moments of a new holder: the promise to the asker stays as it was made."""
    cover = max(now.cover_from, after_working_days(at, OFFER_DAYS, hours))
    climbs = max(now.coordinator_from, after_working_days(at, 2 * COORDINATOR_DAYS, OFFICE))
    return Times(now.promised_at, min(cover, climbs), climbs)


def offer_ends(now: Times, *, at: datetime) -> datetime:
    """Return until when an offer can be accepted: two working days, never over a climb."""
    ends = after_working_days(at, OFFER_DAYS, OFFICE)
    return min([ends, *(climb for climb in (now.cover_from, now.coordinator_from) if climb > at)])


class Then(StrEnum):
    """Who takes over next."""

    COVER = "cover"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Meter:
    """How long a question waits, in working days, and who takes over when (None: nobody else)."""

    waited: int
    promised: int
    then: Then | None
    then_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than was promised; lateness is said, not punished."""
        return self.waited > self.promised


def meter(
    now: Times, *, asked_at: datetime, at: datetime, has_cover: bool, is_coordinators: bool
) -> Meter:
    """Return what the wait meter shows: the same for who asks and for who holds."""
    climbs = [(now.cover_from, Then.COVER)] if has_cover else []
    if not is_coordinators:
        climbs.append((now.coordinator_from, Then.COORDINATOR))
    coming = [(moment, who) for moment, who in climbs if moment > at]
    then_at, then = min(coming) if coming else (None, None)
    return Meter(
        waited=working_days_between(asked_at, at),
        promised=working_days_between(asked_at, now.promised_at),
        then=then,
        then_at=then_at,
    )


def _midnight_after(moment: datetime) -> datetime:
    day = day_of(moment) + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=HERE)
