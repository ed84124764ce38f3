"""The gallery, its frames and error pages in a real browser: accessible, and fit for a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect

from tests import browser
from tests.browser import DESK, PHONE, unfit
from tests.web.test_gallery import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The pages served for real; the gallery needs no store, so there is none."""
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.launched() as chromium:
        yield chromium


@pytest.fixture(params=[1280, 320])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": request.param, "height": 800}, locale="nl-NL")
    yield page
    page.close()


LOOKED_AT_WHOLE = [address for address in PAGES if address != "/gallery/right-to-left/"]


@pytest.mark.parametrize("address", LOOKED_AT_WHOLE)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    site: str, chromium: Browser, address: str
) -> None:
    complaints: list[str] = []
    page = chromium.new_page(locale="nl-NL")
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site + address)

    assert unfit(page, looked_at=(PHONE, DESK)) == []
    assert complaints == []
    page.close()


LONG_WORDS = """() => {
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
    let changed = 0
    while (walk.nextNode()) {
        const words = walk.currentNode
        const ours = words.parentElement.closest("svg, script, option, table, pre")
        if (words.nodeValue.trim() && !ours) {
            words.nodeValue = "x".repeat(300)
            changed += 1
        }
    }
    return changed
}"""


def test_a_long_word_that_somebody_typed_breaks_off_nowhere_else(site: str, page: Page) -> None:
    page.goto(f"{site}/gallery/")
    assert page.evaluate(LONG_WORDS) > 100
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


STICKS_OUT = """() => [...document.querySelectorAll("main *")]
    .filter(one => one.offsetParent && !one.closest(".ss-scroll, .ss-hidden, pre"))
    .filter(one => {
        const at = one.getBoundingClientRect()
        return at.width > 1 && (at.left < -1 || at.right > window.innerWidth + 1)
    }).map(one => one.className || one.tagName)"""


def test_from_right_to_left_every_part_stays_on_the_page(site: str, page: Page) -> None:
    page.goto(f"{site}/gallery/right-to-left/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_everything_is_reached_with_the_keyboard_and_the_focus_is_seen(
    site: str, page: Page
) -> None:
    page.goto(f"{site}/gallery/frames/pilot/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Terug naar het voorbeeldenboek")
    assert focused.evaluate("one => getComputedStyle(one).outlineWidth") == "3px"


def test_buttons_are_large_enough_for_a_thumb(site: str, page: Page) -> None:
    page.goto(f"{site}/gallery/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.nl-button, .ss-alone, .ss-chip, .ss-choice')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.9)
            .map(one => one.textContent.trim())"""
    )

    assert small == []


def test_the_menu_on_a_phone_opens_with_and_without_script(site: str, chromium: Browser) -> None:
    for script in (True, False):
        context = chromium.new_context(
            viewport={"width": 320, "height": 800}, java_script_enabled=script, locale="nl-NL"
        )
        page = context.new_page()
        page.goto(f"{site}/gallery/frames/public/")
        expect(page.get_by_role("link", name="Doe mee")).to_be_hidden()
        page.get_by_text("Menu", exact=True).click()
        expect(page.get_by_role("link", name="Doe mee")).to_be_visible()
        context.close()


def test_snel_weg_leaves_no_way_back(site: str, page: Page) -> None:
    page.route("https://www.buienradar.nl/", lambda route: route.fulfill(body="<h1>Weer</h1>"))
    page.goto(f"{site}/gallery/frames/plain/")
    page.goto(f"{site}/gallery/frames/family/")
    page.get_by_role("link", name="Snel weg").click()
    page.wait_for_url("https://www.buienradar.nl/")

    page.go_back()
    assert page.url == f"{site}/gallery/frames/plain/"


def test_no_page_leaves_its_address_in_the_tab(site: str, page: Page) -> None:
    """htmx kept the last address there, which stayed after “Snel weg” (found by hand)."""
    page.goto(f"{site}/gallery/frames/plain/")
    page.goto(f"{site}/gallery/frames/family/")

    kept = "() => JSON.stringify([{...sessionStorage}, {...localStorage}])"
    assert page.evaluate(kept) == "[{},{}]"


def test_a_name_on_a_beamer_is_a_function(site: str, page: Page) -> None:
    page.goto(f"{site}/gallery/frames/beamer/")
    expect(page.get_by_text("Fatima")).to_be_hidden()
    expect(page.get_by_text("gedragscoach", exact=True)).to_be_visible()

    page.goto(f"{site}/gallery/frames/pilot/")
    expect(page.get_by_text("Fatima")).to_be_visible()
    expect(page.get_by_text("gedragscoach", exact=True)).to_be_hidden()
