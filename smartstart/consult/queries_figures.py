"""Minutes to a useful answer, and what became of questions: by quarter, place and field.

Never by person, except one's own figures to oneself (``own``), and nothing below the threshold: a
number that is too small is not told. One door for all counts of this room, until the room release
takes it over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission, Role
from smartstart.base.refusals import NotFound
from smartstart.consult import rules
from smartstart.consult.models import Exchange, Tally

QUARTERS: Final = 4  # of an hour


@dataclass(frozen=True, slots=True)
class Figure:
    """One quarter, place and field; None: too few to tell. Minutes: until the first useful answer.

    ``quarter``: year, and 1 to 4. ``expired``: let lie by those who were asked. ``elsewhere``:
    passed on by those who were asked first. ``hours_back``: hours of school a week that came back,
    as those who asked said; told when enough of them said something.
    """

    quarter: tuple[int, int]
    place: str
    domain: str
    asked: int | None
    median: int | None
    ninth: int | None
    declined: int | None
    expired: int | None
    elsewhere: int | None
    helped: int | None
    at_the_place: int | None
    hours_back: int | None


def figures(actor: Actor, *, today: date) -> list[Figure]:
    """Return what may be told by quarter, place and field of who answered, newest first. One query.

    A row with too few questions is left out whole, and no sum of rows is told: what is left out
    cannot be subtracted back. Raises NotFound.
    """
    if not actor.may(Permission.CONSULT_FIGURES):
        raise NotFound
    groups: dict[tuple[tuple[int, int], str, str], list[Tally]] = defaultdict(list)
    seen = Tally.objects.visible_to(actor, on=today)
    for one in seen.select_related("place").order_by("id"):
        place = one.place.name if one.place is not None else ""
        field = str(one.get_domain_display()) if one.domain else ""
        groups[rules.quarter_of(one.month), place, field].append(one)
    newest = sorted(groups.items(), key=lambda told: told[0][1:])
    newest.sort(key=lambda told: told[0][0], reverse=True)
    found = (_figure(*key, rows) for key, rows in newest)
    return [one for one in found if one.asked is not None]


def _figure(quarter: tuple[int, int], place: str, domain: str, rows: list[Tally]) -> Figure:
    told = rules.median_and_ninth([one.minutes for one in rows if one.minutes is not None])
    return Figure(
        quarter=quarter,
        place=place,
        domain=domain,
        asked=rules.shown(len(rows)),
        median=told[0] if told else None,
        ninth=told[1] if told else None,
        declined=_part(one.declines > 0 for one in rows),
        expired=_part(one.expired for one in rows),
        elsewhere=_part(one.first_elsewhere for one in rows),
        helped=_part(one.helped is True for one in rows),
        at_the_place=_part(one.at_the_place for one in rows),
        hours_back=_hours([one.quarters_back for one in rows if one.quarters_back is not None]),
    )


def _hours(quarters: list[int]) -> int | None:
    """Return whole hours, when enough people said how many."""
    return round(sum(quarters) / QUARTERS) if len(quarters) >= rules.LEAST_SHOWN else None


@dataclass(frozen=True, slots=True)
class Early:
    """Of all questions of a quarter: which share the place itself answered; None: too few."""

    quarter: tuple[int, int]
    share: int | None


def how_early(actor: Actor, *, today: date) -> list[Early]:
    """Return by quarter how many of a hundred were answered at the place itself, newest first.

    So before a referral. Over all places together, in steps of five, and only when what the table
    of ``figures`` leaves out is nothing or enough: then nothing can be subtracted back. One query.
    Raises NotFound.
    """
    if not actor.may(Permission.CONSULT_FIGURES):
        raise NotFound
    quarters: dict[tuple[int, int], dict[tuple[int | None, str], list[bool]]] = {}
    for one in Tally.objects.visible_to(actor, on=today):
        rows = quarters.setdefault(rules.quarter_of(one.month), defaultdict(list))
        rows[one.place_id, one.domain].append(one.at_the_place)
    return [Early(key, _early(rows.values())) for key, rows in sorted(quarters.items())[::-1]]


def _early(rows: Iterable[list[bool]]) -> int | None:
    """Return the share over all rows, unless what was left out of the table is too few."""
    every = list(rows)
    left_out = sum(len(marks) for marks in every if _part(marks) is None)
    if rules.shown(left_out) is None:
        return None
    there = [mark for marks in every for mark in marks]
    return rules.share(there.count(True), len(there))


@dataclass(frozen=True, slots=True)
class Own:
    """What one function did in these weeks; shown to whoever has it, and to nobody else.

    ``hours_back``: hours of school a week that came back by what this function asked.
    """

    answered: int
    median: int | None
    asked: int
    hours_back: int


def own(actor: Actor, *, at: datetime) -> Own:
    """Count one's own answers and questions that still stand; they go 30 days after closing.

    Two queries. Raises NotFound for who has no function.
    """
    if actor.position is None or actor.role is not Role.PROFESSIONAL:
        raise NotFound
    mine = Exchange.objects.alive(at)
    answers = mine.filter(holder=actor.position, answered_at__isnull=False)
    times = answers.values_list("asked_at", "answered_at")
    minutes = sorted(rules.minutes_until(asked, said) for asked, said in times if said)
    back = mine.filter(asker=actor.position).values_list("tally__quarters_back", flat=True)
    return Own(
        answered=len(minutes),
        median=minutes[(len(minutes) - 1) // 2] if minutes else None,
        asked=len(back),
        hours_back=round(sum(one or 0 for one in back) / QUARTERS),
    )


def _part(marks: Iterable[bool]) -> int | None:
    """Return how many, when neither they nor the others are too few to tell."""
    counted = list(marks)
    those = counted.count(True)
    others = rules.shown(len(counted) - those)
    return rules.shown(those) if others is not None else None
