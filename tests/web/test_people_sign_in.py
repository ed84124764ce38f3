"""Signing in: by password, by card, with a second key; what a stranger can learn from it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartstart.base import clock
from smartstart.people import keys, queries
from smartstart.people.models import Account, Code, SignIn
from tests.cast import Cast
from tests.web.people_cases import (
    PASSWORD,
    browser,
    code,
    factors,
    hidden,
    phone,
    send,
    sign_in,
    token,
)


def test_nadia_signs_in_by_name_in_any_capitals_and_has_one_factor(cast: Cast) -> None:
    client = browser()
    before = client.get("/account/sign-in/").cookies
    answer = sign_in(client, "Nadia")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert factors(client) == 1
    assert client.cookies["session"].value not in {c.value for c in before.values()}
    assert client.cookies["session"]["httponly"]


def test_a_second_key_is_asked_when_there_is_one_and_counts(cast: Cast) -> None:
    secret = phone(cast.account("nadia"))
    client = browser()
    answer = sign_in(client, "nadia", next="/people/me/")
    assert answer["Location"] == "/account/sign-in/key/"
    assert client.get("/people/me/").status_code == 302, "half signed in is not signed in"

    wrong = send(client, "/account/sign-in/key/", {"code": "000000"})
    assert "Kijk op je telefoon" in wrong.content.decode()
    answer = send(client, "/account/sign-in/key/", {"code": code(secret)})

    assert answer["Location"] == "/people/me/"
    assert factors(client) == 2


def test_a_code_of_the_phone_works_once(cast: Cast) -> None:
    secret = phone(cast.account("nadia"))
    now = code(secret)
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/account/sign-in/", {"login": "nadia", "password": PASSWORD})
    assert first.post("/account/sign-in/key/", {"code": now}).status_code == 302
    assert second.post("/account/sign-in/key/", {"code": now}).status_code == 200


def card_of(account: Account) -> str:
    account.set_unusable_password()
    account.save()
    return keys.give_card(account, at=clock.now())


def test_anouk_signs_in_with_a_card_and_a_look_at_the_page_uses_up_nothing(cast: Cast) -> None:
    card = card_of(cast.account("anouk"))
    client = browser()
    for _ in range(3):
        assert client.get("/people/card/").status_code == 200
    answer = send(client, "/people/card/", {"username": "Anouk", "code": card.lower()})

    assert answer.status_code == 302
    assert factors(client) == 1
    assert "Anouk" not in Code.objects.get().hash
    assert card.replace("-", "") not in Code.objects.get().hash


def test_a_card_and_a_phone_are_two_factors(cast: Cast) -> None:
    card, secret = card_of(cast.account("anouk")), phone(cast.account("anouk"))
    client = browser()
    send(client, "/people/card/", {"username": "anouk", "code": card})
    send(client, "/account/sign-in/key/", {"code": code(secret)})
    assert factors(client) == 2


def test_a_card_closes_for_a_while_after_ten_wrong_tries_and_opens_again(
    cast: Cast,
) -> None:
    card, now = card_of(cast.account("anouk")), clock.now()
    for _ in range(9):
        with pytest.raises(keys.errors.CodeDoesNotFit):
            keys.account_with_code("anouk", "AAAA", at=now)
    assert keys.account_with_code("anouk", card, at=now)[0] == cast.account("anouk")
    for _ in range(10):
        with pytest.raises(keys.errors.CodeDoesNotFit):
            keys.account_with_code("anouk", "AAAA", at=now)
    with pytest.raises(keys.errors.CodeDoesNotFit):
        keys.account_with_code("anouk", card, at=now)
    later = now + timedelta(minutes=15)
    assert keys.account_with_code("anouk", card, at=later)[0] == cast.account("anouk")


def test_a_card_closes_for_the_day_after_forty_wrong_tries(cast: Cast) -> None:
    card = card_of(cast.account("anouk"))
    morning = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    for quarter in range(4):
        for _ in range(10):
            with pytest.raises(keys.errors.CodeDoesNotFit):
                keys.account_with_code(
                    "anouk", "AAAA", at=morning + timedelta(minutes=15 * quarter)
                )
    with pytest.raises(keys.errors.CodeDoesNotFit):
        keys.account_with_code("anouk", card, at=morning + timedelta(hours=2))
    tomorrow = morning + timedelta(days=1)
    assert keys.account_with_code("anouk", card, at=tomorrow)[0] == cast.account("anouk")


def test_a_card_ends_by_the_clock_and_by_hand(cast: Cast) -> None:
    account, now = cast.account("anouk"), clock.now()
    card = card_of(account)
    later = now + timedelta(days=366)
    with pytest.raises(keys.errors.CodeDoesNotFit):
        keys.account_with_code("anouk", card, at=later)
    keys.end_codes(account.pk, at=now)
    with pytest.raises(keys.errors.CodeDoesNotFit):
        keys.account_with_code("anouk", card, at=now)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that is computed from here on."""
    done: list[str] = []
    whole = hashers.MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        done.append("hash")
        return whole(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", encode)
    return done


def what_a_stranger_sees(
    address: str, fields: dict[str, str], work: list[str]
) -> tuple[int, str, int, list[str]]:
    client = browser()
    page = client.get(address)
    work.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(address, {"csrfmiddlewaretoken": token(page), **fields})
    words = answer.content.decode()
    for value in (token(answer), *fields.values()):
        words = words.replace(value, "")
    tables = [
        query["sql"].split(" ")[0]
        for query in asked
        if "people_" in query["sql"] or "mfa_" in query["sql"]
    ]
    return answer.status_code, words, len(work), tables


def test_a_stranger_does_not_learn_which_names_exist(cast: Cast, work: list[str]) -> None:
    card_of(cast.account("anouk"))
    closed = cast.account("joke")
    closed.is_active = False
    closed.save()
    address = "/account/sign-in/"
    seen = [
        what_a_stranger_sees(address, {"login": name, "password": "fout geheim"}, work)
        for name in ("nadia", "nobodyhere", "anouk", "joke")
    ]
    seen.append(what_a_stranger_sees(address, {"login": "joke", "password": PASSWORD}, work))
    assert seen[0][2] == 1
    assert all(one == seen[0] for one in seen[1:])


def test_nor_which_cards_exist(cast: Cast, work: list[str]) -> None:
    card_of(cast.account("anouk"))
    seen = [
        what_a_stranger_sees("/people/card/", {"username": name, "code": "AAAA-BBBB"}, work)
        for name in ("anouk", "nobodyhere", "nadia")
    ]
    assert seen[0][0] == 422
    assert seen[0][2] == 1
    assert [one[:3] for one in seen] == [seen[0][:3]] * 3
    assert seen[1][3] == seen[2][3] == [*seen[0][3]]


def test_too_many_tries_are_stopped_with_one_sentence_whoever_it_is(cast: Cast) -> None:
    for name in ("nadia", "nobodyhere"):
        client = browser()
        last: Any = None
        for _ in range(6):
            last = client.post(
                "/account/sign-in/",
                {
                    "csrfmiddlewaretoken": token(client.get("/account/sign-in/")),
                    "login": name,
                    "password": "fout",
                },
            )
        assert "Wacht vijf minuten" in last.content.decode()


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "%0a//x",
    ],
)
def test_the_way_back_stays_in_this_house(cast: Cast, back: str) -> None:
    client = browser()
    assert sign_in(client, "nadia", next=back)["Location"] == "/"


def test_no_page_of_signing_in_needs_or_offers_e_mail(cast: Cast) -> None:
    from django.urls import NoReverseMatch, reverse

    for name in ("account_signup", "account_email", "account_reset_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert "email" not in {field.name for field in Account._meta.get_fields()}


def test_a_sign_in_is_seen_and_ended_by_its_owner_only(cast: Cast) -> None:
    here, there, other = browser(), browser(), browser()
    for client, name in ((here, "nadia"), (there, "nadia"), (other, "bram")):
        sign_in(client, name)
    mine = SignIn.objects.get(session_key=there.session.session_key)

    page = here.get("/people/me/")
    assert page.content.decode().count("ss-card") >= 2
    strange = send(other, f"/people/me/sign-ins/{mine.pk}/end/", {}, at="/people/me/")
    assert strange.status_code == 404
    assert there.get("/people/me/").status_code == 200

    send(here, f"/people/me/sign-ins/{mine.pk}/end/", {}, at="/people/me/")
    assert there.get("/people/me/").status_code == 302
    assert here.get("/people/me/").status_code == 200


def test_all_others_end_at_once_and_this_one_stays(cast: Cast) -> None:
    here, there = browser(), browser()
    sign_in(here, "nadia")
    sign_in(there, "nadia")
    send(here, "/people/me/sign-ins/end/", {}, at="/people/me/")
    assert there.get("/people/me/").status_code == 302
    assert here.get("/people/me/").status_code == 200
    assert len(queries.sign_ins_of(cast.account("nadia"))) == 1


def test_signing_out_everywhere_ends_every_sign_in(cast: Cast) -> None:
    here, there = browser(), browser()
    sign_in(here, "nadia")
    sign_in(there, "nadia")
    send(here, "/people/me/sign-out/", {"everywhere": "yes"}, at="/people/me/")
    assert there.get("/people/me/").status_code == 302
    assert here.get("/people/me/").status_code == 302


@pytest.mark.parametrize(("minutes", "stands"), [(29, True), (31, False)])
def test_a_quiet_sign_in_ends(cast: Cast, minutes: int, stands: bool) -> None:
    client = browser()
    sign_in(client, "nadia")
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        assert (client.get("/people/me/").status_code == 200) is stands


def test_a_busy_sign_in_ends_after_eight_hours(cast: Cast) -> None:
    client = browser()
    sign_in(client, "nadia")
    began = clock.now()
    for minutes in range(20, 480, 20):
        with clock.fixed(began + timedelta(minutes=minutes)):
            assert client.get("/people/me/").status_code == 200
    with clock.fixed(began + timedelta(hours=8, minutes=1)):
        assert client.get("/people/me/").status_code == 302


def test_the_keys_of_a_sign_in_are_counted_from_its_records_not_believed(cast: Cast) -> None:
    client = browser()
    sign_in(client, "nadia")
    session = client.session
    session["assurance"] = 2
    session.save()
    assert factors(client) == 1


def test_setting_up_the_app_makes_two_factors_at_once_and_leads_back(cast: Cast) -> None:
    client = browser()
    sign_in(client, "nadia")
    page = client.get("/people/second-key/?next=/people/hats/%3Fa%3D1%26b%3D2")
    back = "%2Fpeople%2Fhats%2F%3Fa%3D1%26b%3D2"
    assert f'"/account/keys/phone/?next={back}"' in page.content.decode()
    page = client.get(f"/account/keys/phone/?next={back}")
    secret = shown_secret(page)
    filled = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "seed")}
    filled["next"] = html.unescape(hidden(page, "next"))
    answer = client.post("/account/keys/phone/", {**filled, "code": code(secret)})
    assert answer["Location"] == f"/account/keys/spare/?next={back}"
    assert factors(client) == 2
    page = client.get(answer["Location"])
    assert f'"/people/second-key/?next={back}"' in page.content.decode()
    done = client.get(f"/people/second-key/?next={back}")
    assert done["Location"] == "/people/hats/?a=1&b=2"
    from allauth.mfa.models import Authenticator

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def shown_secret(page: Any) -> str:
    found = re.search(r'<code id="totp-secret">([A-Z2-7]+)</code>', page.content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "address", ["/people/second-key/?next=/people/me/", "/account/keys/phone/"]
)
def test_looking_at_a_page_of_the_second_key_keeps_nothing(cast: Cast, address: str) -> None:
    client = browser()
    sign_in(client, "nadia")
    client.get("/people/me/")
    before = dict(client.session)
    assert client.get(address).status_code == 200
    assert dict(client.session) == before


def test_two_tabs_with_a_picture_do_not_spoil_each_other(cast: Cast) -> None:
    client = browser()
    sign_in(client, "nadia")
    first = client.get("/account/keys/phone/")
    second = client.get("/account/keys/phone/")
    assert shown_secret(first) != shown_secret(second)
    form = {name: hidden(first, name) for name in ("csrfmiddlewaretoken", "seed")}
    wrong = client.post("/account/keys/phone/", {**form, "code": "000000"})
    assert shown_secret(wrong) == shown_secret(first), "a wrong code keeps the picture"
    done = client.post("/account/keys/phone/", {**form, "code": code(shown_secret(first))})
    assert done["Location"] == "/account/keys/spare/"


@pytest.mark.parametrize("whose", ["bram", "nobody", ""])
def test_a_picture_of_somebody_else_or_an_old_one_is_not_taken(cast: Cast, whose: str) -> None:
    client = browser()
    sign_in(client, "nadia")
    page = client.get("/account/keys/phone/")
    owner = cast.account(whose).pk if whose == "bram" else 0
    seed = signing.dumps([owner, "A" * 32], salt="people.phone-app") if whose else "nonsense"
    form = {"csrfmiddlewaretoken": token(page), "seed": seed, "code": code("A" * 32)}
    again = client.post("/account/keys/phone/", form)
    assert "Deze afbeelding is te oud." in again.content.decode()
    form = {**form, "seed": hidden(again, "seed"), "code": code(shown_secret(again))}
    assert client.post("/account/keys/phone/", form).status_code == 302


def test_a_spare_code_takes_the_place_of_the_phone_once(cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    phone(cast.account("nadia"))
    spare = RecoveryCodes.activate(cast.account("nadia")).get_unused_codes()[0]
    first, second = browser(), browser()
    for client, works in ((first, 302), (second, 200)):
        sign_in(client, "nadia")
        assert send(client, "/account/sign-in/key/", {"code": spare}).status_code == works
    assert factors(first) == 2


def test_every_page_of_keys_has_one_heading_and_is_kept_by_nobody(cast: Cast) -> None:
    secret = phone(cast.account("nadia"))
    client = browser()
    sign_in(client, "nadia")
    send(client, "/account/sign-in/key/", {"code": code(secret)})
    for address in (
        "/people/me/",
        "/people/hats/",
        "/account/keys/",
        "/account/keys/phone/remove/",
        "/account/keys/passkeys/",
        "/account/keys/passkeys/add/",
        "/account/keys/spare/new/",
        "/account/password/",
        "/account/sign-in/again/",
        "/account/sign-in/again/code/",
        "/account/organisation/",
        "/people/restores/",
        "/people/invitation/",
    ):
        page = client.get(address)
        assert (address, page.status_code) == (address, 200)
        assert page.content.decode().count("<h1") == 1, address
        assert "no-store" in page["Cache-Control"], address


def test_no_hidden_text_goes_round_without_reason(cast: Cast) -> None:
    assert hidden(Client().get("/account/sign-in/"), "unsent") == ""


def test_another_password_ends_the_other_sign_ins_and_keeps_this_one(cast: Cast) -> None:
    here, there = browser(), browser()
    sign_in(here, "nadia")
    sign_in(there, "nadia")
    new = "een ander lang geheim"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert send(here, "/account/password/", fields).status_code == 302
    assert there.get("/people/me/").status_code == 302
    page = here.get("/people/me/").content.decode()
    assert page.count("Dit is het scherm waar je nu voor zit") == 1
    assert sign_in(browser(), "nadia").status_code == 200


def test_what_is_known_of_a_device_is_two_words() -> None:
    from smartstart.web.people.session import device

    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"
    assert device(agent) == "Chrome, Linux"
    assert device("") == "een onbekend apparaat"
    assert device("<script>alert(1)</script>") == "een onbekend apparaat"


def test_who_chooses_a_password_ends_the_card(cast: Cast) -> None:
    card = card_of(cast.account("anouk"))
    client = browser()
    send(client, "/people/card/", {"username": "anouk", "code": card})
    fields = {"password1": PASSWORD, "password2": PASSWORD}
    assert send(client, "/account/password/first/", fields).status_code == 302
    again = send(browser(), "/people/card/", {"username": "anouk", "code": card})
    assert again.status_code == 422
    assert sign_in(browser(), "anouk").status_code == 302


def test_who_has_a_key_but_did_not_use_it_is_asked_for_it_and_comes_back(cast: Cast) -> None:
    client = browser()
    sign_in(client, "nadia")
    secret = phone(cast.account("nadia"))
    page = client.get("/people/second-key/?next=/people/hats/%3Fa%3D1%26b%3D2").content.decode()
    ask = "/account/sign-in/again/code/?next=/people/hats/%3Fa%3D1%26b%3D2"
    assert ask.replace("/people", "%2Fpeople").replace("/hats/", "%2Fhats%2F") in page
    done = send(client, ask, {"code": code(secret), "next": "/people/hats/?a=1&b=2"})
    assert done["Location"] == "/people/hats/?a=1&b=2"
    assert factors(client) == 2


def test_a_session_that_somebody_else_chose_is_not_the_one_one_signs_in_with(cast: Cast) -> None:
    chosen = Client()
    chosen.get("/account/sign-in/")
    chosen.session["planted"] = "yes"
    chosen.session.save()
    key = chosen.cookies["session"].value
    client = browser()
    client.cookies["session"] = key
    sign_in(client, "nadia")
    assert client.cookies["session"].value != key
    thief = Client()
    thief.cookies["session"] = key
    assert thief.get("/people/me/").status_code == 302


def test_ended_sign_ins_are_not_in_the_list(cast: Cast) -> None:
    here, there = browser(), browser()
    sign_in(here, "nadia")
    sign_in(there, "nadia")
    send(there, "/people/me/sign-out/", {}, at="/people/me/")
    page = here.get("/people/me/").content.decode()
    assert page.count("<article") == 1


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_other_page_of_people_leads_out_of_the_house(cast: Cast, back: str) -> None:
    client = browser()
    sign_in(client, "nadia")
    ref = str(cast.hats["nadia"].ref)
    for address, fields in (
        ("/people/names/", {"hidden": "no"}),
        ("/people/hats/", {"hat": ref}),
        ("/people/unlock/", {"secret": PASSWORD}),
    ):
        done = send(client, address, {**fields, "next": back}, at="/people/me/")
        assert done["Location"] in {"/", "/people/me/"}, address


def test_tries_are_counted_where_all_workers_look(cast: Cast) -> None:
    client = browser()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM brakes")
        before = cursor.fetchone()[0]
        send(client, "/account/sign-in/", {"login": "nadia", "password": "fout"})
        cursor.execute("SELECT count(*) FROM brakes")
        assert cursor.fetchone()[0] > before


def test_who_has_a_card_only_signs_in_with_it_again_before_a_key_is_made(cast: Cast) -> None:
    """Found by eye: after ten minutes this was an English page that said 403 Forbidden."""
    account = cast.account("anouk")
    account.set_unusable_password()
    account.save()
    card = keys.give_card(account, at=clock.now())
    client = browser()
    send(client, "/people/card/", {"username": "anouk", "code": card})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 11 * 60
    session.save()
    asked = client.get("/account/keys/phone/")
    assert asked["Location"].startswith("/account/sign-in/again/")
    card_page = client.get(asked["Location"])
    assert card_page["Location"] == "/people/card/?next=%2Faccount%2Fkeys%2Fphone%2F"
    page = client.get(card_page["Location"])
    assert "Typ de code van je kaart nog een keer." in page.content.decode()
    form = {"username": "anouk", "code": card, "next": hidden(page, "next")}
    again = client.post("/people/card/", {"csrfmiddlewaretoken": token(page), **form})
    assert again["Location"] == "/account/keys/phone/"
    assert client.get("/account/keys/phone/").status_code == 200
