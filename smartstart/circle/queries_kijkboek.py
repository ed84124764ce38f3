"""Who looked: the looks in the folders that somebody may see, told per person and week.

Family members do not see each other's reading; one's own is for oneself. Who works for the police
or for safety is told by function. From where somebody looked is not asked for here at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.looks import Look, hats_that_looked, looks
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.access.receipts import receipts
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle import looked_at
from smartstart.circle.gate import FAMILY_ROLES, receiver_of
from smartstart.circle.looked_at import Thing
from smartstart.circle.models import Circle, Ground, Part, Question, Seat
from smartstart.circle.queries_reason import SAID, Why
from smartstart.circle.scene import named_by
from smartstart.circle.states import GroundKind, GroundState
from smartstart.circle.weeks import Week
from smartstart.people.models import Domain
from smartstart.people.wearers import Occupant, Wearer, occupant_of, wearers

SHOWN: Final = 20  # moments of one person in one week; the rest is counted
NOBODY: Final = Occupant("", "", "", "")
BY_FUNCTION: Final = frozenset({Domain.POLICE_JUSTICE.value, Domain.SAFETY.value})
FAMILY_GROUNDS: Final = (GroundKind.OWN, GroundKind.AUTHORITY, GroundKind.HOME)
OWN_ROLES: Final = frozenset({Role.PARENT, Role.YOUNG_PERSON})


class Because(StrEnum):
    """Why somebody could look, as far as the circle's own rows say."""

    QUESTION = "question"
    COVER = "cover"
    YES = "yes"
    MUST = "must"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Reason:
    """``words``: of the question, or who was away; ``on``: when the yes was given, a moment.

    ``said``: what this person said the visit was for, or that it was a meeting: a slug, or "".
    """

    because: Because
    words: str = ""
    on: datetime | None = None
    is_mine: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One time that somebody looked. ``further``: how many things more than are named."""

    at: datetime
    things: tuple[Thing, ...]
    further: int
    took_along: bool


@dataclass(frozen=True, slots=True)
class Looker:
    """One person in one week. ``key`` names their first look; ``name`` "" when by function.

    ``answers``: the function that answers "why?", of the part that was looked at.
    """

    key: UUID
    part: UUID
    answers: UUID
    name: str
    work: str
    domain: str
    face: str
    times: int
    reason: Reason
    moments: tuple[Moment, ...]
    further: int


@dataclass(frozen=True, slots=True)
class AboutPart:
    """One folder in which somebody may have looked; ``called`` "" for the household.

    ``is_school``: what concerns the child outside this home.
    """

    ref: UUID
    called: str
    is_school: bool


@dataclass(frozen=True, slots=True)
class LookedBook:
    """One week of looks in one circle, for one reader; ``before``: people in the week before.

    ``mine``: how often the reader looked. ``holder`` looks after this home.
    """

    circle: UUID
    week: Week
    parts: tuple[AboutPart, ...]
    lookers: tuple[Looker, ...]
    before: int
    mine: int
    holder: Occupant


@dataclass(slots=True)
class _Seen:
    """What the page is made from: each is one query, whatever the number of looks."""

    reading: Reading
    parts: dict[int, Part]
    wearers: dict[UUID, Wearer] = field(default_factory=dict)
    seats: dict[UUID, Seat] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)
    rows: looked_at.Rows = field(default_factory=dict)


def looked_in(reading: Reading, circle: UUID, week: Week) -> LookedBook:
    """Return who looked in one week, last first. Raises NotFound.

    The same number of queries however much was looked at.
    """
    home, parts = home_of(reading, circle)
    seen = _Seen(reading, {part.folder_id: part for part in parts})
    found = looks(seen.parts, since=week.since, until=week.until)
    mine = [look for look in found if look.person == reading.actor.person]
    hats = {look.hat for look in found if look.hat}
    earlier = hats_that_looked(seen.parts, since=week.before.since, until=week.before.until)
    _know(seen, hats | earlier)
    others = [look for look in found if _is_shown(seen, look.hat)]
    seen.rows = looked_at.rows(reading, seen.parts, {ref for look in others for ref in look.on})
    return LookedBook(
        circle=home.ref,
        week=week,
        parts=tuple(_about(seen)),
        lookers=tuple(_lookers(seen, others)),
        before=_people(seen, earlier),
        mine=len({look.at for look in mine}),
        holder=occupant_of(home.coordinator) or NOBODY,
    )


def looker_in(reading: Reading, circle: UUID, week: Week, key: UUID) -> tuple[LookedBook, Looker]:
    """Return one person of a week, by the reference of their first look. Raises NotFound."""
    book = looked_in(reading, circle, week)
    found = next((looker for looker in book.lookers if looker.key == key), None)
    if found is None:
        raise NotFound
    return book, found


def who_answers(looker: Looker) -> Occupant:
    """Return who answers "why?" about what this person looked at."""
    return occupant_of(looker.answers) or NOBODY


def looked_this_week(actor: Actor, circle: UUID, *, at: datetime) -> int:
    """Return how many people who are not of the family looked this week. Raises NotFound.

    Five queries; no content is read.
    """
    reading = Reading(actor, at=at)
    _, parts = home_of(reading, circle)
    seen = _Seen(reading, {part.folder_id: part for part in parts})
    week = Week.of(day_of(at))
    hats = hats_that_looked(seen.parts, since=week.since, until=week.until)
    _know(seen, hats)
    reading.close()
    return _people(seen, hats)


def receipts_of(reading: Reading, circle: UUID, part: UUID, week: Week) -> bytes:
    """Return the receipts of the looks of a week in one folder, as a JSON list in bytes.

    Of others' and one's own looks, of no other family member. Not of one's own where somebody else
    of the family reads too: the numbers would count theirs in between. Raises NotFound.
    """
    _, parts = home_of(reading, circle)
    about = next((row for row in parts if row.ref == part), None)
    if about is None:
        raise NotFound
    seen = _Seen(reading, {about.folder_id: about})
    found = looks(seen.parts, since=week.since, until=week.until)
    _know(seen, {look.hat for look in found if look.hat})
    family = Ground.objects.filter(folder=about.folder_id, kind__in=FAMILY_GROUNDS)
    reads = family.filter(from_day__lte=day_of(reading.at)).values_list("receiver", flat=True)
    mine = {reading.actor.person} if set(reads) == {reading.actor.person} else set()
    shown = [look for look in found if look.person in mine or _is_shown(seen, look.hat)]
    proofs = receipts(about.folder.ref, [look.number for look in shown])
    return b"[" + b",\n".join(proofs) + b"]\n"


def folders_of_family(actor: Actor, *, at: datetime) -> Collection[int]:
    """Return the folders whose looks this actor sees: read as family, not by a seat. One query."""
    receiver = receiver_of(actor)
    if receiver is None or actor.role not in OWN_ROLES:
        return []
    grounds = Ground.objects.standing_on(day_of(at))
    mine = grounds.filter(receiver=receiver, question=None, topic="", kind__in=FAMILY_GROUNDS)
    return set(mine.values_list("folder_id", flat=True))


def home_of(reading: Reading, circle: UUID) -> tuple[Circle, list[Part]]:
    """Return a circle and its parts that the reader sees as family. Raises NotFound."""
    on = day_of(reading.at)
    mine = folders_of_family(reading.actor, at=reading.at)
    seen = Circle.objects.visible_to(reading.actor, on=on).select_related("folder")
    home = seen.filter(ref=circle, folder_id__in=mine).first()
    if home is None:
        raise NotFound
    parts = Part.objects.visible_to(reading.actor, on=on).filter(
        family_id=home.family_id, folder_id__in=mine
    )
    found = [
        part
        for part in parts.select_related("folder", "member").order_by("pk")
        if part.circle_id in (None, home.pk)
    ]
    for part in found:
        reading.relies_on(part.folder)
    return home, found


def _know(seen: _Seen, hats: Collection[UUID]) -> None:
    """Fetch who wore the hats, their seats here and why they could read: three queries."""
    seen.wearers = wearers(hats)
    receivers = [_receiver(wearer) for wearer in seen.wearers.values()]
    seats = Seat.objects.filter(folder_id__in=seen.parts, who__in=receivers)
    for seat in seats.select_related("folder").order_by("from_day", "pk"):
        if seat.who is not None:
            seen.seats[seat.who] = seat
    grounds = Ground.objects.filter(folder_id__in=seen.parts, receiver__in=receivers)
    seen.grounds = list(grounds.order_by("from_day", "pk"))


def _receiver(wearer: Wearer) -> UUID:
    is_one = wearer.role is Role.PROFESSIONAL and wearer.position is not None
    return wearer.position if is_one and wearer.position else wearer.person


def _is_shown(seen: _Seen, hat: UUID | None) -> bool:
    """Whether a look is shown as somebody else's: not one's own, and not of the family."""
    wearer = seen.wearers.get(hat) if hat else None
    if wearer is None or wearer.person == seen.reading.actor.person:
        return False
    if wearer.role not in FAMILY_ROLES:
        return True
    kinds = {ground.kind for ground in seen.grounds if ground.receiver == wearer.person}
    return not kinds & {kind.value for kind in FAMILY_GROUNDS}


def _people(seen: _Seen, hats: Collection[UUID]) -> int:
    return len({seen.wearers[hat].person for hat in hats if _is_shown(seen, hat)})


def _about(seen: _Seen) -> Iterable[AboutPart]:
    for part in seen.parts.values():
        named = named_by(part, seen.parts.values())
        called = seen.reading.text(named, "called") if part.member_id else ""
        yield AboutPart(part.ref, called, is_school=part.circle_id is None)


def _lookers(seen: _Seen, found: Sequence[Look]) -> Iterable[Looker]:
    """Group by person, the one who looked last first."""
    by_person: dict[UUID, list[Look]] = defaultdict(list)
    for look in found:
        if look.hat is not None:
            by_person[seen.wearers[look.hat].person].append(look)
    last_first = sorted(by_person.values(), key=lambda theirs: theirs[-1].at, reverse=True)
    return [_looker(seen, theirs) for theirs in last_first]


def _looker(seen: _Seen, theirs: list[Look]) -> Looker:
    first, last = theirs[0], theirs[-1]
    wearer = seen.wearers[last.hat or last.ref]
    seat = seen.seats.get(_receiver(wearer))
    by_function = wearer.domain in BY_FUNCTION or (seat is not None and seat.shown_by_function)
    times, moments = _moments(seen, theirs)
    return Looker(
        key=first.ref,
        part=seen.parts[first.folder].ref,
        answers=seen.parts[first.folder].looked_after_by,
        name="" if by_function else _name(seen, wearer, seat),
        work=_work(seen, wearer, seat),
        domain=wearer.domain,
        face="" if by_function else (seat.face if seat and seat.face else wearer.face),
        times=times,
        reason=replace(_reason(seen, wearer, theirs), said=_said(theirs)),
        moments=moments,
        further=times - len(moments),
    )


def _name(seen: _Seen, wearer: Wearer, seat: Seat | None) -> str:
    """Return the name on the seat while its function is still theirs, else of who it was."""
    is_theirs = seat is not None and (seat.who == wearer.person or wearer.has_function)
    if seat is not None and is_theirs:
        return seen.reading.text(seat, "called") or wearer.shown_as
    return wearer.shown_as


def _work(seen: _Seen, wearer: Wearer, seat: Seat | None) -> str:
    said = seen.reading.text(seat, "work") if seat is not None else ""
    return said or wearer.function


def _moments(seen: _Seen, theirs: Iterable[Look]) -> tuple[int, tuple[Moment, ...]]:
    """Return how often somebody looked, and the first times: one answer is one time."""
    together: dict[datetime, list[Look]] = defaultdict(list)
    for look in theirs:
        together[look.at].append(look)
    shown = list(together.items())[:SHOWN]
    return len(together), tuple(_moment(seen, at, those) for at, those in shown)


def _moment(seen: _Seen, at: datetime, those: list[Look]) -> Moment:
    refs = dict.fromkeys(ref for look in those for ref in look.on)
    things, further = looked_at.named(seen.reading, seen.rows, refs)
    took_along = any(look.deed is Deed.EXPORTED for look in those)
    return Moment(at, things, further, took_along)


def _reason(seen: _Seen, wearer: Wearer, theirs: Iterable[Look]) -> Reason:
    """Return why: the question that was theirs, whom they stood in for, or the family's yes.

    Of several questions the one that they looked at most, of equals the last.
    """
    refs = Counter(ref for look in theirs for ref in look.on)
    receiver, person = _receiver(wearer), seen.reading.actor.person
    rows = map(seen.rows.get, sorted(refs, key=refs.__getitem__))
    questions = [row for row in rows if isinstance(row, Question)]
    own = [one for one in questions if receiver in (one.holder, one.offered_to)]
    if own:
        return Reason(Because.QUESTION, seen.reading.text(own[-1], "title"))
    grounds = [one for one in seen.grounds if one.receiver == receiver]
    if not grounds and questions:
        return Reason(Because.COVER, seen.reading.text(questions[-1], "holder_called"))
    return _by_ground(grounds[-1], person) if grounds else Reason(Because.SEAT)


def _said(theirs: Iterable[Look]) -> str:
    """Return the last reason that somebody gave this week, or that they came from a meeting."""
    given = [look.why for look in theirs if look.why in (*SAID, Why.MEETING)]
    return given[-1] if given else ""


def _by_ground(ground: Ground, person: UUID | None) -> Reason:
    if ground.must:
        return Reason(Because.MUST)
    if ground.given_by is None or ground.state == GroundState.INFORMED:
        return Reason(Because.SEAT)
    return Reason(Because.YES, on=ground.made_at, is_mine=ground.given_by == person)
