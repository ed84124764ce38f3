"""The cast is the same everywhere.

Nadia leads pilot A, Bram codes in it too, Joke works in another pilot and may know nothing, Els is
the programme office, Ada administers an organisation, Petra is the privacy officer, Anouk is a
mother who was interviewed, Sam runs the server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from smartstart.access.actor import Actor
from smartstart.access.models import FolderKind
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.people.models import Account, Domain, Hat, Organisation
from smartstart.people.queries import actor_of
from smartstart.programme.choices import State, VindplaatsKind
from smartstart.programme.models import Municipality, Pilot, QuestionVersion, Region, Vindplaats

ROLES: dict[str, tuple[Role, str | None]] = {
    "nadia": (Role.PROJECT_LEADER, "pilot_a"),
    "bram": (Role.RESEARCHER, "pilot_a"),
    "joke": (Role.RESEARCHER, "pilot_b"),
    "els": (Role.PROGRAMME_OFFICE, None),
    "ada": (Role.ADMINISTRATOR, None),
    "petra": (Role.PRIVACY_OFFICER, None),
    "anouk": (Role.PARENT, None),
    "sam": (Role.OPERATOR, None),
}


@dataclass
class Cast:
    """Everybody, and the moment at which the play takes place."""

    now: datetime
    region: Region
    pilot_a: Pilot
    pilot_b: Pilot
    accounts: dict[str, Account]
    hats: dict[str, Hat] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.now)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def actor(self, name: str, *, assurance: int = 2) -> Actor:
        hats = Hat.objects.select_related("account", "organisation__folder", "position")
        hat = hats.get(pk=self.hats[name].pk)
        house = house_folder(at=self.now).pk
        return actor_of(hat.account, hat, assurance=assurance, house_folder=house)

    def account(self, name: str) -> Account:
        return self.hats[name].account


def people(now: datetime) -> Cast:
    """Make the cast in the database that is in use."""
    house_folder(at=now)
    school = Organisation.objects.create(
        name="Basisschool De Regenboog",
        domain=Domain.EDUCATION,
        folder=open_folder(FolderKind.ORGANISATION, at=now),
    )
    accounts = {
        name: Account.objects.create_user(name, "een lang geheim", shown_as=name.title())
        for name in ROLES
    }
    region = Region.objects.create(slug="de-regio", name="De regio", office=accounts["els"])
    first, second = (pilot(name, region, now=now) for name in ("pilot_a", "pilot_b"))
    pilots = {"pilot_a": first, "pilot_b": second}
    cast = Cast(now=now, region=region, accounts=accounts, pilot_a=first, pilot_b=second)
    for name, (role, within) in ROLES.items():
        cast.hats[name] = Hat.objects.create(
            account=accounts[name],
            role=role.value,
            organisation=None if role is Role.PARENT else school,
            within=pilots[within].ref if within else None,
            called=role.value,
            from_day=cast.today - timedelta(days=30),
        )
    return cast


def pilot(slug: str, region: Region, *, now: datetime, is_public: bool = False) -> Pilot:
    """Make a running pilot with one question at a school of its own."""
    town, _ = Municipality.objects.get_or_create(
        code="GM0855", defaults={"name": "Tilburg", "region": region}
    )
    folder = open_folder(FolderKind.PILOT, at=now)
    made = Pilot.objects.create(
        ref=folder.ref,
        folder=folder,
        region=region,
        vindplaats=Vindplaats.objects.create(
            name=f"School {slug}", kind=VindplaatsKind.PRIMARY_SCHOOL, municipality=town
        ),
        slug=slug.replace("_", "-"),
        called=slug.replace("_", " ").title(),
        state=State.RUNNING,
        proposed_on=day_of(now) - timedelta(days=60),
        started_on=day_of(now) - timedelta(days=30),
        is_public=is_public,
    )
    QuestionVersion.objects.create(
        pilot=made, number=1, text=f"Wat helpt op {slug}?", since=day_of(now) - timedelta(days=30)
    )
    return made


def signed_in(cast: Cast, name: str, *, assurance: int = 2) -> Any:
    """Return a client in which a member of the cast signed in."""
    from django.test import Client

    client = Client()
    client.force_login(cast.account(name))
    session = client.session
    keys = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session["account_authentication_methods"] = keys[:assurance]
    session["account_authentication_methods_user"] = str(cast.account(name).pk)
    session["hat"] = cast.hats[name].ref.hex
    session.save()
    return client


@pytest.fixture
def cast(db: None, now: datetime) -> Cast:
    """The cast in a database that rolls back."""
    return people(now)


@pytest.fixture
def enter(cast: Cast) -> Callable[..., Any]:
    """Sign a member of the cast in with Django's client, with two factors unless said otherwise."""
    return partial(signed_in, cast)
