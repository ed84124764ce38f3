"""The one predicate of who acts on a held question now, by hand, from the rows and the clock.

True with no worker running:

1. the holder, until ``cover_from``;
2. from then, or while the holder's function is empty, the cover of that function;
3. the coordinator, from ``coordinator_from``, and at once when the holder lost what it needs
   (``lost``), or when the function is empty and nobody covers it.

A function is empty when nobody wears its hat today: who left, left that day. Each text asks for
``%(receiver)s``, ``%(at)s``, ``%(day)s``; ``{mine}`` are the actor's own function or person and
the functions that the actor covers, ``{covered}`` only the latter: ``asked`` fills them in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.holding.predicates import Predicate, predicate, stored
from smartstart.people.models import Position

NOBODY: Final = UUID(int=0)
OPEN: Final = "q.state IN ('held', 'offered')"
_OF_NEAR: Final = (
    *("id", "folder_id", "asker", "holder", "coordinator", "state"),
    *("offered_to", "offer_ends_at", "cover_from", "coordinator_from"),
)
_WORN: Final = (
    "h.role = 'professional' AND h.ended_at IS NULL AND h.from_day <= %(day)s"
    " AND (h.last_day IS NULL OR h.last_day >= %(day)s)"
)
# PostgreSQL keeps one plan for who has twenty questions and who has thousands, and for thousands it
# would read all functions and hats of the house at once. With an OFFSET it looks for each question.
EACH: Final = " LIMIT 1 OFFSET 0"


def is_empty(who: str) -> str:
    """Return the condition that nobody occupies this function today."""
    return (
        f"EXISTS (SELECT 1 FROM people_position p WHERE p.ref = {who} AND NOT EXISTS"
        " (SELECT 1 FROM people_hat h WHERE h.position_id = p.id"
        f" AND h.account_id = p.occupant_id AND {_WORN}){EACH})"
    )


def has_cover(who: str, *, unless: str = "") -> str:
    """Return the condition that somebody who still works there covers this function.

    ``unless``: the column of a function; whoever occupies it does not count.
    """
    other = (
        f" AND NOT EXISTS (SELECT 1 FROM people_position a WHERE a.ref = {unless}"
        " AND a.occupant_id = p.cover_id)"
        if unless
        else ""
    )
    return (
        "EXISTS (SELECT 1 FROM people_position p JOIN people_hat h ON h.account_id = p.cover_id"
        f" AND h.organisation_id = p.organisation_id WHERE p.ref = {who} AND {_WORN}{other}{EACH})"
    )


def near(table: str, *, lost: str = "", skips_asker: bool = False, also: str = "") -> str:
    """Return the open questions near an actor (``near n``), what decides who acts counted once.

    ``table`` inherits ``models.Climbing``; ``lost`` is a condition on ``q`` by which the holder may
    not hold it any more, and ``also`` the columns of its own that it looks at (", topic").
    ``skips_asker``: a cover who asked it does not act on it.
    """
    covered = has_cover("q.holder", unless="q.asker" if skips_asker else "")
    is_past = f"q.coordinator_from <= %(at)s{f' OR {lost}' if lost else ''}"
    return (
        "WITH counted AS MATERIALIZED (SELECT q.id, q.holder, q.coordinator, q.state, q.offered_to,"
        " q.offer_ends_at, q.cover_from <= %(at)s AS is_covers_time,"
        f" {is_empty('q.holder')} AS is_empty, {covered} AS has_cover,"
        f" (q.holder <> q.coordinator AND ({is_past})) AS is_past"
        f" FROM ({_open_near(table, also)}) q),"
        " near AS (SELECT n.*, (n.is_past OR (n.is_empty AND NOT n.has_cover)) AS climbed"
        " FROM counted n)"
    )


def _open_near(table: str, also: str) -> str:
    """Return the open questions near an actor, each way by its own index.

    As one condition with OR a database that counted a column of nothing but NULL reads all rows;
    so it does when it must look at the state of what is offered, which is open anyway, and when
    these ways gave only ids to be looked up.
    """
    is_open = OPEN.replace("q.", "i.")
    columns = ", ".join(f"i.{name}" for name in _OF_NEAR) + also.replace(", ", ", i.")
    ways = (
        f"i.holder IN ({{mine}}) AND {is_open}",
        f"i.coordinator IN ({{mine}}) AND {is_open}",
        "i.offered_to = %(receiver)s",
    )
    return " UNION ".join(f"SELECT {columns} FROM {table} i WHERE {way}" for way in ways)


AS_HOLDER: Final = (
    "(n.holder = %(receiver)s AND NOT n.climbed AND NOT (n.is_covers_time AND n.has_cover))"
)
# The cover is a human being, acting for the same organisation as the function that is covered.
ACTS_FOR: Final = (
    "(n.holder IN ({covered}) AND n.has_cover AND NOT n.climbed"
    " AND (n.is_covers_time OR n.is_empty)"
    " OR n.coordinator = %(receiver)s AND n.climbed"
    f" OR n.coordinator IN ({{covered}}) AND n.climbed AND {is_empty('n.coordinator')})"
)
AS_OFFERED: Final = (
    "(n.offered_to = %(receiver)s AND n.state = 'offered' AND n.offer_ends_at > %(at)s)"
)


def acting(table: str, *, lost: str = "") -> str:
    """Return the ids of the questions on which an actor acts now."""
    return f"{near(table, lost=lost)} SELECT n.id FROM near n WHERE {AS_HOLDER} OR {ACTS_FOR}"


def asked(
    sql: str, actor: Actor, receiver: UUID, *, at: datetime, covered: Sequence[UUID] | None = None
) -> Predicate:
    """Fill in who asks and when. ``covered``: what ``covered_by`` returned; None: asked here."""
    refs = covered_by(actor) if covered is None else covered
    named = {f"covered_{n}": stored(ref) for n, ref in enumerate(refs)}
    marks = ", ".join(f"%({name})s" for name in named)
    mine = ", ".join(filter(None, ["%(receiver)s", marks]))
    return predicate(
        sql.replace("{mine}", mine).replace("{covered}", marks or "NULL"),
        receiver=stored(receiver),
        at=stored(at),
        day=stored(day_of(at)),
        **named,
    )


def covered_by(actor: Actor) -> list[UUID]:
    """Return the functions that this actor covers, at the organisation that they act for.

    One small query for a professional, none for others.
    """
    if actor.role is not Role.PROFESSIONAL or not (actor.organisation and actor.person):
        return []
    return [ref for (ref,) in written(_covered, actor)]


def _covered(actor: Actor) -> QuerySet[Position, tuple[UUID]]:
    covered = Position.objects.filter(cover__person=actor.person or NOBODY)
    here = covered.filter(organisation__ref=actor.organisation or NOBODY)
    return here.order_by("id").values_list("ref")
