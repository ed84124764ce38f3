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

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.base.clock import day_of
from smartstart.circle.gate import (
    FOLDERS,
    LOCKS,
    MENTIONED,
    RESTRICTED,
    STANDS,
    Predicate,
    predicate,
    receiver_of,
    stored,
)
from smartstart.holding.climbing import ACTS_FOR, AS_HOLDER, AS_OFFERED, EACH, OPEN, asked, near
from smartstart.holding.predicates import first_moment

__all__ = [
    "first_moment",
    "questions_acting",
    "questions_known",
    "questions_lost",
    "questions_read",
    "questions_titled",
    "questions_today",
    "questions_waiting",
]

_ON: Final = "(g.question_id = q.id OR (g.question_id IS NULL AND g.folder_id = q.folder_id"
_ON_OR_FOLDER: Final = f"{_ON} AND (g.topic = '' OR g.topic = q.topic)))"
# Asked and not yet answered is not lost: the holder keeps it while the family thinks, and while
# the folder rests.
_STANDS_OR_IS_ASKED: Final = LOCKS.format(rest="").replace(
    "'granted', ", "'granted', 'asked', 'not_asked', "
)


_LOST: Final = (
    "NOT EXISTS (SELECT 1 FROM circle_ground g WHERE g.receiver = q.holder"
    f" AND {_ON_OR_FOLDER} AND {_STANDS_OR_IS_ASKED})"
)
_NEAR: Final = near("circle_question", lost=_LOST, also=", topic")
ACTING: Final = f"{_NEAR} SELECT n.id FROM near n WHERE {AS_HOLDER} OR {ACTS_FOR}"
WAITING: Final = f"{ACTING} OR {AS_OFFERED}"

_QUESTION: Final = "SELECT q.id FROM circle_question q WHERE"
# A question that names somebody who asked that it rests is read by who asked it, and nobody else.
_MENTIONED: Final = MENTIONED.replace("{what}", "question")
# From the folders that one reads to their questions: the other way round every question of the
# house would be looked at.
_BY_FOLDER: Final = FOLDERS.replace(
    "SELECT g.folder_id FROM circle_ground g",
    "SELECT q.id FROM circle_ground g JOIN circle_question q ON q.folder_id = g.folder_id"
    " AND (g.topic = '' OR g.topic = q.topic)",
) + (f" AND (NOT {_MENTIONED.format(id='q.id')} OR q.asker = %(receiver)s)")
# From what is near to its grounds, one at a time: as a join SQLite reads every ground of the house
# (its filter of what may match is made from all of them), and so does a plan that PostgreSQL keeps.
_BY_OWN_GROUND: Final = (
    "SELECT n.id FROM near n WHERE EXISTS (SELECT 1 FROM circle_ground g"
    f" WHERE g.question_id = n.id AND g.receiver = %(receiver)s AND {STANDS}{EACH})"
    f" AND NOT {_MENTIONED.format(id='n.id')}"
    f" AND (n.holder = %(receiver)s OR {AS_OFFERED} OR {ACTS_FOR})"
)
# A no to this one person outweighs the yes to "who covers".
_BY_HOLDERS_GROUND: Final = (
    "SELECT n.id FROM near n WHERE EXISTS (SELECT 1 FROM circle_ground g"
    f" WHERE g.question_id = n.id AND g.receiver = n.holder AND g.with_cover AND {STANDS}{EACH})"
    f" AND {ACTS_FOR} AND NOT {_MENTIONED.format(id='n.id')}"
    " AND NOT EXISTS (SELECT 1 FROM circle_ground no WHERE no.question_id = n.id"
    " AND no.receiver = %(receiver)s AND no.state IN ('refused', 'withdrawn'))"
)
# Who asked reads the own question and its answer while the seat stands, a function not while the
# folder rests.
_AS_ASKER: Final = (
    f"{_QUESTION} q.asker = %(receiver)s AND EXISTS (SELECT 1 FROM circle_seat s"
    " WHERE s.folder_id = q.folder_id AND s.who = q.asker AND s.ended_at IS NULL"
    " AND s.from_day <= %(day)s AND s.last_day >= %(day)s)"
    f" AND NOT ({RESTRICTED.format(folder='q.folder_id')}"
    " AND EXISTS (SELECT 1 FROM people_position p WHERE p.ref = q.asker))"
)
READ: Final = (
    f"{_NEAR} {_BY_FOLDER} UNION {_BY_OWN_GROUND} UNION {_BY_HOLDERS_GROUND} UNION {_AS_ASKER}"
)
# What stands on the first page at work: what waits, and one's own questions that were answered.
TODAY: Final = f"{WAITING} UNION {_QUESTION} q.asker = %(receiver)s AND q.state = 'answered'"
# A title for who takes over is seen by who acts or is offered it, and agreed with the yes to the
# words: it goes with that yes, with a no to this one, and while the folder or the question rests.
# That two do not agree is no words of theirs.
TITLED: Final = (
    f"{_NEAR} SELECT n.id FROM near n WHERE ({AS_HOLDER} OR {ACTS_FOR} OR {AS_OFFERED})"
    " AND EXISTS (SELECT 1 FROM circle_question q WHERE q.id = n.id AND q.title_for_cover"
    " AND (q.kind = 'apart' OR EXISTS (SELECT 1 FROM circle_ground g WHERE (g.question_id = q.id"
    " OR g.question_id IS NULL AND g.folder_id = q.folder_id AND g.receiver = q.holder"
    f" AND (g.topic = '' OR g.topic = q.topic)) AND {STANDS})){EACH})"
    f" AND NOT {_MENTIONED.format(id='n.id')}"
    " AND NOT EXISTS (SELECT 1 FROM circle_ground no WHERE no.question_id = n.id"
    " AND no.receiver = %(receiver)s AND no.state IN ('refused', 'withdrawn'))"
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


Covered = Sequence[UUID] | None  # whom somebody covers (``climbing.covered_by``); None: look


def questions_acting(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return the questions on which this actor is the one who acts now (None: none)."""
    return _asked(ACTING, actor, at=at, covered=covered)


def questions_waiting(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return those, and the offers that wait for this actor's yes (None: none)."""
    return _asked(WAITING, actor, at=at, covered=covered)


def questions_today(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return what waits for this actor, and what they asked and was answered (None: none)."""
    return _asked(TODAY, actor, at=at, covered=covered)


def questions_read(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return the questions whose words this actor may read now (None: none)."""
    return _asked(READ, actor, at=at, covered=covered)


def questions_known(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return what this actor reads or once had a hand in: to hear who has it now (None: none)."""
    return _asked(KNOWN, actor, at=at, covered=covered)


def questions_titled(actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Return what waits for this actor of which the family lets them see the title (None: none)."""
    return _asked(TITLED, actor, at=at, covered=covered)


def questions_lost(*, at: datetime) -> Predicate:
    """Return the open questions of which the holder has no ground any more."""
    return predicate(LOST, day=stored(day_of(at)))


def _asked(sql: str, actor: Actor, *, at: datetime, covered: Covered = None) -> Predicate | None:
    """Fill in who asks and when (None: reads no family at all)."""
    receiver = receiver_of(actor)
    return None if receiver is None else asked(sql, actor, receiver, at=at, covered=covered)
