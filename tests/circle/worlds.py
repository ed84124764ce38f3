"""A town for the tests of who may read: four organisations, parents, and what the doors do.

Everything is made through the operations, so what these tests find is what people get.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.models import FolderKind
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.circle import operations_opening, operations_seats, operations_sharing
from smartstart.circle.models import Basis, Circle, Ground, Member, Part, Seat
from smartstart.circle.operations_seats import Place
from smartstart.circle.regimes import Regime
from smartstart.circle.states import AuthorityKind, SeatKind
from smartstart.people.models import Account, Domain, Hat, Organisation, Position
from smartstart.people.queries import actor_of

ORGANISATIONS = {
    "school": Domain.EDUCATION,
    "team": Domain.MUNICIPALITY,
    "health": Domain.HEALTH,
    "police": Domain.POLICE_JUSTICE,
}
# Who works where, and in which function; Els has none.
WORKERS: dict[str, str] = {
    "fatima": "school",
    "karin": "school",
    "willem": "team",
    "wil": "team",
    "daan": "health",
    "peer": "police",
    "gerda": "team",
}
FAMILY: dict[str, Role] = {
    "anouk": Role.PARENT,
    "bas": Role.PARENT,
    "dennis": Role.PARENT,
    "noor": Role.YOUNG_PERSON,
    "sem": Role.YOUNG_PERSON,
    "ria": Role.SUPPORTER,
    "malika": Role.PARENT,
}
OTHERS: dict[str, Role] = {
    "ada": Role.ADMINISTRATOR,
    "petra": Role.PRIVACY_OFFICER,
    "sam": Role.OPERATOR,
    "rik": Role.RESEARCHER,
}
PURPOSE = "samen kijken"


@dataclass
class Town:
    """Everybody, and what was made so far. ``at`` is the moment of the next deed."""

    at: datetime
    actors: dict[str, Actor] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.at)

    def actor(self, name: str) -> Actor:
        return self.actors[name]

    def ref(self, name: str) -> UUID:
        """Return as whom somebody reads."""
        actor = self.actors[name]
        found = actor.position if actor.role is Role.PROFESSIONAL else actor.person
        assert found is not None
        return found

    def later(self, days: int) -> None:
        self.at += timedelta(days=days)

    def open(self, name: str = "anouk", *, coordinator: str = "willem") -> Circle:
        return operations_opening.open_circle(
            self.actor(name),
            called=f"Thuis bij {name}",
            own_name=name.title(),
            coordinator=self.ref(coordinator),
            at=self.at,
        ).circle

    def child(
        self, circle: Circle, called: str, born: date, *, by: str = "anouk", **more: Any
    ) -> Member:
        return operations_opening.add_child(
            self.actor(by), circle.ref, called=called, born=born, at=self.at, **more
        )

    def part(self, member: Member, circle: Circle | None) -> Part:
        rows = Part.objects.select_related("folder", "circle", "member")
        return rows.get(member=member, circle=circle)

    def household(self, circle: Circle) -> Part:
        rows = Part.objects.select_related("folder", "circle", "member")
        return rows.get(member=None, circle=circle)

    def adult(self, circle: Circle, name: str, *, by: str = "anouk") -> Member:
        """Let an adult in and have them take their seat."""
        seat = operations_opening.add_adult(
            self.actor(by), circle.ref, called=name.title(), at=self.at
        )
        self.take(name, seat, by=by)
        return Member.objects.get(family=circle.family_id, person=self.ref(name))

    def move_in(self, circle: Circle, child: Member, name: str, *, by: str = "anouk") -> None:
        """Give a child their own place, and have them take it."""
        seat = operations_opening.offer_own_seat(self.actor(by), circle.ref, child.ref, at=self.at)
        self.take(name, seat, by=by)

    def take(self, name: str, seat: Seat, *, by: str) -> Seat:
        _made, text = operations_seats.make_seat_code(self.actor(by), seat.ref, at=self.at)
        number, code = operations_seats.number_and_code(text)
        return operations_seats.take_seat(self.actor(name), number, code, at=self.at)

    def seat(
        self,
        part: Part,
        name: str,
        *,
        by: str = "anouk",
        kind: SeatKind = SeatKind.QUESTION_ONLY,
        **more: Any,
    ) -> Seat:
        """Offer a function that the family picked its place."""
        return operations_seats.offer_seat(
            self.actor(by),
            part.ref,
            kind=kind,
            place=Place(name.title()),
            who=self.ref(name),
            at=self.at,
            **more,
        )

    def beside(self, part: Part, name: str, *, by: str = "anouk", days: int = 60) -> Seat:
        """Let somebody close by in, with a code."""
        seat = operations_seats.offer_seat(
            self.actor(by),
            part.ref,
            kind=SeatKind.CONFIDANT,
            place=Place(name.title()),
            last_day=self.today + timedelta(days=days),
            at=self.at,
        )
        return self.take(name, seat, by=by)

    def ask(self, part: Part, name: str, *, by: str = "anouk", **more: Any) -> Ground:
        return operations_sharing.ask_ground(
            self.actor(by),
            part.ref,
            receiver=self.ref(name),
            purpose=PURPOSE,
            at=self.at,
            **more,
        )

    def other_home(self, circle: Circle, children: list[Member], name: str) -> Circle:
        """Open the other home of these children and have the other parent take it."""
        text = operations_opening.open_other_home(
            self.actor("anouk"),
            circle.ref,
            children=[child.ref for child in children],
            called=f"Thuis bij {name}",
            own_name=name.title(),
            theirs=AuthorityKind.PARENT,
            at=self.at,
        )
        number, code = operations_seats.number_and_code(text)
        operations_seats.take_seat(self.actor(name), number, code, at=self.at)
        return Circle.objects.exclude(pk=circle.pk).get(family=circle.family_id)


def town(at: datetime, *, takes_part: bool = True) -> Town:
    """Make it in the database that is in use."""
    house = house_folder(at=at).pk
    made = Town(at=at)
    for name, domain in ORGANISATIONS.items():
        made.organisations[name] = Organisation.objects.create(
            name=f"Voorbeeld {name}",
            domain=domain,
            folder=open_folder(FolderKind.ORGANISATION, at=at),
        )
        if takes_part:
            agree(made.organisations[name], on=day_of(at))
    for name, place in WORKERS.items():
        there = made.organisations[place]
        position = Position.objects.create(organisation=there, called=f"functie van {name}")
        hat = _hat(made, name, Role.PROFESSIONAL, organisation=there, position=position)
        Position.objects.filter(pk=position.pk).update(occupant=hat.account)
        made.actors[name] = _actor(hat, house)
    for name, role in (FAMILY | OTHERS).items():
        works = {"organisation": made.organisations["school"]} if role in OTHERS.values() else {}
        made.actors[name] = _actor(_hat(made, name, role, **works), house)
    return made


def agree(organisation: Organisation, *, on: date, **more: Any) -> Basis:
    """Let an organisation take part."""
    return Basis.objects.create(
        organisation=organisation.ref,
        regime=more.pop("regime", Regime.YOUTH_CARE.value),
        article="Jeugdwet 7.3.11",
        agreement="Afspraak 2026",
        from_day=on - timedelta(days=4_000),
        **more,
    )


def _hat(made: Town, name: str, role: Role, **more: Any) -> Hat:
    account = Account.objects.create_user(f"t-{name}", None, shown_as=name.title())
    return Hat.objects.create(
        account=account,
        role=role.value,
        called=role.value,
        from_day=made.today - timedelta(days=400),
        **more,
    )


def _actor(hat: Hat, house: int) -> Actor:
    hats = Hat.objects.select_related("account", "organisation__folder", "position")
    fresh = hats.get(pk=hat.pk)
    return actor_of(fresh.account, fresh, assurance=2, house_folder=house)


def years_ago(years: int, on: date, *, days: int = 0) -> date:
    """Return the birth date of who is so many years, and was so since so many days."""
    day = on - timedelta(days=days)
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
