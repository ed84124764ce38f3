"""Who asks and who knows: a school, a health service and a Team op Maat, with covers.

Joost teaches and asks. Fatima (Karin covers for her), Bas and Daan may know. Marit looks after
questions, Wil covers for her. Ada administers, Els evaluates, Peer has no function: none of them
reads anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import FolderKind
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.consult import operations_asking as asking
from smartstart.consult.expertise import operations as expertise
from smartstart.consult.models import Exchange
from smartstart.consult.states import AskerKind
from smartstart.consult.steps import who_holds_the_code
from smartstart.people.models import Account, Domain, Hat, Organisation, Position
from smartstart.people.queries import actor_of

WORDS = "Een kind kruipt onder de tafel bij harde geluiden. Wat kan ik doen?"
WORK: dict[str, tuple[str, str]] = {
    "joost": ("school", "leerkracht"),
    "fatima": ("school", "gedragscoach"),
    "karin": ("school", "intern begeleider"),
    "bas": ("health", "ergotherapeut"),
    "daan": ("health", "verpleegkundige"),
    "marit": ("team", "coördinator"),
    "wil": ("team", "medewerker"),
}
COVERS = {"fatima": "karin", "marit": "wil"}
OTHERS = {"ada": Role.ADMINISTRATOR, "els": Role.RESEARCHER, "peer": Role.PROFESSIONAL}
DOMAINS = {"school": Domain.EDUCATION, "health": Domain.HEALTH, "team": Domain.WELFARE}
EVERYBODY = (*WORK, *OTHERS)
CODE = "VRAA2345VRAA2345"


@dataclass
class People:
    """Everybody, by name, and the moment at which it plays."""

    at: datetime
    hats: dict[str, Hat] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return somebody as they come in now; ``code``: who asked by code last."""
        hats = Hat.objects.select_related("account", "organisation__folder", "position")
        hat = hats.get(pk=self.hats[name].pk)
        return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=self.at).pk)

    def ref(self, name: str) -> UUID:
        return self.positions[name].ref

    def name(self, ref: UUID) -> str:
        return next(name for name, one in self.positions.items() if one.ref == ref)

    def ask(self, *to: str, by: str = "joost", **more: Any) -> Exchange:
        """Ask as a teacher, or ``by="parent"`` with a code."""
        told: dict[str, Any] = {"words": WORDS, "kind": AskerKind.PROFESSIONAL, "at": self.at}
        if by == "parent":
            told |= {"kind": AskerKind.PARENT, "code": CODE}
        actor = VISITOR if by == "parent" else self.actor(by)
        refs = [self.ref(name) for name in to or ("fatima",)]
        return asking.ask(actor, **told | {"to": refs} | more)

    def know(self, *names: str, about: str) -> None:
        """Let functions say of themselves what they know much about."""
        for name in names:
            described = expertise.Described(expertises=(), about=about)
            expertise.describe_position(self.actor(name), self.ref(name), as_=described, at=self.at)

    def again(self, exchange: Exchange) -> Exchange:
        return Exchange.objects.select_related("folder", "tally").get(pk=exchange.pk)

    def who(self, queryset: str, exchange: Exchange, *, at: datetime) -> set[str]:
        """Return for whom of everybody a queryset of exchanges holds this one."""
        found = {name: self.actor(name) for name in EVERYBODY if not self.has_left(name)}
        if exchange.asker == exchange.ref:
            found["code"] = who_holds_the_code(exchange.ref)
        return {
            name
            for name, actor in found.items()
            if getattr(Exchange.objects, queryset)(actor, at=at).filter(pk=exchange.pk).exists()
        }

    def has_left(self, name: str) -> bool:
        return Hat.objects.get(pk=self.hats[name].pk).ended_at is not None

    def leaves(self, name: str) -> None:
        Hat.objects.filter(pk=self.hats[name].pk).update(ended_at=self.at)

    def turns(self, exchange: Exchange) -> list[str]:
        return list(exchange.turns.order_by("id").values_list("kind", flat=True))


def people(at: datetime) -> People:
    """Make them in the database that is in use."""
    made = People(at)
    house_folder(at=at)
    places = {
        name: Organisation.objects.create(
            name=name, domain=domain, folder=open_folder(FolderKind.ORGANISATION, at=at)
        )
        for name, domain in DOMAINS.items()
    }
    for name in EVERYBODY:
        place = places[WORK[name][0] if name in WORK else "school"]
        account = Account.objects.create_user(name, shown_as=name.title())
        if name in WORK:
            made.positions[name] = Position.objects.create(
                organisation=place, called=WORK[name][1], phone="013 000 0100", occupant=account
            )
        made.hats[name] = Hat.objects.create(
            account=account,
            role=OTHERS.get(name, Role.PROFESSIONAL).value,
            organisation=place,
            position=made.positions.get(name),
            called=name,
            from_day=day_of(at) - timedelta(days=90),
        )
    for name, cover in COVERS.items():
        Position.objects.filter(pk=made.positions[name].pk).update(cover=made.hats[cover].account)
    asking.name_team(made.ref("marit"), place=None)
    return made


def browser(room: People, name: str) -> Client:
    """Return a browser in which somebody signed in with two keys; "" is nobody."""
    client = Client()
    if not name:
        return client
    account = room.hats[name].account
    client.force_login(account)
    session = client.session
    keys = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session["account_authentication_methods"] = keys
    session["account_authentication_methods_user"] = str(account.pk)
    session["hat"] = room.hats[name].ref.hex
    session.save()
    return client


def by_code(code: str) -> Client:
    """Return a browser in which somebody opened their question by its code."""
    client = Client()
    opened = client.post("/my-question/", {"code": code})
    assert opened.headers["Location"] == "/my-question/page/"
    return client


# Somebody who read on the page that only the fixed rules look now: nobody here knows names.
BY_RULES = {"told": "rules"}
