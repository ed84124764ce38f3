"""The brakes on guessing cards: per subscriber, and for everyone together."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartstart.base.brake import EVERYONE, Brake, give_back, subscriber

PER_ADDRESS: Final = Brake("story-address", 8)
OVERALL: Final = Brake("story-overall", 200)


def take_places(address: str, *, now: datetime) -> tuple[str, ...]:
    """Take a place in both brakes; nothing when one of them is shut."""
    mine = PER_ADDRESS.take(subscriber(address), now=now)
    if not mine:
        return ()
    overall = OVERALL.take(EVERYONE, now=now)
    if not overall:
        give_back(mine)
        return ()
    return mine, overall
