"""A brake on trying too often: so many places in each stretch of time, for each of whom.

A try takes a place before it is looked at, so that tries at the same instant cannot slip through:
each place is one row that only one of them can add. Who turned out to be welcome gives the place
back. By whom is not kept, only a keyed hash, and no longer than the stretch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.core.cache import cache
from django.utils.crypto import salted_hmac

QUARTER: Final = 15 * 60
HOUR: Final = 60 * 60
EVERYONE: Final = "everyone"
ONE_HOUSEHOLD: Final = 64  # bits: how much of an IPv6 address one subscriber may change at will


@dataclass(frozen=True, slots=True)
class Brake:
    """At most so many places in each stretch of ``seconds`` by the clock."""

    name: str
    most: int
    seconds: int = QUARTER

    def take(self, by: str, *, now: datetime) -> str:
        """Take a place for one try; returns its name, "" when all are taken."""
        who = salted_hmac(self.name, by).hexdigest()[:32]
        stretch = int(now.timestamp()) // self.seconds
        places = [f"{self.name}-{who}-{stretch}-{number}" for number in range(self.most)]
        taken = cache.get_many(places)
        free = (place for place in places if place not in taken)
        return next((place for place in free if cache.add(place, 1, self.seconds)), "")


def give_back(*places: str) -> None:
    """Free the places of somebody who was welcome."""
    cache.delete_many(places)


def subscriber(address: str) -> str:
    """Return by what one subscriber is known: an IPv4 address, or the first half of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ONE_HOUSEHOLD), strict=False))
