"""Pages of administrators, of the second person, of roles and invitations, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartstart.base import clock
from smartstart.people.models import Account, Hat, Position, Restore
from tests.cast import Cast
from tests.web.people_cases import PASSWORD, browser, factors, phone, send, sign_in

Enter = Callable[..., Client]
CALLED = {"called": "gedragscoach", "phone": "013 000 0100"}
pytestmark = pytest.mark.django_db


def code_on(page: Any) -> str:
    found = re.search(r"<code>([0-9A-Z-]+)</code>", page.content.decode())
    assert found is not None
    return found[1]


def invite(ada: Client, **more: str) -> str:
    fields = {"shown_as": "Fatima", "called": "gedragscoach", "role": "professional", **more}
    page = ada.post("/people/organisation/invite/", fields)
    assert "testserver/people/invitation/" in page.content.decode()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    return code_on(page)


def test_ada_invites_fatima_who_comes_in_by_the_code_once(enter: Enter, cast: Cast) -> None:
    code = invite(enter("ada"))
    fatima = browser()
    for _ in range(2):
        assert fatima.get("/people/invitation/").status_code == 200
    fields = {"code": code, "username": "Fatima", "password": PASSWORD}
    page = send(fatima, "/people/invitation/", fields)
    assert (page.status_code, "Welkom" in page.content.decode()) == (200, True)

    assert sign_in(fatima, "fatima").status_code == 302
    assert "gedragscoach" in fatima.get("/people/hats/").content.decode()
    again = send(browser(), "/people/invitation/", {**fields, "username": "tweede"})
    assert again.status_code == 422
    # Found by hand: one letter typed wrongly sent people back for a new invitation.
    assert "Kijk op je papier, of vraag een nieuwe." in again.content.decode()
    assert code not in enter("ada").get("/people/organisation/").content.decode()


def test_without_a_password_a_card_is_shown_once(enter: Enter, cast: Cast) -> None:
    code = invite(enter("ada"))
    page = send(browser(), "/people/invitation/", {"code": code, "username": "fatima"})
    card = code_on(page)
    fatima = browser()
    send(fatima, "/people/card/", {"username": "fatima", "code": card})
    assert factors(fatima) == 1


def test_a_weak_password_or_a_taken_name_keeps_the_code(enter: Enter, cast: Cast) -> None:
    code = invite(enter("ada"))
    for wrong, sentence in (
        ({"username": "fatima", "password": "kort"}, "wachtwoord"),
        ({"username": "nadia", "password": PASSWORD}, "Iemand anders heeft deze gebruikersnaam al"),
    ):
        page = send(browser(), "/people/invitation/", {"code": code, **wrong})
        assert page.status_code == 422
        assert sentence in page.content.decode()
    good = {"code": code, "username": "fatima", "password": PASSWORD}
    assert send(browser(), "/people/invitation/", good).status_code == 200


def test_a_stranger_does_not_learn_names_from_the_invitation_page(cast: Cast) -> None:
    bodies = set()
    for name in ("nadia", "nobodyhere"):
        page = send(browser(), "/people/invitation/", {"code": "AAAABBBB", "username": name})
        bodies.add(re.sub(r'value="[^"]*"', "", page.content.decode()))
    assert len(bodies) == 1


def test_who_is_signed_in_takes_one_more_role(enter: Enter, cast: Cast) -> None:
    code = invite(enter("ada"))
    anouk = browser()
    sign_in(anouk, "anouk")
    send(anouk, "/people/invitation/", {"code": code})
    assert Hat.objects.filter(account=cast.account("anouk")).count() == 2


def test_bram_changes_his_hat_and_the_bar_says_so(cast: Cast) -> None:
    more = Hat.objects.create(
        account=cast.account("bram"),
        role="professional",
        organisation=cast.hats["ada"].organisation,
        called="leerkracht groep 5",
        from_day=clock.today(),
    )
    bram = browser()
    sign_in(bram, "bram")
    done = send(bram, "/people/hats/", {"hat": str(more.ref), "next": "/people/me/"})
    assert done["Location"] == "/people/me/"
    bar = re.search(
        r'<section class="ss-hat.*?</section>', bram.get("/people/me/").content.decode(), re.DOTALL
    )
    assert bar is not None
    assert "leerkracht groep 5" in bar[0]
    theirs = send(bram, "/people/hats/", {"hat": str(cast.hats["nadia"].ref)})
    assert theirs.status_code == 409
    assert "Deze rol is gestopt" in theirs.content.decode()


def test_a_sign_in_ends_with_the_hat(enter: Enter, cast: Cast) -> None:
    bram = browser()
    sign_in(bram, "bram")
    assert bram.get("/people/me/").status_code == 200
    pk = cast.account("bram").pk
    ada = enter("ada")
    assert ada.get(f"/people/organisation/people/{pk}/end/").status_code == 200
    assert bram.get("/people/me/").status_code == 200, "looking at the question ends nothing"
    ada.post(f"/people/organisation/people/{pk}/end/", {"answer": "yes"})
    assert bram.get("/people/me/").status_code == 302
    assert sign_in(browser(), "bram").status_code == 200


def test_who_has_no_role_left_reads_why_and_does_not_go_round(cast: Cast) -> None:
    bram = browser()
    sign_in(bram, "bram")
    Hat.objects.filter(account=cast.account("bram")).update(last_day=cast.in_days(-1))
    page = bram.get("/people/hats/")
    assert "Je hebt nu geen rol" in page.content.decode()
    away = bram.get("/people/organisation/")["Location"]
    assert away == "/people/hats/?next=%2Fpeople%2Forganisation%2F"


def test_the_whole_of_a_lost_phone(enter: Enter, cast: Cast) -> None:
    phone(cast.account("bram"))
    pk = cast.account("bram").pk
    ada, nadia = enter("ada"), enter("nadia")
    assert ada.get(f"/people/organisation/people/{pk}/restore/").status_code == 200
    assert not Restore.objects.exists()
    ada.post(f"/people/organisation/people/{pk}/restore/")
    asked = Restore.objects.get()
    assert "Bram" in nadia.get("/people/restores/").content.decode()
    assert "Bram" not in ada.get("/people/restores/").content.decode()
    assert ada.post(f"/people/restores/{asked.pk}/confirm/").status_code == 403
    paper = nadia.post(f"/people/restores/{asked.pk}/confirm/")
    code = code_on(paper)
    for told in ("testserver/people/card/", "<strong>bram</strong>"):
        assert told in paper.content.decode(), "who types the code needs to know where, and as whom"

    bram = browser()
    done = send(bram, "/people/card/", {"username": "bram", "code": code})
    assert (done.status_code, factors(bram)) == (302, 1)
    assert bram.get("/people/me/").status_code == 200
    again = send(browser(), "/people/card/", {"username": "bram", "code": code})
    assert again.status_code == 422


def test_after_thirty_minutes_it_starts_again(enter: Enter, cast: Cast) -> None:
    began = clock.now()
    ada = enter("ada")
    ada.post(f"/people/organisation/people/{cast.account('bram').pk}/restore/")
    with clock.fixed(began + timedelta(minutes=31)):
        nadia = enter("nadia")
        assert "Bram" not in nadia.get("/people/restores/").content.decode()
        late = nadia.post(f"/people/restores/{Restore.objects.get().pk}/confirm/")
    assert late.status_code == 409
    assert "Begin samen opnieuw" in late.content.decode()


def test_a_function_gets_an_occupant_and_a_cover(enter: Enter, cast: Cast) -> None:
    ada = enter("ada")
    made = ada.post("/people/organisation/positions/add/", {"called": "gedragscoach"})
    assert "Nog niemand neemt het over" in ada.get("/people/organisation/").content.decode()
    bram, nadia = cast.account("bram").pk, cast.account("nadia").pk
    same = ada.post(made["Location"], CALLED | {"occupant_id": bram, "cover_id": bram})
    assert same.status_code == 422
    ada.post(made["Location"], CALLED | {"occupant_id": bram, "cover_id": nadia})
    seat = Position.objects.get()
    assert (seat.occupant_id, seat.cover_id) == (bram, nadia)
    assert (seat.called, seat.phone) == ("gedragscoach", "013 000 0100")
    assert 'value="013 000 0100"' in ada.get(made["Location"]).content.decode()


def test_who_hides_names_empties_no_function(enter: Enter, cast: Cast) -> None:
    """Found by hand: without a list to choose from, 'Sla op' left nobody in the function."""
    ada, bram, nadia = enter("ada"), cast.account("bram").pk, cast.account("nadia").pk
    made = ada.post("/people/organisation/positions/add/", {"called": "gedragscoach"})
    ada.post(made["Location"], CALLED | {"occupant_id": bram, "cover_id": nadia})
    Account.objects.filter(username="ada").update(names_hidden=True)
    assert "occupant_id" not in re.findall(
        r'name="(\w+)"', ada.get(made["Location"]).content.decode()
    )
    saved = ada.post(made["Location"], CALLED)
    seat = Position.objects.get()
    assert (saved.status_code, seat.occupant_id, seat.cover_id) == (302, bram, nadia)
    ada.post(made["Location"], CALLED | {"occupant_id": "", "cover_id": ""})
    seat.refresh_from_db()
    assert (seat.occupant_id, seat.cover_id) == (None, None)


def test_who_hides_names_reads_by_the_roles_who_it_is_that_leaves(enter: Enter, cast: Cast) -> None:
    """Found by hand: without a name nothing on the page said whose roles end."""
    ada, joke = enter("ada"), cast.account("joke")
    Account.objects.filter(username="ada").update(names_hidden=True)
    page = ada.get(f"/people/organisation/people/{joke.pk}/end/").content.decode()
    roles = [hat.called for hat in Hat.objects.filter(account=joke)]
    assert roles
    assert re.findall(r"<li>([^<]+)</li>", page.partition("<main")[2]) == roles


@pytest.mark.parametrize("name", ["nadia", "bram", "els", "petra", "anouk", "sam"])
def test_pages_of_administrators_do_not_exist_for_others(
    enter: Enter, cast: Cast, name: str
) -> None:
    client, pk = enter(name), cast.account("joke").pk
    for address in (
        "/people/organisation/",
        "/people/organisation/invite/",
        f"/people/organisation/people/{pk}/end/",
        f"/people/organisation/people/{pk}/card/",
        f"/people/organisation/people/{pk}/restore/",
        "/people/organisation/positions/add/",
    ):
        assert client.get(address).status_code == 404
        expected = 405 if address == "/people/organisation/" else 404
        assert client.post(address, {"answer": "yes"}).status_code == expected
    assert Account.objects.get(pk=pk).is_active


def test_an_administrator_with_one_key_is_asked_for_the_second(enter: Enter, cast: Cast) -> None:
    ada = enter("ada", assurance=1)
    answer = ada.get("/people/organisation/")
    assert answer["Location"] == "/people/second-key/?next=%2Fpeople%2Forganisation%2F"
    kept = ada.post("/people/organisation/invite/", {"shown_as": "Fatima van de buurt"})
    assert "Fatima van de buurt" in kept.content.decode()
    assert "Eerst heb je je tweede sleutel nodig" in kept.content.decode()


def test_privacy_is_told_to_every_role(enter: Enter, cast: Cast) -> None:
    from smartstart.access.permissions import Role

    for role in Role:
        page = Client().get(f"/privacy/{role.value}/")
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1
    assert Client().get("/privacy/nobody/").status_code == 404
    mine = enter("nadia").get("/privacy/").content.decode()
    assert mine.index("Als je een pilot leidt") < mine.index("Als je alleen rondkijkt")


def test_the_register_names_every_field_in_plain_dutch() -> None:
    from smartstart.people.register import entries
    from smartstart.web.privacy.words import WORDS

    said = {
        words
        for entry in entries()
        for words in (
            entry.says.purpose,
            entry.says.basis,
            entry.says.retention,
            entry.says.readers,
        )
    }
    assert sorted(said - WORDS.keys()) == []
    page = Client().get("/privacy/register/").content.decode()
    shown = re.findall(r'<code lang="en">([^<]+)</code>', page)
    assert sum(len(fields.split(", ")) for fields in shown) == len(entries())


def test_the_register_in_the_docs_is_the_one_of_the_models() -> None:
    from django.core.management import call_command

    call_command("register", "--check")


@pytest.mark.parametrize("role", ["programme_office", "operator", "privacy_officer", "nonsense"])
def test_nobody_raises_rights_by_a_field_that_is_not_on_the_form(
    enter: Enter, cast: Cast, role: str
) -> None:
    from smartstart.people.models import Invitation

    fields = {"shown_as": "X", "called": "x", "role": role, "organisation": "999", "within": "1"}
    assert enter("ada").post("/people/organisation/invite/", fields).status_code == 422
    assert not Invitation.objects.exists()


def test_names_are_words_and_never_markup(enter: Enter, cast: Cast) -> None:
    nasty = "<script>alert(1)</script>"
    Account.objects.filter(username="bram").update(shown_as=nasty)
    ada = enter("ada")
    invite(ada, shown_as=nasty, called=nasty)
    pk = cast.account("bram").pk
    for address in ("/people/organisation/", f"/people/organisation/people/{pk}/end/"):
        body = ada.get(address).content.decode()
        assert nasty not in body
        assert "&lt;script&gt;alert(1)" in body
