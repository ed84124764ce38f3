"""The one read predicate of the circle, by hand: may this actor read this folder now.

Everything that time changes is in the row as a day or a moment, so the answer is true by the
clock with no worker running. One index look-up (receiver, folder); the organisation's lock is one
more by primary key.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.base.often import asked_often
from smartstart.holding.predicates import Predicate, predicate, stored

__all__ = [
    "FAMILY_ROLES",
    "STANDS",
    "Predicate",
    "folders_on",
    "folders_read",
    "may_read",
    "predicate",
    "receiver_of",
    "stored",
    "strains_picked",
]

FAMILY_ROLES: Final = frozenset({Role.PARENT, Role.YOUNG_PERSON, Role.SUPPORTER})

# Somebody asked that nobody of an organisation reads this folder now (AVG 18).
RESTRICTED: Final = (
    "EXISTS (SELECT 1 FROM circle_restriction r WHERE r.folder_id = {folder} AND r.ended_at IS NULL"
    " AND (r.ends_on IS NULL OR r.ends_on >= %(day)s))"
)
# Somebody without an account, who is named in it, asked that it rests (AVG 18).
MENTIONED: Final = (
    "EXISTS (SELECT 1 FROM circle_mention m JOIN circle_restriction r ON r.id = m.restriction_id"
    " WHERE m.{what}_id = {id} AND r.ended_at IS NULL"
    " AND (r.ends_on IS NULL OR r.ends_on >= %(day)s))"
)
# Both locks: the family's (state, days) and the organisation's (its basis still runs).
LOCKS: Final = (
    "g.state IN ('granted', 'informed') AND g.from_day <= %(day)s AND g.last_day >= %(day)s"
    " AND (g.basis_id IS NULL OR EXISTS (SELECT 1 FROM circle_basis b WHERE b.id = g.basis_id"
    " AND b.from_day <= %(day)s AND b.last_day >= %(day)s AND b.ended_at IS NULL){rest})"
)
# A ground with a basis is a function's: only those rest while a folder is restricted.
STANDS: Final = LOCKS.format(rest=f" AND NOT {RESTRICTED.format(folder='g.folder_id')}")
FOLDERS: Final = (
    "SELECT g.folder_id FROM circle_ground g"
    f" WHERE g.receiver = %(receiver)s AND g.question_id IS NULL AND {STANDS}"
)
WHOLE_FOLDERS: Final = f"{FOLDERS} AND g.topic = ''"
ONE_FOLDER: Final = (
    "SELECT 1 FROM circle_ground g WHERE g.receiver = %(receiver)s AND g.folder_id = %(folder)s"
    f" AND g.question_id IS NULL AND {STANDS} LIMIT 1"
)
# Lines of strain that somebody was picked to see: only to a seat in a folder that they read, whole
# or the side on which that seat stands, and as long as who drew the line reads their own part, and
# so can take it back.
PICKED_STRAINS: Final = (
    "SELECT s.id FROM circle_strainreader r JOIN circle_strain s ON s.id = r.strain_id"
    " JOIN circle_seat p ON p.id = s.seat_id"
    " WHERE r.receiver = %(receiver)s AND r.person = %(person)s"
    " AND EXISTS (SELECT 1 FROM circle_ground g WHERE g.receiver = %(receiver)s"
    " AND g.folder_id = p.folder_id AND g.question_id IS NULL"
    f" AND (g.topic = '' OR g.topic = p.side) AND {STANDS})"
    ' AND EXISTS (SELECT 1 FROM circle_ground g WHERE g.receiver = s."by"'
    " AND g.folder_id = s.folder_id AND g.question_id IS NULL AND g.topic = ''"
    f" AND {STANDS})"
)


def receiver_of(actor: Actor) -> UUID | None:
    """Return as whom this actor reads: a function for a professional, a person for family.

    None for everybody else: administrators, operators and researchers read no family content by
    any address.
    """
    if actor.role is Role.PROFESSIONAL:
        return actor.position
    return actor.person if actor.role in FAMILY_ROLES else None


def folders_read(actor: Actor, *, on: date, whole: bool = True) -> Predicate | None:
    """Return the folders that this actor reads on a day (None: none at all).

    ``whole`` False: also those of which only one topic is read.
    """
    receiver = receiver_of(actor)
    if receiver is None:
        return None
    return predicate(WHOLE_FOLDERS if whole else FOLDERS, receiver=stored(receiver), day=stored(on))


def folders_on(actor: Actor, topic: str, *, on: date) -> Predicate:
    """Return the folders of which this actor reads one topic; call after ``folders_read``."""
    receiver = receiver_of(actor)
    if receiver is None:
        raise ValueError("nobody reads nothing: ask folders_read first")
    return predicate(
        f"{FOLDERS} AND g.topic = %(topic)s", receiver=stored(receiver), day=stored(on), topic=topic
    )


def strains_picked(actor: Actor, *, on: date) -> Predicate | None:
    """Return the lines of strain that others let this actor see on a day (None: none at all)."""
    receiver = receiver_of(actor)
    if receiver is None or actor.person is None:
        return None
    names = {"receiver": stored(receiver), "person": stored(actor.person)}
    return predicate(PICKED_STRAINS, day=stored(on), **names)


def may_read(actor: Actor, folder: int, *, at: datetime) -> bool:
    """Whether this actor may read this folder, or a topic of it, now: one statement."""
    receiver = receiver_of(actor)
    if receiver is None:
        return False
    asked = predicate(ONE_FOLDER, receiver=stored(receiver), folder=folder, day=stored(day_of(at)))
    with asked_often() as cursor:
        cursor.execute(asked.sql, asked.values)
        return cursor.fetchone() is not None
