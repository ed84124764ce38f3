"""Arithmetic of the programme: what a stand is, what it lacks, and which lessons wait."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

HIGHEST: Final = 10
ANSWER_WITHIN_DAYS: Final = 14
# A thousand has its points where they belong, or none: "3.5" is not three and a half.
_NUMBER: Final = re.compile(
    r"(?:€\s*)?(?P<whole>-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+))(?:,(?P<part>[0-9]+))?\s*%?"
)
RESERVED_SLUGS: Final = frozenset({"propose", "proposals"})


def gettext_noop(words: str) -> str:
    """Mark a text for the catalogue; the edge translates it."""
    return words


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: a slug that stays for ever, the half step it belongs to, its words."""

    slug: str
    halves: int
    words: str


EVIDENCE: Final[tuple[Item, ...]] = (
    Item("question-written", 0, gettext_noop("The question is written down.")),
    Item("place-takes-part", 0, gettext_noop("The place takes part.")),
    Item("parents-in-team", 1, gettext_noop("Parents or young people are in the team.")),
    Item("plan-made", 1, gettext_noop("There is a plan with days.")),
    Item("figures-asked", 2, gettext_noop("We asked for the figures we need.")),
    Item("first-talks", 3, gettext_noop("We had the first talks.")),
    Item("talks-complete", 4, gettext_noop("New talks brought nothing new.")),
    Item("figures-read-together", 4, gettext_noop("We read the figures together.")),
    Item("insights-on-voices", 5, gettext_noop("What we understood rests on voices and figures.")),
    Item("question-sharpened", 5, gettext_noop("We looked at the question again.")),
    Item("ideas-together", 6, gettext_noop("Parents and workers made ideas together.")),
    Item("idea-chosen", 6, gettext_noop("We chose one idea and said why.")),
    Item("tested-with-people", 7, gettext_noop("We tried it with parents or young people.")),
    Item("changes-on-paper", 7, gettext_noop("What changed after the test is on paper.")),
    Item("decided-to-introduce", 8, gettext_noop("Whoever decides said yes to doing it.")),
    Item("concept-written", 8, gettext_noop("The whole plan is written in the fixed form.")),
    Item("measured-before", 9, gettext_noop("We measured before the start.")),
    Item("effect-measured", 10, gettext_noop("We measured what changed, whatever came out.")),
    Item("others-can-repeat", 10, gettext_noop("Another place can read it and repeat it.")),
)
BY_SLUG: Final = {item.slug: item for item in EVIDENCE}

STAND_WORDS: Final[tuple[str, ...]] = (
    gettext_noop("the question is chosen"),
    gettext_noop("a team comes together"),
    gettext_noop("we look for figures"),
    gettext_noop("we listen"),
    gettext_noop("we read the figures together"),
    gettext_noop("we understand it better"),
    gettext_noop("we make ideas"),
    gettext_noop("it is being tried out"),
    gettext_noop("the solution is being introduced"),
    gettext_noop("the first measurement is there"),
    gettext_noop("the result was measured"),
)

# Which half steps stand together under one filter.
GROUPS: Final[dict[str, tuple[int, int]]] = {
    "thinking": (0, 6),
    "trying": (7, 9),
    "measured": (10, 10),
}


def computed_halves(given: Collection[str]) -> int:
    """Return the stand in half steps: the last step whose items, and all before it, are there.

    A pilot that lacks an item of step 0 stands at 0 as well: there is no lower.
    """
    lacking = [item.halves for item in EVIDENCE if item.slug not in given]
    return max(0, min(lacking) - 1) if lacking else HIGHEST


def lacking_for_next(given: Collection[str]) -> list[Item]:
    """Return what stands between a pilot and its next half step, in the order of the list."""
    lacking = [item for item in EVIDENCE if item.slug not in given]
    if not lacking:
        return []
    following = max(computed_halves(given) + 1, 1)
    return [item for item in lacking if item.halves <= following]


def as_stand(halves: int) -> int | float:
    """Return the stand from 0 to 5: a whole number where it is one."""
    return halves // 2 if halves % 2 == 0 else halves / 2


def group_of(halves: int) -> str:
    """Return under which filter a stand falls."""
    return next(name for name, (low, high) in GROUPS.items() if low <= halves <= high)


@dataclass(frozen=True, slots=True)
class Explained:
    """A deviation: holds up to and including ``until``, or the day before it was ended."""

    halves: int
    from_day: date
    until: date
    ended_on: date | None = None
    reason: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is shown on this day."""
        last = self.until if self.ended_on is None else min(self.until, self.ended_on - _DAY)
        return self.from_day <= on <= last


_DAY: Final = timedelta(days=1)


def shown_halves(computed: int, deviations: Iterable[Explained], *, on: date) -> int:
    """Return the stand that is shown on a day: a deviation that holds, else what was computed."""
    return next((one.halves for one in deviations if one.holds(on)), computed)


@dataclass(frozen=True, slots=True)
class Stood:
    """One line of the history: since when, which stand, and the reason when there was one."""

    since: date
    halves: int
    told: str = ""
    steps_back: bool = False


def told_history(
    changes: Sequence[Stood], deviations: Sequence[Explained], *, on: date
) -> list[Stood]:
    """Return every stand that was shown up to and including a day, oldest first.

    ``changes`` are the computed stands. Where a deviation held its stand shows; where it ended the
    computed one shows again. Nothing that was shown is left out; equal neighbours become one.
    """
    days = {change.since for change in changes} | {one.from_day for one in deviations}
    days |= {one.until + _DAY for one in deviations}
    days |= {one.ended_on for one in deviations if one.ended_on}
    told: list[Stood] = []
    for day in sorted(day for day in days if day <= on):
        found = _stood_on(day, changes, deviations)
        if found is None or (told and told[-1].halves == found.halves):
            continue
        back = bool(told) and found.halves < told[-1].halves
        told.append(Stood(day, found.halves, found.told, back))
    return told


def _stood_on(day: date, changes: Sequence[Stood], deviations: Sequence[Explained]) -> Stood | None:
    for one in deviations:
        if one.holds(day):
            return Stood(day, one.halves, one.reason)
    past = [change for change in changes if change.since <= day]
    return past[-1] if past else None


def days_waited(asked_on: date, answered_on: date | None, *, today: date) -> int:
    """Return how many days an answer took, or takes until now; never below zero."""
    return max(0, ((answered_on or today) - asked_on).days)


def answer_by(today: date) -> date:
    """Return the day before which a proposal is answered."""
    return today + timedelta(days=ANSWER_WITHIN_DAYS)


def lesson_fires(*, wants: int, kind: str, stand: int, place_kind: str) -> bool:
    """Whether a lesson is for a pilot at this stand (half steps) at this kind of place."""
    return stand >= wants and kind in ("", place_kind)


def slug_of(called: str) -> str:
    """Return an address for a short name: lower case letters, figures and dashes; may be empty."""
    plain = unicodedata.normalize("NFKD", called).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"{slug}-1" if slug in RESERVED_SLUGS else slug


def lies_between(value: str, low: str, high: str) -> bool:
    """Whether a number lies where it is said to lie. Words ("most of them") lie anywhere.

    Numbers are written the Dutch way: "1.200", "3,5", "31%", "€ 40".
    """
    at, least, most = (_number_in(words) for words in (value, low, high))
    if least is not None and most is not None and least > most:
        return False
    too_low = at is not None and least is not None and at < least
    return not too_low and (at is None or most is None or at <= most)


def _number_in(words: str) -> Decimal | None:
    """Return the number that these words are, when they are one."""
    found = _NUMBER.fullmatch(words.strip())
    if found is None:
        return None
    return Decimal(found["whole"].replace(".", "") + "." + (found["part"] or "0"))
