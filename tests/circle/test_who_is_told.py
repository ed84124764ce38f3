"""Who is named to somebody at work: whom they know near a part, and nobody else of that home."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from smartstart.access.models import FolderKind
from smartstart.access.operations import open_folder
from smartstart.circle import (
    operations_opening,
    queries_deciding,
    queries_looking_after,
    queries_work,
)
from smartstart.circle import operations_questions as operations
from smartstart.circle.errors_questions import NotInThisCircle
from smartstart.circle.models import Circle
from smartstart.circle.question_places import may_be_asked
from smartstart.circle.states import GroundKind
from tests.circle.asking import Asking, asking
from tests.circle.worlds import town


@pytest.fixture
def home(db: None, now: datetime) -> Asking:
    """Fatima reads about Noor; Peer of the police helps the mother herself."""
    made = asking(now)
    made.kin.ground("fatima", "here noor", GroundKind.SEAT)
    made.kin.seat("peer", "here anouk", called="Peer")
    return made


def test_what_a_law_demands_names_only_whom_one_knows_near_the_child(home: Asking) -> None:
    ref = home.kin.parts["here noor"].ref
    page = queries_deciding.tellable(home.kin.reading("fatima"), ref)
    assert [one.name for one in page.people] == ["Daan", "Willem"]


def test_a_question_is_given_to_nobody_of_another_home(home: Asking) -> None:
    home.kin.seat("fatima", "there dennis", called="Fatima")
    home.kin.ground("fatima", "there dennis", GroundKind.SEAT)
    home.kin.seat("peer", "there dennis", called="Peer")
    question = home.ask()
    found = queries_work.receivers(home.kin.reading("fatima"), question.ref)
    assert "jeugdagent" not in [one.who.name for one in found]


def test_a_colleague_beside_the_mother_is_not_told_and_nobody_can_try_who_has_a_place(
    home: Asking,
) -> None:
    home.kin.seat("karin", "here anouk", called="Karin")
    home.kin.seat("karin", "here household", called="Karin")
    part = home.kin.parts["here noor"]
    known = may_be_asked(home.actor("fatima"), part, on=home.kin.today)
    assert {home.name(ref) for ref in known} == {"daan", "willem"}
    for hidden in ("karin", "peer", "wil"):
        with pytest.raises(NotInThisCircle):
            home.ask(by="fatima", to=hidden)

    question = home.ask()
    at = home.at + timedelta(minutes=1)
    for hidden in ("peer", "wil"):
        with pytest.raises(NotInThisCircle):
            operations.offer(home.actor("fatima"), question.ref, to=home.ref(hidden), at=at)
    home.kin.seat("karin", "here noor", called="Karin")
    known = may_be_asked(home.actor("fatima"), part, on=home.kin.today)
    assert {home.name(ref) for ref in known} == {"daan", "karin", "willem"}
    assert home.ask(by="fatima", to="karin").holder == home.ref("karin")


def test_a_circle_opened_for_a_family_stays_listed_when_the_child_gets_another_home(
    db: None, now: datetime
) -> None:
    place = town(now)
    circle = operations_opening.open_circle(
        place.actor("willem"),
        called="Ons huis",
        own_name="Malika",
        coordinator=place.ref("willem"),
        at=now,
    ).circle
    before = queries_looking_after.looking_after(place.actor("willem"), on=place.today).waiting
    Circle.objects.create(
        family=circle.family,
        folder=open_folder(FolderKind.HOUSEHOLD, at=now),
        coordinator=circle.coordinator,
        opened_by=circle.opened_by,
        opened_at=now,
    )
    after = queries_looking_after.looking_after(place.actor("willem"), on=place.today).waiting
    assert [one.ref for one in before] == [circle.ref]
    assert after == before
