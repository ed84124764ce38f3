"""The brakes on boards: on guessing codes, and on filling a session with a code that is right."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartstart.base.brake import EVERYONE, HOUR, Brake, give_back, subscriber

# A room of thirty phones may share one address, and each types its code once.
PER_ADDRESS: Final = Brake("board-address", 60)
OVERALL: Final = Brake("board-overall", 1_000)
# Who knows the code comes in without cookie as somebody new each time. Three classes on one Wi-Fi
# come in, and one subscriber still leaves two thirds of a session (300) to others.
NEW_PER_ADDRESS: Final = Brake("board-new", 100, 12 * HOUR)


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


def take_place_in(session: int, address: str, *, now: datetime) -> str:
    """Take a place for somebody new in a session; "" when this subscriber brought in enough."""
    return NEW_PER_ADDRESS.take(f"{session}-{subscriber(address)}", now=now)
