"""Ages, their edges and who must decide: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from smartstart.circle.regimes import ADULT, REGIMES, Regime, RegimeRule

MOST_PROPOSALS: Final = 20
NO_END: Final = date(9999, 12, 31)


def birthday(born: date, age: int) -> date:
    """Return the first day on which somebody is ``age``; born on 29 February: 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def last_day_before(born: date, age: int) -> date:
    """Return the last day on which somebody is younger than ``age``."""
    return birthday(born, age) - timedelta(days=1)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    years = day.year - born.year
    return years if day >= birthday(born, years) else years - 1


EDGES: Final = (12, 16, ADULT)
TOLD_FROM: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Edge:
    """A birthday on which something changes: 12, 16 or 18; ``is_near``: within half a year."""

    age: int
    on: date
    is_near: bool


def edges_from(born: date, day: date) -> tuple[Edge, ...]:
    """Return the birthdays after a day on which who decides or reads changes, soonest first."""
    days = [(age, birthday(born, age)) for age in EDGES]
    return tuple(Edge(age, on, on - day <= TOLD_FROM) for age, on in days if on > day)


def rule_on(regime: Regime, day: date) -> RegimeRule:
    """Return the line of a regime that holds on a day; the strictest where none does yet."""
    lines = [line for line in REGIMES if line.regime is regime and line.since <= day]
    if lines:
        return max(lines, key=lambda line: line.since)
    return min(REGIMES, key=lambda line: (line.child_too_from, -line.child_alone_from))


def strictest(regimes: Iterable[Regime], day: date) -> RegimeRule:
    """Return the line that asks the most people: the child soonest, the parents longest."""
    lines = [rule_on(regime, day) for regime in regimes] or [rule_on(one, day) for one in Regime]
    return min(lines, key=lambda line: (line.child_too_from, -line.child_alone_from))


@dataclass(frozen=True, slots=True)
class WhoDecides:
    """Who must all say yes on a day, and the last day on which these are the ones."""

    people: frozenset[UUID]
    last_day: date


def who_decides(
    *,
    child: UUID,
    born: date,
    with_authority: Collection[UUID],
    rule: RegimeRule,
    day: date,
    is_able: bool = True,
) -> WhoDecides:
    """Return who must say yes to sharing what is about a child.

    A yes lives until the next edge of age, never over it: at 12 the child joins, at 16 (or 18
    when not able) the parents' yes ends. A child under the age where it joins decides nothing.
    """
    joins, alone = birthday(born, rule.child_too_from), birthday(born, rule.child_alone_from)
    if not is_able:
        joins = alone = birthday(born, ADULT)
    parents = frozenset(with_authority)
    if day >= alone:
        return WhoDecides(frozenset({child}), _before_next_edge(day, birthday(born, ADULT)))
    if day >= joins:
        both = parents | {child} if parents else parents
        return WhoDecides(both, alone - timedelta(days=1))
    return WhoDecides(parents, joins - timedelta(days=1))


def _before_next_edge(day: date, edge: date) -> date:
    """A yes given at 16 or 17 ends at 18, when the circle itself is newly agreed."""
    return edge - timedelta(days=1) if day < edge else NO_END


@dataclass(frozen=True, slots=True)
class ReadingSpan:
    """From which day to which day (both included) somebody reads by the law alone."""

    first_day: date
    last_day: date


def child_reads(born: date) -> ReadingSpan:
    """When a child reads its own folder: from 12 (Jeugdwet 7.3.10)."""
    return ReadingSpan(birthday(born, 12), NO_END)


def parents_read(born: date, *, is_able: bool = True) -> ReadingSpan:
    """When who has authority reads the child's folder: until 16, or 18 when it cannot weigh.

    Jeugdwet 7.3.10 and 7.3.4.
    """
    return ReadingSpan(born, birthday(born, 16 if is_able else ADULT) - timedelta(days=1))


def lives_at_home(born: date) -> ReadingSpan:
    """When a child reads the household's folder: from 12, until the circle is agreed anew at 18."""
    return ReadingSpan(birthday(born, 12), birthday(born, ADULT) - timedelta(days=1))


def state_of(answers: Collection[str]) -> str:
    """Return how the family's lock stands, from what each who must decide said.

    One no outweighs every yes; a yes that was taken back is no yes. Nobody asked: not asked.
    """
    if not answers:
        return "not_asked"
    if "withdrawn" in answers:
        return "withdrawn"
    if "no" in answers:
        return "refused"
    return "granted" if set(answers) == {"yes"} else "asked"


def proposals(minutes: str) -> tuple[str, ...]:
    """Return what was proposed in minutes: the lines that begin with a dash, each once."""
    lines = (line.strip() for line in minutes.splitlines())
    found = (line.lstrip("-").strip() for line in lines if line.startswith("-"))
    return tuple(dict.fromkeys(line[:500] for line in found if line))[:MOST_PROPOSALS]
