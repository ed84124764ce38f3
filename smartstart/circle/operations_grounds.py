"""Making, opening and closing grounds: the inside of the operations that share.

Called inside their transaction, with the family held; writes no line. What who may read changed
is returned, so that the caller says it in its one line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet

from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.circle import rules
from smartstart.circle.errors import (
    AskedAlready,
    BasisIsMissing,
    DayIsOver,
    NobodyDecides,
    NotOfThisHome,
    SayWhatFor,
)
from smartstart.circle.home import running
from smartstart.circle.models import Basis, ConsentAnswer, Ground, Part, Question, Seat
from smartstart.circle.operations_deciding import ASKED_KINDS, OPENS, deciders
from smartstart.circle.rules import NO_END, ReadingSpan
from smartstart.circle.states import Answer, GroundKind, GroundState
from smartstart.people.models import Position

ALWAYS: Final = ReadingSpan(date.min, NO_END)
LIVE: Final = (GroundState.ASKED, GroundState.GRANTED, GroundState.INFORMED)


def law_ground(
    folder: int,
    receiver: UUID,
    kind: GroundKind,
    *,
    given_by: UUID | None,
    at: datetime,
    span: ReadingSpan = ALWAYS,
    from_day: date | None = None,
    last_day: date = NO_END,
) -> None:
    """Let somebody of the family read by the law alone, within a span; nothing when it is over."""
    first = max(span.first_day, from_day or day_of(at))
    last = min(span.last_day, last_day)
    if first > last:
        return
    Ground.objects.create(
        folder_id=folder,
        receiver=receiver,
        kind=kind,
        purpose=kind.value,
        from_day=first,
        last_day=last,
        state=GroundState.GRANTED,
        given_by=given_by,
        basis=basis_of(receiver, on=first),
        made_at=at,
        changed_at=at,
    )


def end_grounds(
    folders: Collection[int], *, at: datetime, kinds: Iterable[GroundKind], who: UUID | None = None
) -> list[int]:
    """Take away the grounds of these kinds (of one receiver); return the folders it changed."""
    grounds = Ground.objects.filter(folder_id__in=folders, kind__in=list(kinds)).exclude(
        state=GroundState.WITHDRAWN
    )
    if who is not None:
        grounds = grounds.filter(receiver=who)
    live = grounds.filter(last_day__gte=day_of(at))
    opened = live.filter(state__in=OPENS).values_list("folder_id", flat=True).distinct()
    changed = list(opened)
    live.update(state=GroundState.WITHDRAWN, must=False, changed_at=at)
    return changed


def basis_of(receiver: UUID, *, on: date) -> Basis | None:
    """Return the organisation's lock for a function, None for a person. Raises BasisIsMissing."""
    if not (found := written(_works_at, receiver=receiver)):
        return None
    ((organisation,),) = found
    running = written(_bases, organisation=organisation, on=on)
    if not running:
        raise BasisIsMissing
    return cast("Basis", running[0])


def _works_at(*, receiver: UUID) -> QuerySet[Position, tuple[UUID]]:
    return Position.objects.filter(ref=receiver).values_list("organisation__ref")


def _bases(*, organisation: UUID, on: date) -> QuerySet[Basis]:
    return Basis.objects.running_on(on).filter(organisation=organisation).order_by("pk")[:1]


def seat_of(part: Part, receiver: UUID, *, on: date) -> Seat:
    """Return the seat that a receiver holds near a part. Raises NotOfThisHome."""
    told: dict[str, Any] = {"folder": part.folder_id, "receiver": receiver, "on": on}
    found = (
        written(_seats_there, **told)
        if part.circle_id is None
        else written(_seats_near, circle=part.circle_id, **told)
    )
    if not found:
        raise NotOfThisHome
    return cast("Seat", found[0])


def _seats_there(*, folder: int, receiver: UUID, on: date) -> QuerySet[Seat]:
    held = Seat.objects.held_on(on).filter(who=receiver, folder=folder)
    return held.order_by("-last_day", "pk")[:1]


def _seats_near(*, circle: int, folder: int, receiver: UUID, on: date) -> QuerySet[Seat]:
    home = Part.objects.filter(circle=circle).values("folder_id")
    held = Seat.objects.held_on(on).filter(Q(folder=folder) | Q(folder_id__in=home), who=receiver)
    return held.order_by("-last_day", "pk")[:1]


def make_ground(
    part: Part,
    *,
    asked_by: UUID,
    receiver: UUID,
    purpose: str,
    at: datetime,
    until: date | None = None,
    topic: str = "",
    question: Question | None = None,
    with_cover: bool = False,
    ref: UUID | None = None,
) -> Ground:
    """Ask whoever decides about a part whether this receiver may read it, or one question in it.

    When ``asked_by`` decides too, asking is their yes; when they decide alone the ground opens at
    once: the caller looks at ``ground.state in OPENS``. Raises CircleIsClosed, SayWhatFor,
    NotOfThisHome, BasisIsMissing, DayIsOver, AskedAlready, NobodyDecides.
    """
    running(part.circle)
    if not purpose.strip():
        raise SayWhatFor
    today = day_of(at)
    seat, basis = seat_of(part, receiver, on=today), basis_of(receiver, on=today)
    who = deciders(part, on=today)
    if not who.people:
        raise NobodyDecides
    last_day = min(until or NO_END, seat.last_day, who.last_day)
    if last_day < today:
        raise DayIsOver
    ground = Ground(
        ref=ref or uuid4(),
        folder_id=part.folder_id,
        receiver=receiver,
        kind=_kind(receiver, basis, question),
        topic=topic,
        question=question,
        basis=basis,
        purpose=purpose,
        from_day=today,
        last_day=last_day,
        given_by=asked_by if asked_by in who.people else None,
        with_cover=with_cover,
        made_at=at,
        changed_at=at,
    )
    _not_twice(ground)
    ground.save(force_insert=True)
    ask_people(ground, who.people, yes=asked_by, at=at)
    return ground


def _kind(receiver: UUID, basis: Basis | None, question: Question | None) -> GroundKind:
    if question is not None:
        return GroundKind.QUESTION
    return GroundKind.SEAT if basis is not None else GroundKind.BESIDE


def _not_twice(ground: Ground) -> None:
    same = Ground.objects.filter(
        folder=ground.folder_id,
        receiver=ground.receiver,
        topic=ground.topic,
        question=ground.question,
        kind__in=ASKED_KINDS,
        state__in=LIVE,
        last_day__gte=ground.from_day,
    )
    if same.exists():
        raise AskedAlready


def ask_people(ground: Ground, people: Collection[UUID], *, yes: UUID | None, at: datetime) -> None:
    """Write down who was asked; the ground opens last, when all have said yes."""
    rows = [ConsentAnswer(ground=ground, person=person) for person in sorted(people)]
    for row in rows:
        if row.person == yes:
            row.answer, row.answered_at = Answer.YES, at
    ConsentAnswer.objects.bulk_create(rows)
    put_state(ground, rules.state_of([row.answer for row in rows]), at=at)


def put_state(ground: Ground, state: str, *, at: datetime) -> None:
    """Write how the family's lock stands."""
    ground.state = GroundState(state)
    ground.changed_at = at
    ground.save(update_fields=["state", "changed_at"])
