"""The first page, and the three locks on stepping into an invented person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.jobs import example
from smartstart.people import example as people
from smartstart.people.models import Account
from smartstart.people.queries import assurance_of
from smartstart.web.start.people import GROUPS, beginning

ADDRESSES = (
    ("get", "/example/"),
    ("post", "/example/public/"),
    ("post", "/example/step-in/"),
)
HERE = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def example_mode(db: None, settings: Any) -> None:
    settings.SMARTSTART_EXAMPLE = True


@pytest.fixture
def region(example_mode: None, now: datetime) -> None:
    """The people of the example, in a database marked so."""
    people.mark(at=now)
    people.make_cast(at=now)


def visitor(place: dict[str, str] = HERE, *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.defaults.update(place)
    return client


def statuses(client: Client) -> list[int]:
    return [
        getattr(client, method)(address, {"person": "yara"}).status_code
        for method, address in ADDRESSES
    ]


def test_the_first_visit_shows_everyone_to_look_as(region: None) -> None:
    page = visitor().get("/")

    words = page.content.decode()
    assert page.status_code == 200
    assert "Rondkijken als iemand anders" in words
    for group in GROUPS:
        for card in group.cards:
            assert escape(card.name) in words
            assert escape(str(card.begin)) in words


def test_stepping_in_signs_in_with_two_keys_and_the_hat(region: None) -> None:
    client = visitor()

    answer = client.post("/example/step-in/", {"person": "els"})

    els = Account.objects.get(username="els")
    assert answer.status_code == 302
    assert answer.headers["Location"] == beginning("els")
    assert client.session["_auth_user_id"] == str(els.pk)
    assert assurance_of(client.session, els) == 2
    assert client.session["hat"] == els.hats.get().ref.hex
    assert Line.objects.filter(deed="entered").count() == 1


def test_after_choosing_the_first_page_is_the_public_site(region: None) -> None:
    client = visitor()
    client.post("/example/public/")

    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"] != "/"
    assert client.get("/example/").status_code == 200


def test_a_real_person_cannot_be_stepped_into(region: None) -> None:
    Account.objects.create_user("nadia", "een lang geheim", shown_as="Nadia")

    answer = visitor().post("/example/step-in/", {"person": "nadia"})

    assert answer.status_code == 404
    assert not Line.objects.filter(deed="entered").exists()


def test_an_ended_person_cannot_be_stepped_into(region: None) -> None:
    Account.objects.filter(username="els").update(is_active=False)

    assert visitor().post("/example/step-in/", {"person": "els"}).status_code == 404


def test_without_the_setting_the_addresses_do_not_exist(region: None, settings: Any) -> None:
    assert statuses(visitor()) == [200, 302, 302]
    settings.SMARTSTART_EXAMPLE = False

    assert statuses(visitor()) == [404, 404, 404]
    assert visitor().get("/").status_code == 302


def test_in_an_unmarked_database_the_addresses_do_not_exist(cast: Any, settings: Any) -> None:
    settings.SMARTSTART_EXAMPLE = True
    Account.objects.update(is_example=True)

    assert statuses(visitor()) == [404, 404, 404]
    assert visitor().get("/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.168.1.5"},
        {"HTTP_HOST": "smartstart.example", "REMOTE_ADDR": "127.0.0.1"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "10.0.0.9"},
        {**HERE, "HTTP_FORWARDED": "for=10.0.0.9"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": ""},
    ],
)
def test_from_elsewhere_the_addresses_do_not_exist(
    region: None, settings: Any, elsewhere: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert statuses(visitor()) == [200, 302, 302]

    assert statuses(visitor(elsewhere)) == [404, 404, 404]
    assert visitor(elsewhere).get("/").status_code == 302


def test_ipv6_loopback_is_here(region: None) -> None:
    there = {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}

    assert visitor(there).get("/example/").status_code == 200


def test_stepping_in_needs_the_token_of_a_form(region: None) -> None:
    strict = visitor(strict=True)

    assert strict.post("/example/step-in/", {"person": "els"}).status_code == 403


def locked_els() -> Client:
    client = visitor()
    client.post("/example/step-in/", {"person": "els"})
    client.post("/people/lock/")
    return client


def test_an_invented_person_unlocks_with_one_tap(region: None) -> None:
    client = locked_els()

    page = client.get("/people/unlock/?next=/people/me/").content.decode()
    assert "Verzonnen mensen hebben geen wachtwoord." in page
    assert 'name="secret"' not in page

    answer = client.post("/people/unlock/", {"invented": "yes", "next": "/people/me/"})
    assert answer["Location"] == "/people/me/"
    assert client.get("/people/me/").status_code == 200


def test_outside_the_example_one_tap_opens_nothing(region: None, settings: Any) -> None:
    client = locked_els()
    settings.SMARTSTART_EXAMPLE = False

    assert 'name="secret"' in client.get("/people/unlock/").content.decode()
    client.post("/people/unlock/", {"invented": "yes"})
    assert client.get("/people/me/").status_code == 302


def test_a_get_steps_into_nobody(region: None) -> None:
    assert visitor().get("/example/step-in/?person=els").status_code == 405


def test_a_database_in_use_cannot_become_an_example(
    cast: Any, settings: Any, now: datetime, enter: Callable[..., Client]
) -> None:
    settings.SMARTSTART_EXAMPLE = True

    with pytest.raises(people.NotAnEmptyHouse):
        example.load(at=now)

    assert not people.is_marked()
    assert not Account.objects.filter(is_example=True).exists()


def test_everybody_begins_at_a_page_that_is_there(example_mode: None, now: datetime) -> None:
    example.load(at=now)
    with clock.fixed(now):
        for person in (card for group in GROUPS for card in group.cards):
            client = visitor()
            answer = client.post("/example/step-in/", {"person": person.value})
            page = client.get(answer.headers["Location"], follow=True)

            assert answer.headers["Location"] == reverse(person.begins_at[0]), person.value
            assert page.status_code == 200, person.value


def test_the_mark_is_written_once_and_stays(example_mode: None, now: datetime) -> None:
    people.mark(at=now)
    people.mark(at=now)

    assert Line.objects.filter(number=1, folder__kind="house").count() == 1
    assert people.is_marked()


def test_loading_twice_changes_nothing(example_mode: None, now: datetime) -> None:
    example.load(at=now)
    before = Account.objects.count(), Line.objects.count()
    example.load(at=now)

    assert (Account.objects.count(), Line.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "begins"),
    [
        ("nadia", "/desk/"),
        ("els", "/pilots/proposals/"),
        ("ada", "/people/organisation/"),
    ],
)
def test_who_is_signed_in_begins_at_their_own_work(
    cast: Any, enter: Callable[[str], Client], who: str, begins: str
) -> None:
    answer = enter(who).get("/")

    assert (answer.status_code, answer["Location"]) == (302, begins)


def test_who_has_no_work_here_begins_at_the_public_site(db: None) -> None:
    answer = visitor().get("/")

    assert (answer.status_code, answer["Location"]) == (302, reverse("programme:home"))
