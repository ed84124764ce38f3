"""Was I heard? Asked once a month at most, answered in one tap, read by who said it only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.home import at_ref, hold_family, me
from smartstart.circle.models import Circle, Heard, Part, Question, Reply, Said
from smartstart.circle.operations_grounds import law_ground
from smartstart.circle.states import GroundKind, HowHeard

LATELY: Final = timedelta(days=31)


@transaction.atomic
def say_heard(actor: Actor, circle: UUID, answer: str, *, at: datetime) -> Heard:
    """Keep whether one was heard this month; "" is rather not now. Twice, the first stands.

    Raises NotFound (no such circle, or not one's own; no such answer), NotAllowed.
    """
    home = at_ref(Circle.objects.filter(pk__in=_homes(actor, on=day_of(at))), circle)
    require(actor, Permission.CIRCLE_TAKE_PART)
    if answer and answer not in HowHeard.values:
        raise NotFound
    hold_family(home.family_id)
    month, mine = day_of(at).replace(day=1), me(actor)
    before = Heard.objects.filter(by=mine, month=month).first()
    if before is not None:
        return before
    heard = Heard(
        folder=open_folder(FolderKind.PERSON, at=at), circle=home, by=mine, month=month, said_at=at
    )
    heard.put(answer=answer)
    heard.save(force_insert=True)
    law_ground(heard.folder_id, mine, GroundKind.OWN, given_by=mine, at=at)
    changed = [heard.folder_id]
    note(actor, Deed.MADE, folders=changed, at=at, on=[heard.ref], rules_changed=changed)
    return heard


def is_asked(actor: Actor, *, at: datetime) -> bool:
    """Whether this family member is asked now: somebody answered them lately, and not yet said.

    Two queries. Whether there was an answer says nothing of what it was.
    """
    mine, month = me(actor), day_of(at).replace(day=1)
    if Heard.objects.filter(by=mine, month=month).exists():
        return False
    read = Question.objects.read_by(actor, at=at).filter(asker=mine)
    replies = Reply.objects.filter(question__in=read, written_at__gt=at - LATELY)
    told = Said.objects.filter(by=mine, answered_at__gt=at - LATELY)
    return replies.exists() or told.exists()


def asked_in(actor: Actor, *, at: datetime) -> UUID | None:
    """Return the circle in which a child is asked, the first it is part of; None: not now."""
    if not is_asked(actor, at=at):
        return None
    homes = Circle.objects.filter(pk__in=_homes(actor, on=day_of(at)), closed_on=None)
    return homes.order_by("pk").values_list("ref", flat=True).first()


def _homes(actor: Actor, *, on: date) -> list[int]:
    """Return the circles in which this actor is of the family: own part read, or lives there."""
    if actor.person is None:
        return []
    own = Part.objects.visible_to(actor, on=on).filter(member__person=actor.person)
    found = set(own.exclude(circle=None).values_list("circle_id", flat=True))
    return sorted(pk for pk in found if pk is not None)
