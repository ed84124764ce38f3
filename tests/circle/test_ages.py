"""Birthdays by the clock: who reads and who must say yes, on both sides of midnight, by the law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import gate, operations_authority, operations_opening
from smartstart.circle.models import Authority, Circle, ConsentAnswer, Ground, Member, Part
from smartstart.circle.operations_deciding import deciders
from smartstart.circle.queries_leaving import Grown, without_place
from smartstart.circle.rules import birthday
from smartstart.circle.scene import scene
from smartstart.circle.states import AuthorityKind, GroundState
from tests.circle import oracle
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db
AGES = (11, 12, 15, 16, 17, 18)
LEAP = date(2016, 2, 29)


@dataclass
class Child:
    """A child of the town, by birth date, and what can be said about it."""

    born: date
    is_able: bool
    member: Member
    part: Part
    parents: set[str]


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


@pytest.fixture
def circle(place: Town) -> Circle:
    made = place.open()
    place.adult(made, "bas")
    return made


def children(place: Town, circle: Circle) -> list[Child]:
    """Each age, able or not, with nobody, one or two who decide: a birthday in ten days."""
    found = []
    decided: list[set[str]] = [set(), {"anouk"}, {"anouk", "bas"}]
    births = [years_ago(age, place.today + timedelta(days=10)) for age in AGES]
    for born, is_able, parents in product([*births, LEAP], (True, False), decided):
        mine = AuthorityKind.PARENT if parents else None
        member = place.child(circle, "Kind", born, mine=mine, is_able=is_able)
        if "bas" in parents:
            operations_authority.state_authority(
                place.actor("anouk"),
                circle.ref,
                member.ref,
                who=place.ref("bas"),
                kind=AuthorityKind.PARENT,
                at=place.at,
            )
        found.append(Child(born, is_able, member, place.part(member, circle), parents))
    return found


def midnights(born: date, today: date) -> list[datetime]:
    """The last and the first second around every birthday that counts and still comes."""
    days = [birthday(born, age) for age in (12, 16, 18)]
    starts = [datetime(day.year, day.month, day.day, tzinfo=HERE) for day in days if day > today]
    return [start + timedelta(seconds=one) for start in starts for one in (-1, 0)]


def test_who_reads_changes_at_midnight_of_a_birthday(place: Town, circle: Circle) -> None:
    looked = 0
    for child in children(place, circle):
        as_child = _as(place, child)
        for at in midnights(child.born, place.today):
            day = at.date()
            looked += 1
            young = oracle.parent_reads_child(child.born, day, is_able=child.is_able)
            expected = child.parents if young else set()
            folder = child.part.folder_id
            reading = {
                name for name in place.actors if gate.may_read(place.actor(name), folder, at=at)
            }
            assert reading == expected, (child.born, day)
            assert gate.may_read(as_child, folder, at=at) == oracle.child_reads_itself(
                child.born, day
            )
            assert gate.may_read(as_child, circle.folder_id, at=at) == oracle.child_reads_home(
                child.born, day
            )
    assert looked > 150


def _as(place: Town, child: Child) -> Actor:
    return replace(place.actor("noor"), person=child.member.person)


def test_who_must_say_yes_changes_at_midnight_of_a_birthday(place: Town, circle: Circle) -> None:
    for child in children(place, circle):
        names = {place.ref(name): name for name in ("anouk", "bas")}
        names[child.member.person] = "child"
        for at in midnights(child.born, place.today):
            day = at.date()
            asked = deciders(child.part, on=day)
            expected = oracle.must_say_yes(
                child.born, day, "child", child.parents, is_able=child.is_able
            )
            assert {names[who] for who in asked.people} == expected, (child.born, day)


def test_a_yes_never_lives_over_a_birthday_at_which_others_decide(
    place: Town, circle: Circle
) -> None:
    """Asked on every day around an edge, it ends before the people who must say yes change."""
    for child in children(place, circle):
        for at in midnights(child.born, place.today):
            who = deciders(child.part, on=at.date())
            if not who.people:
                continue
            told = [
                oracle.must_say_yes(child.born, day, "c", child.parents, is_able=child.is_able)
                for day in (at.date(), min(who.last_day, date(2090, 1, 1)))
            ]
            assert told[0] == told[1], (child.born, at)


def test_at_eighteen_no_parent_reads_and_no_yes_of_before_stands(
    place: Town, circle: Circle
) -> None:
    born = years_ago(18, place.today + timedelta(days=1))
    child = place.child(circle, "Noor", born)
    place.move_in(circle, child, "noor")
    part = place.part(child, circle)
    place.seat(part, "daan", by="noor")
    ground = place.ask(part, "daan", by="noor")
    assert gate.may_read(place.actor("daan"), part.folder_id, at=place.at)

    place.later(1)

    assert ground.last_day == place.today - timedelta(days=1)
    reading = {
        name
        for name in place.actors
        if gate.may_read(place.actor(name), part.folder_id, at=place.at)
    }
    assert reading == {"noor"}
    assert Authority.objects.filter(child=child).exists()
    assert ConsentAnswer.objects.filter(ground=ground).count() == 1


def test_whether_a_child_can_weigh_it_is_said_by_who_works_with_it(
    place: Town, circle: Circle
) -> None:
    born = years_ago(16, place.today)
    child = place.child(circle, "Noor", born)
    place.move_in(circle, child, "noor")
    part = place.part(child, circle)
    place.seat(part, "daan", by="noor")
    place.ask(part, "daan", by="noor")

    with pytest.raises(NotFound):
        operations_authority.say_able(place.actor("anouk"), part.ref, is_able=False, at=place.at)
    with pytest.raises(NotAllowed):
        operations_authority.say_able(place.actor("noor"), part.ref, is_able=False, at=place.at)
    operations_authority.say_able(place.actor("daan"), part.ref, is_able=False, at=place.at)

    reading = {
        n for n in place.actors if gate.may_read(place.actor(n), part.folder_id, at=place.at)
    }
    assert reading == {"noor", "anouk"}
    assert deciders(place.part(child, circle), on=place.today).people == {place.ref("anouk")}
    asked = Ground.objects.get(receiver=place.ref("daan"))
    assert asked.state == GroundState.ASKED


def test_a_child_that_turned_16_without_a_place_is_not_lost_to_its_parents(
    place: Town, circle: Circle
) -> None:
    born = years_ago(16, place.today + timedelta(days=2))
    child = place.child(circle, "Noor", born)

    def listed(name: str) -> list[Grown]:
        return without_place(scene(Reading(place.actor(name), at=place.at), circle.ref))

    assert listed("anouk") == []
    place.later(3)
    assert listed("anouk") == [Grown(child.ref, birthday(born, 16))]
    assert listed("bas") == []  # lives there, and never decided about this child
    operations_opening.offer_own_seat(place.actor("anouk"), circle.ref, child.ref, at=place.at)
    assert listed("anouk") == []
