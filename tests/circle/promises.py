"""What must always hold of grounds, each as one SQL that finds what breaks it: nothing, ever.

A machine asks them all at once, as one statement.
"""

# ruff: noqa: S608 - our own text; values come apart, as in the gate itself

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache, reduce
from itertools import product
from typing import Any, Final

from smartstart.circle import rules
from smartstart.circle.gate import STANDS, stored
from smartstart.circle.gate_questions import first_moment
from tests.circle.statements import Statement

ASKED: Final = "g.kind IN ('seat', 'question', 'beside') AND NOT g.must"
_OF_HOME: Final = (
    "SELECT s.id FROM circle_seat s JOIN circle_part p ON p.folder_id = s.folder_id"
    " WHERE s.who = g.receiver AND s.ended_at IS NULL AND s.from_day <= %(day)s"
    " AND s.last_day >= %(day)s AND (s.folder_id = g.folder_id OR p.circle_id = h.circle_id)"
)
_DECIDES: Final = (
    "a.child_id = h.member_id AND (h.circle_id IS NULL OR a.circle_id = h.circle_id)"
    " AND a.kind IN ('parent', 'guardian') AND a.ended_at IS NULL AND a.from_day <= %(day)s"
    " AND a.last_day >= %(day)s"
)
_CHILD: Final = "JOIN circle_member m ON m.id = h.member_id AND m.is_child"

PROMISES: Final = {
    "nothing is open without the yes of everybody who was asked": (
        f"SELECT g.id FROM circle_ground g WHERE {ASKED} AND g.state = 'granted'"
        " AND (NOT EXISTS (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = g.id"
        " AND c.ended_at IS NULL) OR EXISTS (SELECT 1 FROM circle_consentanswer c"
        " WHERE c.ground_id = g.id AND c.ended_at IS NULL AND c.answer <> 'yes'))"
    ),
    "every parent or guardian who decides today said yes to what is open": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        f" {_CHILD} JOIN circle_authority a ON {_DECIDES}"
        f" WHERE {ASKED} AND {STANDS} AND m.id NOT IN (%(alone)s)"
        " AND NOT EXISTS (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = g.id"
        " AND c.person = a.who AND c.ended_at IS NULL AND c.answer = 'yes')"
    ),
    "a child of an age to decide said yes to what is open": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        f" {_CHILD} WHERE {ASKED} AND {STANDS} AND m.id IN (%(joins)s)"
        " AND NOT EXISTS (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = g.id"
        " AND c.person = m.person AND c.ended_at IS NULL AND c.answer = 'yes')"
    ),
    "every adult at home said yes to what is open of the household": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " JOIN circle_member m ON m.family_id = h.family_id AND NOT m.is_child"
        " JOIN circle_ground o ON o.folder_id = g.folder_id AND o.kind = 'home'"
        " AND o.receiver = m.person AND o.state = 'granted' AND o.from_day <= %(day)s"
        " AND o.last_day >= %(day)s"
        f" WHERE h.member_id IS NULL AND {ASKED} AND {STANDS}"
        " AND NOT EXISTS (SELECT 1 FROM circle_consentanswer c WHERE c.ground_id = g.id"
        " AND c.person = m.person AND c.ended_at IS NULL AND c.answer = 'yes')"
    ),
    "a parent's own matters are open by that parent's yes alone": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " JOIN circle_member m ON m.id = h.member_id AND NOT m.is_child"
        f" WHERE {ASKED} AND {STANDS} AND NOT EXISTS (SELECT 1 FROM circle_consentanswer c"
        " WHERE c.ground_id = g.id AND c.person = m.person AND c.ended_at IS NULL"
        " AND c.answer = 'yes')"
    ),
    "who reads as one who decides does decide today": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        f" WHERE g.kind = 'authority' AND {STANDS} AND NOT EXISTS"
        f" (SELECT 1 FROM circle_authority a WHERE a.who = g.receiver AND {_DECIDES})"
    ),
    "who decides about a child under sixteen reads its folder": (
        "SELECT a.id FROM circle_part h"
        f" {_CHILD} JOIN circle_authority a ON {_DECIDES}"
        " WHERE h.circle_id IS NOT NULL AND m.id NOT IN (%(alone)s)"
        " AND NOT EXISTS (SELECT 1 FROM circle_ground g WHERE g.folder_id = h.folder_id"
        " AND g.receiver = a.who AND g.kind = 'authority' AND g.state = 'granted'"
        " AND g.from_day <= %(day)s AND g.last_day >= %(day)s)"
    ),
    "nobody reads by age what is another's": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " LEFT JOIN circle_member m ON m.id = h.member_id"
        f" WHERE g.kind = 'own' AND {STANDS} AND (m.id IS NULL OR m.person <> g.receiver"
        " OR m.id IN (%(young)s))"
    ),
    "who reads a household lives there": (
        "SELECT g.id FROM circle_ground g JOIN circle_circle h ON h.folder_id = g.folder_id"
        f" WHERE g.kind = 'home' AND {STANDS} AND NOT EXISTS (SELECT 1 FROM circle_member m"
        " WHERE m.family_id = h.family_id AND m.person = g.receiver AND (m.is_child OR EXISTS"
        " (SELECT 1 FROM circle_seat s WHERE s.folder_id = g.folder_id AND s.who = m.person"
        " AND s.kind = 'family' AND s.ended_at IS NULL)))"
    ),
    "who reads by a yes or a must has a seat in this home": (  # or is asked as who looks after it
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " WHERE g.kind IN ('seat', 'question', 'beside')"
        f" AND {STANDS} AND NOT EXISTS ({_OF_HOME}) AND NOT EXISTS (SELECT 1 FROM"
        " circle_question q WHERE q.id = g.question_id AND g.receiver IN (q.holder, q.coordinator))"
    ),
    "a function reads under the lock of its organisation": (
        "SELECT g.id FROM circle_ground g JOIN people_position p ON p.ref = g.receiver"
        f" WHERE {STANDS} AND g.basis_id IS NULL"
    ),
    "nobody outside the family reads in a closed circle": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " JOIN circle_circle k ON k.id = h.circle_id AND k.closed_on IS NOT NULL"
        f" WHERE g.kind IN ('seat', 'question', 'beside') AND {STANDS}"
    ),
    "who do not agree have one question with the coordinator": (
        "SELECT g.id FROM circle_ground g LEFT JOIN circle_question q ON q.id = g.apart_id"
        " WHERE g.state = 'refused' AND EXISTS (SELECT 1 FROM circle_consentanswer c"
        " WHERE c.ground_id = g.id AND c.ended_at IS NULL AND c.answer = 'yes')"
        " AND (q.id IS NULL OR q.kind <> 'apart' OR q.holder <> q.coordinator)"
    ),
    "an open question whose holder lost the ground is the coordinator's": (
        "SELECT q.id FROM circle_question q WHERE q.state IN ('held', 'offered')"
        " AND q.holder <> q.coordinator AND NOT EXISTS (SELECT 1 FROM circle_ground g"
        " WHERE g.receiver = q.holder AND g.folder_id = q.folder_id"
        " AND g.state IN ('granted', 'informed', 'asked', 'not_asked')"
        " AND g.last_day >= %(day)s) AND NOT EXISTS (SELECT 1 FROM circle_ground g"
        " WHERE g.receiver = q.holder AND g.folder_id = q.folder_id AND g.last_day < %(day)s)"
    ),
    "the address is read by who lives there": (
        "SELECT g.id FROM circle_ground g JOIN circle_address d ON d.folder_id = g.folder_id"
        f" JOIN circle_circle k ON k.id = d.circle_id WHERE {STANDS} AND (g.kind <> 'home'"
        " OR NOT EXISTS (SELECT 1 FROM circle_ground o WHERE o.folder_id = k.folder_id"
        " AND o.kind = 'home' AND o.receiver = g.receiver AND o.state = 'granted'"
        " AND o.from_day <= %(day)s AND o.last_day >= %(day)s))"
    ),
}
# A yes said before a birthday at which others decide does not live on over it.
_EDGE: Final = (
    "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
    f" WHERE h.member_id = %(member)s AND {ASKED} AND g.state = 'granted'"
    " AND g.changed_at < %(moment)s AND g.last_day >= %(edge)s"
)
STANDING: Final = Statement(
    "SELECT g.receiver, g.folder_id, g.topic, g.question_id, g.kind FROM circle_ground g"
    f" WHERE {STANDS}"
)
ABLE: Final = Statement("SELECT id FROM circle_member WHERE is_child AND is_able")
AGES: Final = (12, 16, 18)
LONG_AGO: Final = datetime(1900, 1, 1, tzinfo=UTC)


@cache
def _all(children: int) -> tuple[list[str], Statement]:
    """Return every promise as one statement, for so many children; and what each row breaks."""
    lists = {name: _marks(name, children) for name in ("young", "joins", "alone")}
    told, parts = list(PROMISES), list(PROMISES.values())
    for child, age in product(range(children), AGES):
        told.append(f"a yes does not live over {age}")
        parts.append(
            _EDGE.replace("%(member)s", f"%(child_{child})s")
            .replace("%(moment)s", f"%(moment_{child}_{age})s")
            .replace("%(edge)s", f"%(edge_{child}_{age})s")
        )
    numbered = [
        f"SELECT {place} AS told, f.id FROM ({reduce(_fill, lists.items(), sql)}) f"
        for place, sql in enumerate(parts)
    ]
    return told, Statement(" UNION ALL ".join(numbered))


def _marks(name: str, children: int) -> str:
    return ", ".join(f"%({name}_{place})s" for place in range(children)) or "NULL"


def _fill(sql: str, one: tuple[str, str]) -> str:
    return sql.replace(f"%({one[0]})s", one[1])


def broken(day: date, born: dict[int, date]) -> list[str]:
    """Return which promises do not hold on a day; ``born`` is when each child (by id) was born.

    Costs two statements: who can weigh a decision, and all promises at once.
    """
    told, asked = _all(len(born))
    able = {row[0] for row in ABLE.rows()}
    named: dict[str, Any] = {"day": stored(day)}
    for place, (child, one) in enumerate(born.items()):
        age, is_able = rules.age_on(one, day), child in able
        named[f"child_{place}"] = child
        named[f"young_{place}"] = child if age < 12 else 0
        named[f"joins_{place}"] = child if age >= (12 if is_able else 18) else 0
        named[f"alone_{place}"] = child if age >= (16 if is_able else 18) else 0
        for edge in AGES:
            birthday = rules.birthday(one, edge)
            counts = is_able or edge == 18
            named[f"edge_{place}_{edge}"] = stored(birthday)
            named[f"moment_{place}_{edge}"] = stored(first_moment(birthday) if counts else LONG_AGO)
    return [f"{told[place]}: {row}" for place, row in asked.rows(**named)]


def standing(day: date) -> set[tuple[Any, ...]]:
    """Return who reads what on a day: receiver, folder, topic, question, kind."""
    return set(STANDING.rows(day=stored(day)))
