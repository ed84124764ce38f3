"""Another second for what is withheld: never fewer than two, and never one who did not say yes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from smartstart.base.refusals import NotFound
from smartstart.circle import errors_withheld as errors
from smartstart.circle.models import Circle, Ground, Part, Withheld, WithheldStep
from smartstart.circle.operations_seconds import ask_third, come_as_second, rather_not_second
from smartstart.circle.operations_withheld import (
    ask_to_open,
    confirm_opening,
    confirm_withheld,
    review_withheld,
    write_withheld,
)
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


@pytest.fixture
def noor(place: Town) -> Part:
    circle: Circle = place.open()
    part = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    for name in ("fatima", "daan", "karin"):
        place.seat(part, name)
        place.ask(part, name)
    return part


def kept(place: Town, noor: Part) -> Withheld:
    made = write_withheld(
        place.actor("fatima"), noor.ref, words="w", why="y", other=place.ref("daan"), at=place.at
    )
    return confirm_withheld(place.actor("daan"), made.ref, at=place.at)


def readers(place: Town) -> set[str]:
    on = place.today
    names = ("fatima", "daan", "karin", "willem", "anouk", "petra")
    seen = {name: Withheld.objects.visible_to(place.actor(name), on=on) for name in names}
    return {name for name, rows in seen.items() if rows.exists()}


def asked(place: Town, made: Withheld, third: str = "karin", leaves: str = "daan") -> Withheld:
    told = {"leaves": place.ref(leaves), "third": place.ref(third), "why": "Gaat weg."}
    return ask_third(place.actor("fatima"), made.ref, at=place.at, **told)


def test_the_third_takes_the_place_with_a_yes_and_not_before(place: Town, noor: Part) -> None:
    made = kept(place, noor)
    asked(place, made)
    assert readers(place) == {"fatima", "daan"}
    with pytest.raises(NotFound):
        come_as_second(place.actor("willem"), made.ref, at=place.at)

    come_as_second(place.actor("karin"), made.ref, at=place.at)

    assert readers(place) == {"fatima", "karin"}
    standing = Ground.objects.standing_on(place.today).filter(folder=made.folder_id)
    assert set(standing.values_list("receiver", flat=True)) == {
        place.ref("fatima"),
        place.ref("karin"),
    }
    ask_to_open(place.actor("fatima"), made.ref, why="Kan nu.", at=place.at)
    confirm_opening(place.actor("karin"), made.ref, at=place.at)


def test_who_was_asked_can_say_no_and_another_is_asked(place: Town, noor: Part) -> None:
    made = kept(place, noor)
    for third in ("daan", "fatima"):
        with pytest.raises(errors.NeedsASecond):
            asked(place, made, third=third)
    with pytest.raises(errors.TheOtherDecides):
        asked(place, made, leaves="karin", third="willem")
    asked(place, made)
    rather_not_second(place.actor("karin"), made.ref, why="Ik ken ze.", at=place.at)
    assert readers(place) == {"fatima", "daan"}
    with pytest.raises(NotFound):
        come_as_second(place.actor("karin"), made.ref, at=place.at)
    asked(place, made, third="willem")
    come_as_second(place.actor("willem"), made.ref, at=place.at)
    assert readers(place) == {"fatima", "willem"}
    kinds = list(WithheldStep.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["proposed", "confirmed", "third", "third_no", "third", "third_came"]


def test_who_proposed_leaves_before_the_other_said_yes(place: Town, noor: Part) -> None:
    """The third then is who proposes: the one who must confirm stays the one who must."""
    made = write_withheld(
        place.actor("fatima"), noor.ref, words="w", why="y", other=place.ref("daan"), at=place.at
    )
    asked(place, made, leaves="fatima")
    come_as_second(place.actor("karin"), made.ref, at=place.at)
    with pytest.raises(errors.TheOtherDecides):
        confirm_withheld(place.actor("karin"), made.ref, at=place.at)
    confirm_withheld(place.actor("daan"), made.ref, at=place.at)
    assert readers(place) == {"karin", "daan"}


def test_who_did_not_look_again_in_time_keeps_nothing_more_apart(place: Town, noor: Part) -> None:
    made = kept(place, noor)
    place.later(29)
    for name, other in (("fatima", "karin"), ("daan", "karin")):
        with pytest.raises(errors.LookAgainFirst):
            write_withheld(
                place.actor(name), noor.ref, words="w", why="y", other=place.ref(other), at=place.at
            )
    until = place.today + timedelta(days=28)
    review_withheld(place.actor("daan"), made.ref, why="Nog niet.", until=until, at=place.at)
    kept(place, noor)
