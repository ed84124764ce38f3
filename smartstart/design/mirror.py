"""The participation mirror: who was invited, came, spoke and voted, by role and by step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db import connection
from django.db.models.expressions import RawSQL

from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import mirror_rules as rules
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import SessionState, Step
from smartstart.programme.models import Pilot
from smartstart.thread.queries_heard import HeardCount
from smartstart.voices.queries_telling import told_in

Counted = Sequence[tuple[str, str, str, int]]

# One line per number: what is counted, step, role, how many. Spoke: wrote a note that stands, by
# phone. ``wrote`` and ``heard`` are people over the whole: who wrote a note, and heard back.
_SESSION: Final = "JOIN design_designsession s ON s.pilot_id = %s AND s.id = {0}"
_GUEST: Final = "JOIN design_boardguest g ON g.id = {0}"
_BOARD: Final = f"JOIN design_board b ON b.id = x.board_id {_SESSION.format('b.session_id')}"
_NOTES: Final = (
    f"FROM design_boardnote x {_GUEST.format('x.author_id')} {_BOARD} WHERE NOT x.is_removed"
)
_WROTE: Final = (
    f"SELECT '{{0}}', '', '', COUNT(DISTINCT g.id) {_NOTES} AND NOT x.is_hidden"
    " AND NOT g.is_sent_away AND NOT EXISTS (SELECT 1 FROM design_guestcard c"
    " WHERE c.guest_id = g.id AND c.gone_on IS NOT NULL){1}"
)
_PARTS: Final = (
    "SELECT 'invited' AS deed, s.step AS step, x.role AS role, SUM(x.places) AS n"
    f" FROM design_sessioninvitation x {_SESSION.format('x.session_id')} WHERE 1 = 1",
    "SELECT 'came', s.step, i.role, COUNT(*) FROM design_attendance x"
    " JOIN design_sessioninvitation i ON i.id = x.invitation_id"
    f" {_SESSION.format('x.session_id')} WHERE x.came",
    f"SELECT 'spoke', s.step, g.role, COUNT(DISTINCT g.id) {_NOTES}",
    "SELECT 'voted', s.step, g.role, COUNT(DISTINCT g.id) FROM design_boardvote x"
    f" {_GUEST.format('x.guest_id')} {_BOARD} WHERE x.value <> 0",
    _WROTE.format("wrote", ""),
    _WROTE.format("heard", " AND EXISTS (SELECT 1 FROM thread_heardback h WHERE h.source = g.ref)"),
    "SELECT 'sessions', CAST(MAX(s.starts_at) AS text), '', COUNT(*)"
    f" FROM design_designsession x {_SESSION.format('x.id')} WHERE 1 = 1",
)
_GROUPED: Final = (" GROUP BY 1, 2, 3",) * 4 + ("",) * 3
_AIMS: Final = "SELECT 'aim', '', role, people FROM design_targetgroup WHERE pilot_id = %s"


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
    guests: HeardCount = HeardCount(0, 0)

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
        cursor.execute(_union(held=False), [pilot.pk] * (len(_PARTS) + 1))
        return pilot, _mirror(cursor.fetchall())


def took_part_in(pilot_id: int, *, on: date) -> TookPart:
    """Return the mirror of a pilot for everyone, with what its page needs besides. One query.

    Only sessions that have been: a number moves once a session, not while people come in.
    """
    together = (
        "json_agg(json_build_array(%s))" if _is_postgres() else "json_group_array(json_array(%s))"
    )
    counted = RawSQL(  # noqa: S611 - only names from above
        f"(SELECT CAST({together % 'deed, step, role, n'} AS text) FROM ({_union(held=True)}) AS u)",
        [pilot_id] * (len(_PARTS) + 1),
    )
    found = told_in(pilot_id, on=on).annotate(counted=counted)
    version, people, heard, text = found.values_list("version", "people", "heard", "counted").get()
    rows = [(deed, step or "", role, n or 0) for deed, step, role, n in json.loads(text or "[]")]
    return TookPart(version, HeardCount(people, heard), _mirror(rows), str(sorted(rows)))


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _union(*, held: bool) -> str:
    """Return the statement of all counts; it takes the pilot once per part."""
    only = f" AND s.state = '{SessionState.DONE.value}'" if held else ""
    parts = [part + only + group for part, group in zip(_PARTS, _GROUPED, strict=True)]
    return " UNION ALL ".join([*parts, _AIMS])


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
