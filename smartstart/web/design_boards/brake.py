"""The brakes on guessing codes of boards: per subscriber, and for everyone together."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartstart.base.brake import EVERYONE, Brake, give_back, subscriber

# A room of thirty phones may share one address, and each types its code once.
PER_ADDRESS: Final = Brake("board-address", 60)
OVERALL: Final = Brake("board-overall", 1_000)


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
