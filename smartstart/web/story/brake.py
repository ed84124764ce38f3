"""The brakes on guessing cards: per subscriber, and for everyone together."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartstart.base.brake import EVERYONE, Brake, give_back, subscriber

PER_ADDRESS: Final = Brake("story-address", 8)
OVERALL: Final = Brake("story-overall", 200)
# A code from the picture is not guessed: a siege of the typed form does not stop who scans it.
PICTURES: Final = Brake("story-picture", 40)


def take_places(address: str, *, now: datetime, from_picture: bool = False) -> tuple[str, ...]:
    """Take a place in both brakes; nothing when one of them is shut.

    A code from the picture has a brake of its own, only against keeping the house busy.
    """
    if from_picture:
        place = PICTURES.take(subscriber(address), now=now)
        return (place,) if place else ()
    mine = PER_ADDRESS.take(subscriber(address), now=now)
    if not mine:
        return ()
    overall = OVERALL.take(EVERYONE, now=now)
    if not overall:
        give_back(mine)
        return ()
    return mine, overall
