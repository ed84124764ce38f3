"""What a guardian says yes or no to, what a law leaves no choice about, and what somebody sees.

A guardian is a function at an institution: it decides about a child and is no family member.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called, called
from smartstart.circle.home import at_ref, me
from smartstart.circle.models import Agreement, ConsentAnswer, Entry, Ground, Part, Question
from smartstart.circle.models.grounds import GroundQuerySet
from smartstart.circle.queries_homes import by_home
from smartstart.circle.queries_sharing import RestingYes
from smartstart.circle.question_places import may_be_asked
from smartstart.circle.regimes import MUSTS, Must
from smartstart.circle.rules import NO_END
from smartstart.circle.scene import scene
from smartstart.circle.states import Answer, GroundState
from smartstart.holding.models import UNANSWERED
from smartstart.people.models import Position


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One ground that a function decides about. ``words``: of the question, for who reads it."""

    ref: UUID
    about: str
    receiver: Called
    purpose: str
    title: str
    words: str
    said: str
    stands: bool
    last_day: date | None
    article: str


@dataclass(frozen=True, slots=True)
class Tellable:
    """A part about which a professional can tell that a law leaves no choice, and to whom."""

    ref: UUID
    called: str
    people: tuple[Called, ...]
    laws: tuple[Must, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody with a seat sees now, of what the reader sees too."""

    who: Called
    questions: tuple[str, ...]
    entries: tuple[str, ...]
    agreements: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether they see nothing at all."""
        return not (self.questions or self.entries or self.agreements)


def decisions(reading: Reading) -> list[ToDecide]:
    """Return what this function decides about, what waits first. Raises NotFound.

    As many queries for sixty children as for one.
    """
    _at_work(reading)
    rows = [row for row in _deciding(reading).order_by("-made_at", "-id") if not _is_late(row)]
    found = _to_decide(reading, rows)
    return sorted(found, key=lambda one: one.said != Answer.ASKED)


def _is_late(row: Ground) -> bool:
    """Whether it still asks for a yes on a question that has its answer."""
    over = row.question is not None and row.question.state not in UNANSWERED
    return over and row.state == GroundState.ASKED


def yes_at_work_that_rests(reading: Reading) -> list[RestingYes]:
    """Return what this function said yes to and does not read now, to take it back. Two queries.

    Raises NotFound.
    """
    _at_work(reading)
    said = ConsentAnswer.objects.filter(person=me(reading.actor), answer=Answer.YES, ended_at=None)
    shown = _deciding(reading).order_by().values("pk")
    rows = _asked_of(reading).filter(pk__in=said.values("ground")).exclude(pk__in=shown)
    found = list(rows.order_by("id").values_list("ref", "receiver"))
    people = called({who for _ref, who in found})
    return [RestingYes(ref, people.get(who, Called(who, ""))) for ref, who in found]


def decision_at_work(reading: Reading, ref: UUID) -> ToDecide:
    """Return one of these. Raises NotFound."""
    _at_work(reading)
    return _to_decide(reading, [at_ref(_deciding(reading), ref)])[0]


def _at_work(reading: Reading) -> None:
    if reading.actor.role is not Role.PROFESSIONAL or reading.actor.position is None:
        raise NotFound


def decisions_asked(actor: Actor, *, on: date) -> GroundQuerySet:
    """Return the grounds that wait for the yes or no of this function: to count, not to read."""
    if actor.role is not Role.PROFESSIONAL or actor.position is None:
        return Ground.objects.none()
    seen = Ground.objects.visible_to(actor, on=on).not_resting(actor, on=on)
    return seen.still_asked().filter(
        last_day__gte=on,
        answers__person=actor.position,
        answers__answer=Answer.ASKED,
        answers__ended_at=None,
    )


def _deciding(reading: Reading) -> GroundQuerySet:
    rows = _asked_of(reading).not_resting(reading.actor, on=day_of(reading.at))
    return rows.select_related("folder", "question__folder", "basis")


def _asked_of(reading: Reading) -> GroundQuerySet:
    on = day_of(reading.at)
    return Ground.objects.visible_to(reading.actor, on=on).filter(
        answers__person=me(reading.actor), answers__ended_at=None, last_day__gte=on, must=False
    )


def _to_decide(reading: Reading, rows: Sequence[Ground]) -> list[ToDecide]:
    mine = ConsentAnswer.objects.filter(person=me(reading.actor), ended_at=None, ground__in=rows)
    said = dict(mine.values_list("ground", "answer"))
    seen = Part.objects.visible_to(reading.actor, on=day_of(reading.at)).select_related("folder")
    parts = list(seen.filter(folder__in={row.folder_id for row in rows}))
    glanced = [reading.text(one, "called") for one in parts]
    names = by_home(reading.actor, parts, glanced, on=day_of(reading.at))
    about = dict(zip((one.folder_id for one in parts), names, strict=True))
    people = called({row.receiver for row in rows})
    return [
        _one(
            reading,
            row,
            said[row.pk],
            about.get(row.folder_id),
            people.get(row.receiver, Called(row.receiver, "")),
        )
        for row in rows
    ]


def _one(reading: Reading, row: Ground, said: str, about: str | None, receiver: Called) -> ToDecide:
    question = row.question if about is not None else None
    return ToDecide(
        ref=row.ref,
        about=about or "",
        receiver=receiver,
        purpose=row.purpose,
        title=reading.text(question, "title") if question is not None else "",
        words=reading.text(question, "words") if question is not None else "",
        said=said,
        stands=row.state == GroundState.GRANTED,
        last_day=row.last_day if row.last_day < NO_END else None,
        article=row.basis.article if row.basis else "",
    )


def tellable(reading: Reading, part_ref: UUID) -> Tellable:
    """Return a part that this professional reads whole, and whom they know there. NotFound."""
    on = day_of(reading.at)
    if reading.actor.role is not Role.PROFESSIONAL:
        raise NotFound
    seen = Part.objects.visible_to(reading.actor, on=on).select_related("folder", "circle")
    part = at_ref(seen, part_ref)
    known = may_be_asked(reading.actor, part, on=on)
    functions = Position.objects.filter(ref__in=known).values_list("ref", flat=True)
    people = sorted(called(functions).values(), key=lambda one: (one.name, one.work))
    laws = tuple(one for one in MUSTS if one.since <= on)
    (name,) = by_home(reading.actor, [part], [reading.text(part, "called")], on=on)
    return Tellable(part.ref, name, tuple(people), laws)


def seen_by(reading: Reading, circle_ref: UUID, seat_ref: UUID) -> Seen:
    """Return what somebody with a seat sees in this home, by the same gate that lets them in.

    Only of what the reader sees too. Raises NotFound, also for a seat that nobody took.
    """
    here = scene(reading, circle_ref)
    seat = next((one for one in here.seats if one.ref == seat_ref), None)
    if seat is None or seat.who is None:
        raise NotFound
    folders = [part.folder for part in here.parts]
    them = _as(seat.who)
    on, at = here.on, reading.at
    mine = Question.objects.read_by(reading.actor, at=at).filter(folder_id__in=folders)
    asked = mine.filter(pk__in=Question.objects.read_by(them, at=at).values("pk"))
    entries = Entry.objects.visible_to(reading.actor, on=on).filter(folder_id__in=folders)
    written = entries.filter(pk__in=Entry.objects.visible_to(them, on=on).values("pk"))
    goals = Agreement.objects.visible_to(reading.actor, on=on).filter(folder_id__in=folders)
    agreed = goals.filter(pk__in=Agreement.objects.visible_to(them, on=on).values("pk"))
    shown = written.filter(kind__gt="") | entries.filter(
        shown_with__question__in=asked, shown_with__ended_at=None
    )
    return Seen(
        here.called_by(seat.who),
        tuple(_texts(reading, asked, "title")),
        tuple(_texts(reading, shown.distinct(), "title", "words")),
        tuple(_texts(reading, agreed, "goal")),
    )


def _as(who: UUID) -> Actor:
    """Return the actor that the gate would see: a function, or the person of an informal seat."""
    function = Position.objects.filter(ref=who).select_related("organisation").first()
    if function is None:
        return Actor(Role.SUPPORTER, person=who)
    return Actor(Role.PROFESSIONAL, position=function.ref, organisation=function.organisation.ref)


def _texts(
    reading: Reading, rows: Iterable[Question | Entry | Agreement], *fields: str
) -> list[str]:
    """Return the first of these texts that each row has, oldest first."""
    found = []
    for row in rows.select_related("folder").order_by("pk"):  # type: ignore[attr-defined]
        told = (reading.text(row, field) for field in fields)
        found.append(next((words for words in told if words), "")[:120])
    return found
