"""Minutes to a useful answer, and what became of questions: counts by place and field.

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
    """One place and field; None: too few to tell. Minutes are until the first useful answer."""

    place: str
    domain: str
    asked: int | None
    median: int | None
    ninth: int | None
    declined: int | None
    climbed: int | None
    helped: int | None
    at_the_place: int | None


def figures(actor: Actor, *, today: date) -> list[Figure]:
    """Return what may be told, by place and field of who answered. One query.

    A place and field with too few questions is left out whole. Raises NotFound.
    """
    if not actor.may(Permission.CONSULT_FIGURES):
        raise NotFound
    groups: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    seen = Tally.objects.visible_to(actor, on=today)
    for one in seen.select_related("place").order_by("id"):
        place = one.place.name if one.place is not None else ""
        groups[place, one.get_domain_display() if one.domain else ""].append(one)
    found = (_figure(place, domain, rows) for (place, domain), rows in sorted(groups.items()))
    return [one for one in found if one.asked is not None]


def _figure(place: str, domain: str, rows: list[Tally]) -> Figure:
    told = rules.median_and_ninth([one.minutes for one in rows if one.minutes is not None])
    return Figure(
        place=place,
        domain=domain,
        asked=rules.shown(len(rows)),
        median=told[0] if told else None,
        ninth=told[1] if told else None,
        declined=_part(one.declines > 0 for one in rows),
        climbed=_part(one.climbed for one in rows),
        helped=_part(one.helped is True for one in rows),
        at_the_place=_part(one.at_the_place for one in rows),
    )


def _part(marks: Iterable[bool]) -> int | None:
    """Return how many, when neither they nor the others are too few to tell."""
    counted = list(marks)
    those = counted.count(True)
    others = rules.shown(len(counted) - those)
    return rules.shown(those) if others is not None else None
