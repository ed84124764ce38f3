"""Who is in today at a place: for parents, without an account, by the address that the place gave.

Only who named the place in the own hours stands there. The address holds a key, so that nobody
walks from place to place; it opens nothing else.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings

from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.consult.expertise.hours import Stretch, clock_said
from smartstart.consult.models import OpenHours
from smartstart.holding.called import Called, of_position
from smartstart.holding.working_time import is_working_day
from smartstart.programme.models import Vindplaats

KEY_LETTERS: Final = 16
LOOKS_AHEAD: Final = 14  # days


@dataclass(frozen=True, slots=True)
class In:
    """Somebody who is in: who, when and behind which door."""

    who: Called
    times: str
    door: str


@dataclass(frozen=True, slots=True)
class Here:
    """A place today; ``next_on`` is the next day on which somebody is in, when nobody is now."""

    place: str
    people: tuple[In, ...]
    next_on: date | None


def key_of(place: int) -> str:
    """Return the key in the address of a place's page."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"page of a place {place}".encode(), sha256).hexdigest()[:KEY_LETTERS]


def who_is_in(place: int, key: str, *, at: datetime) -> Here:
    """Return who is in today at a place, the earliest first. Two queries. Raises NotFound."""
    where = Vindplaats.objects.filter(pk=place).first()
    if where is None or not hmac.compare_digest(key.encode(), key_of(place).encode()):
        raise NotFound
    rows = OpenHours.objects.filter(place=where, profile__position__occupant__isnull=False)
    told = rows.select_related("profile__position__organisation", "profile__position__occupant")
    week = list(told.order_by("opens", "id"))
    today = day_of(at)
    found = tuple(_in(one) for one in week if _is_on(one, today))
    return Here(where.name, found, None if found else _next(week, today))


def _is_on(one: OpenHours, day: date) -> bool:
    return one.weekday == day.weekday() and (is_working_day(day) or day.weekday() > 4)


def _in(one: OpenHours) -> In:
    times = clock_said(Stretch(one.weekday, one.opens, one.closes))
    return In(of_position(one.profile.position), times, one.door)


def _next(week: list[OpenHours], today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(1, LOOKS_AHEAD + 1))
    return next((day for day in days if any(_is_on(one, day) for one in week)), None)
