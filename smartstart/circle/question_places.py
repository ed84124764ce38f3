"""Where a question is asked and to whom it can go: parts, seats, the coordinator, colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.circle import errors_questions as errors
from smartstart.circle.home import hold_family, only_one, whole_parts
from smartstart.circle.models import Attached, Entry, Part, Question, Seat
from smartstart.circle.models.family import SeatQuerySet
from smartstart.circle.operations_rest import rests
from smartstart.circle.question_steps import me
from smartstart.circle.states import QuestionKind, SeatKind
from smartstart.people.models import Position


def part_to_ask_in(actor: Actor, ref: UUID, *, on: date) -> Part:
    """Return a part this actor reads, or has a seat in: who is asked may ask. Raises NotFound."""
    me(actor)
    hold_family(only_one(_near, actor, on=on, ref=ref).family_id)
    part: Part = only_one(_near, actor, on=on, ref=ref)
    if actor.role is Role.PROFESSIONAL and rests(part.folder_id, on=on):
        raise errors.ItRests
    return part


def _near(actor: Actor, *, on: date, ref: UUID) -> QuerySet[Part]:
    own = Seat.objects.held_on(on).filter(who=me(actor)).values("folder_id")
    seen = Part.objects.visible_to(actor, on=on).values("pk")
    near = Part.objects.filter(Q(pk__in=seen) | Q(folder_id__in=own), ref=ref)
    return whole_parts(near)


def is_in_reach(actor: Actor, question: Question, to: UUID, *, on: date) -> bool:
    """Whether a question can be given on to this one: near, as far as one sees, or a colleague."""
    if to == question.coordinator:
        return True
    near = seats_around(question.folder_id, on=on).filter(who=to)
    if near.filter(pk__in=Seat.objects.visible_to(actor, on=on).values("pk")).exists():
        return True
    if actor.organisation is None:
        return False
    colleagues = Position.objects.filter(ref=to, organisation__ref=actor.organisation)
    return colleagues.exclude(occupant=None).exists()


def require_in_circle(
    actor: Actor, part: Part, to: UUID, coordinator: UUID, kind: QuestionKind, *, on: date
) -> None:
    """Let a question go only to whom this actor knows here. Raises NotInThisCircle.

    Who has a place that the actor does not know of is refused as everybody else: who types
    references learns nothing of a place beside another person of the same home. What asks for a
    human being ("why?", "this is not right") goes to who looks after the home of who asks.
    """
    if to == coordinator and kind != QuestionKind.QUESTION:
        return
    if to not in may_be_asked(actor, part, on=on):
        raise errors.NotInThisCircle


def attach(question: Question, refs: Iterable[UUID], actor: Actor, *, on: date) -> None:
    """Show entries with a question, of the same folder only. Raises AttachedElsewhere."""
    wanted = set(refs)
    seen = Entry.objects.visible_to(actor, on=on).filter(ref__in=wanted)
    found = list(seen.filter(folder=question.folder_id).order_by("id"))
    if len(found) != len(wanted):
        raise errors.AttachedElsewhere
    Attached.objects.bulk_create(Attached(question=question, entry=entry) for entry in found)


def may_be_asked(actor: Actor, part: Part, *, on: date) -> set[UUID]:
    """Return whom this actor knows here: also who looks after it, and not the actor."""
    return {part.looked_after_by, *_known_here(actor, part, on=on)} - {me(actor)}


def _known_here(actor: Actor, part: Part, *, on: date) -> set[UUID]:
    """Return who has a seat that one sees, colleagues near the same person, who let one in.

    A colleague beside somebody else of the same home, or beside the household, is not told.
    """
    around = seats_around(part.folder_id, on=on).exclude(who=None)
    seen = around.filter(pk__in=Seat.objects.visible_to(actor, on=on).values("pk"))
    colleagues = Position.objects.filter(organisation__ref=actor.organisation or me(actor))
    near = around.filter(folder=part.folder_id, who__in=colleagues.values("ref"))
    known = {*seen.values_list("who", flat=True), *near.values_list("who", flat=True)}
    mine = around.filter(who=me(actor)).values("made_by")
    gave = around.filter(kind=SeatKind.FAMILY, who__in=mine)  # who let one in can be asked
    known |= set(gave.values_list("who", flat=True))
    return {who for who in known if who is not None}


def folders_around(folder: int) -> list[int]:
    """Return the folders of the home of a folder, itself included."""
    home = Part.objects.filter(folder=folder).values("circle")
    near = Part.objects.filter(circle__in=home).values_list("folder_id", flat=True)
    return sorted({folder, *near})


def seats_around(folder: int, *, on: date) -> SeatQuerySet:
    """Return the seats that are held in the home of a folder, or in the folder itself."""
    home = Part.objects.filter(folder=folder).values("circle")
    folders = Part.objects.filter(circle__in=home).values("folder_id")
    return Seat.objects.held_on(on).filter(Q(folder=folder) | Q(folder_id__in=folders))
