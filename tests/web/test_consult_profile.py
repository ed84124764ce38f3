"""What a function says of itself, who sees that, and who is in at a place today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult import queries_here
from smartstart.consult.expertise import operations as expertise
from smartstart.consult.models import OpenHours, Profile, Saying
from smartstart.people.models import Domain, Organisation
from smartstart.programme.models import Municipality, Region, Vindplaats
from tests.consult.people import BY_RULES, People, browser, people
from tests.web.test_consult import words_of

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)  # a Tuesday
TOLD: dict[str, Any] = {
    "about": "Slapen en bewegen",
    "answers_within": "240",
    "languages": ["nl", "tr"],
    "is_open": "on",
    "expertises": ["slapen"],
    "opens_1": "09:00",
    "closes_1": "12:30",
    "door_1": "Kamer 4, naast de gymzaal",
}


@pytest.fixture
def room(db: None) -> Iterator[People]:
    with clock.fixed(AT):
        made = people(AT)
        expertise.load_expertises()
        yield made


def place_of(room: People) -> Vindplaats:
    office = room.hats["marit"].account
    region = Region.objects.create(slug="de-regio", name="De regio", office=office)
    town = Municipality.objects.create(name="Tilburg", code="GM0855", region=region)
    return Vindplaats.objects.create(name="De Vlinder", kind="primary_school", municipality=town)


def test_one_keeps_the_own_page_the_administrator_looks_and_parents_see_who_is_in(
    room: People,
) -> None:
    place, bas = place_of(room), browser(room, "bas")
    page = "/consult/profile/"
    assert "Wat ik weet en wanneer" in words_of(bas.get("/consult/"))
    for told in (
        {"languages": []},
        {"closes_1": "08:00"},
        {"closes_1": ""},
        {"place_1": ""},
        {"expertises": ["toveren"]},
        {"place_1": str(place.pk), "opens_1": "", "closes_1": ""},
    ):
        wrong: Any = bas.post(page, TOLD | {"place_1": str(place.pk)} | told)
        assert wrong.status_code == 422, told
    assert not Profile.objects.exists()

    more = {"place_1": str(place.pk), "places": [str(place.pk)], "towns": ["GM0855"]}
    assert bas.post(page, TOLD | more).headers["Location"] == page
    kept = Profile.objects.get()
    assert (kept.about, kept.answers_within, kept.languages) == ("Slapen en bewegen", 240, "nl tr")
    hours = OpenHours.objects.get()
    assert (hours.weekday, hours.opens, hours.closes) == (1, time(9), time(12, 30))
    again: Any = bas.get(page)
    assert "Pagina voor ouders van De Vlinder" in words_of(again)
    for value in ('value="09:00"', 'value="12:30"', "Kamer 4, naast de gymzaal"):
        assert value in again.content.decode()

    parents = f"/here/{place.pk}/{queries_here.key_of(place.pk)}/"
    assert parents in again.content.decode()
    here: Any = Client().get(parents)
    assert "Bas ergotherapeut 9.00-12.30 Deur: Kamer 4" in words_of(here)
    assert "013 000 0100" in words_of(here)
    assert "Smart Start" not in here.content.decode()
    assert here.headers["X-Robots-Tag"] == "noindex"
    for address in (f"/here/{place.pk}/0123456789abcdef/", parents.replace(f"/{place.pk}/", "/0/")):
        assert Client().get(address).status_code == 404

    with clock.fixed(AT + timedelta(days=1)):
        assert "Vandaag is er niemand Op dinsdag 24 november" in words_of(Client().get(parents))
    Organisation.objects.update(domain=Domain.SAFETY)
    assert "Bas" not in words_of(Client().get(parents))

    assert_who_sees_what(room, page)


def assert_who_sees_what(room: People, page: str) -> None:
    """The administrator looks at the own organisation; nobody else reaches another's page."""
    ada = room.hats["ada"]
    type(ada).objects.filter(pk=ada.pk).update(organisation=room.positions["bas"].organisation)
    told_of = words_of(browser(room, "ada").get("/consult/profiles/"))
    assert "ergotherapeut Bas slapen dinsdag 9.00-12.30" in told_of
    assert "verpleegkundige Daan Vulde nog niets in." in told_of
    assert "gedragscoach" not in told_of
    for name, address in (("els", page), ("ada", page), ("peer", page)):
        assert browser(room, name).get(address).status_code == 404, name
    for name in ("bas", "els"):
        assert browser(room, name).get("/consult/profiles/").status_code == 404, name


def test_who_answered_or_passed_on_teaches_the_list_words_and_takes_them_away(
    room: People,
) -> None:
    words = "Een kind kruipt onder de tafel bij harde geluiden."
    exchange = room.ask("fatima", "bas", words=words)
    page = f"/consult/{exchange.ref}/teach/"
    bas, fatima = browser(room, "bas"), browser(room, "fatima")
    assert {one.get(page).status_code for one in (bas, fatima)} == {404}
    fatima.post(f"/consult/{exchange.ref}/decline/", BY_RULES | {"why": "Niet mijn vak."})
    bas.post(f"/consult/{exchange.ref}/answer/", BY_RULES | {"words": "Gebeld."})

    for who in (bas, fatima):
        assert "Leer ons hoe mensen dit zeggen" in words_of(who.get(f"/consult/{exchange.ref}/"))
        assert "Ja, leer deze woorden" in words_of(who.get(page))
    for name in ("joost", "daan", "marit", "els", "ada", "peer"):
        assert browser(room, name).get(page).status_code == 404, name
    told = {"expertise": "gedrag-klas", "language": "nl"}
    assert bas.post(page, told | {"words": words}).status_code == 422  # a copy
    assert bas.post(page, told | {"words": ""}).status_code == 422
    away: Any = bas.post(page, told | {"words": "schrikt van elk geluid"})
    assert "kunnen deze woorden nu niet" in words_of(away)  # nobody here knows names
    assert not Saying.objects.filter(learned=True).exists()

    one = Saying.objects.filter(expertise__key="slapen")[0]
    Saying.objects.filter(pk=one.pk).update(learned=True, learned_by=room.ref("bas"))
    assert one.words in words_of(fatima.get("/consult/words/"))
    assert fatima.post("/consult/words/", {"number": "x"}).status_code == 404
    assert fatima.post("/consult/words/", {"number": str(one.pk)}).status_code == 302
    assert not Saying.objects.filter(pk=one.pk).exists()
    assert browser(room, "els").get("/consult/words/").status_code == 404
