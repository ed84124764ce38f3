"""A mother and a teacher ask without a name, on a phone; a behaviour coach helps them both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, House, picture
from tests.e2e.steps import button, heading, link, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
WORDS = "Mijn zoon Jayden is vaak boos in de klas. Hij gooit dan met spullen. Wat helpt?"
BEGINNING = "is vaak boos in de klas"
ANSWER = "Gebeld. Spreek een vaste rustige plek af."
QUESTION = "Een vraag zonder naam"
LEADS = (
    ("Ik ken een ander (geef door)", "Geef de vraag door"),
    ("Vraag iemand mee te denken", "Vraag iemand mee te denken"),
)
BY_TEACHER = "Een meisje in mijn groep durft niets te zeggen. Hoe help ik haar?"
Fine = Callable[[Page, str], None]


@pytest.fixture
def fine(house: House, chromium: Browser) -> Iterator[Fine]:
    """Look at a page as it stands; one that runs no script is drawn again where axe can look."""
    glass = visit(chromium, house, "/ask/", width=320)

    def fine(page: Page, title: str) -> None:
        heading(page, title)  # a click that leads on is over when the next page says its name
        page.wait_for_load_state()
        assert sideways(page) <= 0, page.url
        glass.goto("/ask/")
        glass.set_content(page.content())
        assert faults(glass) == []

    yield fine
    glass.context.close()


def only(page: Page, function: str) -> None:
    """Of the three choose one."""
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label(f"Vraag het aan: {function}").check()


def mother_asks(phone: Page, fine: Fine) -> str:
    """She writes a name, makes it another word, chooses one expert, and keeps her code."""
    expect(phone.get_by_text("Gevaar? Bel").first).to_be_visible()
    phone.get_by_label("Jouw vraag").fill(WORDS)
    phone.get_by_label("een ouder of verzorger").check()
    picture(phone, "snel-vragen")
    button(phone, "Ga verder").click()

    fine(phone, "Zegt dit wie het is?")
    phone.get_by_label("Maak er").first.check()
    picture(phone, "snel-nakijken")
    button(phone, "Verder met mijn keuzes").click()

    fine(phone, "Wie mag meedenken?")
    expect(phone.get_by_text("Jayden")).to_have_count(0)
    only(phone, "gedragscoach")
    picture(phone, "snel-kiezen")
    button(phone, "Stuur mijn vraag").click()

    fine(phone, "Je vraag is verstuurd")
    picture(phone, "snel-code")
    code = phone.get_by_role("region", name="Je code").inner_text()
    found = re.search(r"[A-Z0-9]{4}(?:[ -][A-Z0-9]{4}){3}", code)
    assert found, code
    return found[0]


def coach_answers(fatima: Page, fine: Fine, beginning: str, *, answer: str) -> None:
    """She picks it up, calls, and writes one line."""
    fatima.goto("/today/")
    link(fatima, "Lees en antwoord").click()
    fatima.get_by_role("link", name=beginning).click()
    fine(fatima, QUESTION)
    for words, title in LEADS:
        link(fatima, words).click()
        fine(fatima, title)
        fatima.go_back()
        heading(fatima, QUESTION)
    button(fatima, "Ik pak dit op").click()
    expect(fatima.get_by_text("Jij pakt dit op.")).to_be_visible()
    fatima.get_by_label("Jouw antwoord").fill(answer)
    fatima.get_by_label("Ik heb erover gebeld").check()
    picture(fatima, "snel-antwoorden")
    button(fatima, "Stuur antwoord").click()
    is_sent = fatima.get_by_text("Je antwoord is verstuurd.")
    look = fatima.get_by_role("heading", name="Zegt dit wie het is?")
    expect(is_sent.or_(look)).to_be_visible()
    if look.is_visible():  # the helper that knows names was late: then the page says so first
        button(fatima, "Stuur").click()
    expect(is_sent).to_be_visible()


def comes_back(phone: Page, code: str) -> None:
    """Later, with her code, on a page that knows nothing of her."""
    phone.context.clear_cookies()
    phone.goto("/my-question/")
    phone.get_by_label("De code van je vraag").fill(code.lower())
    button(phone, "Open mijn vraag").click()


def test_a_mother_without_a_script_asks_without_a_name_and_is_helped(
    house: House, chromium: Browser, enter: Enter, fine: Fine
) -> None:
    phone = visit(chromium, house, "/ask/", width=320, script=False)
    code = mother_asks(phone, fine)
    coach_answers(enter("fatima", width=320), fine, BEGINNING, answer=ANSWER)
    comes_back(phone, code)

    expect(phone.get_by_text(ANSWER)).to_be_visible()
    expect(phone.get_by_text("Dit is advies.")).to_be_visible()
    fine(phone, QUESTION)
    picture(phone, "snel-antwoord")
    button(phone, "Dit hielp").click()
    expect(phone.get_by_text("Deze vraag is klaar.")).to_be_visible()
    phone.context.close()


def test_a_teacher_asks_in_two_pages_and_sees_who_has_it(enter: Enter, fine: Fine) -> None:
    """What he reads and presses between today and asked is little: that is the minute."""
    joost = enter("joost", width=320)
    joost.goto("/consult/")
    link(joost, "Vraag iets zonder naam").click()
    joost.get_by_label("Jouw vraag").fill(BY_TEACHER)
    button(joost, "Ga verder").click()
    heading(joost, "Wie mag meedenken?")
    joost.get_by_role("checkbox").first.check()
    button(joost, "Stuur mijn vraag").click()

    expect(joost.get_by_text("Gevraagd. Hier zie je wie het oppakt.")).to_be_visible()
    expect(joost.get_by_text("Wie pakt dit op:")).to_be_visible()
    fine(joost, QUESTION)
