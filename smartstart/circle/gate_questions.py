"""The read predicate of questions, by hand: who acts on a question now, and who reads it.

Who acts is counted from the row and the clock: the holder until ``cover_from``, then the cover of
the holder's function, from ``coordinator_from`` the coordinator. An empty function counts as
passed at once. So it is true with no worker running.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE, day_of
from smartstart.circle.gate import FOLDERS, STANDS, Predicate, predicate, receiver_of, stored

OPEN: Final = "q.state IN ('held', 'offered')"
_EMPTY: Final = (
    "EXISTS (SELECT 1 FROM people_position p WHERE p.ref = q.holder AND p.occupant_id IS NULL)"
)
_HAS_COVER: Final = (
    "EXISTS (SELECT 1 FROM people_position p WHERE p.ref = q.holder AND p.cover_id IS NOT NULL)"
)
# The cover is a human being, acting for the same organisation as the function that is covered.
_COVERED: Final = (
    "(SELECT p.ref FROM people_position p JOIN people_account a ON a.id = p.cover_id"
    " JOIN people_organisation o ON o.id = p.organisation_id"
    " WHERE a.person = %(person)s AND o.ref = %(organisation)s)"
)
_AS_HOLDER: Final = (
    f"(q.holder = %(receiver)s AND {OPEN} AND q.coordinator_from > %(at)s"
    f" AND (q.cover_from > %(at)s OR NOT {_HAS_COVER}))"
)
_AS_COVER: Final = (
    f"(q.holder IN {_COVERED} AND {OPEN} AND q.coordinator_from > %(at)s"
    f" AND (q.cover_from <= %(at)s OR {_EMPTY}))"
)
_AS_COORDINATOR: Final = (
    f"(q.coordinator = %(receiver)s AND {OPEN} AND (q.coordinator_from <= %(at)s"
    f" OR ({_EMPTY} AND NOT {_HAS_COVER})))"
)
_AS_OFFERED: Final = (
    "(q.offered_to = %(receiver)s AND q.state = 'offered' AND q.offer_ends_at > %(at)s)"
)
# A cover or coordinator reads the words only when the family said so: on the holder's ground.
_BY_GROUND: Final = (
    f"({OPEN} AND EXISTS (SELECT 1 FROM circle_ground g WHERE g.question_id = q.id"
    " AND (g.receiver = %(receiver)s"
    f" OR (g.with_cover AND g.receiver = q.holder AND ({_AS_COVER} OR {_AS_COORDINATOR})))"
    f" AND {STANDS}))"
)
_BY_FOLDER: Final = f"(q.folder_id IN ({FOLDERS} AND (g.topic = '' OR g.topic = q.topic)))"

WAITING: Final = (
    "SELECT q.id FROM circle_question q WHERE "
    f"{_AS_HOLDER} OR {_AS_COVER} OR {_AS_COORDINATOR} OR {_AS_OFFERED}"
)
READ: Final = f"SELECT q.id FROM circle_question q WHERE {_BY_FOLDER} OR {_BY_GROUND}"


def first_moment(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return datetime.combine(day, time.min, tzinfo=HERE).astimezone(UTC)


def questions_waiting(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the questions on which this actor must act now (None: none)."""
    return _asked(WAITING, actor, at=at)


def questions_read(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the questions whose words this actor may read now (None: none)."""
    return _asked(READ, actor, at=at)


def _asked(sql: str, actor: Actor, *, at: datetime) -> Predicate | None:
    receiver = receiver_of(actor)
    if receiver is None or actor.person is None:
        return None
    return predicate(
        sql,
        receiver=stored(receiver),
        person=stored(actor.person),
        organisation=stored(actor.organisation or actor.person),
        at=stored(at),
        day=stored(day_of(at)),
    )
