"""What a person does with keys and forms, said in one call each."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import House

A_PERSONS_PACE = 3_200  # milliseconds; who fills the public form faster is asked again


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page that is there now says this on top."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def visit(
    chromium: Browser, house: House, path: str, *, width: int = 1280, script: bool = True
) -> Page:
    """Come in as nobody in particular."""
    context = chromium.new_context(
        locale="nl-NL",
        viewport={"width": width, "height": 800},
        base_url=house.address,
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/example/")
    button(page, "Ik wil de openbare site zien").click()
    page.goto(path)
    return page


def tab_to(page: Page, wanted: Locator) -> None:
    """Walk with the Tab key until the thing has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(words)
