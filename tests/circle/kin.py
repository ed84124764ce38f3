"""One family for the tests of who looked, what is kept apart, taken along and erased.

Anouk lives with Noor (9); Dennis, Noor's father, has another home. Fatima of the school reads the
school's part, Daan was asked one question, Peer is of the police. Made row by row: what these
tests look at must not depend on how a circle is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from smartstart.access.actor import Actor
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.models import (
    Authority,
    Basis,
    Circle,
    ConsentAnswer,
    Entry,
    Family,
    Ground,
    Member,
    Part,
    Question,
    Reply,
    Seat,
)
from smartstart.circle.operations_deciding import ASKED_KINDS
from smartstart.circle.states import (
    AuthorityKind,
    EntryKind,
    GroundKind,
    GroundState,
    QuestionKind,
    SeatKind,
)
from smartstart.people.models import Account, Domain, Hat, Organisation, Position
from smartstart.people.queries import actor_of

WORKERS: dict[str, tuple[str, str]] = {
    "fatima": ("school", "gedragscoach"),
    "karin": ("school", "intern begeleider"),
    "daan": ("school", "jeugdverpleegkundige"),
    "willem": ("team", "coordinator"),
    "wil": ("team", "wijkteam"),
    "peer": ("police", "jeugdagent"),
}
FAMILY: dict[str, Role] = {
    "anouk": Role.PARENT,
    "dennis": Role.PARENT,
    "noor": Role.YOUNG_PERSON,
    "ria": Role.SUPPORTER,
}


@dataclass
class Kin:
    """Everybody, both homes, and one folder each for who and what."""

    at: datetime
    family: Family
    hats: dict[str, Hat] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    circles: dict[str, Circle] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.at)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def actor(self, name: str) -> Actor:
        hats = Hat.objects.select_related("account", "organisation__folder", "position")
        hat = hats.get(pk=self.hats[name].pk)
        return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=self.at).pk)

    def receiver(self, name: str) -> UUID:
        return self.positions[name].ref if name in self.positions else self.person(name)

    def person(self, name: str) -> UUID:
        return self.hats[name].account.person

    def reading(self, name: str, *, at: datetime | None = None) -> Reading:
        return Reading(self.actor(name), at=at or self.at)

    def ground(self, name: str, part: str, kind: GroundKind, **more: Any) -> Ground:
        told = {
            "state": GroundState.GRANTED,
            "purpose": "test",
            "from_day": self.today - timedelta(days=30),
            "made_at": self.at - timedelta(days=2),
            "changed_at": self.at,
        }
        told |= more
        asked = kind in ASKED_KINDS and told["state"] == GroundState.GRANTED
        state = GroundState.NOT_ASKED if asked else told.pop("state")
        made = Ground.objects.create(
            folder=self.parts[part].folder,
            receiver=self.receiver(name),
            kind=kind,
            **told | {"state": state},
        )
        if asked:  # the yes comes before what it opens
            ConsentAnswer.objects.create(ground=made, person=self.person("anouk"), answer="yes")
            made.state = GroundState.GRANTED
            made.save(update_fields=["state"])
        return made

    def seat(self, name: str, part: str, *, called: str, **more: Any) -> Seat:
        made = Seat(
            folder=self.parts[part].folder,
            kind=more.pop("kind", SeatKind.TOPIC_READER),
            who=self.receiver(name),
            from_day=self.today - timedelta(days=30),
            made_by=self.person("anouk"),
            **more,
        )
        made.put(called=called, work=WORKERS.get(name, ("", "oma"))[1])
        made.save()
        return made

    def entry(self, part: str, words: str, *, by: str = "anouk", title: str = "") -> Entry:
        made = Entry(
            folder=self.parts[part].folder,
            kind=EntryKind.MESSAGE,
            author=self.receiver(by),
            written_at=self.at - timedelta(days=1),
        )
        made.put(words=words, title=title, author_called=by.title())
        made.save()
        return made

    def question(self, part: str, title: str, *, holder: str, by: str = "anouk") -> Question:
        made = Question(
            folder=self.parts[part].folder,
            kind=QuestionKind.QUESTION,
            holder=self.receiver(holder),
            asker=self.receiver(by),
            coordinator=self.positions["willem"].ref,
            asked_at=self.at - timedelta(days=1),
            promised_at=self.at + timedelta(days=3),
            cover_from=self.at + timedelta(days=3),
            coordinator_from=self.at + timedelta(days=6),
        )
        made.put(
            title=title,
            words=f"{title}: wat kan ik doen?",
            asker_called=by.title(),
            holder_called=holder.title(),
        )
        made.save()
        return made

    def reply(self, question: Question, words: str, *, by: str) -> Reply:
        made = Reply(
            folder=question.folder, question=question, author=self.receiver(by), written_at=self.at
        )
        made.put(words=words, author_called=by.title())
        made.save()
        return made

    def reads(self, name: str, row: Any, fieldname: str = "words", *, at: datetime) -> None:
        """Somebody reads a row, as a page would let them: the line is written."""
        reading = self.reading(name, at=at)
        fresh = type(row).objects.select_related("folder").get(pk=row.pk)
        reading.text(fresh, fieldname)
        reading.settle()


def kin(at: datetime) -> Kin:
    """Make the family in the database that is in use."""
    house_folder(at=at)
    made = Kin(at=at, family=Family.objects.create())
    _workers(made)
    for name, role in FAMILY.items():
        made.hats[name] = _hat(made, name, role)
    for home, parent in (("here", "anouk"), ("there", "dennis")):
        _home(made, home, parent)
    _shared(made)
    return made


def _workers(made: Kin) -> None:
    domains = {
        "school": Domain.EDUCATION,
        "team": Domain.MUNICIPALITY,
        "police": Domain.POLICE_JUSTICE,
    }
    places = {
        name: Organisation.objects.create(
            name=f"Plek {name}",
            domain=domain,
            folder=open_folder(FolderKind.ORGANISATION, at=made.at),
        )
        for name, domain in domains.items()
    }
    for one in places.values():
        Basis.objects.create(
            organisation=one.ref, regime="other", article="AVG 6", from_day=date(2020, 1, 1)
        )
    for name, (place, work) in WORKERS.items():
        position = Position.objects.create(organisation=places[place], called=work)
        made.positions[name] = position
        made.hats[name] = _hat(
            made, name, Role.PROFESSIONAL, organisation=places[place], position=position
        )
        position.occupant = made.hats[name].account
        position.save()


def _hat(made: Kin, name: str, role: Role, **more: Any) -> Hat:
    account = Account.objects.create_user(f"k-{name}", "een lang geheim", shown_as=name.title())
    return Hat.objects.create(
        account=account,
        role=role.value,
        called=role.value,
        from_day=made.today - timedelta(days=400),
        **more,
    )


def _member(made: Kin, name: str, *, is_child: bool) -> Member:
    if name not in made.members:
        made.members[name] = Member.objects.create(
            family=made.family, person=made.person(name), is_child=is_child
        )
    return made.members[name]


def _home(made: Kin, home: str, parent: str) -> None:
    folder = open_folder(FolderKind.HOUSEHOLD, at=made.at)
    circle = Circle(
        folder=folder,
        family=made.family,
        coordinator=made.positions["willem"].ref,
        opened_by=made.person(parent),
        opened_at=made.at - timedelta(days=60),
    )
    circle.put(called=f"Thuis {parent}")
    circle.save()
    made.circles[home] = circle
    made.parts[f"{home} household"] = part(made, folder, circle=circle, called="ons huis")
    for name, is_child in ((parent, False), ("noor", True)):
        own = open_folder(FolderKind.PERSON, at=made.at)
        member = _member(made, name, is_child=is_child)
        made.parts[f"{home} {name}"] = part(
            made, own, circle=circle, member=member, called=name.title()
        )
    made.ground(parent, f"{home} household", GroundKind.HOME)
    made.ground(parent, f"{home} {parent}", GroundKind.OWN)
    made.ground(parent, f"{home} noor", GroundKind.AUTHORITY)
    Authority.objects.create(
        child=made.members["noor"],
        circle=circle,
        who=made.person(parent),
        kind=AuthorityKind.PARENT,
        from_day=made.today - timedelta(days=400),
    )


def _shared(made: Kin) -> None:
    folder = open_folder(FolderKind.PERSON, at=made.at)
    willem = made.positions["willem"].ref
    shared = {"member": made.members["noor"], "coordinator": willem}
    made.parts["school"] = part(made, folder, called="Noor", **shared)
    for parent in ("anouk", "dennis"):
        made.ground(parent, "school", GroundKind.AUTHORITY)


def part(made: Kin, folder: Folder, *, called: str, **more: Any) -> Part:
    """Make one part of the family."""
    row = Part(folder=folder, family=made.family, ref=uuid4(), **more)
    row.put(called=called, born="2017-03-04" if called == "Noor" else None)
    row.save()
    return row


def enter_kin(made: Kin, name: str) -> Any:
    """Return a client in which one of them signed in, with two factors."""
    from django.test import Client

    client, hat = Client(), made.hats[name]
    client.force_login(hat.account)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password"},
        {"method": "mfa", "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(hat.account.pk)
    session["hat"] = hat.ref.hex
    session.save()
    return client
