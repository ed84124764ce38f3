"""A mother tells her story once, agrees after a talk, switches mail on; a teacher says why."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter, picture
from tests.e2e.test_circle_family import follow, looks_right, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def tell_the_story(page: Page) -> None:
    follow(page, "Alle mensen in mijn kring")
    follow(page, "Vertel het één keer")
    looks_right(page, "Vertel het één keer")
    picture(page, "kring-verhaal")
    page.locator("section", has=page.get_by_role("heading", name="Sem")).get_by_role(
        "link", name="Vertel het"
    ).click()
    looks_right(page, "Het verhaal van Sem")
    page.get_by_label("Wat moet iedereen weten die helpt?").fill("Sem houdt van rust.")
    press(page, "Bewaar")
    expect(page.get_by_text("Sem houdt van rust.")).to_be_visible()
    looks_right(page, "Vertel het één keer")


def talk_and_agree(page: Page) -> None:
    page.goto("/meetings/")
    looks_right(page, "Samen praten")
    follow(page, "Over Noor")
    page.get_by_label("Waar gaat het over?").fill("Hoe gaat het met slapen")
    page.get_by_label("Welke dag?").fill("2031-03-03")
    page.get_by_label("Hoe laat?").fill("15:30")
    page.locator("main form button").last.click()
    looks_right(page, "Hoe gaat het met slapen")
    follow(page, "Schrijf op wat we zeiden")
    page.get_by_label("Wat zeiden we?").fill("Het gaat beter.\n- De tablet gaat om acht uur uit")
    page.locator("main form button").last.click()
    press(page, "Dit spreken we af")
    expect(page.get_by_text("Dit is afgesproken.")).to_be_visible()
    looks_right(page, "Hoe gaat het met slapen")
    picture(page, "kring-gesprek")


def mail_on_and_off(page: Page) -> None:
    page.goto("/circles/")
    follow(page, "Mail aan of uit")
    looks_right(page, "Mail")
    picture(page, "kring-mail")
    page.get_by_label("Jouw mailadres").fill("anouk@plaats.example")
    press(page, "Zet mail aan")
    expect(page.get_by_text("anouk@plaats.example")).to_be_visible()
    press(page, "Zet mail uit")
    expect(page.get_by_text("Mail staat uit.", exact=True)).to_be_visible()


def was_heard(page: Page) -> None:
    page.goto("/circles/")
    expect(page.get_by_role("heading", name="Werd je deze maand gehoord?")).to_be_visible()
    press(page, "Een beetje")
    expect(page.get_by_role("heading", name="Werd je deze maand gehoord?")).to_have_count(0)
    page.goto("/months/")
    looks_right(page, "Werd ik gehoord?")
    expect(page.get_by_text("een beetje")).to_be_visible()


def test_a_mother_tells_once_agrees_says_whether_she_was_heard_and_wants_mail(
    enter: Enter,
) -> None:
    anouk = enter("anouk", width=320)
    tell_the_story(anouk)
    talk_and_agree(anouk)
    mail_on_and_off(anouk)
    was_heard(anouk)
    wide = enter("anouk", width=1280)
    for address, heading in (("/mail/", "Mail"), ("/months/", "Werd ik gehoord?")):
        wide.goto(address)
        looks_right(wide, heading)
