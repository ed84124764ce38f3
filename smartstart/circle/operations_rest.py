"""A folder that rests: nobody of an organisation reads it, because somebody asked that (AVG 18).

It begins with the answer of the privacy officer. Who asked it ends it at once; the privacy officer
with a day that the family knows beforehand (AVG 18, third paragraph).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.circle.home import FAMILY_KINDS, at_ref, hold_family, me
from smartstart.circle.models import Ground, Part, Restriction, RightsRequest
from smartstart.circle.models.family import PartQuerySet
from smartstart.circle.states import Right

TOLD_BEFORE: Final = timedelta(days=7)


class TellThemFirst(Refusal):
    """The family knows a week beforehand that others will read again."""

    sentence = _("Choose a day at least a week from now. The family hears it first.")
    status = 422


def parts_of_own(actor: Actor, *, on: date) -> PartQuerySet:
    """Return the folders about which this actor can ask a right: own, or of a child of theirs.

    Never the household: that is of more people than one.
    """
    standing = Ground.objects.standing_on(on).filter(kind__in=FAMILY_KINDS, receiver=me(actor))
    mine = Part.objects.visible_to(actor, on=on).filter(folder__in=standing.values("folder"))
    return mine.exclude(member=None)


def rest(request: RightsRequest, why: str, *, at: datetime) -> list[int]:
    """Let the folder of a request rest, inside the caller's transaction; writes no line.

    Returns the folders of which who may read changed: none for any other request, or without one.
    """
    part = request.part
    if request.kind != Right.RESTRICT or part is None:
        return []
    hold_family(part.family_id)
    over = Restriction.objects.running().filter(folder=part.folder_id, ends_on__lt=day_of(at))
    over.update(ended_at=at)
    if Restriction.objects.running().filter(folder=part.folder_id).exists():
        return []
    made = Restriction(folder=part.folder, request=request, begun_at=at)
    made.put(why=why.strip()[:1_000])
    made.save(force_insert=True)
    return [part.folder_id]


@transaction.atomic
def end_rest_on(actor: Actor, request_ref: UUID, *, day: date, at: datetime) -> Restriction:
    """Say as privacy officer on which day others read again; the family reads it beforehand.

    Raises NotAllowed, NotFound, TellThemFirst.
    """
    require(actor, Permission.LEDGER_READ)
    found = _resting(request_ref, on=day_of(at))
    if day < day_of(at) + TOLD_BEFORE:
        raise TellThemFirst
    found.ends_on = day - timedelta(days=1)
    found.save(update_fields=["ends_on"])
    note(actor, Deed.CHANGED, folders=[found.folder_id], at=at, on=[found.ref], why="rest_ends")
    return found


@transaction.atomic
def end_rest(actor: Actor, request_ref: UUID, *, at: datetime) -> Restriction:
    """End it at once, as who asked it. Raises NotFound, NotAllowed."""
    rows = RightsRequest.objects.visible_to(actor, on=day_of(at))
    request = at_ref(rows, request_ref)
    if request.asked_by is None or request.asked_by != actor.person:
        raise NotAllowed
    found = _resting(request_ref, on=day_of(at))
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    folders = [found.folder_id]
    note(
        actor,
        Deed.CHANGED,
        folders=folders,
        at=at,
        on=[found.ref],
        why="rest_ended",
        rules_changed=folders,
    )
    return found


def _resting(request_ref: UUID, *, on: date) -> Restriction:
    """Return what stands by this request, the family held. Raises NotFound, also when it is over.

    What is over does not begin anew by another day.
    """
    running = Restriction.objects.running().filter(_not_over(on), request__ref=request_ref)
    rows = running.select_related("folder", "request__part")
    for found in rows:
        part = found.request.part
        family = part.family_id if part is not None else found.family_id
        if family is not None:
            hold_family(family)
            return at_ref(rows, found.ref)
    raise NotFound


def rests(folder: int, *, on: date) -> bool:
    """Whether nobody of an organisation reads this folder today."""
    return Restriction.objects.running().filter(_not_over(on), folder=folder).exists()


def _not_over(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=on)
