"""The participation mirror: who was invited, came, spoke and voted, by role and by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.design import mirror_rules as rules
from smartstart.design.models.boards import BoardNote, BoardVote
from smartstart.design.models.sessions import Attendance, SessionInvitation
from smartstart.design.models.thinking import TargetGroup
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Step
from smartstart.programme.models import Pilot

Counts = dict[str, dict[str, dict[str, int]]]


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
    """The whole over all steps, and each step by itself, in the order of the steps."""

    whole: tuple[Line, ...]
    steps: tuple[tuple[str, tuple[Line, ...]], ...]
    aims: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether nobody was invited or came yet."""
        return not self.whole


def mirror_in(reading: Reading, pilot_id: int) -> tuple[Pilot, Mirror]:
    """Return the mirror of a pilot to its team. Raises NotFound. Seven queries."""
    on = day_of(reading.at)
    pilots = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder")
    pilot = pilots.one(pilot_id)
    reading.relies_on(pilot.folder)
    if not reading.actor.may(Permission.PILOT_WORK, within=pilot.ref):
        raise NotFound
    return pilot, mirror_of(pilot.pk)


def mirror_of(pilot_id: int) -> Mirror:
    """Return the mirror of a pilot: numbers by role, small ones merged or not told. Five queries.

    The same for the team as for everyone: nobody needs to know what one person of a role did.
    """
    aims = dict(TargetGroup.objects.filter(pilot_id=pilot_id).values_list("role", "people"))
    found = rules.mirror(_counts(pilot_id), aims)
    steps = [
        (str(step.label), _lines(found.steps[step.value]))
        for step in Step
        if found.steps.get(step.value)
    ]
    return Mirror(_lines(found.whole), tuple(steps), aims)


def _lines(rows: Sequence[rules.Row]) -> tuple[Line, ...]:
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


def _counts(pilot_id: int) -> Counts:
    """Return numbers by step, role and deed. Spoke: wrote a note that stands, counted by phone."""
    found: Counts = {}

    def add(deed: str, rows: object) -> None:
        for step, role, count in rows:  # type: ignore[attr-defined]
            by_role = found.setdefault(step, {}).setdefault(role, dict.fromkeys(rules.DEEDS, 0))
            by_role[deed] += count or 0

    invited = SessionInvitation.objects.filter(session__pilot_id=pilot_id)
    add("invited", invited.values_list("session__step", "role").annotate(n=Sum("places")))
    came = Attendance.objects.filter(session__pilot_id=pilot_id, came=True)
    add("came", came.values_list("session__step", "invitation__role").annotate(n=Count("pk")))
    notes = BoardNote.objects.filter(
        Q(board__session__pilot_id=pilot_id, is_removed=False) & ~Q(author=None)
    )
    spoke = notes.values_list("board__session__step", "author__role")
    add("spoke", spoke.annotate(n=Count("author", distinct=True)))
    votes = BoardVote.objects.filter(board__session__pilot_id=pilot_id).exclude(value=0)
    voted = votes.values_list("board__session__step", "guest__role")
    add("voted", voted.annotate(n=Count("guest", distinct=True)))
    return found
