"""The brakes: on guessing codes, and on asking very often from one line."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartstart.base.brake import EVERYONE, HOUR, Brake, give_back, subscriber

PER_ADDRESS: Final = Brake("question-address", 8)
OVERALL: Final = Brake("question-overall", 200)
ASKING: Final = Brake("question-asking", 30, HOUR)


def take_places(address: str, *, now: datetime) -> tuple[str, ...]:
    """Take a place in both brakes on codes; nothing when one of them is shut."""
    mine = PER_ADDRESS.take(subscriber(address), now=now)
    if not mine:
        return ()
    overall = OVERALL.take(EVERYONE, now=now)
    if not overall:
        give_back(mine)
        return ()
    return mine, overall


def may_ask(address: str, *, now: datetime) -> bool:
    """Take a place to ask one question; a whole school may stand behind one address."""
    return bool(ASKING.take(subscriber(address), now=now))
