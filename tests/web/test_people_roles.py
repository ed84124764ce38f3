"""Nobody acts in a role they did not choose; a role that sleeps is woken on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from smartstart.base import clock
from smartstart.people import queries, running
from smartstart.people.models import Domain, Hat
from tests.cast import Cast
from tests.web.people_cases import browser, send, sign_in

Enter = Callable[..., Any]

pytestmark = pytest.mark.django_db


def second_role(cast: Cast, name: str) -> Hat:
    return Hat.objects.create(
        account=cast.account(name),
        role="professional",
        organisation=cast.hats["ada"].organisation,
        called="leerkracht groep 5",
        from_day=clock.today(),
    )


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_who_has_one_role_begins_in_it(cast: Cast) -> None:
    bram = browser()
    sign_in(bram, "bram")
    assert bram.session["hat"] == cast.hats["bram"].ref.hex


def test_who_has_two_roles_chooses_before_anything_opens(cast: Cast) -> None:
    more = second_role(cast, "bram")
    bram = browser()
    sign_in(bram, "bram")
    assert bram.get("/")["Location"] == "/people/hats/"
    asked = bram.get("/people/restores/")
    assert asked["Location"] == "/people/hats/?next=%2Fpeople%2Frestores%2F"
    page = words(bram, asked["Location"])
    assert 'value="/people/restores/"' in page
    assert "is gestopt" not in page
    done = send(bram, "/people/hats/", {"hat": str(more.ref), "next": "/people/restores/"})
    assert done["Location"] == "/people/restores/"
    assert bram.get("/people/restores/").status_code == 200


def test_when_the_chosen_role_ends_no_other_is_worn_instead(enter: Enter, cast: Cast) -> None:
    second_role(cast, "bram")
    bram = enter("bram")
    slug = cast.pilot_a.slug
    assert bram.get(f"/desk/{slug}/").status_code == 200
    Hat.objects.filter(pk=cast.hats["bram"].pk).update(ended_at=clock.now())
    gone = bram.get(f"/desk/{slug}/")
    assert gone["Location"] == f"/people/hats/?next=%2Fdesk%2F{slug}%2F"
    page = words(bram, gone["Location"])
    assert "De rol waarin je werkte, is gestopt." in page
    assert "leerkracht groep 5" in page
    assert 'class="ss-hat ' not in page


def test_what_was_typed_waits_until_a_role_is_chosen(enter: Enter, cast: Cast) -> None:
    more = second_role(cast, "nadia")
    nadia = enter("nadia")
    Hat.objects.filter(pk=cast.hats["nadia"].pk).update(ended_at=clock.now())
    kept = nadia.post(f"/desk/{cast.pilot_a.slug}/doubts/", {"doubt": "Wie hoort dit te weten?"})
    assert "Wie hoort dit te weten?" in kept.content.decode()
    assert "Kies eerst je rol." in kept.content.decode()
    assert send(nadia, "/people/hats/", {"hat": str(more.ref)}).status_code == 302


def test_looking_at_the_roles_changes_nothing(enter: Enter, cast: Cast) -> None:
    second_role(cast, "bram")
    bram = enter("bram")
    Hat.objects.filter(pk=cast.hats["bram"].pk).update(ended_at=clock.now())
    before = dict(bram.session)
    words(bram, "/people/hats/")
    assert {**dict(bram.session), "seen": 0} == {**before, "seen": 0, "began": before["began"]}


def test_the_leader_wakes_a_role_that_sleeps(enter: Enter, cast: Cast) -> None:
    running.new_card("bram", at=clock.now(), today=clock.today())
    nadia = enter("nadia")
    slug = cast.pilot_a.slug
    for address in (f"/desk/{slug}/", f"/desk/{slug}/team/"):
        assert "Iemand kreeg een nieuwe kaart." in words(nadia, address)
    page = words(nadia, "/people/restores/")
    assert "Rollen die slapen" in page
    assert "Bram" in page
    assert "Niemand wacht." not in page
    done = send(nadia, f"/people/restores/hats/{cast.hats['bram'].pk}/wake/", {})
    assert done["Location"] == "/people/restores/"
    assert "Deze rol werkt weer." in words(nadia, "/people/restores/")
    assert "Iemand kreeg een nieuwe kaart." not in words(nadia, f"/desk/{slug}/team/")


def test_the_programme_office_hears_of_it_on_its_first_page(enter: Enter, cast: Cast) -> None:
    els = enter("els")
    assert "Iemand kreeg een nieuwe kaart." not in words(els, "/pilots/proposals/")
    running.new_card("nadia", at=clock.now(), today=clock.today())
    assert "Iemand kreeg een nieuwe kaart." in words(els, "/pilots/proposals/")


def test_who_sleeps_reads_why(cast: Cast) -> None:
    code = running.new_card("bram", at=clock.now(), today=clock.today()).code
    bram = browser()
    send(bram, "/people/card/", {"username": "bram", "code": code})
    page = words(bram, "/people/hats/")
    assert "Deze rol slaapt." in page
    assert "Laat de projectleider zeggen dat jij het bent." in page


def test_an_administrator_hears_of_another_whose_role_sleeps(enter: Enter, cast: Cast) -> None:
    ada, school = enter("ada"), cast.hats["ada"].organisation
    assert school is not None
    assert "De rol slaapt tot jij ja zegt." not in words(ada, "/people/organisation/")
    hat, code = running.make_administrator(
        "kees",
        shown_as="Kees",
        organisation=school.name,
        domain=Domain(school.domain),
        at=clock.now(),
        today=clock.today(),
    )
    assert "De rol slaapt tot jij ja zegt." in words(ada, "/people/organisation/")
    kees = browser()
    send(kees, "/people/card/", {"username": "kees", "code": code})
    assert "Laat een andere beheerder of het programmabureau" in words(kees, "/people/hats/")
    assert kees.get("/people/organisation/").status_code == 302
    send(ada, f"/people/restores/hats/{hat.pk}/wake/", {})
    assert queries.hat_worn(hat.account, None, on=clock.today()) == hat
