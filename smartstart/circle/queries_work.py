"""What a professional asks of the circles: what waits today, and one question with its words.

A page shows what the ground of this moment allows: the words to who reads, that something waits to
who acts without a yes, and who has it now to who had a hand in it. Nothing of the rest of a family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.access.written import counted, written
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle import question_grounds as grounds
from smartstart.circle.called import Called, called, of_position
from smartstart.circle.gate import may_read, receiver_of
from smartstart.circle.home import at_ref
from smartstart.circle.models import Attached, ConsentAnswer, Ground, Part, Question, Reply, Seat
from smartstart.circle.models.family import SeatQuerySet
from smartstart.circle.queries_homes import by_home
from smartstart.circle.queries_own import own_replies
from smartstart.circle.queries_steps import Step, steps_of
from smartstart.circle.question_places import folders_around, may_be_asked, seats_around
from smartstart.circle.question_steps import me
from smartstart.circle.states import GroundState, QuestionKind, SeatKind, StepKind
from smartstart.holding.climbing import NOBODY
from smartstart.holding.models import UNANSWERED, State
from smartstart.holding.waiting import Waiting, covers_of, waiting_of
from smartstart.people.models import Position

WORKERS: Final = frozenset({Role.PROFESSIONAL, Role.SUPPORTER})
MOST_COLLEAGUES: Final = 6
UNKNOWN: Final = Called(UUID(int=0), "")


@dataclass(frozen=True, slots=True)
class Card:
    """One question in the list of today; ``title`` is "" where nobody said that it may be seen."""

    ref: UUID
    title: str
    asker: str
    asked_at: datetime
    waiting: Waiting
    is_read: bool
    is_offer: bool
    is_picked_up: bool
    holder: str  # somebody else; "" where it is this reader


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for somebody, oldest first; ``others``: how many wait at the same place.

    ``answered``: what this one asked and was answered, by reference and title. ``has_function``:
    whether anybody can ask this one something at all; the administrator gives the function.
    """

    cards: tuple[Card, ...]
    answered: tuple[tuple[UUID, str], ...]
    colleagues: tuple[Called, ...]
    others: int
    has_function: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that was attached to a question."""

    title: str
    words: str
    by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was given."""

    words: str
    by: str
    by_phone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question, for who reads it now."""

    title: str
    words: str
    attached: tuple[Shown, ...]
    steps: tuple[Step, ...]
    replies: tuple[Said, ...]
    said_by: str
    said_at: datetime | None
    must: str
    sees_more: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question as one reader meets it; ``words`` None: it may not be read (any more).

    ``title``: where only that may be seen, as agreed, by who acts; else "".
    ``own``: what of it the reader wrote, by kind and reference: to take along. ``is_out``: the
    reader's place here ended: who has it now and how it ended is not told. ``apart``: who do not
    agree, for who acts on that without reading: the title says all of it; ``agreed``: since then
    they all said yes. ``may_get_it``: of whom the family said yes to the reader who holds it, and
    who were not offered it yet.
    """

    ref: UUID
    kind: str
    asker: str
    asked_at: datetime
    holder: Called
    offered_to: str
    picked_up_at: datetime | None
    ended_how: str
    waiting: Waiting
    words: Words | None
    title: str
    acts: bool
    is_offer: bool
    is_asked: bool
    is_holder: bool
    can_confirm: bool
    own: tuple[tuple[str, UUID], ...]
    is_out: bool
    apart: tuple[str, ...] = ()
    agreed: bool = False
    may_get_it: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to give a question to; ``reads``: the family said yes already."""

    who: Called
    reads: bool
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a family in which somebody can ask something, and whom.

    ``since``: it is not read; ``called`` is then who gave the seat, on that day. ``alone``: the
    name without the home, as the family itself reads it.
    """

    ref: UUID
    called: str
    people: tuple[Called, ...] = ()
    since: date | None = None
    is_child: bool = False
    alone: str = ""


def worker(actor: Actor) -> UUID:
    """Return as whom somebody works in circles of others. Raises NotFound for everybody else."""
    if actor.role not in WORKERS:
        raise NotFound
    return me(actor)


def today(reading: Reading, *, covered: list[UUID]) -> Today:
    """Return what waits for this reader now, oldest first, and who works at the same place.

    ``covered``: what ``climbing.covered_by`` returned. A title is a glance: one line per folder
    and day. Who has no function yet sees nothing of others. Raises NotFound for who is no worker.
    """
    if reading.actor.role in WORKERS and receiver_of(reading.actor) is None:
        return Today((), (), (), 0, has_function=False)
    worker(reading.actor)
    found: list[Question] = written(_today, reading.actor, at=reading.at, covered=covered)
    waits = [row for row in found if row.state in UNANSWERED]
    people = called(ref for row in waits for ref in (row.holder, row.coordinator))
    titled = _titled(reading, waits, covered=covered)
    return Today(
        cards=tuple(_card(reading, row, people, titled) for row in waits),
        answered=_answered(reading, [row for row in found if row.state not in UNANSWERED]),
        colleagues=_colleagues(reading.actor),
        others=_others(reading.actor, waits, people),
    )


def _today(actor: Actor, *, at: datetime, covered: list[UUID]) -> QuerySet[Question]:
    rows = Question.objects.today_of(actor, at=at, covered=covered)
    return rows.select_related("folder").order_by("asked_at", "id")


def _answered(reading: Reading, rows: list[Question]) -> tuple[tuple[UUID, str], ...]:
    """What this reader asked and may say of whether it helped."""
    read = sorted((row for row in rows if vars(row)["is_read"]), key=lambda row: row.pk)
    titles = reading.texts(read, "title", deed=Deed.GLANCED)
    return tuple((row.ref, title) for row, title in zip(read, titles, strict=True))


def question(reading: Reading, ref: UUID) -> QuestionPage:
    """Return one question: its words for who reads it, and who has it now for who had it.

    Raises NotFound for who never had a hand in it.
    """
    mine = worker(reading.actor)
    known = Question.objects.known_to(reading.actor, at=reading.at).select_related("folder")
    row = at_ref(known, ref)
    is_read = row.pk in _read(reading, [row])
    acts = Question.objects.acted_on_by(reading.actor, at=reading.at).filter(pk=row.pk).exists()
    people = called([row.holder, row.coordinator, row.offered_to])
    reading.relies_on(row.folder)
    titled = _titled(reading, [row]) if acts and not is_read else set()
    asked = grounds.was_asked(mine, row)
    offered = row.offered_to if row.state_at(reading.at) is State.OFFERED else None
    is_out = not (is_read or acts or offered == mine) and _is_out(row, mine, on=day_of(reading.at))
    return QuestionPage(
        ref=row.ref,
        kind=row.kind,
        asker=reading.text(row, "asker_called") if is_read else "",
        asked_at=row.asked_at,
        holder=UNKNOWN if is_out else people.get(row.holder, UNKNOWN),
        offered_to=people[offered].name if offered in people and not is_out else "",
        picked_up_at=None if is_out else row.picked_up_at,
        ended_how="" if is_out or row.state in UNANSWERED else row.state,
        waiting=waiting_of(row, people, covers_of([row]), at=reading.at),
        words=_words(reading, row) if is_read else None,
        title=reading.text(row, "title", deed=Deed.GLANCED) if row.pk in titled else "",
        acts=acts,
        is_offer=offered == mine,
        is_asked=asked is not None and asked.state == GroundState.ASKED,
        is_holder=row.holder == mine,
        can_confirm=row.asker == mine and row.state == State.ANSWERED,
        own=_own(reading, row, mine, is_read=is_read),
        is_out=is_out,
        apart=_apart(row) if row.pk in titled else (),
        agreed=row.pk in titled and _agreed(row),
        may_get_it=_may_get_it(row, mine, on=day_of(reading.at)) if acts and is_read else (),
    )


def _may_get_it(row: Question, mine: UUID, *, on: date) -> tuple[str, ...]:
    """Return of whom the family said yes to this one, and who were not offered it, by name."""
    asked = row.steps.filter(kind=StepKind.FAMILY_ASKED, by=mine).exclude(passed_to=mine)
    offered = row.steps.filter(kind=StepKind.OFFERED).exclude(passed_to=None)
    yes = Ground.objects.standing_on(on).filter(question=row)
    new = yes.filter(receiver__in=asked.values("passed_to")).exclude(receiver=row.holder)
    refs = new.exclude(receiver__in=offered.values("passed_to")).values_list("receiver", flat=True)
    return tuple(sorted(one.name for one in called(refs).values()))


def _is_out(row: Question, mine: UUID, *, on: date) -> bool:
    """Whether this one had a place in this home and has none any more."""
    near = Seat.objects.filter(folder__in=folders_around(row.folder_id), who=mine)
    return near.exists() and not near.held_on(on).exists()


def _own(
    reading: Reading, row: Question, mine: UUID, *, is_read: bool
) -> tuple[tuple[str, UUID], ...]:
    """Return what of one's own can be taken along: what is no longer read has no link."""
    asked = [("question", row.ref)] if row.asker == mine and is_read else []
    replies = own_replies(reading.actor, mine, at=reading.at)
    given = replies.filter(question=row).order_by("id")
    return (*asked, *(("answer", ref) for ref in given.values_list("ref", flat=True)))


def receivers(reading: Reading, ref: UUID) -> list[Receiver]:
    """Return to whom the one who acts can give a question.

    The coordinator, colleagues, and who has a seat in the same home that one sees; nobody of
    another home. Raises NotFound.
    """
    actor, mine = reading.actor, worker(reading.actor)
    acted = Question.objects.acted_on_by(actor, at=reading.at).select_related("folder")
    row = at_ref(acted, ref)
    reading.relies_on(row.folder)
    on = day_of(reading.at)
    around = seats_around(row.folder_id, on=on).exclude(who=None)
    seats = around.filter(pk__in=Seat.objects.visible_to(actor, on=on).values("pk"))
    near = Q(ref=row.coordinator) | Q(ref__in=seats.values("who"))
    if actor.organisation is not None:
        near |= Q(organisation__ref=actor.organisation)
    found = Position.objects.filter(near, occupant__isnull=False).exclude(ref=mine)
    rows = found.select_related("occupant", "organisation").order_by("called", "id")
    return [
        Receiver(
            of_position(position),
            grounds.reads(position.ref, row, on=on),
            position.ref == row.coordinator,
        )
        for position in rows
    ]


def places(reading: Reading) -> list[Place]:
    """Return where this reader can ask: parts they read, or a topic of, and where they have a seat.

    A name is a glance. Of a part that they do not read it says only who let them in, and since
    when. Raises NotFound.
    """
    mine, on = worker(reading.actor), day_of(reading.at)
    seen = Part.objects.visible_to(reading.actor, on=on).select_related("folder", "member")
    rows = list(seen.filter(Q(circle=None) | Q(circle__closed_on=None)).order_by("id"))
    glanced = reading.texts(rows, "called", deed=Deed.GLANCED)
    names = by_home(reading.actor, rows, glanced, on=on)
    read = [
        Place(row.ref, name, is_child=bool(row.member and row.member.is_child))
        for row, name in zip(rows, names, strict=True)
    ]
    there = {row.folder_id for row in rows}
    seats = list(_own_seats(reading, mine).exclude(folder_id__in=there))
    parts = Part.objects.filter(folder__in={seat.folder_id for seat in seats})
    open_ones = {part.folder_id: part for part in parts.exclude(circle__closed_on__isnull=False)}
    people = called(seat.made_by for seat in seats)
    return read + [
        _by_seat(open_ones[one.folder_id], one, people)
        for one in seats
        if one.folder_id in open_ones
    ]


def place(reading: Reading, ref: UUID) -> Place:
    """Return one of these parts with whom one can ask there. Raises NotFound."""
    mine, on = worker(reading.actor), day_of(reading.at)
    seen = Part.objects.visible_to(reading.actor, on=on)
    part = seen.filter(ref=ref).select_related("folder", "circle", "member").first()
    if part is not None:
        glanced = reading.text(part, "called", deed=Deed.GLANCED)
        (name,) = by_home(reading.actor, [part], [glanced], on=on)
        is_child = bool(part.member and part.member.is_child)
        return Place(part.ref, name, _whom(reading, part), is_child=is_child, alone=glanced)
    seats = _own_seats(reading, mine).filter(
        folder__in=Part.objects.filter(ref=ref).values("folder")
    )
    seat = seats.first()
    if seat is None:
        raise NotFound
    part = Part.objects.select_related("folder", "circle").get(ref=ref)
    reading.relies_on(part.folder)
    shown = _by_seat(part, seat, called([seat.made_by]))
    return Place(part.ref, shown.called, _whom(reading, part), since=shown.since)


def _own_seats(reading: Reading, mine: UUID) -> SeatQuerySet:
    on = day_of(reading.at)
    seats = Seat.objects.visible_to(reading.actor, on=on).held_on(on).filter(who=mine)
    return seats.exclude(kind=SeatKind.FAMILY).order_by("from_day", "id")


def _by_seat(part: Part, seat: Seat, people: dict[UUID, Called]) -> Place:
    return Place(part.ref, people.get(seat.made_by, UNKNOWN).name, since=seat.from_day)


def _whom(reading: Reading, part: Part) -> tuple[Called, ...]:
    people = called(may_be_asked(reading.actor, part, on=day_of(reading.at))).values()
    return tuple(sorted(people, key=lambda one: (one.name, one.work)))


def _read(reading: Reading, rows: Sequence[Question]) -> set[int]:
    found = Question.objects.read_by(reading.actor, at=reading.at)
    return set(found.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def _apart(row: Question) -> tuple[str, ...]:
    """Return who do not agree, by name: all who were asked, else who doubts; () for other kinds."""
    if row.kind != QuestionKind.APART:
        return ()
    asked = ConsentAnswer.objects.filter(ground__apart=row, ended_at=None)
    people = called([row.asker, *asked.values_list("person", flat=True)])
    return tuple(sorted(one.name for one in people.values()))


def _agreed(row: Question) -> bool:
    """Whether those who did not agree all say yes by now."""
    return row.kind == QuestionKind.APART and (
        Ground.objects.filter(apart=row, state=GroundState.GRANTED).exists()
    )


def _titled(
    reading: Reading, rows: list[Question], *, covered: list[UUID] | None = None
) -> set[int]:
    """Return of which of these the title may be seen unread. No query where nobody said so."""
    asked = [row.pk for row in rows if row.title_for_cover and not vars(row).get("is_read")]
    if not asked:
        return set()
    titled = Question.objects.titled_for(reading.actor, at=reading.at, covered=covered)
    return set(titled.filter(pk__in=asked).values_list("pk", flat=True))


def _card(reading: Reading, row: Question, people: dict[UUID, Called], titled: set[int]) -> Card:
    is_read, is_mine = vars(row)["is_read"], row.holder == me(reading.actor)
    holder = people.get(row.holder, UNKNOWN)
    covers = {row.holder: holder.cover} if holder.has_cover else {}
    shows = is_read or row.pk in titled
    reading.relies_on(row.folder)
    return Card(
        ref=row.ref,
        title=reading.text(row, "title", deed=Deed.GLANCED) if shows else "",
        asker=reading.text(row, "asker_called", deed=Deed.GLANCED) if is_read else "",
        asked_at=row.asked_at,
        waiting=waiting_of(row, people, covers, at=reading.at),
        is_read=is_read,
        is_offer=row.offered_to == me(reading.actor),
        is_picked_up=row.picked_up_at is not None and is_mine,
        holder="" if is_mine else holder.name,
    )


def _colleagues(actor: Actor) -> tuple[Called, ...]:
    if actor.organisation is None:
        return ()
    return tuple(of_position(row) for row in written(_who_work_here, actor))


def _who_work_here(actor: Actor) -> QuerySet[Position]:
    here = Position.objects.filter(
        organisation__ref=actor.organisation or NOBODY, occupant__isnull=False
    )
    others = here.exclude(ref=actor.position) if actor.position else here
    rows = others.select_related("occupant", "organisation")
    return rows.order_by("called", "id")[:MOST_COLLEAGUES]


def _others(actor: Actor, mine: list[Question], people: dict[UUID, Called]) -> int:
    """How many open questions wait at the same organisation for others: a number, no content.

    All are counted in the index alone, and those on the list taken off: to leave these out, each
    question of the organisation had to be read.
    """
    if actor.organisation is None:
        return 0
    held: int = sum(many for (many,) in written(_held_here, actor))
    on_list = (people.get(row.holder, UNKNOWN).organisation for row in mine)
    return max(0, held - sum(place == actor.organisation for place in on_list))


def _held_here(actor: Actor) -> QuerySet[Any, Any]:
    here = Position.objects.filter(organisation__ref=actor.organisation or NOBODY)
    held = Question.objects.filter(holder__in=here.values("ref"), state__in=UNANSWERED)
    return counted(held).values_list("many")


def _words(reading: Reading, row: Question) -> Words:
    ground = _ground(reading, row)
    said_by = called([ground.given_by]) if ground is not None else {}
    return Words(
        title=reading.text(row, "title"),
        words=reading.text(row, "words"),
        attached=_attached(reading, row),
        steps=steps_of(reading, row),
        replies=_replies(reading, row),
        said_by=next(iter(said_by.values())).name if said_by else "",
        said_at=ground.changed_at if ground is not None else None,
        must=ground.purpose if ground is not None and ground.must else "",
        sees_more=may_read(reading.actor, row.folder_id, at=reading.at),
    )


def _ground(reading: Reading, row: Question) -> Ground | None:
    """The ground on which it is read: one's own, else the holder's with the cover in it."""
    on: date = day_of(reading.at)
    standing = Ground.objects.standing_on(on).filter(question=row)
    mine = standing.filter(receiver=me(reading.actor)).first()
    return mine or standing.filter(receiver=row.holder, with_cover=True).first()


def _attached(reading: Reading, row: Question) -> tuple[Shown, ...]:
    rows = Attached.objects.filter(question=row, ended_at=None, entry__folder=row.folder_id)
    rows = rows.not_resting(reading.actor, on=day_of(reading.at))
    shown = rows.select_related("entry__folder").order_by("id")
    return tuple(
        Shown(
            reading.text(one.entry, "title"),
            reading.text(one.entry, "words"),
            reading.text(one.entry, "author_called"),
            one.entry.written_at,
        )
        for one in shown
    )


def _replies(reading: Reading, row: Question) -> tuple[Said, ...]:
    replies = Reply.objects.filter(question=row).select_related("folder").order_by("id")
    rows = replies.not_resting(reading.actor, on=day_of(reading.at))
    return tuple(
        Said(
            reading.text(one, "words"),
            reading.text(one, "author_called"),
            one.by_phone,
            one.written_at,
        )
        for one in rows
    )
