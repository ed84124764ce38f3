"""A home is opened, people come to live in it, and who decides about the children is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from smartstart.access.models import Folder
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import (
    errors,
    gate,
    operations_authority,
    operations_opening,
    operations_seats,
)
from smartstart.circle.models import (
    Address,
    Authority,
    Circle,
    Ground,
    Member,
    Part,
    Question,
    Seat,
    SeatCode,
)
from smartstart.circle.states import AuthorityKind, AuthorityState, GroundKind, Paper, SeatKind
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


def reads(place: Town, name: str, part: Part) -> bool:
    return gate.may_read(place.actor(name), part.folder_id, at=place.at)


def readers(place: Town, part: Part) -> set[str]:
    return {name for name in place.actors if reads(place, name, part)}


def test_a_mother_opens_a_circle_and_reads_her_home_and_herself(place: Town) -> None:
    circle = place.open()

    me = Member.objects.get(family=circle.family_id)
    assert readers(place, place.household(circle)) == {"anouk"}
    assert readers(place, place.part(me, circle)) == {"anouk"}
    reading = Reading(place.actor("anouk"), at=place.at)
    mine = Circle.objects.visible_to(place.actor("anouk"), on=place.today).select_related("folder")
    assert [reading.text(row, "called") for row in mine] == ["Thuis bij anouk"]
    assert [seat.kind for seat in Seat.objects.filter(folder=circle.folder)] == [SeatKind.FAMILY]


def test_a_form_sent_twice_opens_one_circle(place: Town) -> None:
    told = {"called": "Wij", "own_name": "Anouk", "coordinator": place.ref("willem")}
    ref = uuid4()
    one = operations_opening.open_circle(place.actor("anouk"), **told, at=place.at, ref=ref)
    two = operations_opening.open_circle(place.actor("anouk"), **told, at=place.at, ref=ref)

    assert one.circle == two.circle
    assert Circle.objects.count() == 1


def test_a_professional_opens_it_beside_a_parent_and_reads_nothing(place: Town) -> None:
    opened = operations_opening.open_circle(
        place.actor("fatima"),
        called="Wij",
        own_name="Anouk",
        coordinator=place.ref("willem"),
        at=place.at,
    )
    assert opened.seat is not None
    home = place.household(opened.circle)
    assert readers(place, home) == set()

    place.take("anouk", opened.seat, by="fatima")

    assert readers(place, home) == {"anouk"}
    own = Part.objects.get(circle=opened.circle, member__isnull=False)
    assert readers(place, own) == {"anouk"}
    assert not Seat.objects.visible_to(place.actor("fatima"), on=place.today).exists()
    assert not SeatCode.objects.visible_to(place.actor("fatima"), on=place.today).exists()


@pytest.mark.parametrize("name", ["ria", "noor", "ada", "petra", "sam", "rik"])
def test_nobody_else_opens_a_circle(place: Town, name: str) -> None:
    with pytest.raises(NotAllowed):
        place.open(name)


def test_an_organisation_that_does_not_take_part_opens_none(now: datetime) -> None:
    place = town(now, takes_part=False)
    with pytest.raises(errors.BasisIsMissing):
        place.open("fatima")


def test_a_circle_has_a_coordinator_and_a_name(place: Town) -> None:
    told = {"own_name": "Anouk", "at": place.at}
    with pytest.raises(errors.CoordinatorIsMissing):
        operations_opening.open_circle(
            place.actor("anouk"), called="Wij", coordinator=uuid4(), **told
        )
    with pytest.raises(errors.NameIsMissing):
        operations_opening.open_circle(
            place.actor("anouk"), called=" ", coordinator=place.ref("willem"), **told
        )


def test_a_child_is_read_by_who_decides_and_from_twelve_by_itself(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(12, place.today + timedelta(days=1)))
    place.move_in(circle, child, "noor")
    part, home = place.part(child, circle), place.household(circle)

    assert readers(place, part) == {"anouk"}
    assert readers(place, home) == {"anouk"}
    place.later(1)
    assert readers(place, part) == {"anouk", "noor"}
    assert readers(place, home) == {"anouk", "noor"}


def test_parents_read_until_the_day_before_sixteen_and_the_home_until_eighteen(
    place: Town,
) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(16, place.today + timedelta(days=1)))
    place.move_in(circle, child, "noor")
    part, home = place.part(child, circle), place.household(circle)

    assert readers(place, part) == {"anouk", "noor"}
    place.later(1)
    assert readers(place, part) == {"noor"}
    place.later(365 * 2 - 1)
    assert readers(place, home) == {"anouk", "noor"}
    place.later(3)
    assert readers(place, home) == {"anouk"}
    assert readers(place, part) == {"noor"}


@pytest.mark.parametrize("days", [1, -365 * 18 - 5])
def test_a_child_is_born_and_not_yet_eighteen(place: Town, days: int) -> None:
    circle = place.open()
    with pytest.raises(errors.BirthDateDoesNotFit):
        place.child(circle, "Noor", place.today + timedelta(days=days))


def test_brother_and_sister_do_not_read_each_other(place: Town) -> None:
    circle = place.open()
    for name, years in (("noor", 13), ("sem", 14)):
        child = place.child(circle, name.title(), years_ago(years, place.today, days=3))
        place.move_in(circle, child, name)
        assert readers(place, place.part(child, circle)) == {"anouk", name}


def test_who_lives_there_but_does_not_decide_reads_the_home_and_no_child(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.adult(circle, "bas")

    assert readers(place, place.household(circle)) == {"anouk", "bas"}
    assert readers(place, place.part(child, circle)) == {"anouk"}


def test_an_adult_lives_there_once_their_seat_is_taken(place: Town) -> None:
    circle = place.open()
    operations_opening.add_adult(place.actor("anouk"), circle.ref, called="Bas", at=place.at)
    assert Ground.objects.filter(folder=circle.folder, kind=GroundKind.HOME).count() == 1


def test_authority_is_said_by_who_decides_only(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.adult(circle, "bas")
    told = {"who": place.ref("bas"), "kind": AuthorityKind.PARENT, "at": place.at}

    with pytest.raises(NotAllowed):
        operations_authority.state_authority(place.actor("bas"), circle.ref, child.ref, **told)
    operations_authority.state_authority(place.actor("anouk"), circle.ref, child.ref, **told)

    assert readers(place, place.part(child, circle)) == {"anouk", "bas"}
    with pytest.raises(errors.AuthorityStated):
        operations_authority.state_authority(place.actor("anouk"), circle.ref, child.ref, **told)


def test_a_parent_without_authority_reads_nothing_of_the_child(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.adult(circle, "bas")
    operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref("bas"),
        kind=AuthorityKind.NO_AUTHORITY,
        at=place.at,
    )
    assert readers(place, place.part(child, circle)) == {"anouk"}


def test_authority_ends_at_once_or_with_a_day_and_nothing_opens_by_it(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.adult(circle, "bas")
    part = place.part(child, circle)
    theirs = operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref("bas"),
        kind=AuthorityKind.PARENT,
        at=place.at,
    )
    with pytest.raises(NotAllowed):
        operations_authority.end_authority(
            place.actor("anouk"), theirs.ref, last_day=place.today, at=place.at
        )
    before = Folder.objects.get(pk=part.folder_id).rules_version

    operations_authority.end_authority(
        place.actor("bas"), theirs.ref, last_day=place.today, at=place.at
    )

    assert readers(place, part) == {"anouk", "bas"}
    place.later(1)
    assert readers(place, part) == {"anouk"}
    assert Folder.objects.get(pk=part.folder_id).rules_version == before + 1


def test_authority_is_seen_by_a_professional_who_reads_and_a_doubt_takes_nothing(
    place: Town,
) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    part = place.part(child, circle)
    mine = Authority.objects.get(child=child)
    with pytest.raises(NotFound):
        operations_authority.see_authority(
            place.actor("fatima"), mine.ref, paper=Paper.REGISTER, at=place.at
        )
    place.seat(part, "fatima")
    place.ask(part, "fatima")

    for _ in range(2):
        operations_authority.dispute_authority(place.actor("fatima"), mine.ref, at=place.at)
    assert Question.objects.get().holder == place.ref("willem")
    assert readers(place, part) == {"anouk", "fatima"}
    seen = operations_authority.see_authority(
        place.actor("fatima"), mine.ref, paper=Paper.REGISTER, at=place.at
    )

    assert (seen.state, seen.seen_by, seen.seen_on, seen.paper) == (
        AuthorityState.SEEN,
        place.ref("fatima"),
        place.today,
        Paper.REGISTER,
    )


def test_a_guardian_decides_by_its_function(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    part = place.part(child, circle)
    place.seat(part, "gerda")
    operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref("gerda"),
        kind=AuthorityKind.GUARDIAN,
        at=place.at,
    )
    assert readers(place, part) == {"anouk", "gerda"}


def test_the_address_is_read_by_who_lives_there_and_nobody_else(place: Town) -> None:
    circle = place.open()
    home = place.household(circle)
    place.seat(home, "fatima")
    place.ask(home, "fatima")
    assert readers(place, home) == {"anouk", "fatima"}

    address = operations_opening.set_address(
        place.actor("anouk"), circle.ref, words="Geheim 12", is_secret=True, at=place.at
    )
    child = place.child(circle, "Noor", years_ago(13, place.today))
    place.move_in(circle, child, "noor")
    place.adult(circle, "bas")

    seen = {
        name
        for name, actor in place.actors.items()
        if Address.objects.visible_to(actor, on=place.today).exists()
        or gate.may_read(actor, address.folder_id, at=place.at)
    }
    assert seen == {"anouk", "noor", "bas"}
    address.refresh_from_db()
    reading = Reading(place.actor("bas"), at=place.at)
    row = Address.objects.select_related("folder").get()
    assert reading.text(row, "words") == "Geheim 12"


def test_two_homes_know_nothing_of_each_other(place: Town) -> None:
    here = place.open()
    child = place.child(here, "Noor", years_ago(9, place.today))
    place.adult(here, "bas")
    before = Folder.objects.get(pk=here.folder_id).rules_version
    there = place.other_home(here, [child], "dennis")

    assert readers(place, place.household(here)) == {"anouk", "bas"}
    assert readers(place, place.household(there)) == {"dennis"}
    assert readers(place, place.part(child, here)) == {"anouk"}
    assert readers(place, place.part(child, there)) == {"dennis"}
    assert readers(place, place.part(child, None)) == {"anouk", "dennis"}
    assert Folder.objects.get(pk=here.folder_id).rules_version == before
    for name, other in (("anouk", there), ("dennis", here)):
        for model in (Circle, Part, Seat, SeatCode, Authority, Ground):
            seen = model.objects.visible_to(place.actor(name), on=place.today)
            theirs = {
                "Circle": {"pk": other.pk},
                "Part": {"circle": other},
                "Seat": {"folder": other.folder},
                "SeatCode": {"seat__folder": other.folder},
                "Authority": {"circle": other},
                "Ground": {"folder": other.folder},
            }[model.__name__]
            assert model.objects.filter(**theirs).exists()
            assert not seen.filter(**theirs).exists(), (name, model)


def test_who_does_not_decide_opens_no_other_home(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today), mine=None)
    with pytest.raises(NotFound):
        place.other_home(circle, [child], "dennis")


def test_a_closed_circle_is_read_by_the_family_and_takes_nothing_new(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    part = place.part(child, circle)
    place.seat(part, "fatima")
    place.ask(part, "fatima")

    closed = operations_opening.close_circle(place.actor("anouk"), circle.ref, at=place.at)

    assert closed.erase_on == place.today + timedelta(days=365)
    assert readers(place, part) == {"anouk"}
    assert not Seat.objects.held_on(place.today).filter(folder=part.folder).exists()
    with pytest.raises(errors.CircleIsClosed):
        place.seat(part, "daan")
    operations_opening.reopen_circle(place.actor("anouk"), circle.ref, at=place.at)
    assert readers(place, part) == {"anouk"}
    with pytest.raises(errors.CircleRuns):
        operations_opening.reopen_circle(place.actor("anouk"), circle.ref, at=place.at)
    place.seat(part, "fatima")


def test_who_moves_out_reads_what_is_about_them_and_decides_no_more(place: Town) -> None:
    circle = place.open()
    child = place.child(circle, "Noor", years_ago(9, place.today))
    bas = place.adult(circle, "bas")
    operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref("bas"),
        kind=AuthorityKind.PARENT,
        at=place.at,
    )
    seat = Seat.objects.get(folder=circle.folder, who=place.ref("bas"))

    operations_seats.step_out(place.actor("bas"), seat.ref, at=place.at)

    assert readers(place, place.household(circle)) == {"anouk"}
    assert readers(place, place.part(child, circle)) == {"anouk"}
    assert readers(place, place.part(bas, circle)) == {"bas"}
    mine = Seat.objects.get(folder=circle.folder, who=place.ref("anouk"))
    with pytest.raises(errors.LastAtHome):
        operations_seats.step_out(place.actor("anouk"), mine.ref, at=place.at)
