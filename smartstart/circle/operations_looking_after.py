"""Who looks after a circle: offered to another function, that says yes; by who does it or family.

Until the other says yes nothing changes. While nobody is in the function that looks after it,
who covers that function does what it would do.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission, Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.errors import (
    CoordinatorIsMissing,
    LooksAfterIt,
    NobodyWasAsked,
)
from smartstart.circle.gate import FAMILY_ROLES
from smartstart.circle.home import (
    at_home,
    at_ref,
    circle_seen,
    folder_ids,
    hold_family,
    me,
    running,
)
from smartstart.circle.models import Circle, Part, Question
from smartstart.circle.models.family import CircleQuerySet
from smartstart.circle.operations_grounds import basis_of
from smartstart.circle.operations_passing import give_back_lost
from smartstart.holding.models import State
from smartstart.people.models import Hat, Position, PositionQuerySet


def empty_on(day: date) -> PositionQuerySet:
    """Return the functions in which nobody works on a day: who left, left that day."""
    worn = Hat.objects.worn_on(day).filter(
        position=OuterRef("pk"), account=OuterRef("occupant"), role=Role.PROFESSIONAL.value
    )
    return Position.objects.filter(~Exists(worn))


def looked_after_by(actor: Actor, *, on: date) -> CircleQuerySet:
    """Return the circles this actor looks after: in that function, or as cover of an empty one.

    Knowing that they are there is not reading them.
    """
    if actor.role is not Role.PROFESSIONAL or actor.position is None:
        return Circle.objects.none()
    covered = empty_on(on).filter(cover__person=actor.person or actor.position)
    covered = covered.filter(organisation__ref=actor.organisation or actor.position)
    # Not an OR of the two: PostgreSQL then reads every circle of the house.
    mine = Position.objects.filter(ref=actor.position).values("ref").union(covered.values("ref"))
    return Circle.objects.standing().filter(coordinator__in=mine, closed_on=None)


def offered_to(actor: Actor) -> CircleQuerySet:
    """Return the circles that this actor was asked to look after."""
    if actor.role is not Role.PROFESSIONAL or actor.position is None:
        return Circle.objects.none()
    return Circle.objects.standing().filter(offered_to=actor.position, closed_on=None)


@transaction.atomic
def offer_looking_after(actor: Actor, circle_ref: UUID, *, to: UUID, at: datetime) -> Circle:
    """Ask another function to look after a circle; it counts when they say yes.

    An adult who lives there asks, or who looks after it now. An earlier offer ends. Raises
    NotFound, NotAllowed, CircleIsClosed, LooksAfterIt, CoordinatorIsMissing, BasisIsMissing.
    """
    circle = _near(actor, circle_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    running(circle)
    if to == circle.coordinator:
        raise LooksAfterIt
    if not Position.objects.exclude(pk__in=empty_on(day_of(at))).filter(ref=to).exists():
        raise CoordinatorIsMissing
    basis_of(to, on=day_of(at))
    circle.offered_to, circle.offered_by, circle.offered_at = to, me(actor), at
    return _kept(actor, circle, at=at, why="looking_after_offered")


@transaction.atomic
def look_after(actor: Actor, circle_ref: UUID, *, at: datetime) -> Circle:
    """Say yes: from now on a question that nobody answers comes here.

    Also what lay with who looked after it before, without the words: it would stay with somebody
    who has nothing to do with this family any more. Nothing is read by it. Raises NotFound,
    NotAllowed, CircleIsClosed, BasisIsMissing.
    """
    circle = _held(offered_to(actor), circle_ref)
    require(actor, Permission.CIRCLE_TAKE_PART)
    basis_of(me(actor), on=day_of(at))
    before, circle.coordinator = circle.coordinator, me(actor)
    folders = folder_ids(circle)
    questions = Question.objects.filter(folder_id__in=folders, coordinator=before)
    going_on = questions.exclude(state=State.CLOSED)
    changed = {circle.folder_id, *going_on.values_list("folder_id", flat=True)}
    going_on.update(coordinator=circle.coordinator)
    changed |= _shared_goes_along(circle, before)
    give_back_lost(actor, folders, at=at)
    _forget(circle)
    return _kept(actor, circle, at=at, why="looking_after_taken", changed=changed)


@transaction.atomic
def drop_offer(actor: Actor, circle_ref: UUID, *, at: datetime) -> Circle:
    """Say no to it as who was asked, or take the offer back as family or as who looks after it.

    Raises NotFound, NotAllowed, NobodyWasAsked.
    """
    asked = offered_to(actor).filter(ref=circle_ref)
    was_asked = asked.exists()
    circle = _held(asked, circle_ref) if was_asked else _near(actor, circle_ref, on=day_of(at))
    require(actor, Permission.CIRCLE_TAKE_PART)
    if circle.offered_to is None:
        raise NobodyWasAsked
    _forget(circle)
    return _kept(actor, circle, at=at, why="looking_after_dropped")


def _shared_goes_along(circle: Circle, before: UUID) -> set[int]:
    """Hand over what two homes share once both have the same function again. Returns the folders.

    Until then it stays where both knew it to be: a new function tells where a home moved to.
    """
    homes = Circle.objects.standing().filter(family=circle.family_id)
    if homes.exclude(pk=circle.pk).exclude(coordinator=circle.coordinator).exists():
        return set()
    shared = Part.objects.filter(family=circle.family_id, circle=None)
    folders = set(shared.values_list("folder_id", flat=True))
    shared.update(coordinator=circle.coordinator)
    questions = Question.objects.filter(folder_id__in=folders, coordinator=before)
    questions.exclude(state=State.CLOSED).update(coordinator=circle.coordinator)
    return folders


def _forget(circle: Circle) -> None:
    circle.offered_to = circle.offered_by = circle.offered_at = None


def _near(actor: Actor, ref: UUID, *, on: date) -> Circle:
    """Return the circle as an adult who lives there, or as who looks after it. Raises NotFound."""
    if actor.role in FAMILY_ROLES:
        circle = circle_seen(actor, ref, on=on)
        at_home(actor, circle, on=on)
        return circle
    return _held(looked_after_by(actor, on=on), ref)


def _held(rows: CircleQuerySet, ref: UUID) -> Circle:
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound
    hold_family(found.family_id)
    return at_ref(rows.select_related("folder"), ref)


def _kept(
    actor: Actor, circle: Circle, *, at: datetime, why: str, changed: set[int] | None = None
) -> Circle:
    circle.save(update_fields=["coordinator", "offered_to", "offered_by", "offered_at"])
    folders, on = [circle.folder_id], [circle.ref]
    note(actor, Deed.CHANGED, folders=folders, at=at, on=on, why=why, rules_changed=changed or ())
    return circle
