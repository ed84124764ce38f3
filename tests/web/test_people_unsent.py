"""An ended sign-in loses no text, and shows nobody another's; locking; hiding names."""

from __future__ import annotations

import html
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from hypothesis import given
from hypothesis import strategies as st

from smartstart.base import clock
from smartstart.people import keys, queries
from smartstart.people.errors import TextIsForSomebodyElse, TextIsTooOld
from smartstart.people.models import Account, SignIn
from smartstart.web.people.unsent import Unsent, open_form, seal_form
from smartstart.web.visit import VisitorRequest, signed_in
from tests.cast import Cast
from tests.web.people_cases import PASSWORD, browser, code, hidden, phone, sign_in, token

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEXT = "Sem was vandaag vrolijk.\nHij vroeg <b>zelf</b> om hulp & kreeg die. 💬"
kept: list[dict[str, list[str]]] = []


@signed_in
def write(request: VisitorRequest, number: int) -> HttpResponse:
    """A page with a form, as any room has them."""
    if request.method == "POST":
        kept.append({**request.POST})
        return HttpResponse("kept")
    from django.middleware.csrf import get_token

    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


urlpatterns = [path("write/<int:number>/", write), path("", include("smartstart.config.urls"))]
handler404 = "smartstart.web.middleware.not_found"


@pytest.fixture
def form(cast: Cast, settings: Any) -> Client:
    """Nadia's browser, with a form open on the screen."""
    settings.ROOT_URLCONF = "tests.web.test_people_unsent"
    kept.clear()
    client = browser()
    sign_in(client, "nadia")
    return client


def open_page(client: Client) -> str:
    page = client.get("/write/7/?a=1")
    return token_of(page)


def token_of(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def send_text(client: Client, csrf: str) -> Any:
    fields = {"csrfmiddlewaretoken": csrf, "text": TEXT, "code": ["3", "4"], "empty": ""}
    return client.post("/write/7/?a=1", fields)


def press_send(client: Client, page: Any) -> Any:
    """Press the one button of the page that shows the text."""
    whole = page.content.decode()
    where = re.search(
        r'<form class="ss-form"\s+method="post"\s+action="([^"]+)">(.*?)</form>', whole, re.DOTALL
    )
    assert where is not None
    words = where[2]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', words):
        fields.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(
        r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', words, re.S
    ):
        fields.setdefault(name, []).append(html.unescape(value).replace("\n", "\r\n"))
    return client.post(html.unescape(where[1]), fields)


EXPECTED = {"text": [TEXT], "code": ["3", "4"], "empty": [""]}


def what_was_kept() -> list[dict[str, list[str]]]:
    return [
        {
            name: [value.replace("\r\n", "\n") for value in values]
            for name, values in form.items()
            if name != "csrfmiddlewaretoken"
        }
        for form in kept
    ]


def test_text_comes_back_after_the_sign_in_ended_and_is_sent_with_one_button(form: Client) -> None:
    csrf = open_page(form)
    keys.end_sign_ins(form.session["_auth_user_id"])
    asked = send_text(form, csrf)

    assert asked.status_code == 200
    assert "no-store" in asked["Cache-Control"]
    assert "Je was even weg. Log weer in." in asked.content.decode()
    assert "vrolijk" not in asked.content.decode()
    assert not any("vrolijk" in str(one.get_decoded()) for one in Session.objects.all())
    back = form.post(
        "/account/sign-in/",
        {
            "csrfmiddlewaretoken": token_of(asked),
            "unsent": hidden(asked, "unsent"),
            "next": hidden(asked, "next"),
            "login": "nadia",
            "password": PASSWORD,
        },
    )
    assert back.status_code == 200
    assert "Je tekst is er nog" in back.content.decode()
    assert html.escape("Hij vroeg <b>zelf</b>") in back.content.decode()
    assert press_send(form, back).content == b"kept"
    assert what_was_kept() == [EXPECTED]


@pytest.mark.parametrize("button", ["this", "others"])
def test_ending_a_sign_in_from_another_screen_keeps_the_text(form: Client, button: str) -> None:
    """Found by hand: who pressed 'Log daar uit' lost what they had typed on the other screen."""
    csrf = open_page(form)
    typing = str(form.session.session_key)
    account = Account.objects.get(pk=form.session["_auth_user_id"])
    if button == "this":
        keys.end_sign_in(account, SignIn.objects.get(session_key=typing).pk)
    else:
        keys.end_other_sign_ins(account, session_key="another screen")

    assert queries.sign_ins_of(account) == []
    asked = send_text(form, csrf)
    assert asked.status_code == 200
    assert hidden(asked, "unsent")


def test_it_travels_through_a_wrong_password_and_the_second_key(cast: Cast, form: Client) -> None:
    csrf = open_page(form)
    secret = phone(cast.account("nadia"))
    keys.end_sign_ins(form.session["_auth_user_id"])
    page = send_text(form, csrf)
    for password in ("fout", PASSWORD):
        page = form.post(
            "/account/sign-in/",
            {
                "csrfmiddlewaretoken": token_of(page),
                "unsent": hidden(page, "unsent"),
                "login": "nadia",
                "password": password,
            },
        )
        assert page.status_code == 200
    assert "Je tweede sleutel" in page.content.decode()
    for answer in ("000000", code(secret)):
        page = form.post(
            "/account/sign-in/key/",
            {
                "csrfmiddlewaretoken": token_of(page),
                "unsent": hidden(page, "unsent"),
                "code": answer,
            },
        )
        assert page.status_code == 200
    assert press_send(form, page).content == b"kept"
    assert what_was_kept() == [EXPECTED]


def test_it_travels_with_a_card(cast: Cast, form: Client) -> None:
    csrf = open_page(form)
    card = keys.give_card(cast.account("nadia"), at=clock.now())
    keys.end_sign_ins(form.session["_auth_user_id"])
    page = send_text(form, csrf)
    page = form.post(
        "/people/card/",
        {"csrfmiddlewaretoken": token_of(page), "unsent": hidden(page, "unsent"), "begin": "yes"},
    )
    page = form.post(
        "/people/card/",
        {
            "csrfmiddlewaretoken": token_of(page),
            "unsent": hidden(page, "unsent"),
            "username": "nadia",
            "code": card,
        },
    )
    assert press_send(form, page).content == b"kept"
    assert what_was_kept() == [EXPECTED]


def test_a_quiet_sign_in_keeps_the_text_too(form: Client) -> None:
    csrf = open_page(form)
    with clock.fixed(clock.now() + timedelta(minutes=45)):
        page = send_text(form, csrf)
    assert hidden(page, "unsent")


def test_another_account_never_sees_it(cast: Cast, form: Client) -> None:
    csrf = open_page(form)
    keys.end_sign_ins(form.session["_auth_user_id"])
    page = send_text(form, csrf)
    sealed = hidden(page, "unsent")
    answer = form.post(
        "/account/sign-in/",
        {
            "csrfmiddlewaretoken": token_of(page),
            "unsent": sealed,
            "login": "bram",
            "password": PASSWORD,
        },
    )
    assert answer.status_code == 403
    assert "vrolijk" not in answer.content.decode()
    again = form.post(
        "/people/unsent/",
        {"csrfmiddlewaretoken": token_of(form.get("/people/me/")), "unsent": sealed},
    )
    assert again.status_code == 403
    assert "vrolijk" not in again.content.decode()


def test_a_form_of_an_earlier_sign_in_in_the_same_browser_goes_to_its_own_writer(
    cast: Cast, form: Client
) -> None:
    csrf = open_page(form)
    form.post("/people/me/sign-out/", {"csrfmiddlewaretoken": csrf})
    sign_in(form, "bram")
    answer = send_text(form, csrf)
    assert answer.status_code == 403
    assert "vrolijk" not in answer.content.decode()
    assert hidden(answer, "unsent") == ""
    assert kept == []


def test_signing_in_again_in_another_tab_keeps_the_text_of_this_one(form: Client) -> None:
    csrf = open_page(form)
    form.post("/people/me/sign-out/", {"csrfmiddlewaretoken": csrf})
    sign_in(form, "nadia")
    page = send_text(form, csrf)
    assert "Je tekst is er nog" in page.content.decode()
    assert press_send(form, page).content == b"kept"
    assert what_was_kept() == [EXPECTED]


def test_a_stranger_without_any_sign_in_gets_nothing_carried(cast: Cast, form: Client) -> None:
    other = browser()
    csrf = token(other.get("/account/sign-in/"))
    answer = send_text(other, csrf)
    assert (answer.status_code, answer["Location"][:17]) == (302, "/account/sign-in/")


def test_a_locked_screen_shows_nothing_and_keeps_the_text(form: Client) -> None:
    csrf = open_page(form)
    form.post("/people/lock/", {"csrfmiddlewaretoken": csrf})
    for address in ("/write/7/", "/people/me/", "/account/keys/", "/people/hats/"):
        answer = form.get(address)
        assert answer.status_code == 302, address
        assert "Nadia" not in answer.content.decode()
    page = send_text(form, csrf)
    assert "Dit scherm is op slot" in page.content.decode()
    assert "Nadia" not in page.content.decode()
    for secret in ("fout", PASSWORD):
        page = form.post(
            "/people/unlock/",
            {
                "csrfmiddlewaretoken": token_of(page),
                "unsent": hidden(page, "unsent"),
                "secret": secret,
            },
        )
    assert press_send(form, page).content == b"kept"
    assert what_was_kept() == [EXPECTED]


def test_a_locked_screen_ends_after_five_wrong_tries(form: Client) -> None:
    csrf = open_page(form)
    form.post("/people/lock/", {"csrfmiddlewaretoken": csrf})
    for _ in range(5):
        page = form.get("/people/unlock/")
        last = form.post(
            "/people/unlock/", {"csrfmiddlewaretoken": token_of(page), "secret": "fout"}
        )
    assert last["Location"] == "/account/sign-in/"
    assert "_auth_user_id" not in form.session


def test_a_locked_screen_opens_with_the_code_of_the_phone(cast: Cast, form: Client) -> None:
    secret = phone(cast.account("nadia"))
    csrf = open_page(form)
    form.post("/people/lock/", {"csrfmiddlewaretoken": csrf})
    page = form.get("/people/unlock/?next=/people/hats/")
    answer = form.post(
        "/people/unlock/",
        {"csrfmiddlewaretoken": token_of(page), "secret": code(secret), "next": "/people/hats/"},
    )
    assert answer["Location"] == "/people/hats/"
    assert form.get("/people/hats/").status_code == 200


def test_names_are_hidden_on_every_page_until_shown_again(form: Client) -> None:
    csrf = token_of(form.get("/people/me/"))
    for hidden_now in ("yes", "no"):
        form.post("/people/names/", {"csrfmiddlewaretoken": csrf, "hidden": hidden_now})
        body = form.get("/people/hats/").content.decode()
        assert ("ss-names-hidden" in body) is (hidden_now == "yes")


def test_a_part_of_a_page_asked_by_htmx_becomes_the_whole_sign_in_page(form: Client) -> None:
    csrf = open_page(form)
    keys.end_sign_ins(form.session["_auth_user_id"])
    answer = form.post(
        "/write/7/", {"csrfmiddlewaretoken": csrf, "text": TEXT}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (
        200,
        "body",
        "innerHTML",
    )


fields = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=8)


@given(fields, st.integers(0, 7199))
def test_what_is_sealed_opens_for_its_writer_for_two_hours(
    typed: list[tuple[str, str]], seconds: int
) -> None:
    owner = uuid4()
    sealed = seal_form(Unsent("/write/7/?a=1", typed), owner=owner, now=NOW)
    later = NOW + timedelta(seconds=seconds)
    assert open_form(sealed, owner=owner, now=later) == Unsent("/write/7/?a=1", typed)
    with pytest.raises(TextIsForSomebodyElse):
        open_form(sealed, owner=uuid4(), now=later)
    with pytest.raises(TextIsTooOld):
        open_form(sealed, owner=owner, now=NOW + timedelta(hours=2))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_seal_opens_for_nobody(place: int, by: int) -> None:
    owner = uuid4()
    raw = bytearray(urlsafe_b64decode(seal_form(Unsent("/x/", [("a", "b")]), owner=owner, now=NOW)))
    raw[place % len(raw)] ^= by
    with pytest.raises(TextIsForSomebodyElse):
        open_form(urlsafe_b64encode(bytes(raw)).decode(), owner=owner, now=NOW)


@given(st.text(max_size=60))
def test_nonsense_instead_of_a_seal_is_refused(nonsense: str) -> None:
    with pytest.raises(TextIsForSomebodyElse):
        open_form(nonsense, owner=uuid4(), now=NOW)


def test_a_reference_in_a_form_travels_unseen() -> None:
    """Found by a journey: a form that is made once showed its reference as a text."""
    words = ("called", "gedragscoach van de bovenbouw")
    ours = [("ref", str(uuid4())), ("given", "MTc5NTM1NzI0NS4zOTU2:1xV8Qv:vwBhvqETA")]
    form = Unsent("/people/organisation/positions/add/", [words, *ours])
    assert (form.long, form.short) == ([words], ours)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({"Origin": "http://testserver"}, True),
        ({"Referer": "http://testserver/pilots/propose/"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null", "Referer": "http://testserver/"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_who_signed_in_in_another_tab_copies_what_was_typed_before(
    cast: Cast, headers: dict[str, str], shown: bool
) -> None:
    client = browser()
    csrf = token_of(client.get("/pilots/propose/"))
    sign_in(client, "nadia")
    sees = "Kinderen komen <b>zonder</b> ontbijt."
    page = client.post(
        "/pilots/propose/", {"csrfmiddlewaretoken": csrf, "sees": sees}, headers=headers
    )
    assert page.status_code == 403
    assert "no-store" in page["Cache-Control"]
    assert (html.escape(sees) in page.content.decode()) is shown


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/my-story/", "/my-story/say/"])
def test_the_page_of_a_form_that_is_too_old_names_no_site_to_a_family(address: str) -> None:
    fields = {"code": "abcd-efgh-jkmn", "word": "zonnebloem", "words": "Dit wil ik nog zeggen."}
    page = browser().post(address, fields, headers={"Origin": "http://testserver"})
    words = page.content.decode()
    assert page.status_code == 403
    assert "Smart Start" not in words
    assert "Dit wil ik nog zeggen." in words
    assert "zonnebloem" not in words
