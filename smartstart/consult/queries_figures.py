"""Minutes to a useful answer, and what became of questions: by quarter, place and field.

Never by person, and nothing below the threshold: a number that is too small is not told. One
door for all counts of this room, until the room release takes it over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.consult import rules
from smartstart.consult.models import Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """One quarter, place and field; None: too few to tell. Minutes: until the first useful answer.

    ``quarter``: year, and 1 to 4. ``expired``: let lie by those who were asked. ``elsewhere``:
    passed on by those who were asked first.
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
    )


def _part(marks: Iterable[bool]) -> int | None:
    """Return how many, when neither they nor the others are too few to tell."""
    counted = list(marks)
    those = counted.count(True)
    others = rules.shown(len(counted) - those)
    return rules.shown(those) if others is not None else None
