"""What pages ask of profiles: one's own to keep, and those of an organisation to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.consult.expertise.hours import Stretch, said
from smartstart.consult.expertise.operations import Described
from smartstart.consult.models import OpenHours, Profile
from smartstart.people.models import Position
from smartstart.programme.models import Municipality


@dataclass(frozen=True, slots=True)
class Own:
    """One's own function and what it says of itself; ``is_new``: it said nothing yet."""

    called: str
    organisation: str
    described: Described
    is_new: bool


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """What one function of an organisation says of itself, as its administrator sees it."""

    called: str
    occupant: str
    knows: tuple[str, ...]
    hours: str
    is_told: bool
    is_open: bool


def own(actor: Actor) -> Own:
    """Return one's own profile. Raises NotFound for who has no function. Six queries at most."""
    rows = Position.objects.filter(ref__in=[actor.position]).select_related("organisation")
    position = rows.first()
    if position is None:
        raise NotFound
    profile = Profile.objects.filter(position=position).first()
    described = Described(expertises=()) if profile is None else _described(profile)
    return Own(position.called, position.organisation.name, described, profile is None)


def _described(profile: Profile) -> Described:
    reaches = profile.reaches.values_list("place_id", "municipality__code")
    return Described(
        expertises=tuple(profile.expertises.values_list("key", flat=True)),
        about=profile.about,
        languages=tuple(profile.languages.split()),
        answers_within=profile.answers_within,
        is_open=profile.is_open,
        hours=tuple(_stretches(profile.hours.all())),
        places=tuple(place for place, _town in reaches if place is not None),
        towns=tuple(town for _place, town in reaches if town is not None),
    )


def _stretches(rows: Iterable[OpenHours]) -> list[Stretch]:
    return [Stretch(one.weekday, one.opens, one.closes, one.place_id, one.door) for one in rows]


def of_organisation(actor: Actor) -> list[ProfileLine]:
    """Return every function of one's organisation with what it says of itself. Four queries.

    Raises NotAllowed for who does not manage its people.
    """
    require(actor, Permission.PEOPLE_MANAGE)
    rows = Position.objects.filter(organisation__ref__in=[actor.organisation])
    told = rows.select_related("occupant", "profile").order_by("called", "id")
    found = told.prefetch_related("profile__expertises", "profile__hours")
    return [_line(position) for position in found]


def _line(position: Position) -> ProfileLine:
    profile: Profile | None = getattr(position, "profile", None)
    return ProfileLine(
        called=position.called,
        occupant=position.occupant.shown_as if position.occupant is not None else "",
        knows=tuple(one.called for one in profile.expertises.all()) if profile else (),
        hours=said(_stretches(profile.hours.all())) if profile else "",
        is_told=profile is not None,
        is_open=profile is not None and profile.is_open,
    )


def towns() -> list[tuple[str, str]]:
    """Return the municipalities of the region by name. One query."""
    return list(Municipality.objects.order_by("name").values_list("code", "name"))
