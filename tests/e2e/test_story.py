"""The page of one's own story on a phone, with the keyboard alone, and with the card's picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import House, picture
from tests.e2e.telling import WORD, told_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def phone(chromium: Browser, house: House) -> Iterator[Page]:
    context = chromium.new_context(
        locale="nl-NL", viewport={"width": 320, "height": 900}, base_url=house.address
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def told(house: House) -> dict[str, Any]:
    return told_in(house, described="vader, 41 jaar")


def tab_to(page: Page, name: str, role: str) -> None:
    """Walk with the Tab key until the named thing has the focus."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def press(page: Page, name: str, role: str = "button") -> None:
    tab_to(page, name, role)
    page.keyboard.press("Enter")


def write(page: Page, name: str, text: str, role: str = "textbox") -> None:
    tab_to(page, name, role)
    page.keyboard.type(text)


def test_with_the_keyboard_alone_on_a_phone(phone: Page, told: dict[str, Any]) -> None:
    phone.goto("/my-story/")
    assert faults(phone) == []
    assert sideways(phone) <= 0
    picture(phone, "mijn-verhaal-openen")
    write(phone, "De code op je kaart", told["code"])
    phone.keyboard.press("Tab")
    phone.keyboard.type(WORD)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wat is er met jouw verhaal gedaan?")
    assert faults(phone) == []
    assert sideways(phone) <= 0

    press(phone, "Zeg iets terug", "link")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Zeg iets terug")
    write(phone, "Wat wil je zeggen?", "Het gaat nu beter met ons.")
    assert faults(phone) == []
    picture(phone, "mijn-verhaal-terugzeggen")
    press(phone, "Verstuur het")
    expect(phone.get_by_text("Het gaat nu beter met ons.")).to_be_visible()
    tab_to(phone, "Niets thuis bezorgen", "radio")
    phone.keyboard.press("ArrowUp")
    press(phone, "Bewaar mijn keuze")
    expect(phone.get_by_role("radio", name="Op mijn mobiel")).to_be_checked()
    press(phone, "Pas dit aan", "link")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wat mogen wij doen?")
    assert faults(phone) == []
    assert sideways(phone) <= 0
    picture(phone, "mijn-verhaal-toestemming")

    phone.goto("/my-story/")
    press(phone, "Ik neem mijn verhaal terug", "link")
    press(phone, "Ja, ik neem mijn verhaal terug")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je woorden zijn weg")
    press(phone, "Klaar, sluit dit")
    expect(phone.get_by_role("button", name="Open mijn verhaal")).to_be_visible()
    phone.goto("/my-story/page/")
    expect(phone.get_by_role("button", name="Open mijn verhaal")).to_be_visible()


def test_the_picture_on_the_card_fills_in_the_code_and_sends_it_to_nobody(
    phone: Page, told: dict[str, Any]
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"/my-story/#{told['code']}")

    expect(phone.get_by_label("De code op je kaart")).to_have_value(told["code"])
    expect(phone.get_by_label("Jouw eigen woord")).to_be_focused()
    assert phone.url.endswith("/my-story/")
    assert [url for url in asked if told["code"] in url.partition("#")[0]] == []


def test_only_a_voice_of_this_device_reads_aloud(phone: Page, told: dict[str, Any]) -> None:
    for local, shown in ((False, False), (True, True)):
        phone.add_init_script(
            f"""window.speechSynthesis.getVoices =
                () => [{{lang: "nl-NL", localService: {str(local).lower()}}}];"""
        )
        phone.goto("/my-story/")
        if phone.get_by_label("De code op je kaart").count():
            phone.get_by_label("De code op je kaart").fill(told["code"])
            phone.get_by_label("Jouw eigen woord").fill(WORD)
            phone.keyboard.press("Enter")
        reads = phone.get_by_role("button", name="Lees deze bladzijde voor")
        expect(reads).to_have_count(1 if shown else 0)
        expect(phone.locator("[data-read-button]")).to_have_count(1)


def test_it_works_without_script(chromium: Browser, house: House, told: dict[str, Any]) -> None:
    context = chromium.new_context(
        locale="nl-NL",
        viewport={"width": 320, "height": 900},
        java_script_enabled=False,
        base_url=house.address,
    )
    page = context.new_page()
    page.goto("/my-story/")
    page.get_by_label("De code op je kaart").fill(told["code"])
    page.get_by_label("Jouw eigen woord").fill(WORD)
    page.get_by_role("button", name="Open mijn verhaal").click()
    page.get_by_role("link", name="Ik neem mijn verhaal terug").click()
    page.get_by_role("button", name="Ja, ik neem mijn verhaal terug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je woorden zijn weg")
    assert sideways(page) <= 0
    context.close()
