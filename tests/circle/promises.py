"""What must always hold of grounds, each as one SQL that finds what breaks it: nothing, ever."""

# ruff: noqa: S608 - our own text; values come apart, as in the gate itself

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import connection

from smartstart.circle import rules
from smartstart.circle.gate import STANDS, predicate, stored
from smartstart.circle.gate_questions import first_moment
from smartstart.circle.models import Member

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
    "who reads by a yes or a must has a seat in this home": (
        "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
        " WHERE g.kind IN ('seat', 'question', 'beside')"
        f" AND {STANDS} AND NOT EXISTS ({_OF_HOME})"
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
EDGES: Final = (
    "SELECT g.id FROM circle_ground g JOIN circle_part h ON h.folder_id = g.folder_id"
    f" WHERE h.member_id = %(member)s AND {ASKED} AND g.state = 'granted'"
    " AND g.changed_at < %(moment)s AND g.last_day >= %(edge)s"
)
STANDING: Final = (
    "SELECT g.receiver, g.folder_id, g.topic, g.question_id, g.kind FROM circle_ground g"
    f" WHERE {STANDS}"
)


def rows(sql: str, **names: Any) -> list[tuple[Any, ...]]:
    """Ask the database itself; ``names`` are values of days, moments or lists of ids."""
    for name, value in list(names.items()):
        if isinstance(value, list):
            marks = ", ".join(f"%({name}_{place})s" for place in range(len(value)))
            sql = sql.replace(f"%({name})s", marks or "NULL")
            names |= {f"{name}_{place}": one for place, one in enumerate(value)}
        elif isinstance(value, date):
            names[name] = stored(value)
    asked = predicate(sql, **names)
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        return cursor.fetchall()


def broken(day: date, born: dict[int, date]) -> list[str]:
    """Return which promises do not hold on a day; ``born`` is when each child (by id) was born."""
    ages = {child: rules.age_on(one, day) for child, one in born.items()}
    able = dict(Member.objects.filter(pk__in=born).values_list("pk", "is_able"))
    names = {
        "day": day,
        "young": [child for child, age in ages.items() if age < 12],
        "joins": [child for child, age in ages.items() if age >= (12 if able[child] else 18)],
        "alone": [child for child, age in ages.items() if age >= (16 if able[child] else 18)]
        or [0],
    }
    found = [f"{told}: {bad}" for told, sql in PROMISES.items() if (bad := rows(sql, **names))]
    for child, one in born.items():
        for age in (12, 16, 18) if able[child] else (18,):
            edge = rules.birthday(one, age)
            if bad := rows(EDGES, member=child, edge=edge, moment=stored(first_moment(edge))):
                found.append(f"a yes lives over {age}: {bad}")
    return found


def standing(day: date) -> set[tuple[Any, ...]]:
    """Return who reads what on a day: receiver, folder, topic, question, kind."""
    return set(rows(STANDING, day=day))
