"""What only the server does here: the region and its places, and forgetting old proposals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people.models import Account
from smartstart.people.running import AT_THE_SERVER
from smartstart.programme import errors, rules
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.models import Municipality, Proposal, Region, Vindplaats

KEPT_AFTER_ANSWER: Final = timedelta(days=365)


@transaction.atomic
def make_region(name: str, *, office: str, at: datetime) -> Region:
    """Make a region, or give it another person for new proposals.

    Raises NameMissing, NotFound, AddressTaken, in that order.
    """
    slug = rules.slug_of(name)
    if not slug:
        raise errors.NameMissing
    account = Account.objects.filter(username=office.lower(), is_active=True).first()
    if account is None:
        raise NotFound
    try:
        with transaction.atomic():
            region, _ = Region.objects.update_or_create(
                name=name, defaults={"slug": slug, "office": account}
            )
    except IntegrityError:
        raise errors.AddressTaken from None
    _note(account.ref, at=at, why="region")
    return region


@transaction.atomic
def make_municipality(code: str, name: str, *, region: str, at: datetime) -> Municipality:
    """Add a municipality to a region, by its code. Raises NotFound, CodeDoesNotFit."""
    found = Region.objects.filter(slug=rules.slug_of(region)).first()
    if found is None:
        raise NotFound
    try:
        with transaction.atomic():
            made, _ = Municipality.objects.update_or_create(
                code=code.upper(), defaults={"name": name, "region": found}
            )
    except IntegrityError:
        raise errors.CodeDoesNotFit from None
    _note(at=at, why="municipality")
    return made


@transaction.atomic
def make_place(
    name: str, *, kind: VindplaatsKind, municipality: str, address: str, at: datetime
) -> Vindplaats:
    """Add a place to a municipality, by its code. Raises NotFound."""
    town = Municipality.objects.filter(code=municipality.upper()).first()
    if town is None:
        raise NotFound
    place, _ = Vindplaats.objects.update_or_create(
        name=name, municipality=town, defaults={"kind": kind, "address": address}
    )
    _note(at=at, why="place")
    return place


def _note(*on: UUID, at: datetime, why: str) -> None:
    note(AT_THE_SERVER, Deed.MADE, folders=[house_folder(at=at).pk], at=at, on=on, why=why)


@transaction.atomic
def forget_answered(*, at: datetime) -> int:
    """Erase what people typed in proposals that were answered a year ago; return how many.

    A proposal that became a pilot keeps its pilot; that there was a proposal stays. Writes a line
    for each.
    """
    before = day_of(at) - KEPT_AFTER_ANSWER
    old = Proposal.objects.filter(answered_on__lt=before, sees__isnull=False)
    found = list(old.select_related("folder"))
    for proposal in found:
        proposal.put(sees=None, place=None, name=None, reach=None, answer="")
        proposal.save(update_fields=["sees", "place", "name", "reach", "answer"])
        note(
            AT_THE_SERVER,
            Deed.REMOVED,
            folders=[proposal.folder_id],
            at=at,
            on=[proposal.ref],
            why="kept for a year",
        )
    return len(found)
