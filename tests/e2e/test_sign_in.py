"""Signing in with a keyboard in a real browser: password and phone, passkey, the lost form."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connection
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect

from smartstart.base import clock
from smartstart.people import keys
from smartstart.people.models import Account
from smartstart.people.queries import second_keys_of
from tests.browser import faults
from tests.cast import Cast, people
from tests.engines import Store

pytestmark = pytest.mark.browser
PASSWORD = "een lang geheim"
ME = "Mijn sleutels en waar ik ben ingelogd"


@pytest.fixture(autouse=True)
def loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's own loop runs in this thread; Django must not take it for ours."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")


@pytest.fixture
def house(loop: None, real_db: Store) -> Iterator[tuple[str, Cast]]:
    """The house with its cast, served at http://localhost (passkeys need a name)."""
    cast = people(clock.now())
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://localhost:{server.port}", cast
    server.terminate()
    connection.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    context.close()


def tab_to(page: Page, name: str, role: str) -> None:
    """Walk with the Tab key until the named thing has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def press(page: Page, name: str, role: str = "button") -> None:
    tab_to(page, name, role)
    page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    tab_to(page, name, "textbox")
    page.keyboard.type(text)


def sign_in(page: Page, site: str, back: str = "/people/me/") -> None:
    page.goto(f"{site}/account/sign-in/?next={back}")
    write(page, "Gebruikersnaam", "nadia")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    with page.expect_navigation(wait_until="load"):
        press(page, "Log uit")


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_nadia_sets_up_her_phone_with_the_keyboard_and_signs_in_with_it(
    house: tuple[str, Cast], page: Page
) -> None:
    site, _cast = house
    sign_in(page, site, "/people/second-key/%3Fnext=/people/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je tweede sleutel")
    assert faults(page) == []
    press(page, "Een app op je telefoon", "link")
    secret = page.locator("#totp-secret").inner_text()
    assert faults(page) == []
    write(page, "Code uit de app", code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservecodes op papier")
    press(page, "Ik heb ze bewaard", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)
    expect(page.get_by_text("Je hebt nu één sleutel.")).to_have_count(0)
    assert faults(page) == []
    sign_out(page)

    cache.clear()
    sign_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je tweede sleutel")
    assert faults(page) == []
    write(page, "Code", code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)


def test_nadia_makes_a_passkey_and_signs_in_with_it_alone(
    house: tuple[str, Cast], page: Page
) -> None:
    site, cast = house
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    complaints: list[Any] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, site, "/people/second-key/%3Fnext=/people/me/")
    press(page, "Een passkey", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voeg een passkey toe")
    assert faults(page) == []
    press(page, "Maak de passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservecodes op papier")
    assert [key.type for key in second_keys_of(cast.account("nadia"))] == [
        "webauthn",
        "recovery_codes",
    ]
    press(page, "Ik heb ze bewaard", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)
    sign_out(page)

    page.goto(f"{site}/account/sign-in/")
    assert faults(page) == []
    press(page, "Log in met een passkey")
    page.wait_for_url(lambda url: "sign-in" not in url, wait_until="load")
    page.goto(f"{site}/people/second-key/?next=/people/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)
    press(page, "Op slot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit scherm is op slot")
    assert faults(page) == []
    press(page, "Open met mijn passkey")
    page.wait_for_url(lambda url: "unlock" not in url, wait_until="load")
    page.goto(f"{site}/people/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)
    assert complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_what_ada_typed_is_still_there_after_her_sign_in_ended(
    house: tuple[str, Cast], chromium: Browser, script: bool
) -> None:
    site, cast = house
    from tests.web.people_cases import phone

    secret = phone(cast.account("ada"))
    context = chromium.new_context(locale="nl-NL", java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}/account/sign-in/?next=/people/organisation/positions/add/")
    page.get_by_label("Gebruikersnaam").fill("ada")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(code(secret))
    page.keyboard.press("Enter")
    page.get_by_label("Functie").fill("gedragscoach van de bovenbouw")
    keys.end_sign_ins(Account.objects.get(username="ada").pk)
    page.get_by_role("button", name="Sla op").click()

    expect(page.get_by_text("Je tekst staat er nog als je terugkomt.")).to_be_visible()
    assert "bovenbouw" not in page.content()
    cache.clear()
    page.get_by_label("Gebruikersnaam").fill("ada")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wat je schreef")).to_have_value("gedragscoach van de bovenbouw")
    page.get_by_role("button", name="Verstuur het nu").click()
    expect(page.get_by_text("gedragscoach van de bovenbouw").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("end", ["Op slot", "Log uit"])
def test_the_back_button_shows_nothing_of_before(
    house: tuple[str, Cast], page: Page, end: str
) -> None:
    site, _cast = house
    sign_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text(ME)
    page.goto(f"{site}/people/hats/")
    page.goto(f"{site}/people/me/")
    with page.expect_navigation(wait_until="load"):
        press(page, end)
    for _ in range(2):
        page.go_back(wait_until="load")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(ME)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Jouw rollen")
        expect(page.get_by_text("project_leader")).to_have_count(0)
