"""One home as one reader sees it: fetched in a fixed number of queries, then only looked at.

Every page of a family begins here. Each row carries the folder of the statement that decided
about it, so that the door can throw the answer away when the rules change meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.reading import Reading
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.called import Called, called
from smartstart.circle.models import Circle, Member, Part, Question, Seat
from smartstart.circle.rules import Edge, age_on, edges_from, parents_read
from smartstart.holding.climbing import covered_by
from smartstart.holding.models import State

OPEN = (State.HELD.value, State.OFFERED.value, State.ANSWERED.value)


@dataclass(frozen=True, slots=True)
class PartLine:
    """One folder of this home: the household, a child, or an adult (``is_me``: the reader).

    ``edge`` is the child's next birthday on which who decides or reads changes; ``is_alone``: its
    parents read no more by the law; ``looked_after_by`` the function where a question goes last.
    """

    ref: UUID
    folder: int
    called: str
    is_home: bool = False
    is_child: bool = False
    is_me: bool = False
    is_shared: bool = False
    age: int | None = None
    member: UUID | None = None
    person: UUID | None = None
    face: str = ""
    edge: Edge | None = None
    is_alone: bool = False
    looked_after_by: UUID | None = None

    @property
    def whole(self) -> str:
        """How it is called in a list, where what both homes read says so."""
        return (
            _("%(child)s, in both homes") % {"child": self.called}
            if self.is_shared
            else self.called
        )


@dataclass(slots=True)
class StrainSeen:
    """The lines of strain to one seat that this reader sees.

    ``is_mine``: the reader drew one; ``readers``: who else sees that one, by name. ``drawn_by``:
    who drew one and lets the reader see it.
    """

    is_mine: bool = False
    readers: dict[UUID, str] = field(default_factory=dict)
    drawn_by: dict[UUID, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """Everything of one home that this reader sees, still sealed where it holds words."""

    reading: Reading
    circle: Circle
    parts: list[PartLine]
    seats: list[Seat]
    questions: list[Question]
    people: dict[UUID, Called]
    strains: dict[int, StrainSeen] = field(default_factory=dict)
    child_members: set[int | None] = field(default_factory=set)

    @property
    def on(self) -> date:
        """The day on which it is read."""
        return day_of(self.reading.at)

    @property
    def called(self) -> str:
        """What the family calls it."""
        return self.reading.text(self.circle, "called")

    @property
    def household(self) -> PartLine:
        """The household itself."""
        return next(part for part in self.parts if part.is_home)

    @property
    def children(self) -> list[PartLine]:
        """The children of this home, oldest first; each once."""
        mine = [part for part in self.parts if part.is_child and not part.is_shared]
        return sorted(mine, key=lambda part: (-(part.age or 0), part.called))

    @property
    def me(self) -> PartLine | None:
        """The reader's own part, when they have one here."""
        return next((part for part in self.parts if part.is_me), None)

    def part(self, ref: UUID) -> PartLine:
        """Return one part by its reference. Raises NotFound."""
        found = next((part for part in self.parts if part.ref == ref), None)
        if found is None:
            raise NotFound
        return found

    def part_of(self, folder: int) -> PartLine:
        """Return the part of a folder of this home."""
        return next(part for part in self.parts if part.folder == folder)

    def looks_after(self, part: PartLine) -> Called:
        """Return who answers last about this part."""
        return self.called_by(part.looked_after_by)

    def called_by(self, ref: UUID | None) -> Called:
        """Return how a function or person is called; without a name when nobody knows."""
        return self.people.get(ref, Called(ref, "")) if ref else Called(UUID(int=0), "")


def scene(reading: Reading, circle_ref: UUID) -> Scene:
    """Return one home. Raises NotFound. Five queries, whatever the size."""
    on = day_of(reading.at)
    circle, parts = _home(reading, circle_ref, on)
    reading.relies_on(circle.folder)
    folders = [part.folder_id for part in parts]
    actor, at = reading.actor, reading.at
    seats = written(_seats, actor, on=on, folders=folders)
    covered = covered_by(actor)
    found = written(_questions, actor, at=at, folders=folders, covered=covered)
    people = _people(parts, seats, found)
    return Scene(
        reading=reading,
        circle=circle,
        parts=[_line(reading, part, people, on, named_by(part, parts)) for part in parts],
        seats=seats,
        questions=found,
        people=people,
        child_members={part.member_id for part in parts if part.member and part.member.is_child},
    )


def circles_of(reading: Reading) -> list[Circle]:
    """Return the homes this reader sees, the newest last. One query."""
    return written(_circles, reading.actor, on=day_of(reading.at))


def _circles(actor: Actor, *, on: date) -> QuerySet[Circle]:
    seen = Circle.objects.visible_to(actor, on=on)
    return seen.select_related("folder").order_by("opened_at", "id")


def _home(reading: Reading, ref: UUID, on: date) -> tuple[Circle, list[Part]]:
    """Return a circle with its parts and those that its children share with another home.

    One statement decides about both: no part is found when the circle is not seen.
    """
    found: list[Part] = written(_parts, reading.actor, on=on, ref=ref)
    home = next((part for part in found if part.member_id is None), None)
    if home is None or home.circle is None:
        raise NotFound
    return home.circle, found


def _parts(actor: Actor, *, on: date, ref: UUID) -> QuerySet[Part]:
    seen = Circle.objects.visible_to(actor, on=on).filter(ref=ref)
    here = Q(circle__in=seen) | Q(circle=None, family__in=seen.values("family"))
    rows = Part.objects.visible_to(actor, on=on).filter(here)
    return rows.select_related("folder", "member", "circle__folder").order_by("id")


def _seats(actor: Actor, *, on: date, folders: list[int]) -> QuerySet[Seat]:
    """Return the seats that are held."""
    rows = Seat.objects.visible_to(actor, on=on).held_on(on)
    return rows.filter(folder_id__in=folders).select_related("folder").order_by("id")


def _questions(
    actor: Actor, *, at: datetime, folders: list[int], covered: list[UUID]
) -> QuerySet[Question]:
    """Return the open questions whose words are read."""
    read = Question.objects.read_by(actor, at=at, covered=covered)
    rows = read.filter(folder_id__in=folders, state__in=OPEN, ended_at=None)
    return rows.select_related("folder").order_by("asked_at", "id")


def named_by(part: Part, parts: Iterable[Part]) -> Part:
    """Return the part of this home that has the name of what two homes share of the same child.

    A name is no reason for a line in the folder of both: by the number of its lines one parent
    would count how often the other was here.
    """
    if part.circle_id is not None:
        return part
    own = (one for one in parts if one.member_id == part.member_id and one.circle_id is not None)
    return next(own, part)


def _line(
    reading: Reading, part: Part, people: dict[UUID, Called], on: date, named: Part
) -> PartLine:
    deed = Deed.READ if named.circle_id is not None else Deed.GLANCED
    called, member = reading.text(named, "called", deed=deed), part.member
    reading.relies_on(part.folder)
    if member is None:
        home = part.looked_after_by
        return PartLine(part.ref, part.folder_id, called, is_home=True, looked_after_by=home)
    written = reading.text(named, "born", deed=deed)
    born = date.fromisoformat(written) if written else None
    return PartLine(
        part.ref,
        part.folder_id,
        called,
        is_child=member.is_child,
        is_me=member.person == reading.actor.person,
        is_shared=part.circle_id is None,
        age=age_on(born, on) if born else None,
        member=member.ref,
        person=member.person,
        face=people[member.person].face if member.person in people else "",
        edge=next(iter(edges_from(born, on)), None) if born and member.is_child else None,
        is_alone=born is not None and _is_alone(member, born, on),
        looked_after_by=part.looked_after_by,
    )


def _is_alone(member: Member, born: date, on: date) -> bool:
    return member.is_child and on > parents_read(born, is_able=member.is_able).last_day


def _people(parts: list[Part], seats: list[Seat], questions: list[Question]) -> dict[UUID, Called]:
    """Return who is called how. One query."""
    near = {seat.who for seat in seats} | {part.looked_after_by for part in parts}
    asked = {ref for one in questions for ref in (one.holder, one.asker, one.offered_to)}
    family = {part.member.person for part in parts if part.member is not None}
    return called(near | asked | family)
