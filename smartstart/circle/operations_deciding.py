"""Who must say yes, and what becomes of what was asked when that changes.

Called by the other operations inside their transaction, with the family held; writes no line.
One rule stands above all: a change of who decides never opens anything. What was not granted
before it is not granted by it; a yes that was said then must be said again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.reading import open_for_deed
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.circle import rules
from smartstart.circle.home import adults_at_home
from smartstart.circle.models import Authority, Circle, ConsentAnswer, Ground, Part
from smartstart.circle.models.family import AuthorityQuerySet
from smartstart.circle.rules import NO_END, WhoDecides
from smartstart.circle.states import Answer, GroundKind, GroundState

ASKED_KINDS: Final = (GroundKind.SEAT, GroundKind.QUESTION, GroundKind.BESIDE)
OPENS: Final = frozenset({GroundState.GRANTED, GroundState.INFORMED})


def born_of(part: Part) -> date:
    """Return the birth date that stands sealed in a child's part."""
    return date.fromisoformat(open_for_deed(part, "born"))


def deciders(part: Part, *, on: date) -> WhoDecides:
    """Return who must all say yes to sharing a part, and the last day on which it is they.

    The household: every adult who lives there. An adult's part: that adult. A child's: by age,
    who has authority in this home and the child. What both homes share: authority of both.
    """
    member = part.member
    if member is None:
        assert part.circle is not None  # noqa: S101 - the table says so
        adults = adults_at_home(part.circle, on=on).values_list("person", flat=True)
        return WhoDecides(frozenset(adults), NO_END)
    if not member.is_child:
        return WhoDecides(frozenset({member.person}), NO_END)
    authority = _authority(part)
    who = rules.who_decides(
        child=member.person,
        born=born_of(part),
        with_authority=set(authority.standing_on(on).values_list("who", flat=True)),
        rule=rules.strictest((), on),
        day=on,
        is_able=member.is_able,
    )
    if who.people == {member.person}:
        return who
    return WhoDecides(who.people, min(who.last_day, _next_change(authority, on)))


def _authority(part: Part) -> AuthorityQuerySet:
    rows = Authority.objects.filter(child=part.member, ended_at=None).deciding()
    return rows.filter(circle=part.circle) if part.circle is not None else rows


def _next_change(authority: AuthorityQuerySet, on: date) -> date:
    """Return the last day before authority begins or ends by its own days."""
    ends = authority.standing_on(on).values_list("last_day", flat=True)
    begins = authority.filter(from_day__gt=on).values_list("from_day", flat=True)
    return min([NO_END, *ends, *(day - timedelta(days=1) for day in begins)])


def parts_of_child(child_id: int, circle: Circle) -> list[Part]:
    """Return the child's part in this home and the one that both homes share, if there is one."""
    rows = Part.objects.filter(member_id=child_id).select_related("folder", "circle", "member")
    return [part for part in rows if part.circle_id in (circle.pk, None)]


def decide_again(parts: Iterable[Part], *, at: datetime) -> list[int]:
    """Bring what was asked about these parts under who decides now.

    Returns the folders of which who may read changed.
    """
    changed = []
    for part in parts:
        who = deciders(part, on=day_of(at))
        grounds = Ground.objects.filter(
            folder=part.folder_id, kind__in=ASKED_KINDS, must=False, last_day__gte=day_of(at)
        )
        if any([_again(ground, who, at=at) for ground in grounds]):  # noqa: C419 - each of them
            changed.append(part.folder_id)
    return changed


def _again(ground: Ground, who: WhoDecides, *, at: datetime) -> bool:
    """Bring one ground under these people; whether it opened before and does not, or for less."""
    said = current(ground)
    new, gone = who.people - said.keys(), said.keys() - who.people
    last_day = min(ground.last_day, who.last_day)
    if not new and not gone and last_day == ground.last_day:
        return False
    was_open = ground.state in OPENS
    left = {person: answer for person, answer in said.items() if person in who.people}
    left |= dict.fromkeys(new, Answer.ASKED.value)
    state = rules.state_of(left.values())
    if state == GroundState.GRANTED and not was_open:
        left, state = dict.fromkeys(left, Answer.ASKED.value), GroundState.ASKED.value
    Ground.objects.filter(pk=ground.pk).update(state=state, last_day=last_day, changed_at=at)
    _put(ground, left, gone, at=at)
    return was_open


def _put(ground: Ground, left: dict[UUID, str], gone: Collection[UUID], *, at: datetime) -> None:
    """Write who says what now; those who no longer decide keep what they said, ended."""
    rows = ConsentAnswer.objects.filter(ground=ground, ended_at=None)
    rows.filter(person__in=gone).update(ended_at=at)
    again = [person for person, answer in left.items() if answer == Answer.ASKED]
    rows.filter(person__in=again).update(answer=Answer.ASKED, answered_at=None)
    there = set(rows.values_list("person", flat=True))
    ConsentAnswer.objects.bulk_create(
        ConsentAnswer(ground=ground, person=person) for person in left.keys() - there
    )


def current(ground: Ground) -> dict[UUID, str]:
    """Return what everybody who decides about a ground said last."""
    return dict(written(_answers, ground=ground.pk))


def _answers(*, ground: int) -> QuerySet[ConsentAnswer, tuple[UUID, str]]:
    rows = ConsentAnswer.objects.filter(ground=ground, ended_at=None)
    return rows.values_list("person", "answer")
