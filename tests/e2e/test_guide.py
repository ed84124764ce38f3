"""The screens of the guide that no journey passes: each is where the guide says it is."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Enter, House, picture
from tests.e2e.steps import heading, visit

pytestmark = pytest.mark.browser


class Screen(NamedTuple):
    """Where a picture is taken: from a first page by links, as a person does; or at an address."""

    name: str
    heading: str | re.Pattern[str]
    links: tuple[str, ...] = ()
    path: str = ""


PILOT = "/pilots/voedselbank/"
SCREENS: dict[tuple[str, int], tuple[Screen, ...]] = {
    ("fatima", 320): (
        Screen("vandaag", re.compile("^Vandaag, ")),
        Screen("vandaag-vraag", "Noor slaapt slecht", ("Noor slaapt slecht",)),
    ),
    ("anouk", 320): (
        Screen("kring-wie-keek-mee", re.compile("Wie keek"), ("keek 1 mens mee",)),
        Screen("kring-bewaren", re.compile("bewaren"), ("Wat jullie over mij bewaren",)),
        Screen("kring-stoppen", re.compile("toppen"), ("Bewaren en stoppen",)),
    ),
    ("noor", 320): (Screen("kring-eigen-plek", "Dag Noor"),),
    ("omar", 1280): (
        Screen("borden", re.compile("."), path="/sessions/2/boards/"),
        Screen("persona", "Persona’s", path=f"{PILOT}personas/"),
        Screen("schakelpunt", "Waar had hulp eerder kunnen komen?", path=f"{PILOT}roads/"),
        Screen("wie-doet-mee", "Wie doet er mee?", path=f"{PILOT}mirror/"),
    ),
    ("els", 1280): (Screen("meedoen", "Waarom wij mogen meedoen", path="/taking-part/"),),
}


@pytest.mark.parametrize(("person", "width"), SCREENS)
def test_the_guide_shows_what_is_there(enter: Enter, person: str, width: int) -> None:
    page = enter(person, width=width)
    first = page.url
    for screen in SCREENS[person, width]:
        page.goto(screen.path or first)
        for words in screen.links:
            page.get_by_role("link", name=words).click()
        heading(page, screen.heading)
        picture(page, screen.name)


def test_the_guide_shows_words_that_are_explained(chromium: Browser, house: House) -> None:
    page = visit(chromium, house, "/words/", width=320)
    picture(page, "woorden", whole=False)
    page.get_by_label("Welk woord zoek je?").fill("maatje")
    page.get_by_role("button", name="Zoek het op").click()
    page.get_by_role("link", name="maatje", exact=True).first.click()
    heading(page, "maatje")
    picture(page, "woord")
    page.context.close()
