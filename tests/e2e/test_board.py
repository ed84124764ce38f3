"""One evening on a board: two phones of 320 pixels, a large screen, a line that drops, the end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser
from tests.e2e.conftest import ROOT, Enter, House, picture, surroundings, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def live(house: House) -> Iterator[None]:
    """The process that streams, beside the pages of this house."""
    port = urlsplit(house.address).port or 0
    command = (
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--workers", "1"),
        *("--host", "127.0.0.1", "--port", str(port + 1), "--no-access-log"),
        *("--log-level", "warning", "smartstart.live.app:application"),
    )
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings(house.data, port))
    try:
        wait_for(f"http://127.0.0.1:{port + 1}/nothing", process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


REFUSES_TO_KEEP = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("not here", "SecurityError"); },
});"""


def phone(
    chromium: Browser,
    house: House,
    code: str,
    *,
    script: bool = True,
    keeps: bool = True,
    field: str = "Jouw idee",
) -> Page:
    context = chromium.new_context(
        locale="nl-NL",
        viewport={"width": 320, "height": 900},
        base_url=house.address,
        java_script_enabled=script,
    )
    page = context.new_page()
    if not keeps:
        page.add_init_script(REFUSES_TO_KEEP)
    page.goto(f"/board/{code}/")
    page.get_by_label("ouder", exact=True).check()
    page.get_by_role("button", name="Naar het bord").click()
    expect(page.get_by_label(field)).to_be_visible()
    return page


def write(page: Page, words: str) -> None:
    page.get_by_label("Jouw idee").fill(words)
    page.get_by_role("button", name="Plak op het bord").click()


def made_board(enter: Enter, kind: str = "brainstorm") -> tuple[Page, Page, str]:
    """Who leads, the large screen of a new board, and its code."""
    omar = enter("omar")
    omar.goto("/sessions/2/boards/")
    omar.get_by_label("De vraag").fill("Hoe vertelt een ouder het één keer?")
    omar.get_by_label("Wat voor bord").select_option(kind)
    omar.get_by_role("button", name="Maak dit bord").click()
    expect(omar.get_by_role("link", name="Open het grote scherm")).to_be_visible()
    screen = omar.context.new_page()
    screen.goto(f"{omar.url}screen/")
    shown = screen.locator(".ss-code-large")
    expect(shown).to_be_visible()
    code = shown.inner_text().replace(" ", "")
    return omar, screen, code


def change_without_script(plain: Page) -> None:
    note = plain.get_by_role("listitem").filter(has_text="Zonder script")
    note.locator("summary").click()
    note.get_by_label("Pas aan").fill("Zonder script kan het ook")
    note.get_by_role("button", name="Sla op").click()
    expect(plain.locator(".ss-board__text")).to_have_text("Zonder script kan het ook")
    expect(plain.get_by_text("Eerder schreef jij")).to_be_visible()


def move_it(chromium: Browser, house: House, enter: Enter) -> None:
    """By keyboard without a line, and by a form: everybody sees where a note belongs."""
    _omar, screen, code = made_board(enter, "empathy")
    one = phone(chromium, house, code, field="Jouw briefje")
    one.get_by_label("Jouw briefje").fill("Boos aan de balie")
    one.get_by_role("button", name="Plak op het bord").click()
    expect(one.locator("[data-told=saved]")).to_have_count(1)
    one.context.set_offline(True)
    one.get_by_role("button", name="Andere plek").focus()
    one.keyboard.press("Enter")
    one.get_by_role("button", name="voelt").press("Enter")
    expect(one.locator("[data-told=waiting]")).to_have_count(1)
    expect(one.get_by_role("button", name="Andere plek")).to_be_focused()
    one.context.set_offline(False)
    place = screen.locator("section").filter(has=screen.get_by_role("heading", name="voelt"))
    expect(place.get_by_text("Boos aan de balie")).to_be_visible()
    one.context.close()


def lay_in_a_group(one: Page, two: Page, plain: Page, omar: Page, screen: Page) -> None:
    """By keyboard on a phone, by a tap on another, by forms without script, and by who leads."""
    note = one.get_by_role("listitem").filter(has_text="Oma mag mee")
    note.get_by_role("button", name="Leg in een groep").focus()
    one.keyboard.press("Enter")
    one.keyboard.type("Mensen om je heen")
    one.keyboard.press("Enter")
    group = two.locator("[data-named]").filter(has_text="Mensen om je heen")
    expect(group.get_by_text("Oma mag mee")).to_be_visible()
    expect(one.get_by_role("button", name="Andere groep")).to_be_focused()

    other = two.get_by_role("listitem").filter(has_text="Eén vast nummer")
    other.get_by_role("button", name="Leg in een groep").click()
    two.get_by_role("button", name="Mensen om je heen").click()
    expect(group.get_by_text("Eén vast nummer")).to_be_visible()
    group.get_by_role("listitem").filter(has_text="Eén").get_by_role(
        "button", name="Uit de groep"
    ).click()
    expect(group.get_by_text("Eén vast nummer")).to_have_count(0)

    for page in (plain, omar):
        page.reload()
        found = page.get_by_role("listitem").filter(has_text="Zonder script")
        found.get_by_role("link", name="Leg in een groep").click()
        expect(page.get_by_role("heading", name="Welke groep?")).to_be_visible()
    plain.get_by_role("button", name="Mensen om je heen").click()
    expect(group.get_by_text("Zonder script")).to_be_visible()
    omar.get_by_label("Een nieuwe groep").fill("Papier")
    omar.get_by_role("button", name="Maak deze groep").click()
    expect(omar.get_by_role("heading", name="Papier", exact=True)).to_be_visible()
    papers = screen.locator(".ss-wall__group").filter(has_text="Papier")
    expect(papers.get_by_text("Zonder script")).to_be_visible()


REFUSED = """([board, note]) => {
    const step = {client: note, counter: 1, field: "write", note, value: "Niet genomen", at: 1};
    localStorage.setItem(`board:${board}:x:1`, JSON.stringify({...step, refused: true}));
}"""


def write_anew(one: Page) -> None:
    """Words that were not taken stay until they are written anew; then they are gone."""
    board = one.locator("[data-board]").get_attribute("data-board")
    one.evaluate(REFUSED, [board, "00000000-0000-4000-8000-00000000aaaa"])
    one.reload()
    expect(one.locator("[data-told=refused]")).to_have_count(1)
    note = one.get_by_role("listitem").filter(has=one.locator("[data-told=refused]"))
    note.get_by_role("button", name="Pas aan").click()
    one.get_by_role("textbox", name="Pas aan").fill("Anders gezegd")
    one.get_by_role("button", name="Sla op", exact=True).click()
    told = one.get_by_role("listitem").filter(has_text="Anders gezegd")
    expect(told.locator("[data-told=saved]")).to_have_count(1)
    expect(one.locator("[data-told=refused]")).to_have_count(0)
    expect(one.get_by_text("Niet genomen")).to_have_count(0)


def close_it(one: Page, two: Page, omar: Page, screen: Page) -> None:
    """What must close is closed everywhere: on a phone that is sent away, then on all of them."""
    expect(two.get_by_text("Eén vast nummer")).to_be_visible()
    omar.get_by_role("listitem").filter(has_text="Telefoon 2").get_by_role(
        "button", name="Stuur weg"
    ).click()
    expect(omar.get_by_label("Telefoon 2")).to_have_count(0)
    expect(two.locator("[data-line]")).to_contain_text("Dit bord is dicht")
    expect(two.get_by_text("Eén vast nummer")).to_have_count(0)
    expect(screen.get_by_text("Eén vast nummer")).to_be_visible()

    one.context.set_offline(True)
    write(one, "Te laat bedacht")
    expect(one.locator("[data-told=waiting]")).to_have_count(1)
    omar.get_by_role("button", name="Sluit het bord").click()
    expect(omar.get_by_role("button", name="Open het bord weer")).to_be_visible()
    one.context.set_offline(False)
    expect(one.locator("[data-line]")).to_contain_text("Dit bord is dicht")
    expect(one.locator("[data-told=refused]")).to_have_count(1)
    expect(one.get_by_text("Zonder script")).to_have_count(0)
    expect(one.get_by_text("Eén vast nummer")).to_be_visible()  # one's own words stay to be seen
    expect(screen.get_by_text("Dit bord is dicht")).to_be_visible()
    expect(screen.get_by_text("Zonder script")).to_have_count(0)
    one.reload()
    expect(one.get_by_role("heading", name="Dit kwam te laat")).to_be_visible()
    expect(one.get_by_text("Te laat bedacht")).to_be_visible()
    expect(one.get_by_text("Eén vast nummer")).to_have_count(0)
    assert (browser.faults(one), browser.sideways(one)) == ([], 0)
    omar.get_by_role("button", name="Open het bord weer").click()
    expect(screen.get_by_text("Zonder script")).to_be_visible()
    one.reload()
    expect(screen.get_by_text("Te laat bedacht")).to_be_visible()


def test_a_room_writes_together_and_nothing_is_lost(
    house: House, live: None, chromium: Browser, enter: Enter
) -> None:
    omar, screen, code = made_board(enter)
    one, two = phone(chromium, house, code), phone(chromium, house, code)
    plain = phone(chromium, house, code, script=False)
    write(one, "Oma mag mee")
    expect(one.locator("[data-told=saved]")).to_have_count(1)
    write(plain, "Zonder script")
    expect(plain.locator(".ss-board__text")).to_have_text("Zonder script")
    change_without_script(plain)
    shy = phone(chromium, house, code, keeps=False)
    write(shy, "Niets bewaard")
    expect(shy.locator(".ss-board__text")).to_have_text("Niets bewaard")
    expect(screen.get_by_text("3 briefjes, nog afgedekt")).to_be_visible()

    one.context.set_offline(True)
    write(one, "Eén vast nummer")
    expect(one.locator("[data-told=waiting]")).to_have_count(1)
    one.context.set_offline(False)
    expect(one.locator("[data-told=saved]")).to_have_count(2)
    expect(two.get_by_text("Oma mag mee")).to_have_count(0)

    omar.get_by_role("button", name="Laat alle briefjes zien").click()
    expect(omar.get_by_role("button", name="Dek de briefjes weer af")).to_be_visible()
    for words in ("Oma mag mee", "Eén vast nummer", "Zonder script"):
        expect(two.get_by_text(words)).to_be_visible()
        expect(screen.get_by_text(words)).to_be_visible()

    lay_in_a_group(one, two, plain, omar, screen)
    picture(one, "bord-telefoon")
    picture(screen, "bord-scherm", whole=False)
    picture(omar, "bord-begeleiden")
    for page in (one, two, screen, omar):
        assert browser.faults(page) == []
        assert browser.sideways(page) == 0
    screen.set_viewport_size({"width": 320, "height": 900})
    assert browser.sideways(screen) == 0

    omar.get_by_role("listitem").filter(has_text="Oma mag mee").get_by_role(
        "button", name="Haal van de schermen"
    ).click()
    expect(omar.get_by_role("heading", name="Van de schermen gehaald")).to_be_visible()
    expect(one.locator("[data-told=hidden]")).to_have_count(1)
    expect(two.get_by_text("Oma mag mee")).to_have_count(0)
    expect(screen.get_by_text("Oma mag mee")).to_have_count(0)

    write_anew(one)
    close_it(one, two, omar, screen)
    move_it(chromium, house, enter)
    for page in (one, two, plain, shy):
        page.context.close()
