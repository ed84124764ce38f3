"""Waking roles that sleep after a deed at the server: somebody they concern says who it is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.base.refusals import NotFound
from smartstart.people import errors
from smartstart.people.models import Account, Hat
from smartstart.people.operations import folders_within, require_two


def hats_to_wake(actor: Actor, *, on: date) -> list[Hat]:
    """Return the roles that wait for this actor's word, oldest first. One query."""
    sleeping = Hat.objects.to_wake_by(actor, on=on).select_related("account", "organisation")
    return list(sleeping.order_by("ended_at", "id"))


def sleeping_hats_of(account: Account, *, on: date) -> list[Hat]:
    """Return one's own roles that sleep, in a fixed order. One query."""
    held = Hat.objects.held_on(on).filter(account=account, sleeps=True)
    return list(held.select_related("organisation").order_by("role", "place", "id"))


@transaction.atomic
def wake(actor: Actor, hat_id: int, *, at: datetime, today: date) -> Hat:
    """Say that this is really the person: the role holds again, for the same hat as before.

    Leaves a line where the role reads and where it is kept. Raises NotFound, SecondFactorNeeded,
    HatAlreadyWorn (somebody gave the role anew meanwhile).
    """
    if actor.account is None:
        raise NotFound
    sleeping = Hat.objects.to_wake_by(actor, on=today).select_related("account", "organisation")
    hat = sleeping.one(hat_id, lock=True)
    require_two(actor)
    try:
        with transaction.atomic():
            Hat.objects.filter(pk=hat.pk, sleeps=True).update(sleeps=False, ended_at=None)
    except IntegrityError:
        raise errors.HatAlreadyWorn from None
    home = hat.organisation.folder_id if hat.organisation else house_folder(at=at).pk
    folders = sorted({home, *folders_within([hat])})
    on = [hat.ref, hat.account.ref]
    note(actor, Deed.HAT_GIVEN, folders=folders, at=at, on=on, why="woken", rules_changed=folders)
    return hat
