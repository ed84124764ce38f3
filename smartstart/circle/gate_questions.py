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

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE, day_of
from smartstart.circle.gate import FOLDERS, STANDS, Predicate, predicate, receiver_of, stored

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


# The cover is a human being, acting for the same organisation as the function that is covered.
_COVERED: Final = (
    "(SELECT p.ref FROM people_position p JOIN people_account a ON a.id = p.cover_id"
    " JOIN people_organisation o ON o.id = p.organisation_id"
    " WHERE a.person = %(person)s AND o.ref = %(organisation)s)"
)
_LOST: Final = (
    "NOT EXISTS (SELECT 1 FROM circle_ground g WHERE g.receiver = q.holder"
    f" AND {_ON_OR_FOLDER} AND {_STANDS_OR_IS_ASKED})"
)
_CLIMBED: Final = (
    f"((q.holder <> q.coordinator AND (q.coordinator_from <= %(at)s OR {_LOST}))"
    f" OR ({_is_empty('q.holder')} AND NOT {_has_cover('q.holder')}))"
)
_AS_HOLDER: Final = (
    f"(q.holder = %(receiver)s AND {OPEN} AND NOT {_CLIMBED}"
    f" AND (q.cover_from > %(at)s OR NOT {_has_cover('q.holder')}))"
)
_AS_COVER: Final = (
    f"(q.holder IN {_COVERED} AND {OPEN} AND NOT {_CLIMBED}"
    f" AND (q.cover_from <= %(at)s OR {_is_empty('q.holder')}))"
)
_AS_COORDINATOR: Final = f"(q.coordinator = %(receiver)s AND {OPEN} AND {_CLIMBED})"
_FOR_COORDINATOR: Final = (
    f"(q.coordinator IN {_COVERED} AND {OPEN} AND {_CLIMBED} AND {_is_empty('q.coordinator')})"
)
_AS_OFFERED: Final = (
    "(q.offered_to = %(receiver)s AND q.state = 'offered' AND q.offer_ends_at > %(at)s)"
)
_ACTS_FOR: Final = f"({_AS_COVER} OR {_AS_COORDINATOR} OR {_FOR_COORDINATOR})"
_QUESTION: Final = "SELECT q.id FROM circle_question q WHERE"

ACTING: Final = (
    f"{_QUESTION} {_AS_HOLDER} UNION {_QUESTION} {_AS_COVER}"
    f" UNION {_QUESTION} {_AS_COORDINATOR} UNION {_QUESTION} {_FOR_COORDINATOR}"
)
WAITING: Final = f"{ACTING} UNION {_QUESTION} {_AS_OFFERED}"

_BY_FOLDER: Final = f"q.folder_id IN ({FOLDERS} AND (g.topic = '' OR g.topic = q.topic))"
_BY_OWN_GROUND: Final = (
    "SELECT q.id FROM circle_ground g JOIN circle_question q ON q.id = g.question_id"
    f" WHERE g.receiver = %(receiver)s AND {STANDS} AND {OPEN}"
    f" AND (q.holder = %(receiver)s OR {_AS_OFFERED} OR {_ACTS_FOR})"
)
_BY_HOLDERS_GROUND: Final = (
    f"{_QUESTION} {_ACTS_FOR} AND EXISTS (SELECT 1 FROM circle_ground g"
    f" WHERE g.question_id = q.id AND g.receiver = q.holder AND g.with_cover AND {STANDS})"
)
# Who asked reads the own question and its answer while the seat stands.
_AS_ASKER: Final = (
    f"{_QUESTION} q.asker = %(receiver)s AND EXISTS (SELECT 1 FROM circle_seat s"
    " WHERE s.folder_id = q.folder_id AND s.who = q.asker AND s.ended_at IS NULL"
    " AND s.from_day <= %(day)s AND s.last_day >= %(day)s)"
)
READ: Final = (
    f"{_QUESTION} {_BY_FOLDER} UNION {_BY_OWN_GROUND} UNION {_BY_HOLDERS_GROUND} UNION {_AS_ASKER}"
)
# Somebody holds it who lost the ground: it goes back to the coordinator.
LOST: Final = f"{_QUESTION} {OPEN} AND q.holder <> q.coordinator AND {_LOST}"
# Once somebody's to act on: who, for whom one covers, or the coordinator. Gives no words.
TOUCHED: Final = (
    f"{_QUESTION} q.coordinator = %(receiver)s UNION"
    " SELECT s.question_id FROM circle_questionstep s WHERE s.by = %(receiver)s"
    f" OR s.passed_to = %(receiver)s OR s.by IN {_COVERED} OR s.passed_to IN {_COVERED}"
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


def questions_touched(actor: Actor, *, at: datetime) -> Predicate | None:
    """Return the questions that this actor once had a hand in: to hear who has them now."""
    return _asked(TOUCHED, actor, at=at)


def questions_lost(*, at: datetime) -> Predicate:
    """Return the open questions of which the holder has no ground any more."""
    return predicate(LOST, day=stored(day_of(at)))


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
