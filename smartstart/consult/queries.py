"""What a page asks of exchanges: what waits, and one question as one reader meets it.

``actor`` is who looks, with their own hat; ``reading`` writes its lines as the function only
(``steps.as_function``), so the two are given apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.access.written import written
from smartstart.base.refusals import NotFound
from smartstart.consult import rules
from smartstart.consult.gate import receiver_of
from smartstart.consult.identity import without_class
from smartstart.consult.models import DrawnIn, Exchange, Offer, Remark, Turn
from smartstart.consult.states import AskerKind, RemarkKind
from smartstart.consult.steps import me
from smartstart.holding.called import BY_FUNCTION, Called, called
from smartstart.holding.models import State
from smartstart.holding.promises import Then
from smartstart.holding.waiting import Waiting, waiting_of
from smartstart.holding.working_time import OFFICE, at_work
from smartstart.people.models import Domain, Position
from smartstart.programme.models import Vindplaats

OPEN: Final = (State.HELD.value, State.OFFERED.value)
MOST_TAKEN_PART: Final = 40  # on one desk: what one asked, and then where one helped
MOST_HELPED: Final = 20
UNKNOWN: Final = Called(UUID(int=0), "")


@dataclass(frozen=True, slots=True)
class Card:
    """One question in a list; ``beginning`` is its first sentence, "" where it is not opened."""

    ref: UUID
    beginning: str
    asker: str
    asked_at: datetime
    waiting: Waiting
    is_offer: bool
    is_picked_up: bool
    holder: str
    state: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a function, what it asked, and how many it only looks after.

    ``helped``: what it answered or thinks along with, not opened, what is not over first.
    """

    waits: tuple[Card, ...]
    asked: tuple[Card, ...]
    looked_after: int
    helped: tuple[Card, ...] = ()
    has_function: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, by whom: a function, or who asked."""

    kind: str
    words: str
    by: str
    by_phone: bool
    at: datetime
    by_asker: bool
    by_me: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened; ``why`` as it was written."""

    kind: str
    by: str
    to: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One question as one reader meets it; ``words`` None: it may not be read (any more).

    ``works_again_at``: nobody works now, and from when somebody does.
    """

    ref: UUID
    asker: str
    asked_at: datetime
    place: str
    holder: Called
    offered_to: str
    others: tuple[str, ...]
    picked_up_at: datetime | None
    state: str
    asker_kind: str
    erase_at: datetime
    waiting: Waiting
    works_again_at: datetime | None
    words: str | None
    said: tuple[Said, ...]
    happened: tuple[Happened, ...]
    drawn_in: tuple[str, ...]
    acts: bool
    is_offer: bool
    is_holder: bool
    is_asker: bool
    is_drawn_in: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def waits_for_asker(self) -> bool:
        """Whether the last thing said is a question back."""
        return bool(self.said) and self.said[-1].kind == RemarkKind.ASK_BACK


def asker_called(row: Exchange, people: dict[UUID, Called]) -> str:
    """Return who asked: a function without its class, or in what capacity, never who."""
    if row.asker_kind == AskerKind.PROFESSIONAL:
        return without_class(people[row.asker].work) if row.asker in people else ""
    return str(AskerKind(row.asker_kind).label)


def desk(reading: Reading, actor: Actor) -> Desk:
    """Return what waits for this function, what it asked, and where it helped.

    What waits stands oldest first, the rest newest first, what is over last. A glance for each
    whose first sentence is read: not for where it helped.

    Raises NotFound for who is no professional. Eight queries at most, however many wait.
    """
    if actor.role is not Role.PROFESSIONAL:
        raise NotFound
    if actor.position is None:
        return Desk((), (), 0, has_function=False)
    at = reading.at
    waits = list(
        Exchange.objects.waiting_for(actor, at=at).select_related("folder").order_by("asked_at")
    )
    asked, helped = _took_part(actor, waits, at=at)
    rows = [*waits, *asked, *helped]
    people = called(ref for row in rows for ref in (row.holder, row.asker, row.coordinator))
    covers = covers_of(rows)
    left_shut = {row.pk for row in helped}
    cards = [
        _card(reading, actor, row, people, covers[row.pk], opens=row.pk not in left_shut)
        for row in rows
    ]
    looked_after = Exchange.objects.alive(at).filter(coordinator=actor.position, state__in=OPEN)
    others = looked_after.exclude(pk__in=[row.pk for row in waits]).count()
    over = len(waits) + len(asked)
    own = tuple(cards[len(waits) : over])
    return Desk(tuple(cards[: len(waits)]), own, others, helped=tuple(cards[over:]))


def _took_part(
    actor: Actor, waits: Sequence[Exchange], *, at: datetime
) -> tuple[list[Exchange], list[Exchange]]:
    """Return what this function asked, and what it answered or was drawn into. One query."""
    others_last = Case(When(asker=actor.position, then=0), default=1)
    rows = (
        Exchange.objects.took_part(actor, at=at)
        .exclude(pk__in=[row.pk for row in waits])
        .select_related("folder")
        .order_by(others_last, F("closed_at").desc(nulls_first=True), "-asked_at")
    )[:MOST_TAKEN_PART]
    asked = [row for row in rows if row.asker == actor.position]
    return asked, [row for row in rows if row.asker != actor.position][:MOST_HELPED]


def covers_of(rows: Sequence[Exchange]) -> dict[int, dict[UUID, str]]:
    """Return by question who covers the function that holds it, never the asker. One query.

    Who works for the police or for safety is not named.
    """
    wanted = {ref for row in rows for ref in (row.holder, row.asker)}
    told = Position.objects.filter(ref__in=wanted).select_related("organisation", "cover")
    by_ref = {one.ref: one for one in told}
    covers: dict[int, dict[UUID, str]] = {row.pk: {} for row in rows}
    for row in rows:
        holder, asker = by_ref.get(row.holder), by_ref.get(row.asker)
        if holder is None or holder.cover is None:
            continue
        if asker is None or asker.occupant_id != holder.cover_id:
            is_named = holder.organisation.domain not in BY_FUNCTION
            covers[row.pk][row.holder] = holder.cover.shown_as if is_named else _("a colleague")
    return covers


def how_many_wait(actor: Actor, *, at: datetime, covered: list[UUID]) -> int:
    """Return how many questions without a name wait for this actor. One query.

    ``covered``: what ``climbing.covered_by`` returned.
    """
    return len(written(_to_act_on, actor, at=at, covered=covered))


def _to_act_on(actor: Actor, *, at: datetime, covered: list[UUID]) -> QuerySet[Exchange, Any]:
    return Exchange.objects.waiting_for(actor, at=at, covered=covered).values_list("pk")


def exchange(reading: Reading, actor: Actor, ref: UUID) -> Page:
    """Return one question: its words for who reads it, and who has it now for who had it.

    Raises NotFound for who never had a hand in it, and for everybody once its moment has come.
    """
    known = Exchange.objects.known_to(actor, at=reading.at).select_related("folder", "place")
    row = known.filter(ref=ref).first()
    if row is None:
        raise NotFound
    is_read = Exchange.objects.read_by(actor, at=reading.at).filter(pk=row.pk).exists()
    reading.relies_on(row.folder)
    mine = me(actor)
    said, turns = _remarks(row) if is_read else [], _turns(row) if is_read else []
    offers, drawn = _positions(row, at=reading.at)
    people = called(_everybody(row, said, turns, offers, drawn))
    offered = row.offered_to if row.state_at(reading.at) is State.OFFERED else None
    acts = Exchange.objects.acted_on_by(actor, at=reading.at).filter(pk=row.pk).exists()
    return Page(
        ref=row.ref,
        asker=asker_called(row, people),
        asked_at=row.asked_at,
        place=row.place.name if row.place is not None else "",
        holder=people.get(row.holder, UNKNOWN),
        offered_to=people[offered].whole if offered in people else "",
        others=tuple(people[one].whole for one in offers if one in people),
        picked_up_at=row.picked_up_at,
        state=row.state,
        asker_kind=row.asker_kind,
        erase_at=row.erase_at,
        waiting=_waiting(row, people, at=reading.at),
        works_again_at=_works_again(reading.at),
        words=reading.text(row, "words") if is_read else None,
        said=tuple(_said(reading, row, one, people, mine) for one in said),
        happened=tuple(_happened(reading, row, one, people) for one in turns),
        drawn_in=tuple(people[one].whole for one in drawn if one in people),
        acts=acts,
        is_offer=mine in {offered, *offers},
        is_holder=row.holder == mine,
        is_asker=row.asker == mine,
        is_drawn_in=mine in drawn,
    )


def require_known(actor: Actor, ref: UUID, *, at: datetime) -> None:
    """Let only who has or had a hand in a question through; reads no words. Raises NotFound."""
    if not Exchange.objects.known_to(actor, at=at).filter(ref=ref).exists():
        raise NotFound


def require_asker(actor: Actor, ref: UUID, *, at: datetime) -> None:
    """Let only who asked a question that stands through; reads no words. Raises NotFound."""
    own = receiver_of(actor)
    if own is None or not Exchange.objects.alive(at).filter(ref=ref, asker=own).exists():
        raise NotFound


def tells_where_of(ref: UUID) -> bool:
    """Whether who reads a question also reads where it was asked. One query."""
    asked = Exchange.objects.filter(ref=ref)
    schools = Position.objects.filter(organisation__domain=Domain.EDUCATION)
    return asked.filter(Q(place__isnull=False) | Q(asker__in=schools.values("ref"))).exists()


def places() -> list[tuple[int, str]]:
    """Return the places somebody can name with a question, by name. One query."""
    return list(Vindplaats.objects.order_by("name").values_list("id", "name"))


def tells_where(actor: Actor) -> bool:
    """Whether the function of who asks tells a place: that of a school. One query at most."""
    own = Position.objects.filter(ref__in=[actor.position])
    return own.filter(organisation__domain=Domain.EDUCATION).exists()


def near_of(actor: Actor, place: int | None) -> UUID | None:
    """Return near what somebody is: the pilot at the place, else one's own organisation."""
    found = Vindplaats.objects.filter(pk=place).first() if place is not None else None
    pilot = found.pilots.order_by("id").first() if found is not None else None
    if pilot is not None:
        return pilot.ref
    return actor.organisation if receiver_of(actor) is not None else None


def _waiting(row: Exchange, people: dict[UUID, Called], *, at: datetime) -> Waiting:
    """Return how long it waits; the coordinator is told with the function, a name says nothing."""
    found = waiting_of(row, people, covers_of([row])[row.pk], at=at)
    if found.meter.then is Then.COORDINATOR and row.coordinator in people:
        return replace(found, then=people[row.coordinator].whole)
    return found


def _works_again(at: datetime) -> datetime | None:
    again = at_work(at, OFFICE)
    return again if again > at else None


def _card(
    reading: Reading,
    actor: Actor,
    row: Exchange,
    people: dict[UUID, Called],
    covers: dict[UUID, str],
    *,
    opens: bool,
) -> Card:
    is_mine = row.holder == actor.position
    words = reading.text(row, "words", deed=Deed.GLANCED) if opens else ""
    return Card(
        ref=row.ref,
        beginning=rules.beginning_of(words),
        asker=asker_called(row, people),
        asked_at=row.asked_at,
        waiting=waiting_of(row, people, covers, at=reading.at),
        is_offer=not is_mine and row.picked_up_at is None,
        is_picked_up=row.picked_up_at is not None and is_mine,
        holder=people.get(row.holder, UNKNOWN).whole,
        state=row.state,
    )


def _remarks(row: Exchange) -> list[Remark]:
    rows = Remark.objects.filter(exchange=row).select_related("folder")
    return list(rows.order_by("id"))


def _turns(row: Exchange) -> list[Turn]:
    return list(Turn.objects.filter(exchange=row).select_related("folder").order_by("id"))


def _positions(row: Exchange, *, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """Return who was offered it beside the holder and still may, and who was drawn in."""
    standing = Offer.objects.filter(exchange=row, ended_at=None, ends_at__gt=at)
    offers = standing if row.picked_up_at is None and row.state in OPEN else standing.none()
    drawn = DrawnIn.objects.filter(exchange=row).order_by("id")
    return (
        list(offers.order_by("id").values_list("position", flat=True)),
        list(drawn.values_list("position", flat=True)),
    )


def _everybody(
    row: Exchange,
    said: Sequence[Remark],
    turns: Sequence[Turn],
    offers: Sequence[UUID],
    drawn: Sequence[UUID],
) -> Iterable[UUID | None]:
    yield from (row.holder, row.asker, row.coordinator, row.offered_to, *offers, *drawn)
    yield from (one.author for one in said)
    for one in turns:
        yield from (one.by, one.passed_to)


def _name(row: Exchange, who: UUID | None, people: dict[UUID, Called]) -> str:
    if who is None:
        return ""
    if who == row.asker:
        return asker_called(row, people)
    return people[who].whole if who in people else ""


def _said(
    reading: Reading, row: Exchange, one: Remark, people: dict[UUID, Called], mine: UUID
) -> Said:
    return Said(
        kind=one.kind,
        words=reading.text(one, "words"),
        by=_name(row, one.author, people),
        by_phone=one.by_phone,
        at=one.written_at,
        by_asker=one.author == row.asker,
        by_me=one.author == mine,
    )


def _happened(reading: Reading, row: Exchange, one: Turn, people: dict[UUID, Called]) -> Happened:
    return Happened(
        kind=one.kind,
        by=_name(row, one.by, people),
        to=_name(row, one.passed_to, people),
        why=reading.text(one, "why"),
        at=one.at,
    )
