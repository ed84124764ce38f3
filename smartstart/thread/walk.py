"""Walking the thread: the recursive statements, written by hand for both databases."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

_GIVEN: Final = {
    "sqlite": "(SELECT value FROM json_each(%s))",
    "postgresql": "(SELECT unnest(%s::bigint[]))",
}
_UP: Final = (
    "WITH RECURSIVE met(id) AS (SELECT id FROM thread_knot WHERE {start}"
    " UNION SELECT tie.upper_id FROM thread_tie tie JOIN met ON tie.lower_id = met.id)"
)
_DOWN: Final = (
    "WITH RECURSIVE met(id) AS (SELECT id FROM thread_knot WHERE {start}"
    " UNION SELECT tie.lower_id FROM thread_tie tie JOIN met ON tie.upper_id = met.id)"
)
_MET: Final = " SELECT id FROM met"
_FALL: Final = (
    " UPDATE thread_knot SET changed_at = %s, state ="
    " CASE WHEN id IN {given} THEN 'withdrawn' ELSE 'weakened' END"
    " WHERE id IN (SELECT id FROM met) AND state <> 'withdrawn'"
    " AND (state = 'standing' OR id IN {given})"
    " RETURNING id, pilot_id, state"
)
_WEAKEN: Final = (
    " UPDATE thread_knot SET changed_at = %s, state = 'weakened'"
    " WHERE id IN (SELECT id FROM met) AND state = 'standing' RETURNING id, pilot_id, state"
)
FED_BY_SOURCE: Final = _UP.format(start="source = %s") + _MET


def source_value(source: UUID) -> object:
    """Return a reference as this database stores it."""
    return source.hex if connection.vendor == "sqlite" else source


def above(knots: Collection[int]) -> list[int]:
    """Return these knots and everything that rests on them. One recursive query."""
    return _walk(_UP, knots)


def below(knots: Collection[int]) -> list[int]:
    """Return these knots and everything that they rest on. One recursive query."""
    return _walk(_DOWN, knots)


def fall(knots: Collection[int], *, at: datetime) -> list[tuple[int, int, str]]:
    """Mark these knots withdrawn and all that rests on them weakened, in one recursive statement.

    Returns (knot, pilot, new state) of the knots that changed; what was weakened or withdrawn
    before stays as it was.
    """
    ids = _array(knots)
    return _rows(_from(_UP) + _FALL.format(given=_given()), [ids, _moment(at), ids, ids])


def weaken(knots: Collection[int], *, at: datetime) -> list[tuple[int, int, str]]:
    """Mark these knots and all that rests on them weakened. Returns what changed, as ``fall``."""
    return _rows(_from(_UP) + _WEAKEN, [_array(knots), _moment(at)])


def _walk(walk: str, knots: Collection[int]) -> list[int]:
    return [row[0] for row in _rows(_from(walk) + _MET, [_array(knots)])]


def _from(walk: str) -> str:
    return walk.format(start=f"id IN {_given()}")


def _given() -> str:
    return _GIVEN[connection.vendor]


def _rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _array(knots: Collection[int]) -> object:
    ids = [int(knot) for knot in knots]
    return json.dumps(ids) if connection.vendor == "sqlite" else ids


def _moment(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)
