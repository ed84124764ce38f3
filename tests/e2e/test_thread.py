"""From what somebody said to a published solution, and back: in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, House, picture
from tests.e2e.telling import ALSO, SAID, WORD, told_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
THREAD = "/pilots/voedselbank/thread/"
PUBLIC = "/pilots/voedselbank/"
IN_THE_DRAWING = """words => document.activeElement.closest("svg") !== null
    && document.activeElement.textContent.includes(words)"""
INSIGHT = "Ouders beginnen steeds opnieuw."


@pytest.fixture
def told(house: House) -> dict[str, Any]:
    return told_in(house)


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def is_fit(page: Page, name: str = "") -> None:
    """Accessible and no wider than a phone; with a name, two pictures for the guide."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        assert sideways(page) <= 0, f"{page.url} at {width}"
        if name:
            picture(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def make_thread(yara: Page, excerpt: str, *, concept: str = "Samen naar het loket") -> None:
    """Insight from an excerpt, a question, an idea and a concept in the fixed form."""
    yara.goto(f"{THREAD}insights/new/?excerpt={excerpt}")
    expect(yara.get_by_role("checkbox", checked=True)).to_have_count(1)
    yara.get_by_label("Wat leerden jullie?").fill(INSIGHT)
    button(yara, "Bewaar")
    link(yara, "Stel een hoe-kunnen-we-vraag")
    yara.get_by_label("Hoe kunnen we…").fill("…zorgen dat een ouder het één keer vertelt?")
    button(yara, "Bewaar")
    link(yara, "Voeg een idee toe")
    yara.get_by_label("Wat zou kunnen werken?").fill("Iemand die meegaat")
    button(yara, "Bewaar")
    link(yara, "Maak er een oplossing van")
    yara.get_by_label("Hoe heet het?").fill(concept)
    button(yara, "Bewaar")
    expect(yara.get_by_text("Nog niet verstuurd. Dit moet anders:")).to_be_visible()
    expect(yara.get_by_label("Hoe heet het?")).to_have_value(concept)
    yara.get_by_label("Doel").fill("De ouder houdt zelf de regie.")
    yara.get_by_label("Hoe werkt het?").fill("Naast de hulpverlener komt een maatje.")
    yara.get_by_label("Met wie maakte je het?").fill("ouders, vrijwilligers, wijkteam")


def open_story(page: Page, code: str) -> None:
    page.goto("/my-story/")
    page.get_by_label("De code op je kaart").fill(f"{code[:4]}-{code[4:8]}-{code[8:]}".upper())
    page.get_by_label("Jouw eigen woord").fill(WORD)
    button(page, "Open mijn verhaal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is er met jouw verhaal gedaan?")


@pytest.fixture
def strangers(house: House, chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Browsers of people who did not sign in."""
    contexts = []

    def come() -> Page:
        context = chromium.new_context(
            locale="nl-NL", viewport={"width": 1280, "height": 900}, base_url=house.address
        )
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def test_a_voice_becomes_a_solution_and_is_taken_back(
    enter: Enter, strangers: Callable[[], Page], told: dict[str, Any]
) -> None:
    yara, samira, visitor = enter("yara"), strangers(), strangers()
    make_thread(yara, told["excerpts"][0])
    is_fit(yara, "draad-oplossing-schrijven")
    button(yara, "Bewaar")
    concept = yara.url
    _explain_the_gap(yara)

    yara.goto(f"/interviews/{told['interview']}/quotes/")
    yara.locator("form", has=yara.get_by_text(SAID)).last.get_by_role("button").first.click()
    open_story(samira, told["code"])
    is_fit(samira, "mijn-verhaal")
    button(samira, "Ja, zo mag het")
    expect(samira.get_by_text("Je zei: ja, zo mag het.")).to_be_visible()

    yara.goto(f"{concept}publish/")
    is_fit(yara, "draad-voor-je-publiceert")
    button(yara, "Publiceer voor iedereen")
    expect(yara.get_by_text("Iedereen kan dit nu lezen.")).to_be_visible()
    yara.goto(THREAD)
    is_fit(yara, "draad")
    _read_in_public(visitor)

    _take_back(samira)
    _is_gone(visitor)
    yara.goto(concept)
    expect(yara.locator("main")).not_to_contain_text(SAID)
    is_fit(yara)


def _explain_the_gap(yara: Page) -> None:
    expect(yara.get_by_role("heading", name="Nog geen cijfer steunt dit.")).to_be_visible()
    expect(yara.get_by_text(SAID).first).to_be_visible()
    is_fit(yara, "draad-oplossing")
    link(yara, "Kijk voor je publiceert")
    expect(yara.get_by_text("Wie dit zei, is nog niets gevraagd.")).to_be_visible()
    is_fit(yara, "draad-eerst-nodig")
    link(yara, "Geef de reden")
    yara.get_by_label("Waarom ontbreekt het?").fill("De eerste cijfers komen in maart 2027.")
    button(yara, "Schrijf de reden op")
    expect(yara.get_by_text("De reden staat erbij.")).to_be_visible()


def _read_in_public(visitor: Page) -> None:
    visitor.goto(PUBLIC)
    solution = visitor.get_by_role("heading", name="Wat we bedachten: Samen naar het loket")
    expect(solution).to_be_visible()
    is_fit(visitor, "draad-openbaar")
    visitor.locator(".ss-thread-svg a", has_text="steeds").first.click()
    expect(visitor.locator(".ss-thread-line > li:target")).to_contain_text(INSIGHT)
    expect(visitor.locator(".ss-thread-line > li:target")).to_be_visible()
    visitor.get_by_role("link", name=re.compile("Lees het hele plan.*naar het loket")).click()
    expect(visitor.locator("blockquote")).to_contain_text(SAID)
    is_fit(visitor, "oplossing-openbaar")


def _take_back(samira: Page) -> None:
    link(samira, "Ik neem mijn verhaal terug")
    is_fit(samira, "mijn-verhaal-terugnemen")
    button(samira, "Ja, ik neem mijn verhaal terug")
    expect(samira.get_by_role("heading", level=1)).to_have_text("Je woorden zijn weg")
    is_fit(samira, "mijn-verhaal-weg")


def _is_gone(visitor: Page) -> None:
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(SAID)
    expect(visitor.locator("main")).to_contain_text("verzwakt: 0 van 1 stem")
    expect(visitor.locator(".ss-tombstone")).to_contain_text("Wie pakt dit op: Yara")
    is_fit(visitor, "oplossing-verzwakt")


def test_the_thread_is_made_without_script_on_a_phone(enter: Enter, told: dict[str, Any]) -> None:
    yara = enter("yara", width=320, script=False)
    make_thread(yara, told["excerpts"][1], concept="Koffie bij de deur")
    button(yara, "Bewaar")
    expect(yara.get_by_role("heading", level=1)).to_have_text("Koffie bij de deur")
    assert sideways(yara) <= 0

    yara.goto(THREAD)
    expect(yara.locator(".ss-thread-svg")).to_be_hidden()
    knot = yara.locator(".ss-thread-line > li", has_text="Koffie bij de deur").first
    expect(knot).to_be_visible()
    assert sideways(yara) <= 0

    yara.goto(THREAD)
    yara.locator(".ss-thread-line a", has_text="Koffie bij de deur").first.click()
    expect(yara.locator("blockquote")).to_contain_text(ALSO)


def test_the_drawing_is_walked_with_the_keyboard(enter: Enter, told: dict[str, Any]) -> None:
    yara = enter("yara")
    make_thread(yara, told["excerpts"][0], concept="Samen aan tafel")
    button(yara, "Bewaar")
    yara.goto(THREAD)

    for _ in range(80):
        yara.keyboard.press("Tab")
        if yara.evaluate(IN_THE_DRAWING, "Samen aan tafel"):
            break
    yara.keyboard.press("Enter")
    expect(yara.get_by_role("heading", level=1)).to_have_text("Samen aan tafel")
