"""Who looks after a circle hands it over: asked, taken or not; nobody comes: erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings

from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import errors, operations_erasing, operations_opening
from smartstart.circle.models import Circle, Ground, Part, Question
from smartstart.circle.operations_looking_after import (
    drop_offer,
    look_after,
    looked_after_by,
    offer_looking_after,
)
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.operations_seats import number_and_code, take_seat
from smartstart.circle.operations_sharing import take_back
from smartstart.people.models import Account, Hat, Position
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


def test_the_family_asks_another_who_says_yes_and_gets_what_climbs(place: Town) -> None:
    circle = place.open()
    child = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(child, "fatima")
    asked = ask_question(
        place.actor("anouk"), child.ref, to=place.ref("fatima"), title="a", words="b", at=place.at
    )

    offer_looking_after(place.actor("anouk"), circle.ref, to=place.ref("gerda"), at=place.at)
    circle.refresh_from_db()
    assert circle.coordinator == place.ref("willem")
    with pytest.raises(NotFound):
        look_after(place.actor("karin"), circle.ref, at=place.at)
    look_after(place.actor("gerda"), circle.ref, at=place.at)

    circle.refresh_from_db()
    asked.refresh_from_db()
    assert (circle.coordinator, circle.offered_to) == (place.ref("gerda"), None)
    assert asked.coordinator == place.ref("gerda")
    late = asked.coordinator_from
    acting = {
        name: Question.objects.acted_on_by(place.actor(name), at=late).exists()
        for name in ("willem", "gerda", "fatima")
    }
    assert acting == {"willem": False, "gerda": True, "fatima": False}
    assert not Circle.objects.visible_to(place.actor("gerda"), on=place.today).exists()


def test_what_lay_with_who_looked_after_it_without_words_goes_along(place: Town) -> None:
    circle = place.open()
    child = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(child, "fatima")
    asked = ask_question(
        place.actor("anouk"), child.ref, to=place.ref("fatima"), title="a", words="b", at=place.at
    )
    ground = Ground.objects.get(question=asked)
    take_back(place.actor("anouk"), ground.ref, at=place.at)
    asked.refresh_from_db()
    assert asked.holder == place.ref("willem")

    offer_looking_after(place.actor("anouk"), circle.ref, to=place.ref("gerda"), at=place.at)
    look_after(place.actor("gerda"), circle.ref, at=place.at)
    asked.refresh_from_db()
    assert (asked.holder, asked.coordinator) == (place.ref("gerda"), place.ref("gerda"))


def test_what_both_homes_share_goes_along_only_when_both_have_the_same(place: Town) -> None:
    """A function elsewhere tells where a home moved to, also to the other home."""
    here = place.open()
    noor = place.child(here, "Noor", years_ago(9, place.today))
    there = place.other_home(here, [noor], "dennis")
    shared = Part.objects.get(member=noor, circle=None)
    place.seat(shared, "fatima")
    asked = ask_question(
        place.actor("anouk"), shared.ref, to=place.ref("fatima"), title="a", words="b", at=place.at
    )

    def climbs_to() -> set[UUID]:
        asked.refresh_from_db()
        shared.refresh_from_db()
        return {asked.coordinator, shared.looked_after_by}

    assert climbs_to() == {place.ref("willem")}
    for circle, parent, expected in ((there, "dennis", "willem"), (here, "anouk", "gerda")):
        offer_looking_after(place.actor(parent), circle.ref, to=place.ref("gerda"), at=place.at)
        look_after(place.actor("gerda"), circle.ref, at=place.at)
        assert climbs_to() == {place.ref(expected)}


def test_who_looks_after_it_asks_another_and_both_can_drop_it(place: Town) -> None:
    circle = place.open()
    for name in ("willem", "anouk", "gerda"):
        offer_looking_after(place.actor("willem"), circle.ref, to=place.ref("gerda"), at=place.at)
        drop_offer(place.actor(name), circle.ref, at=place.at)
        circle.refresh_from_db()
        assert (circle.coordinator, circle.offered_to) == (place.ref("willem"), None)
    with pytest.raises(errors.NobodyWasAsked):
        drop_offer(place.actor("anouk"), circle.ref, at=place.at)
    with pytest.raises(errors.LooksAfterIt):
        offer_looking_after(place.actor("anouk"), circle.ref, to=place.ref("willem"), at=place.at)
    for outsider in ("gerda", "dennis", "ria", "petra"):
        with pytest.raises((NotFound, NotAllowed)):
            offer_looking_after(
                place.actor(outsider), circle.ref, to=place.ref("karin"), at=place.at
            )


def test_when_nobody_is_in_the_function_its_cover_hands_it_over(place: Town) -> None:
    circle = place.open()
    account = Account.objects.get(username="t-wil")
    Position.objects.filter(ref=place.ref("willem")).update(cover=account)
    assert not looked_after_by(place.actor("wil"), on=place.today).exists()
    with pytest.raises(NotFound):
        offer_looking_after(place.actor("wil"), circle.ref, to=place.ref("gerda"), at=place.at)

    Hat.objects.filter(account__username="t-willem").update(ended_at=place.at)

    assert looked_after_by(place.actor("wil"), on=place.today).get() == circle
    Position.objects.filter(ref=place.ref("daan")).update(occupant=None)
    with pytest.raises(errors.CoordinatorIsMissing):
        offer_looking_after(place.actor("wil"), circle.ref, to=place.ref("daan"), at=place.at)
    offer_looking_after(place.actor("wil"), circle.ref, to=place.ref("gerda"), at=place.at)
    look_after(place.actor("gerda"), circle.ref, at=place.at)
    assert looked_after_by(place.actor("gerda"), on=place.today).get() == circle


def test_a_circle_opened_for_a_family_of_which_nobody_comes_is_erased(place: Town) -> None:
    opened, taken = [
        operations_opening.open_circle(
            place.actor("fatima"),
            called="Ons huis",
            own_name=name,
            coordinator=place.ref("willem"),
            at=place.at,
        )
        for name in ("Malika", "Dennis")
    ]
    alone = place.open("anouk")
    assert taken.seat is not None
    _row, text = operations_opening.new_seat_code(taken.seat, at=place.at)
    take_seat(place.actor("dennis"), *number_and_code(text), at=place.at)
    last = place.today + timedelta(days=settings.SMARTSTART_CIRCLE_TAKEN_DAYS)

    assert [one.circle for one in operations_erasing.untaken_circles()] == [opened.circle.ref]
    assert operations_erasing.due_on(last - timedelta(days=1)) == []
    assert operations_erasing.due_on(last) == [opened.circle.ref]
    late = place.at + timedelta(days=settings.SMARTSTART_CIRCLE_TAKEN_DAYS)
    for one in (opened.circle, taken.circle, alone):
        operations_erasing.erase_circle(one.ref, at=late)

    standing = Circle.objects.standing()
    assert set(standing.values_list("ref", flat=True)) == {taken.circle.ref, alone.ref}
    assert operations_erasing.untaken_circles() == []
