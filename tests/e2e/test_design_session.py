"""An evening of designing together: planned, invited by letter, led part by part, paid apart."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import unfit
from tests.e2e.conftest import Enter, House, picture
from tests.e2e.steps import button, heading, link, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PILOT = "/pilots/voedselbank/sessions/"
NEED = "Een stoel bij de deur"


def seen(page: Page, title: str, name: str, *, phone: bool = False) -> None:
    """Wait until the page says its name; ``test_every_page`` looks at it as it stands."""
    heading(page, title)
    if phone:
        page.set_viewport_size({"width": 320, "height": 900})
    picture(page, name)


def fine(page: Page, title: str, name: str, *, phone: bool = False) -> None:
    """Look at a page that one cannot walk to, on a phone and on a desk."""
    heading(page, title)
    assert unfit(page) == []
    seen(page, title, name, phone=phone)


def leader_plans(page: Page) -> None:
    """She plans an evening with a ready agenda, changes a part, and prints letters."""
    page.goto(PILOT)
    seen(page, "Sessies", "sessie-lijst")
    link(page, "Plan een sessie").click()
    heading(page, "Plan een sessie")
    page.get_by_label("2. Definiëren").check()
    page.get_by_label("Welke dag?").fill(page.evaluate(IN_TWO_DAYS))
    page.get_by_label("Hoe laat begint het?").fill("19:30")
    seen(page, "Plan een sessie", "sessie-plannen")
    button(page, "Plan deze sessie").click()
    seen(page, "Waar gaat het echt om?", "sessie")
    link(page, "Alle onderdelen, met wat je zegt").click()
    seen(page, "De agenda", "sessie-agenda")
    link(page, "Pas ‘Welkom’ aan").click()
    heading(page, "Pas een onderdeel aan")
    page.get_by_label("Hoeveel minuten?").fill("20")
    button(page, "Sla op").click()
    heading(page, "De agenda")
    expect(page.get_by_text("20 minuten").first).to_be_visible()
    link(page, "Waar gaat het echt om?").click()
    heading(page, "Waar gaat het echt om?")
    link(page, "Nodig mensen uit").click()
    heading(page, "Nodig mensen uit")
    page.get_by_label("ouder", exact=True).check()
    page.get_by_label("Hoeveel mensen?").fill("2")
    seen(page, "Nodig mensen uit", "sessie-uitnodigen")
    button(page, "Maak deze plekken").click()
    heading(page, "Brieven met een code")
    button(page, "Maak de brieven").click()
    expect(page.get_by_text("We bewaren de codes niet.")).to_be_visible()
    fine(page, "Brieven met een code", "sessie-brieven")


IN_TWO_DAYS = "new Date(Date.now() + 2 * 864e5).toISOString().slice(0, 10)"


def parent_answers(phone: Page, code: str) -> None:
    """A parent opens the letter on a phone: no account, one code."""
    heading(phone, "Je bent uitgenodigd")
    phone.get_by_label("De code op je brief").fill(code.lower())
    button(phone, "Open mijn uitnodiging").click()
    heading(phone, "Denk je mee?")
    phone.get_by_label("Ja, ik kom").check()
    phone.get_by_label("Wat heb je nodig").fill(NEED)
    fine(phone, "Denk je mee?", "sessie-antwoord", phone=True)
    button(phone, "Stuur mijn antwoord").click()
    heading(phone, "Fijn dat je komt")
    assert unfit(phone) == []
    with phone.expect_download() as waiting:
        button(phone, "Zet het in mijn agenda").click()
    assert "BEGIN:VEVENT" in waiting.value.path().read_text()


def evening_is_led(page: Page, address: str) -> None:
    """He sees what somebody needs, begins, taps who comes in, and ends."""
    page.goto(address)
    heading(page, "Waar gaat het echt om?")
    link(page, "Naar de avond").click()
    heading(page, "De avond")
    button(page, "Begin").click()
    button(page, "Volgende: Welkom").click()
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"^nog (20:00|19:\d\d)$"))
    fine(page, "De avond", "sessie-avond", phone=True)
    button(page, "Volgende: Eerst raden, dan kijken").click()
    expect(page.get_by_role("heading", name="Eerst raden, dan kijken")).to_be_visible()
    link(page, "Wie er is").click()
    heading(page, "Wie er is")
    expect(page.get_by_text(NEED)).to_be_visible()
    button(page, "Is er: 1").click()
    expect(button(page, "Toch niet: 1")).to_be_visible()
    seen(page, "Wie er is", "sessie-wie-er-is", phone=True)
    link(page, "Naar de avond").click()
    heading(page, "De avond")
    button(page, "Sluit de sessie af").click()
    heading(page, "Waar gaat het echt om?")
    expect(page.get_by_text("1 van 2 waren er")).to_be_visible()


def test_an_evening_is_planned_answered_led_and_paid(
    enter: Enter, house: House, chromium: Browser
) -> None:
    yara = enter("yara")
    leader_plans(yara)
    code = yara.locator(".ss-story-card__code").first.inner_text()
    address = yara.url.partition("/invitations/")[0].removeprefix(house.address) + "/"

    phone = visit(chromium, house, "/invited/", width=320)
    parent_answers(phone, code)
    phone.context.close()

    evening_is_led(enter("omar"), address)

    yara.goto(f"{address}guests/")
    heading(yara, "Uitnodigingen en plekken")
    expect(yara.get_by_text(NEED)).to_have_count(0)
    yara.goto(f"{address}allowances/")
    seen(yara, "De vergoeding", "sessie-vergoeding")
    expect(yara.get_by_text("Vraag je gemeente.")).to_be_visible()
    yara.get_by_label("Wie krijgt het?").fill("Bo (voorbeeld)")
    yara.get_by_label("bon", exact=True).check()
    button(yara, "Schrijf het op").click()
    expect(button(yara, "Vandaag betaald")).to_be_visible()
    button(yara, "Vandaag betaald").click()
    expect(yara.get_by_text("betaald op").first).to_be_visible()
