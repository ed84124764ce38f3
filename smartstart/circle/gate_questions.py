"""The read predicate of questions, by hand: who acts on a question now, and who reads it.

Who acts is counted from the rows and the clock, so it is true with no worker running:

1. the holder, until ``cover_from``;
2. from then, or while the holder's function is empty, the cover of that function;
3. the coordinator, from ``coordinator_from``, and at once when the holder lost the ground to read,
   or when the function is empty and nobody covers it.

A function is empty when nobody wears its hat today: who left, left that day. A cover or
coordinator reads the words only when the family said so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.base.clock import HERE, day_of
from smartstart.circle.gate import FOLDERS, STANDS, Predicate, predicate, receiver_of, stored
from smartstart.people.models import Position

OPEN: Final = "q.state IN ('held', 'offered')"
_WORN: Final = (
    "h.role = 'professional' AND h.ended_at IS NULL AND h.from_day <= %(day)s"
    " AND (h.last_day IS NULL OR h.last_day >= %(day)s)"
)
_ON: Final = "(g.question_id = q.id OR (g.question_id IS NULL AND g.folder_id = q.folder_id"
_ON_OR_FOLDER: Final = f"{_ON} AND (g.topic = '' OR g.topic = q.topic)))"
# Asked and not yet answered is not lost: the holder keeps it while the family thinks.
_STANDS_OR_IS_ASKED: Final = STANDS.replace("'granted', ", "'granted', 'asked', 'not_asked', ")


def _is_empty(who: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM people_position p WHERE p.ref = {who} AND NOT EXISTS"
        " (SELECT 1 FROM people_hat h WHERE h.position_id = p.id"
        f" AND h.account_id = p.occupant_id AND {_WORN}))"
    )


def _has_cover(who: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM people_position p JOIN people_hat h ON h.account_id = p.cover_id"
        f" AND h.organisation_id = p.organisation_id WHERE p.ref = {who} AND {_WORN})"
    )


_LOST: Final = (
    "NOT EXISTS (SELECT 1 FROM circle_ground g WHERE g.receiver = q.holder"
    f" AND {_ON_OR_FOLDER} AND {_STANDS_OR_IS_ASKED})"
)
# Open questions near an actor, with what decides who acts counted once for each. ``{mine}`` are
# the actor's own function or person, and the functions that the actor covers.
_NEAR: Final = (
    "WITH counted AS MATERIALIZED (SELECT q.id, q.holder, q.coordinator, q.state, q.offered_to,"
    " q.offer_ends_at, q.cover_from <= %(at)s AS is_covers_time,"
    f" {_is_empty('q.holder')} AS is_empty, {_has_cover('q.holder')} AS has_cover,"
    f" (q.holder <> q.coordinator AND (q.coordinator_from <= %(at)s OR {_LOST})) AS is_past"
    f" FROM circle_question q WHERE {OPEN}"
    " AND (q.holder IN ({mine}) OR q.coordinator IN ({mine}) OR q.offered_to = %(receiver)s)),"
    " near AS (SELECT n.*, (n.is_past OR (n.is_empty AND NOT n.has_cover)) AS climbed"
    " FROM counted n)"
)
_AS_HOLDER: Final = (
    "(n.holder = %(receiver)s AND NOT n.climbed AND NOT (n.is_covers_time AND n.has_cover))"
)
# The cover is a human being, acting for the same organisation as the function that is covered.
_ACTS_FOR: Final = (
    "(n.holder IN ({covered}) AND NOT n.climbed AND (n.is_covers_time OR n.is_empty)"
    " OR n.coordinator = %(receiver)s AND n.climbed"
    f" OR n.coordinator IN ({{covered}}) AND n.climbed AND {_is_empty('n.coordinator')})"
)
_AS_OFFERED: Final = (
    "(n.offered_to = %(receiver)s AND n.state = 'offered' AND n.offer_ends_at > %(at)s)"
)
ACTING: Final = f"{_NEAR} SELECT n.id FROM near n WHERE {_AS_HOLDER} OR {_ACTS_FOR}"
WAITING: Final = f"{ACTING} OR {_AS_OFFERED}"

_QUESTION: Final = "SELECT q.id FROM circle_question q WHERE"
_BY_FOLDER: Final = (
    f"{_QUESTION} q.folder_id IN ({FOLDERS} AND (g.topic = '' OR g.topic = q.topic))"
)
_BY_OWN_GROUND: Final = (
    "SELECT n.id FROM near n JOIN circle_ground g ON g.question_id = n.id"
    f" WHERE g.receiver = %(receiver)s AND {STANDS}"
    f" AND (n.holder = %(receiver)s OR {_AS_OFFERED} OR {_ACTS_FOR})"
)
# A no to this one person outweighs the yes to "who covers".
_BY_HOLDERS_GROUND: Final = (
    "SELECT n.id FROM near n JOIN circle_ground g ON g.question_id = n.id"
    f" AND g.receiver = n.holder WHERE g.with_cover AND {STANDS} AND {_ACTS_FOR}"
    " AND NOT EXISTS (SELECT 1 FROM circle_ground no WHERE no.question_id = n.id"
    " AND no.receiver = %(receiver)s AND no.state IN ('refused', 'withdrawn'))"
)
# Who asked reads the own question and its answer while the seat stands.
_AS_ASKER: Final = (
    f"{_QUESTION} q.asker = %(receiver)s AND EXISTS (SELECT 1 FROM circle_seat s"
    " WHERE s.folder_id = q.folder_id AND s.who = q.asker AND s.ended_at IS NULL"
    " AND s.from_day <= %(day)s AND s.last_day >= %(day)s)"
)
READ: Final = (
    f"{_NEAR} {_BY_FOLDER} UNION {_BY_OWN_GROUND} UNION {_BY_HOLDERS_GROUND} UNION {_AS_ASKER}"
)
# Somebody holds it who lost the ground: it goes back to the coordinator.
LOST: Final = f"{_QUESTION} {OPEN} AND q.holder <> q.coordinator AND {_LOST}"
# Read, or once somebody's to act on, or of who they cover. Knowing gives no words.
KNOWN: Final = (
    f"{_BY_FOLDER} UNION {_QUESTION} q.asker = %(receiver)s OR q.offered_to = %(receiver)s"
    " OR q.holder IN ({mine}) OR q.coordinator IN ({mine}) UNION"
    " SELECT s.question_id FROM circle_questionstep s"
    " WHERE s.by IN ({mine}) OR s.passed_to IN ({mine})"
)


def first_moment(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return datetime.combine(day, time.min, tzinfo=HERE).astimezone(UTC)


def questions_acting(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the questions on which this actor is the one who acts now (None: none)."""
    return _asked(ACTING, actor, at=at)


def questions_waiting(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return those, and the offers that wait for this actor's yes (None: none)."""
    return _asked(WAITING, actor, at=at)


def questions_read(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the questions whose words this actor may read now (None: none)."""
    return _asked(READ, actor, at=at)


def questions_known(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return what this actor reads or once had a hand in: to hear who has it now (None: none)."""
    return _asked(KNOWN, actor, at=at)


def questions_lost(*, at: datetime) -> Predicate:
    """Return the open questions of which the holder has no ground any more."""
    return predicate(LOST, day=stored(day_of(at)))


def _asked(sql: str, actor: Actor, *, at: datetime) -> Predicate | None:
    """Fill in who asks and when. One small query more, for whom a professional covers."""
    receiver = receiver_of(actor)
    if receiver is None:
        return None
    covered = {f"covered_{n}": stored(ref) for n, ref in enumerate(_covered_by(actor))}
    marks = ", ".join(f"%({name})s" for name in covered)
    mine = ", ".join(filter(None, ["%(receiver)s", marks]))
    return predicate(
        sql.replace("{mine}", mine).replace("{covered}", marks or "NULL"),
        receiver=stored(receiver),
        at=stored(at),
        day=stored(day_of(at)),
        **covered,
    )


def _covered_by(actor: Actor) -> list[UUID]:
    """Return the functions that this actor covers, at the organisation that they act for."""
    if actor.role is not Role.PROFESSIONAL or not (actor.organisation and actor.person):
        return []
    covered = Position.objects.filter(cover__person=actor.person)
    here = covered.filter(organisation__ref=actor.organisation)
    return list(here.order_by("id").values_list("ref", flat=True))
