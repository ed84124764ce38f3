"""Every page, as the people who may see it, on a phone and on a desk, in a real browser.

Nothing is listed here: the pages are found by walking (``walking.py``), so that a new one is looked
at by itself, and an address nobody can walk to fails.
"""

from __future__ import annotations

import io
import os
import re

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser import unfit
from tests.e2e import walking
from tests.e2e.conftest import ROOT, House
from tests.e2e.walking import ELSEWHERE, NO_PAGE, VISITOR, Outline, Stop, Walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ROOMS = sorted(
    {walking.room_of(name) for name in walking.names() if name not in ELSEWHERE} - {"gallery"}
)
# Of each address so many examples are drawn, the fullest first.
DRAWN = int(os.environ.get("SMARTSTART_DRAWN", "1"))
FORBIDDEN = re.compile(
    r"\b(kwetsba\w+|vindplaats\w*|casus\w*|cli[eë]nt\w*|betrokkene\w*|melding\w*|zorgmijder\w*|signa(?:al|len)"
    r"|problematiek\w*|risico\w*|scores?|grondslag\w*|houders?|belasting\w*|anonie?m\w*)\b",
    re.IGNORECASE,
)

# Where a text of a catalogue is cut: a value, a tag.
NO_WORDS = re.compile(r"%\(\w+\)s|%%?|<[^<>]*>|[“”\n]")


@pytest.fixture(scope="module")
def walked(house: House, chromium: Browser) -> Walk:
    return walking.walk(chromium, house.address)


def test_every_address_is_walked_to_or_can_only_be_pressed(
    walked: Walk, house: House, chromium: Browser
) -> None:
    looking = [
        walking.enter_by_request(chromium, house.address, person)[0]
        for person in ("yara", "anouk", "els")
    ]
    seen = {stop.name for stop in walked.stops} | walked.asked.keys() | {*ELSEWHERE, *NO_PAGE}
    left = [
        name
        for name in walking.names()
        if name not in seen and not walking.can_only_be_pressed(looking, name)
    ]

    assert left == [], "no link leads here; add a way to walking.BY_HAND: " + "\n".join(left)
    assert walked.broken == [], "\n".join(walked.broken)
    assert all((ROOT / test).exists() for test in ELSEWHERE.values())


def test_every_page_has_one_heading_a_title_and_a_language(walked: Walk) -> None:
    wrong = []
    for stop, page in walked.words.items():
        outline = Outline(page)
        found = (outline.headings, outline.language, bool(outline.title.strip("| \n")))
        if found != (1, "nl", True):
            wrong.append(f"{stop}: headings, language, title are {found}")

    assert wrong == [], "\n".join(wrong)


def test_family_pages_never_say_a_word_that_hurts(walked: Walk) -> None:
    pages = {stop: Outline(page) for stop, page in walked.words.items()}
    family = {stop: page for stop, page in pages.items() if page.is_for_the_family}
    wrong = [
        f"{stop}: {found[0]}"
        for stop, page in family.items()
        for found in FORBIDDEN.finditer(" ".join(page.words))
    ]

    assert {stop.name.split(":")[0] for stop in family} >= {"story"}
    assert wrong == [], "\n".join(wrong)


def test_no_page_shows_a_word_that_was_not_translated(walked: Walk) -> None:
    english = untranslated()
    assert english["What we learned"] == "Wat we leerden"
    wrong = [
        f"{stop}: {word}"
        for stop, page in walked.words.items()
        for word in Outline(page).words
        if word in english
    ]

    assert wrong == [], "\n".join(wrong)


def untranslated() -> dict[str, str]:
    """Every English sentence of the screens that is other words in Dutch."""
    return {
        str(message.id): str(message.string)
        for path in (ROOT / "smartstart").rglob("nl/LC_MESSAGES/django.po")
        for message in read_po(io.BytesIO(path.read_bytes()))
        if message.id and message.string and message.id != message.string
    }


def test_what_families_and_everybody_read_is_whole_in_english(
    walked: Walk, house: House, chromium: Browser
) -> None:
    dutch = sorted(dutch_pieces())
    assert "Vul dit nog in" in dutch
    wrong = []
    for person, stops in for_families_and_everybody(walked).items():
        inside, _begins = walking.enter_by_request(chromium, house.address, person)
        walking.press(inside, "/i18n/setlang/", inside.get("/words/").text(), language="en")
        for stop in stops:
            page = Outline(inside.get(stop.path).text())
            said = " ".join(" ".join(page.words).split())
            wrong += [f"{stop}: {piece}" for piece in dutch if piece in said]
            wrong += [f"{stop} is in {page.language}"] if page.language != "en" else []
        inside.dispose()

    assert wrong == [], "\n".join(wrong)


def for_families_and_everybody(walked: Walk) -> dict[str, list[Stop]]:
    """The pages of a family and of a visitor, each address once, by who reads it."""
    chosen: dict[str, Stop] = {}
    for stop, page in walked.words.items():
        if stop.person == VISITOR or Outline(page).is_for_the_family:
            chosen.setdefault(stop.name, stop)
    by_person: dict[str, list[Stop]] = {}
    for stop in chosen.values():
        by_person.setdefault(stop.person, []).append(stop)
    return by_person


def dutch_pieces() -> set[str]:
    """Every stretch of four words or more of our Dutch screens that holds no name or number."""
    texts = {
        (english, text)
        for path in (ROOT / "smartstart").rglob("nl/LC_MESSAGES/django.po")
        for message in read_po(io.BytesIO(path.read_bytes()))
        for english in [message.id if isinstance(message.id, str) else " ".join(message.id)]
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
        if message.id
    }
    pieces = {
        " ".join(piece.split()).strip(" .,:;")
        for english, text in texts
        for piece in NO_WORDS.split(str(text))
        if piece.strip() not in english
    }
    return {piece for piece in pieces if len(piece.split()) >= 4}


@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing_and_the_page_fits(
    walked: Walk, house: House, chromium: Browser, room: str
) -> None:
    wrong: list[str] = []
    windows: dict[str, Window] = {}
    for stop in walked.drawn(room, most=DRAWN):
        if stop.person not in windows:
            windows[stop.person] = Window(step_in(chromium, house, stop.person))
        wrong += windows[stop.person].wrong_with(stop)
    for window in windows.values():
        window.page.context.close()

    assert wrong == [], "\n".join(wrong)


def step_in(chromium: Browser, house: House, person: str) -> Page:
    context = chromium.new_context(locale="nl-NL", base_url=house.address)
    page = context.new_page()
    page.goto("/example/")
    if person != VISITOR:
        page.locator(f"button[name=person][value={person}]").click()
    return page


class Window:
    """A window somebody looks through, and what the browser complains about meanwhile."""

    def __init__(self, page: Page) -> None:
        self.page, self.said = page, list[str]()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def wrong_with(self, stop: Stop) -> list[str]:
        """What is wrong with one page."""
        self.said.clear()
        answer = self.page.goto(stop.path)
        assert answer is not None
        wrong = unfit(self.page)
        if answer.status != 200:
            wrong.append(f"answers {answer.status}")
        return [f"{stop.name} as {stop.person} at {stop.path}: {w}" for w in [*self.said, *wrong]]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.said.append(f"{response.url} answers {response.status}")

    def _failed(self, request: Request) -> None:
        # The browser gives up a script of the page before when it goes on to the next.
        if request.failure != "net::ERR_ABORTED":
            self.said.append(f"{request.url} failed: {request.failure}")
