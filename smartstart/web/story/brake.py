"""A brake on guessing cards: so many tries in a quarter of an hour, per address and by everyone.

A try takes a place before it is looked at, so that tries at the same instant cannot slip through:
each place is one row that only one of them can add. Who comes in gives the place back. The
address itself is not kept, only a keyed hash, for a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.utils.crypto import salted_hmac

QUARTER: Final = 15 * 60
EVERYONE: Final = "everyone"


@dataclass(frozen=True, slots=True)
class Brake:
    """At most so many places in each quarter of an hour by the clock."""

    name: str
    most: int

    def take(self, by: str, *, now: datetime) -> str:
        """Take a place for one try; returns its name, "" when all are taken."""
        who = salted_hmac(self.name, by).hexdigest()[:32]
        quarter = int(now.timestamp()) // QUARTER
        places = [f"{self.name}-{who}-{quarter}-{number}" for number in range(self.most)]
        taken = cache.get_many(places)
        free = (place for place in places if place not in taken)
        return next((place for place in free if cache.add(place, 1, QUARTER)), "")


PER_ADDRESS: Final = Brake("story-address", 8)
OVERALL: Final = Brake("story-overall", 200)


def take_places(address: str, *, now: datetime) -> tuple[str, ...]:
    """Take a place in both brakes; nothing when one of them is shut."""
    mine = PER_ADDRESS.take(address, now=now)
    if not mine:
        return ()
    overall = OVERALL.take(EVERYONE, now=now)
    return (mine, overall) if overall else ()


def give_back(places: tuple[str, ...]) -> None:
    """Free the places of somebody who came in."""
    cache.delete_many(places)
