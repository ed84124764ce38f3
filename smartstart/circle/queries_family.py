"""What a family asks of its circle: what waits, who does what, who is in it, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, Subquery

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.access.written import counted, written
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import BY_FUNCTION, called
from smartstart.circle.gate_questions import first_moment
from smartstart.circle.home import me
from smartstart.circle.models import (
    Action,
    Agreement,
    Circle,
    ConsentAnswer,
    Entry,
    Meeting,
    Mention,
    Question,
    Seat,
)
from smartstart.circle.models.grounds import unless_answered
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.operations_seats import Place
from smartstart.circle.queries_strain import with_strains
from smartstart.circle.rules import NO_END
from smartstart.circle.scene import PartLine, Scene, StrainSeen, circles_of, scene
from smartstart.circle.states import Answer, EntryKind, GroundState, QuestionKind, SeatKind, Side
from smartstart.holding.models import State
from smartstart.holding.promises import Meter, Then, Times, meter

__all__ = ["circles_of", "scene"]

MOST_WAITING: Final = 3
MOST_DOING: Final = 4
CLOSE_BY: Final = frozenset({SeatKind.INFORMAL, SeatKind.INTERPRETER, SeatKind.CONFIDANT})
SIDES: Final = (Side.DEVELOPMENT, Side.PARENTS, Side.SURROUNDINGS)


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits for the reader. ``kind``: decide, confirm or answer."""

    kind: str
    ref: UUID
    name: str
    work: str
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Who takes something up, as the family sees them."""

    name: str
    work: str
    phone: str
    face: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One open question. ``then``: who takes over; ``asked``: to whom it is offered."""

    ref: UUID
    kind: str
    title: str
    part: PartLine
    holder: Holder
    meter: Meter
    then: str
    asked: str
    is_mine: bool
    is_answered: bool
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """One party in the circle. ``state`` is doing, asked or quiet; ``strain``: lines to it."""

    ref: UUID
    part: PartLine
    name: str
    works_at: str
    work: str
    phone: str
    doing: str
    face: str
    side: str
    domain: str
    kind: str
    state: str
    strain: StrainSeen | None
    is_waiting: bool
    who: UUID | None
    last_day: date

    @property
    def has_end(self) -> bool:
        """Whether a last day was agreed."""
        return self.last_day < NO_END

    @property
    def is_strain(self) -> bool:
        """Whether the reader sees a line of strain to this one."""
        return self.strain is not None

    @property
    def is_close(self) -> bool:
        """Whether this is somebody of one's own, not of an organisation."""
        return self.kind in CLOSE_BY

    @property
    def can_be_asked(self) -> bool:
        """Whether somebody is there who can take a question."""
        return self.who is not None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes first: a day, what it is, and with whom.

    ``starts_at`` and ``meeting``: of a meeting the moment and its reference.
    """

    on: date
    words: str
    name: str
    starts_at: datetime | None = None
    meeting: UUID | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """How busy a home is this month; ``quiet``: people who do nothing now."""

    people: int
    agreed: int
    papers: int
    quiet: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page of a parent. ``doing_more``: the open questions that fold away.

    In a closed circle nothing waits: ``doing`` is then what was still open, to read.
    """

    ref: UUID
    called: str
    children: tuple[PartLine, ...]
    waits: tuple[Waits, ...]
    further: int
    doing: tuple[Asked, ...]
    doing_more: tuple[Asked, ...]
    helps: tuple[Around, ...]
    next: Next | None
    is_small: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CirclePage:
    """The picture of a circle round one child (None: no child yet) and what belongs to it."""

    ref: UUID
    called: str
    about: PartLine | None
    me: PartLine | None
    children: tuple[PartLine, ...]
    around: tuple[Around, ...]
    missing: tuple[Asked, ...]
    busy: Busy
    closed_on: date | None

    @property
    def near(self) -> list[Around]:
        """Who stands close by."""
        return [one for one in self.around if one.is_close]

    @property
    def parties(self) -> list[Around]:
        """The organisations, by side and then by name."""
        rest = [one for one in self.around if not one.is_close]
        return sorted(rest, key=lambda one: (SIDES.index(Side(one.side)), one.works_at, one.name))


def first_page(reading: Reading, circle_ref: UUID) -> HomePage:
    """Return what waits for the reader and who does what now. Twelve queries, whatever the size."""
    seen = scene(reading, circle_ref)
    is_closed = seen.circle.closed_on is not None
    waits = [] if is_closed else waiting(seen)
    around = everybody(seen)
    mine = {one.ref for one in waits}
    doing = [one for one in asked(seen) if is_closed or not one.is_answered]
    doing = [one for one in doing if one.ref not in mine and one.kind != QuestionKind.MISSING]
    helps = [one for one in around if one.is_close and one.doing]
    room = max(0, MOST_DOING - len(doing[:MOST_DOING]))
    return HomePage(
        ref=seen.circle.ref,
        called=seen.called,
        children=tuple(seen.children),
        waits=tuple(waits[:MOST_WAITING]),
        further=max(0, len(waits) - MOST_WAITING),
        doing=tuple(doing[:MOST_DOING]),
        doing_more=tuple(doing[MOST_DOING:]),
        helps=tuple(helps[:room]),
        next=next_day(seen),
        is_small=not around,
        closed_on=seen.circle.closed_on,
    )


@dataclass(frozen=True, slots=True)
class OtherHome:
    """Another circle of the same parent; ``called`` "" while there is one: its name tells nothing.

    Who looks along over a shoulder reads no more than is needed to choose.
    """

    ref: UUID
    called: str
    since: date


def other_homes(reading: Reading, circles: list[Circle], chosen: Circle) -> list[OtherHome]:
    """Return the other circles of a parent; with their names when there is something to choose."""
    others = [one for one in circles if one != chosen]
    is_one = len(others) == 1
    return [
        OtherHome(one.ref, "" if is_one else reading.text(one, "called"), day_of(one.opened_at))
        for one in others
    ]


def circle_page(reading: Reading, circle_ref: UUID, about: UUID | None) -> CirclePage:
    """Return the circle round one child, the oldest when none is named. Raises NotFound."""
    seen = with_strains(reading, circle_ref)
    children = seen.children
    chosen = seen.part(about) if about else (children[0] if children else None)
    shown = [one for one in everybody(seen) if _belongs(one.part, chosen)]
    return CirclePage(
        ref=seen.circle.ref,
        called=seen.called,
        about=chosen,
        me=seen.me,
        children=tuple(children),
        around=tuple(shown),
        missing=tuple(_missing(seen, chosen)),
        busy=_busy(seen, shown, chosen),
        closed_on=seen.circle.closed_on,
    )


def _belongs(part: PartLine, chosen: PartLine | None) -> bool:
    """Whether what is of this part stands in the picture round a child: its own, home, parent."""
    return chosen is None or not part.is_child or part.person == chosen.person


def _missing(seen: Scene, chosen: PartLine | None) -> list[Asked]:
    """Return who is searched for round this child: what a brother or sister needs stays away."""
    rows = [one for one in asked(seen) if one.kind == QuestionKind.MISSING and not one.is_answered]
    return [one for one in rows if _belongs(one.part, chosen)]


def everybody(seen: Scene) -> list[Around]:
    """Return everybody in the circle outside the family, in the order in which they came."""
    busy = {one.holder for one in seen.questions if one.state != State.ANSWERED}
    rows = [seat for seat in seen.seats if seat.kind != SeatKind.FAMILY]
    return [_around(seat, seen, busy) for seat in rows]


def fields_around(seen: Scene) -> set[str]:
    """Return the fields of work of everybody in the circle."""
    return {one.domain for one in everybody(seen) if one.domain}


def _around(seat: Seat, seen: Scene, busy: set[UUID]) -> Around:
    known, part = seen.called_by(seat.who), seen.part_of(seat.folder_id)
    text = seen.reading.text
    doing = text(seat, "doing")
    state = "doing" if doing else ("asked" if seat.who in busy else "quiet")
    by_function = seat.shown_by_function or seat.domain in BY_FUNCTION
    return Around(
        ref=seat.ref,
        part=part,
        name="" if by_function else text(seat, "called"),
        works_at=text(seat, "works_at") or known.works_at,
        work=text(seat, "work") or known.work,
        phone=text(seat, "phone") or known.phone,
        doing=doing,
        face="" if by_function else seat.face or known.face,
        side=_side(seat, part),
        domain=seat.domain or known.domain,
        kind=seat.kind,
        state=state,
        strain=seen.strains.get(seat.pk),
        is_waiting=seat.who is None and seat.from_day >= seen.on,
        who=seat.who,
        last_day=seat.last_day,
    )


def seat_rests(seen: Scene, ref: UUID) -> bool:
    """Whether a seat that the reader made rests, because it names who asked that. NotFound."""
    return Mention.objects.rests("seat", _seat(seen, ref).pk, seen.reading.actor, on=seen.on)


def _seat(seen: Scene, ref: UUID) -> Seat:
    seat = next((one for one in seen.seats if one.ref == ref), None)
    if seat is None:
        raise NotFound
    return seat


def place_of(seen: Scene, ref: UUID, *, doing: str) -> Place:
    """Return what the family sees of a seat, with something else that is done now. NotFound."""
    seat = _seat(seen, ref)
    text = seen.reading.text
    return Place(
        called=text(seat, "called"),
        works_at=text(seat, "works_at"),
        work=text(seat, "work"),
        phone=text(seat, "phone"),
        doing=doing,
        side=seat.side,
        domain=seat.domain,
        face=seat.face,
        organisation=seat.organisation,
        shown_by_function=seat.shown_by_function,
    )


def _side(seat: Seat, part: PartLine) -> str:
    """Return on which side somebody stands. On the parent's own side only who only they see."""
    if not part.is_home and not part.is_child:
        return Side.PARENTS.value
    if seat.side and seat.side != Side.PARENTS:
        return seat.side
    return Side.DEVELOPMENT.value if part.is_child else Side.SURROUNDINGS.value


def asked(seen: Scene) -> list[Asked]:
    """Return the open questions of this home, oldest first."""
    return [_asked(one, seen) for one in seen.questions]


def _asked(one: Question, seen: Scene) -> Asked:
    known = seen.called_by(one.holder)
    times = Times(one.promised_at, one.cover_from, one.coordinator_from)
    wait = meter(
        times,
        asked_at=one.asked_at,
        at=seen.reading.at,
        has_cover=known.has_cover,
        is_coordinators=one.holder == one.coordinator,
    )
    name = seen.reading.text(one, "holder_called") or known.name
    return Asked(
        ref=one.ref,
        kind=one.kind,
        title=seen.reading.text(one, "title"),
        part=seen.part_of(one.folder_id),
        holder=Holder(name, known.work, known.phone, known.face),
        meter=wait,
        then=_then(one, wait, seen),
        asked=seen.called_by(one.offered_to).name if one.offered_to else "",
        is_mine=one.asker == seen.reading.actor.person,
        is_answered=one.state == State.ANSWERED,
        promised_at=one.promised_at,
    )


def _then(one: Question, wait: Meter, seen: Scene) -> str:
    """Return who takes over next, by name."""
    if wait.then is Then.COVER:
        return seen.called_by(one.holder).cover
    return seen.called_by(one.coordinator).name if wait.then else ""


def waiting(seen: Scene) -> list[Waits]:
    """Return what waits for the reader, oldest first. Two queries."""
    mine_is = seen.reading.actor.person
    answered = [
        Waits("confirm", one.ref, "", "", seen.reading.text(one, "title"), one.asked_at)
        for one in seen.questions
        if one.state == State.ANSWERED and one.asker == mine_is
    ]
    mine = [
        Waits("answer", one.ref, "", "", seen.reading.text(one, "title"), one.asked_at)
        for one in seen.questions
        if one.state != State.ANSWERED and one.holder == mine_is
    ]
    found = [*_to_decide(seen), *answered, *mine]
    return sorted(found, key=lambda one: one.since)


def _to_decide(seen: Scene) -> list[Waits]:
    folders = [part.folder for part in seen.parts]
    mine = seen.reading.actor.person or seen.circle.ref
    found = []
    actor = seen.reading.actor
    for row in written(_asked_of, actor, mine=mine, on=seen.on, folders=folders):
        ground, known = row.ground, seen.called_by(row.ground.receiver)
        title = ground.purpose
        if ground.question is not None:
            title = seen.reading.text(ground.question, "title")
        found.append(Waits("decide", ground.ref, known.name, known.work, title, ground.made_at))
    return found


def _asked_of(actor: Actor, *, mine: UUID, on: date, folders: list[int]) -> QuerySet[ConsentAnswer]:
    hangs = {"at": "ground__question_id", "by": "ground__question__asker"}
    return ConsentAnswer.objects.filter(
        unless_resting("question", actor, on=on, **hangs),
        unless_answered("ground__question"),
        person=mine,
        answer=Answer.ASKED,
        ended_at=None,
        ground__state=GroundState.ASKED,
        ground__folder_id__in=folders,
        ground__last_day__gte=on,
    ).select_related("ground__question__folder")


def next_day(seen: Scene) -> Next | None:
    """Return what comes first: a meeting, an action or a day to look again. Three queries."""
    reading, folders = seen.reading, [part.folder for part in seen.parts]
    text, at = reading.text, reading.at
    meetings = [
        Next(day_of(one.starts_at), text(one, "title"), "", one.starts_at, one.ref)
        for one in written(_first_meeting, reading.actor, on=seen.on, folders=folders, at=at)
    ]
    actions = [
        Next(one.due_on, text(one, "words"), text(one, "responsible_called"))
        for one in written(_first_action, reading.actor, on=seen.on, folders=folders)
    ]
    again = [
        Next(one.review_on, text(one, "goal"), "")
        for one in written(_first_review, reading.actor, on=seen.on, folders=folders)
    ]
    return min([*meetings, *actions, *again], key=lambda day: day.on, default=None)


def _first_meeting(
    actor: Actor, *, on: date, folders: list[int], at: datetime
) -> QuerySet[Meeting]:
    ahead = Meeting.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders, ends_at__gt=at, cancelled_at=None
    )
    return ahead.select_related("folder").order_by("starts_at", "id")[:1]


def _first_action(actor: Actor, *, on: date, folders: list[int]) -> QuerySet[Action]:
    actions = Action.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders, due_on__gte=on, done_at=None, ended_at=None
    )
    return actions.select_related("folder").order_by("due_on", "id")[:1]


def _first_review(actor: Actor, *, on: date, folders: list[int]) -> QuerySet[Agreement]:
    goals = Agreement.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders, review_on__gte=on, ended_at=None
    )
    return goals.select_related("folder").order_by("review_on", "id")[:1]


def _busy(seen: Scene, around: Iterable[Around], chosen: PartLine | None) -> Busy:
    """Count this month round this child: people, talks and days agreed on, papers. One query."""
    first = seen.on.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    folders = [part.folder for part in seen.parts if _belongs(part, chosen)]
    people = list(around)
    ((of_days, of_talks, of_papers),) = written(
        _counted,
        seen.reading.actor,
        on=seen.on,
        circle=seen.circle.pk,
        folders=folders,
        first=first,
        after=after,
        begins=first_moment(first),
        ends=first_moment(after),
    )
    return Busy(
        people=len(people),
        agreed=(of_days or 0) + (of_talks or 0),
        papers=of_papers or 0,
        quiet=sum(1 for one in people if one.state == "quiet"),
    )


def _counted(
    actor: Actor,
    *,
    on: date,
    circle: int,
    folders: list[int],
    first: date,
    after: date,
    begins: datetime,
    ends: datetime,
) -> QuerySet[Circle, Any]:
    """Return how many days were agreed on, talks planned and papers come between two days."""
    agreed = Action.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders, due_on__gte=first, due_on__lt=after, ended_at=None
    )
    talks = Meeting.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders, starts_at__gte=begins, starts_at__lt=ends, cancelled_at=None
    )
    papers = Entry.objects.visible_to(actor, on=on).filter(
        folder_id__in=folders,
        kind__in=[EntryKind.DOCUMENT, EntryKind.MINUTES],
        written_at__gte=begins,
        written_at__lt=ends,
    )
    return Circle.objects.filter(pk=circle).values_list(
        Subquery(counted(agreed)), Subquery(counted(talks)), Subquery(counted(papers))
    )


@dataclass(frozen=True, slots=True)
class Helps:
    """What was asked of an informal person in one circle; ``asker``: who let them in."""

    ref: UUID
    doing: str
    asker: str
    last_day: date
    has_end: bool


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """A question that waits for an informal person."""

    ref: UUID
    title: str
    asker: str
    promised_at: datetime


def helps_of(reading: Reading) -> list[Helps]:
    """Return what an informal person was asked to do: their own seats. Three queries."""
    on = day_of(reading.at)
    mine = Seat.objects.visible_to(reading.actor, on=on).held_on(on).filter(who=me(reading.actor))
    seats = list(mine.select_related("folder").order_by("from_day", "id"))
    people = called(seat.made_by for seat in seats)
    return [
        Helps(
            seat.ref,
            reading.text(seat, "doing"),
            people[seat.made_by].name if seat.made_by in people else "",
            seat.last_day,
            seat.last_day < NO_END,
        )
        for seat in seats
    ]


def asked_of(reading: Reading) -> list[AskedOfMe]:
    """Return the open questions that wait for the reader and that they may read. One query."""
    rows = Question.objects.waiting_for(reading.actor, at=reading.at)
    read = Question.objects.read_by(reading.actor, at=reading.at).values("pk")
    return [
        AskedOfMe(
            one.ref,
            reading.text(one, "title"),
            reading.text(one, "asker_called"),
            one.promised_at,
        )
        for one in rows.filter(pk__in=read).select_related("folder").order_by("asked_at", "id")
    ]
