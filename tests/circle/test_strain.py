"""A line of strain: who drew it picks who sees it, and ends that in one tap."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.base.refusals import NotFound, RulesChanged
from smartstart.circle.models import Ground, Part, Seat, Strain, StrainReader
from smartstart.circle.operations_strain import (
    draw_strain,
    hide_strain,
    show_strain,
    take_strain_away,
)
from smartstart.circle.queries_family import circle_page
from smartstart.circle.queries_strain import who_can_see
from smartstart.circle.states import GroundKind, Side
from tests.circle.kin import Kin, enter_kin, kin

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None, at_now: datetime) -> Kin:
    """Wil reads all of Noor, Karin one side of her, Noor herself the home; Anouk drew a line.

    Fatima reads the part of the school and has a seat here; Daan, to whom the line was drawn, too.
    """
    made = kin(at_now)
    made.ground("wil", "here noor", GroundKind.SEAT)
    made.ground("noor", "here noor", GroundKind.OWN)
    made.ground("noor", "here household", GroundKind.HOME)
    made.ground("karin", "here noor", GroundKind.SEAT, topic=Side.DEVELOPMENT)
    for name in ("wil", "karin", "fatima"):
        made.seat(name, "here noor", called=name.title())
    made.seat("daan", "here noor", called="Daan", side=Side.DEVELOPMENT)
    draw_strain(made.actor("anouk"), to(made, "daan").ref, at=made.at)
    return made


def to(home: Kin, name: str) -> Seat:
    return Seat.objects.get(who=home.receiver(name), folder=home.parts["here noor"].folder)


def who_sees(home: Kin) -> set[str]:
    return {
        name
        for name in home.hats
        if Strain.objects.visible_to(home.actor(name), on=home.today).exists()
    }


def picks(home: Kin) -> dict[str, bool]:
    ref = home.circles["here"].ref
    _seat, found = who_can_see(home.reading("anouk"), ref, to(home, "daan").ref)
    return {one.name: one.sees_it for one in found}


def pick(home: Kin, name: str, deed: Any = show_strain) -> None:
    deed(home.actor("anouk"), to(home, "daan").ref, home.receiver(name), at=home.at)


def test_only_who_sees_that_place_in_this_home_can_be_picked(home: Kin) -> None:
    assert set(picks(home)) == {"Noor", "Wil", "Karin"}
    for name in ("fatima", "daan", "dennis", "peer", "anouk", "ria"):
        with pytest.raises(NotFound):
            pick(home, name)
    assert not StrainReader.objects.exists()
    assert who_sees(home) == {"anouk"}


def test_who_reads_one_side_sees_a_line_to_who_stands_there_and_no_other(home: Kin) -> None:
    pick(home, "karin")
    assert who_sees(home) == {"anouk", "karin"}
    Seat.objects.filter(pk=to(home, "daan").pk).update(side=Side.SURROUNDINGS)
    assert who_sees(home) == {"anouk"}
    assert set(picks(home)) == {"Noor", "Wil"}


def test_the_other_home_is_never_picked_also_beside_what_both_share(home: Kin) -> None:
    school = home.seat("karin", "school", called="Karin")
    home.ground("wil", "school", GroundKind.SEAT)
    line = draw_strain(home.actor("anouk"), school.ref, at=home.at)
    assert line.folder_id == home.parts["here anouk"].folder_id
    assert Ground.objects.filter(receiver=home.person("dennis"), folder=school.folder).exists()
    with pytest.raises(NotFound):
        show_strain(home.actor("anouk"), school.ref, home.person("dennis"), at=home.at)
    show_strain(home.actor("anouk"), school.ref, home.receiver("wil"), at=home.at)

    there = circle_page(home.reading("dennis"), home.circles["there"].ref, None)
    assert {one.is_strain for one in there.around} == {False}


def test_a_picked_person_sees_it_with_a_line_and_no_more_after_one_tap(home: Kin) -> None:
    for name in ("noor", "noor", "wil"):
        pick(home, name)
    assert picks(home) == {"Noor": True, "Wil": True, "Karin": False}
    assert who_sees(home) == {"anouk", "noor", "wil"}
    ref, own = home.circles["here"].ref, home.parts["here anouk"].folder_id
    before = Line.objects.filter(folder=own).count()
    reading = home.reading("noor")
    (shown,) = [one for one in circle_page(reading, ref, None).around if one.strain]
    reading.settle()
    assert shown.strain is not None
    assert (shown.strain.is_mine, [*shown.strain.readers.values()]) == (False, [])
    assert [*shown.strain.drawn_by.values()] == ["Anouk"]
    assert Line.objects.filter(folder=own).count() == before + 1

    pick(home, "noor", hide_strain)
    assert who_sees(home) == {"anouk", "wil"}
    assert picks(home) == {"Noor": False, "Wil": True, "Karin": False}
    take_strain_away(home.actor("anouk"), to(home, "daan").ref, at=home.at)
    assert who_sees(home) == set()
    assert not StrainReader.objects.exists()


def test_a_page_that_is_being_made_is_thrown_away_when_it_is_ended(home: Kin) -> None:
    pick(home, "noor")
    reading = home.reading("noor")
    circle_page(reading, home.circles["here"].ref, None)
    pick(home, "noor", hide_strain)
    with pytest.raises(RulesChanged):
        reading.settle()


def test_it_stays_with_the_human_being_who_was_picked(home: Kin) -> None:
    """Fatima comes to sit where Wil sat: the line does not pass to her, and nobody says it does."""
    pick(home, "wil")
    home.positions["wil"].occupant = home.hats["fatima"].account
    home.positions["wil"].save()
    fatima = home.hats["fatima"]
    fatima.position = home.positions["wil"]
    fatima.save()
    assert home.actor("fatima").position == home.receiver("wil")
    assert not Strain.objects.visible_to(home.actor("fatima"), on=home.today).exists()
    assert picks(home) == {"Noor": False, "Fatima": False, "Karin": False}

    pick(home, "wil")  # as whom fatima reads now
    assert Strain.objects.visible_to(home.actor("fatima"), on=home.today).exists()
    assert not Strain.objects.visible_to(home.actor("wil"), on=home.today).exists()


def test_who_no_longer_reads_the_place_or_whose_drawer_left_sees_nothing(home: Kin) -> None:
    pick(home, "wil")
    pick(home, "noor")
    Ground.objects.filter(receiver=home.receiver("wil")).update(state="withdrawn")
    assert who_sees(home) == {"anouk", "noor"}
    own = Part.objects.get(pk=home.parts["here anouk"].pk).folder
    Ground.objects.filter(receiver=home.person("anouk"), folder=own).update(state="withdrawn")
    assert who_sees(home) == {"anouk"}


def test_the_pages_pick_show_and_end(home: Kin) -> None:
    ref, seat = home.circles["here"].ref, to(home, "daan").ref
    anouk = enter_kin(home, "anouk")
    page = reverse("circle:strain_seen", args=[ref, seat])
    told: dict[str, str | UUID] = {"who": home.receiver("wil"), "answer": "yes"}
    assert "Laat Wil meekijken" in anouk.get(page).content.decode()
    assert anouk.post(page, told).headers["Location"] == page
    assert "Stop: Wil ziet dit niet meer" in anouk.get(page).content.decode()
    picture = reverse("circle:circle", args=[ref])
    assert "Jij en Wil zien deze lijn." in anouk.get(picture).content.decode()
    part = reverse("circle:part", args=[home.parts["here noor"].ref])
    wil = enter_kin(home, "wil")
    wil.post(reverse("circle:reason"), {"why": "talk"})
    assert "Anouk laat jou dit zien." in wil.get(part).content.decode()
    anouk.post(page, told | {"answer": "no"})
    assert "Anouk laat jou dit zien." not in wil.get(part).content.decode()
    assert "Alleen jij ziet deze lijn." in anouk.get(picture).content.decode()
    statuses = {name: enter_kin(home, name).get(page).status_code for name in home.hats}
    assert statuses == {name: 200 if name == "anouk" else 404 for name in home.hats}
