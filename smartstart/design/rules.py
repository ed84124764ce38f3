"""Arithmetic of a session: the clock of its agenda, the order of its parts, who was there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_PIECES: Final = 20
NEEDS_KEPT: Final = timedelta(days=7)
NAMES_KEPT: Final = timedelta(days=365)
FURTHEST: Final = timedelta(days=730)
GOES_ON: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of an agenda as it is written: title, minutes and script."""

    title: str
    minutes: int
    script: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a part is planned: from and until."""

    begins_at: datetime
    ends_at: datetime


def slots(starts_at: datetime, minutes: Iterable[int]) -> list[Slot]:
    """Return when each part is planned, one after another from the start."""
    found, at = [], starts_at
    for length in minutes:
        ends = at + timedelta(minutes=length)
        found.append(Slot(at, ends))
        at = ends
    return found


def ends_at(starts_at: datetime, minutes: Iterable[int]) -> datetime:
    """Return when a session is over."""
    return starts_at + timedelta(minutes=sum(minutes))


def seconds_left(began_at: datetime, minutes: int, *, now: datetime) -> int:
    """Return how many seconds a running part still has; negative once it runs late."""
    return round((began_at + timedelta(minutes=minutes) - now).total_seconds())


def moved_up(pieces: Sequence[Piece], number: int) -> list[Piece]:
    """Return the pieces with the ``number``-th (from 1) one place earlier; the first stays."""
    order = list(pieces)
    if 1 < number <= len(order):
        order[number - 2], order[number - 1] = order[number - 1], order[number - 2]
    return order


def without(pieces: Sequence[Piece], number: int) -> list[Piece]:
    """Return the pieces without the ``number``-th (from 1)."""
    return [piece for place, piece in enumerate(pieces, 1) if place != number]


def replaced(pieces: Sequence[Piece], number: int, by: Piece) -> list[Piece]:
    """Return the pieces with another one at ``number``; past the last it is added."""
    order = [by if place == number else piece for place, piece in enumerate(pieces, 1)]
    return order if 1 <= number <= len(pieces) else [*order, by]


def goes_on(done_at: datetime, *, now: datetime) -> bool:
    """Whether a session that was ended may still go on: the same evening, not later."""
    return now - done_at < GOES_ON
