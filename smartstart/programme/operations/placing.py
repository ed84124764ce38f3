"""Where a pilot begins: a place that is known, or one that is added with its municipality."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from smartstart.programme import errors
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.models import Municipality, Region, Vindplaats


@dataclass(frozen=True, slots=True)
class NewTown:
    """A municipality that is not in the region yet; ``code`` is GM and four figures."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that no pilot began at before."""

    name: str
    kind: VindplaatsKind
    town: Municipality | NewTown
    address: str = ""


def place_for(place: Vindplaats | NewPlace, region: Region) -> Vindplaats:
    """Return the place, added when it is new; one name in one municipality is one place.

    Raises NameMissing, CodeDoesNotFit, in that order.
    """
    if isinstance(place, Vindplaats):
        return place
    name = place.name.strip()
    if not name:
        raise errors.NameMissing
    found, _ = Vindplaats.objects.get_or_create(
        name=name,
        municipality=_town_for(place.town, region),
        defaults={"kind": place.kind, "address": place.address.strip()},
    )
    return found


def _town_for(town: Municipality | NewTown, region: Region) -> Municipality:
    if isinstance(town, Municipality):
        return town
    if not town.name.strip():
        raise errors.NameMissing
    try:
        with transaction.atomic():
            found, _ = Municipality.objects.get_or_create(
                code=town.code.strip().upper(),
                defaults={"name": town.name.strip(), "region": region},
            )
    except IntegrityError:
        raise errors.CodeDoesNotFit from None
    return found
