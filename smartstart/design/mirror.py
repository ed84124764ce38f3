"""The participation mirror: who was invited, came, spoke and voted, by role and by step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import mirror_rules as rules
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import SessionState, Step
from smartstart.programme.models import Pilot
from smartstart.thread.queries_heard import HeardCount
from smartstart.voices.queries_telling import told_in

_NOBODY: Final = HeardCount(0, 0)
Counted = Sequence[tuple[str, str, str, int]]

_OF_SESSION: Final = "JOIN design_designsession s ON s.id = {0}"
_BY_GUEST: Final = "JOIN design_boardguest g ON g.id = {0}"
_ON_BOARD: Final = "JOIN design_board b ON b.id = x.board_id " + _OF_SESSION.format("b.session_id")
_NOTES: Final = f"design_boardnote x {_BY_GUEST.format('x.author_id')} {_ON_BOARD}"
_STANDS: Final = (
    "NOT x.is_removed AND NOT x.is_hidden AND NOT g.is_sent_away AND NOT EXISTS"
    " (SELECT 1 FROM design_guestcard c WHERE c.guest_id = g.id AND c.gone_on IS NOT NULL)"
)
_HEARD: Final = "EXISTS (SELECT 1 FROM thread_heardback h WHERE h.source = g.ref)"
# Per number: step, role and how many of it; the tables; what must hold. Spoke: wrote a note by
# phone, also when it was taken back since: else two looks tell as what somebody took all back.
# ``wrote`` and ``heard`` are people over the whole, ``sessions`` says the last.
_PARTS: Final[dict[str, tuple[str, str, str]]] = {
    "invited": (
        "s.step, x.role, SUM(x.places)",
        f"design_sessioninvitation x {_OF_SESSION.format('x.session_id')}",
        "1 = 1 {0} GROUP BY s.step, x.role",
    ),
    "came": (
        "s.step, i.role, COUNT(*)",
        "design_attendance x JOIN design_sessioninvitation i ON i.id = x.invitation_id "
        + _OF_SESSION.format("x.session_id"),
        "x.came {0} GROUP BY s.step, i.role",
    ),
    "spoke": (
        "s.step, g.role, COUNT(DISTINCT g.id)",
        _NOTES,
        "1 = 1 {0} GROUP BY s.step, g.role",
    ),
    "voted": (
        "s.step, g.role, COUNT(DISTINCT g.id)",
        f"design_boardvote x {_BY_GUEST.format('x.guest_id')} {_ON_BOARD}",
        "x.value <> 0 {0} GROUP BY s.step, g.role",
    ),
    "wrote": ("'', '', COUNT(DISTINCT g.id)", _NOTES, f"{_STANDS} {{0}}"),
    "heard": ("'', '', COUNT(DISTINCT g.id)", _NOTES, f"{_STANDS} AND {_HEARD} {{0}}"),
    "sessions": (
        "CAST(MAX(s.starts_at) AS text), '', COUNT(*)",
        "design_designsession s",
        "1 = 1 {0}",
    ),
    "aim": (
        "'', s.role, s.people",
        "(SELECT pilot_id, role, people, 'done' AS state FROM design_targetgroup) AS s",
        "1 = 1 {0}",
    ),
}

_LINES: Final = {
    "sqlite": "json_group_array(json_array({0}))",
    "postgresql": "json_agg(json_build_array({0}))",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One role, or small ones together, in words and numbers; None: too few to say."""

    roles: tuple[str, ...]
    invited: int | None
    came: int | None
    spoke: int | None
    voted: int | None
    share: int | None
    wanted: int | None


@dataclass(frozen=True, slots=True)
class Mirror:
    """The whole over all steps, and each step by itself, in the order of the steps.

    Counted over so many ``sessions``, of which the last began at the day ``until``. ``guests``: how
    many wrote a note and how many of them heard back.
    """

    whole: tuple[Line, ...]
    steps: tuple[tuple[str, tuple[Line, ...]], ...]
    aims: Mapping[str, int]
    sessions: int = 0
    until: date | None = None
    guests: HeardCount = _NOBODY

    @property
    def is_empty(self) -> bool:
        """Whether nobody was invited or came yet."""
        return not self.whole


@dataclass(frozen=True, slots=True)
class TookPart:
    """What a public page asks at once: the thread's version, who heard, the mirror and a mark.

    ``mark`` changes when any number of the mirror does: part of the ETag.
    """

    version: int
    told: HeardCount
    mirror: Mirror
    mark: str


def mirror_in(reading: Reading, pilot_id: int) -> tuple[Pilot, Mirror]:
    """Return the mirror of a pilot to its team, planned sessions too. Raises NotFound. 3 queries.

    The same roles stand together as for everyone: nobody needs to know what one person did.
    """
    on = day_of(reading.at)
    pilots = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder")
    pilot = pilots.one(pilot_id)
    reading.relies_on(pilot.folder)
    if not reading.actor.may(Permission.PILOT_WORK, within=pilot.ref):
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(_union(held=False), [pilot.pk] * len(_PARTS))
        return pilot, _mirror(cursor.fetchall())


def took_part_in(pilot_id: int, *, on: date) -> TookPart:
    """Return the mirror of a pilot for everyone, with what its page needs besides. One query.

    Only sessions that have been: a number moves once a session, not while people come in.
    """
    ((version, people, heard, text),) = written(_counted, pilot=pilot_id, on=on)
    rows = sorted((deed, at or "", role, n or 0) for deed, at, role, n in json.loads(text))
    return TookPart(version, HeardCount(people, heard), _mirror(rows), str(rows))


def _counted(*, pilot: int, on: date) -> QuerySet[Pilot, Any]:
    counted = RawSQL(_as_text(_union(held=True)), [pilot] * len(_PARTS))  # noqa: S611 - ours
    found = told_in(pilot, on=on).annotate(counted=counted)
    return found.values_list("drawn", "people", "heard", "counted")


def _union(*, held: bool) -> str:
    """Return the statement of all numbers; it takes the pilot once per part."""
    only = "AND s.pilot_id = %s"
    if held:
        only += f" AND s.state = '{SessionState.DONE.value}'"
    return " UNION ALL ".join(
        f"SELECT '{deed}', {numbers} FROM {tables} WHERE {where.format(only)}"  # noqa: S608 - ours
        for deed, (numbers, tables, where) in _PARTS.items()
    )


def _as_text(union: str) -> str:
    """Return a statement of its lines as one JSON text; lines always: a count has one at least."""
    lines = _LINES[connection.vendor].format("deed, step, role, n")
    return f"(WITH told(deed, step, role, n) AS ({union}) SELECT CAST({lines} AS text) FROM told)"  # noqa: S608 - ours


def _mirror(rows: Counted) -> Mirror:
    """Return numbers by role, small ones merged or not told."""
    whole = Counter({deed: n for deed, _step, _role, n in rows if deed in {"wrote", "heard"}})
    aims = {role: n for deed, _step, role, n in rows if deed == "aim"}
    last, sessions = next(((at, n) for deed, at, _, n in rows if deed == "sessions"), ("", 0))
    found = rules.mirror(_by_step(rows), aims)
    steps = [
        (str(step.label), _lines(found.steps[step.value]))
        for step in Step
        if found.steps.get(step.value)
    ]
    return Mirror(
        whole=_lines(found.whole),
        steps=tuple(steps),
        aims=aims,
        sessions=sessions,
        until=_day(last),
        guests=HeardCount(whole["wrote"], whole["heard"]),
    )


def _day(written: str | None) -> date | None:
    """Return the day here of a moment as a store writes it: in UTC, with or without saying so."""
    if not written:
        return None
    at = datetime.fromisoformat(written)
    return day_of(at if at.tzinfo else at.replace(tzinfo=UTC))


def _lines(rows: Iterable[rules.Row]) -> tuple[Line, ...]:
    return tuple(
        Line(
            roles=tuple(str(ParticipantRole(role).label) for role in row.roles),
            invited=row.counts["invited"],
            came=row.counts["came"],
            spoke=row.counts["spoke"],
            voted=row.counts["voted"],
            share=row.share,
            wanted=row.wanted,
        )
        for row in rows
    )


def _by_step(rows: Counted) -> dict[str, dict[str, dict[str, int]]]:
    """Return numbers by step, role and deed; steps and roles in the order in which they stand."""
    order = list(ParticipantRole)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for deed, step, role, n in sorted(rows, key=lambda row: row[0]):
        if deed in rules.DEEDS:
            found.setdefault(step, {}).setdefault(role, dict.fromkeys(rules.DEEDS, 0))[deed] += n
    return {
        step: {role.value: roles[role.value] for role in order if role.value in roles}
        for step, roles in found.items()
    }
