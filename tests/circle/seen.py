"""What stands in the tables of a circle, read past the models, for a machine that picks by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from smartstart.circle.gate import stored
from tests.circle import promises
from tests.circle.statements import Statement

_PARTS: Final = Statement(
    "SELECT p.ref, p.folder_id, p.circle_id, p.member_id, k.ref, m.ref FROM circle_part p"
    " LEFT JOIN circle_circle k ON k.id = p.circle_id"
    " LEFT JOIN circle_member m ON m.id = p.member_id ORDER BY p.id"
)
_SEATS: Final = Statement(
    "SELECT ref, folder_id, who, from_day <= %(day)s AND last_day >= %(day)s FROM circle_seat"
    " WHERE ended_at IS NULL ORDER BY id"
)
_ASKED: Final = Statement(
    "SELECT g.ref, c.person FROM circle_ground g JOIN circle_consentanswer c"
    " ON c.ground_id = g.id AND c.ended_at IS NULL ORDER BY g.id DESC, c.id"
)
_AUTHORITIES: Final = Statement(
    "SELECT ref, who FROM circle_authority WHERE ended_at IS NULL ORDER BY id"
)
_VERSIONS: Final = Statement("SELECT id, rules_version FROM access_folder")


class PartSeen(NamedTuple):
    """One part, by what deeds name."""

    ref: UUID
    folder: int
    circle: int | None
    member: int | None
    circle_ref: UUID
    member_ref: UUID


class SeatSeen(NamedTuple):
    """One seat that did not end."""

    ref: UUID
    folder: int
    who: Any
    is_held: bool


@dataclass(frozen=True)
class Seen:
    """What stands in the tables on a day: by it the next deed is chosen, and the last one judged.

    Read past the models: a machine spends its time on deeds.
    """

    standing: set[tuple[Any, ...]]
    versions: dict[int, int]
    parts: list[PartSeen]
    seats: list[SeatSeen]
    asked: list[tuple[UUID, list[Any]]]
    authorities: list[tuple[UUID, Any]]


def look(day: date) -> Seen:
    """Read it from the tables."""
    asked: dict[Any, list[Any]] = {}
    for ref, person in _ASKED.rows():
        asked.setdefault(ref, []).append(person)
    return Seen(
        standing=promises.standing(day),
        versions=dict(_VERSIONS.rows()),
        parts=[PartSeen(*(_ref(one) for one in row)) for row in _PARTS.rows()],
        seats=[
            SeatSeen(_ref(ref), folder, who, bool(held))
            for ref, folder, who, held in _SEATS.rows(day=stored(day))
        ],
        asked=[(_ref(ref), people) for ref, people in asked.items()],
        authorities=[(_ref(ref), who) for ref, who in _AUTHORITIES.rows()],
    )


def _ref(value: Any) -> Any:
    """Return a reference as operations take it; SQLite keeps it as text."""
    return UUID(value) if isinstance(value, str) else value
