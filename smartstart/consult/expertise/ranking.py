"""Which three positions are proposed for a question, and why. Pure.

Three things count: how well an expertise of the position answers the text, how near it works, and
how soon somebody is there. A second position with the same expertise counts less than a first
with another one: the asker chooses, so the three should differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Final

from smartstart.consult.expertise.hours import FAR, Stretch, waits_until_open

OWN_WORDS: Final = 0.15  # beside an expertise: what a position says of itself
NEAR: Final = 0.25
SOON: Final = 0.15
SAME_AGAIN: Final = 0.35
SPEAKS: Final = 0.1
SHORT_LIST: Final = 60
HERE_ITSELF: Final = 1.0
SAME_TOWN: Final = 0.6
EVERYWHERE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question comes from: what is known of it, each may be None."""

    place: int | None = None
    organisation: int | None = None
    town: str | None = None


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A position as the ranking sees it; ``towns`` are municipality codes."""

    position: int
    key: str
    expertises: tuple[str, ...]
    organisation: int
    places: frozenset[int]
    towns: frozenset[str]
    stretches: tuple[Stretch, ...]
    languages: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate with its best expertise for this text (None: none fits) and its score.

    ``fits``: how well that expertise answers, beside the best there is: from 0 to 1.
    """

    candidate: Candidate
    expertise: str | None
    score: float
    fits: float = 0.0


def nearness(candidate: Candidate, near: Place) -> float:
    """Return from 0 (works elsewhere) to 1 (works at this very place)."""
    if near == NOWHERE:
        return EVERYWHERE
    here = near.place is not None and near.place in candidate.places
    if here or candidate.organisation == near.organisation:
        return HERE_ITSELF
    if not candidate.towns:
        return 0.0 if candidate.places else EVERYWHERE
    return SAME_TOWN if near.town in candidate.towns else 0.0


def soonness(wait: timedelta) -> float:
    """Return from 0 (not within two weeks) to 1 (now); tomorrow is about a half."""
    days = wait / timedelta(days=1)
    return 0.0 if wait >= FAR else 1 / (1 + days)


def best(
    candidates: Sequence[Candidate],
    scores: Mapping[str, float],
    *,
    own: Mapping[str, float],
    near: Place,
    language: str,
    at: datetime,
    most: int,
    never: Collection[int] = (),
) -> list[Chosen]:
    """Return at most so many candidates, the best first; ties go to the lower position.

    ``scores``: each expertise from 0 to 1. ``own``: how well the own words of a candidate fit, by
    its key. ``never``: positions that cannot be asked now. Hours are looked at for a short list.
    """
    asked = [one for one in candidates if one.position not in never]
    fits = {known: _fits(known, scores) for known in {one.expertises for one in asked}}
    rough = [(fits[one.expertises] + _besides(one, own, near, language), one) for one in asked]
    short = nlargest(SHORT_LIST, rough, key=lambda pair: (pair[0], -pair[1].position))
    exact = [_exact(one, rough_score, scores, at) for rough_score, one in short]
    return list(_different(exact, most))


def _fits(expertises: tuple[str, ...], scores: Mapping[str, float]) -> float:
    """Return how well the best of these expertises answers: many positions know the same."""
    return max([scores.get(key, 0.0) for key in expertises], default=0.0)


def _besides(one: Candidate, own: Mapping[str, float], near: Place, language: str) -> float:
    speaks = SPEAKS if language != "nl" and language in one.languages else 0.0
    return OWN_WORDS * own.get(one.key, 0.0) + NEAR * nearness(one, near) + speaks


def _exact(one: Candidate, rough: float, scores: Mapping[str, float], at: datetime) -> Chosen:
    known = max(one.expertises, key=lambda key: (scores.get(key, 0.0), key), default=None)
    fits = 0.0 if known is None else scores.get(known, 0.0)
    soon = SOON * soonness(waits_until_open(one.stretches, at=at))
    return Chosen(one, known if fits > 0 else None, rough + soon, fits)


def _different(chosen: Sequence[Chosen], most: int) -> Iterator[Chosen]:
    """Yield the best ones; each time an expertise comes again it counts less."""
    left, seen = list(chosen), dict[str | None, int]()
    for _turn in range(min(most, len(left))):
        first = max(
            left,
            key=lambda one: (
                one.score - SAME_AGAIN * seen.get(one.expertise, 0),
                -one.candidate.position,
            ),
        )
        left.remove(first)
        seen[first.expertise] = seen.get(first.expertise, 0) + 1
        yield first
