"""From what a visitor sees coming back to a pilot of which everyone can read where it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, House, picture
from tests.e2e.steps import A_PERSONS_PACE, button, heading, link, press, tab_to, visit, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SEEN = "Kinderen komen zonder ontbijt op school. Wij horen het elke week."
PILOT = "Ontbijt op school"


def test_a_visitor_reads_the_public_site_by_keyboard_alone(house: House, chromium: Browser) -> None:
    page = visit(chromium, house, "/home/", width=320)
    heading(page, "Eerder helpen, samen met ouders en jongeren")
    picture(page, "openbaar")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    press(page, link(page, "Bekijk de vragen"))
    heading(page, "Vragen uit de regio")
    press(page, link(page, "Voedselbank"))
    heading(page, "Hoe groeit een kind goed op als er weinig geld is?")
    expect(page.get_by_role("heading", name="De vraag veranderde twee keer")).to_be_visible()
    press(page, page.get_by_role("link", name="Lees het hele plan").first)
    heading(page, "Duo-hulp")
    press(page, button(page, "Menu"))
    press(page, link(page, "Wat we leerden"))
    heading(page, "Wat we leerden")
    press(page, link(page, "Privacy"))
    heading(page, "Wat we van je bewaren")
    picture(page, "privacy")
    page.context.close()


def test_a_proposal_becomes_a_pilot_and_everyone_reads_how_it_goes(
    house: House, chromium: Browser, enter: Enter
) -> None:
    visitor = visit(chromium, house, "/pilots/propose/", width=320)
    follow = proposes(visitor)
    karin, yara = enter("karin"), enter("yara")
    says_yes(karin)
    visitor.goto(follow)
    expect(visitor.get_by_text("Het antwoord is ja. Een team begint.")).to_be_visible()
    wears(yara, PILOT)
    slug = shows_it_to_everyone(yara)
    visitor.goto(f"/pilots/{slug}/")
    heading(visitor, "Hoe begint elk kind met een ontbijt?")
    expect(visitor.get_by_text("Stand 0 van 5").first).to_be_visible()

    marks_evidence(yara, slug)
    explains_another_stand(yara, slug)
    asks_in_other_words(yara, slug)

    visitor.reload()
    heading(visitor, "Hoe begint elk kind de dag met een volle buik?")
    expect(visitor.get_by_text("De vraag veranderde één keer")).to_be_visible()
    expect(visitor.get_by_text("Stand 1 van 5").first).to_be_visible()
    expect(visitor.get_by_text("Het team eet al mee.")).to_be_visible()
    assert [*faults(visitor), sideways(visitor)] == [0]
    visitor.context.close()


def proposes(visitor: Page) -> str:
    """Forget the one thing that is asked, keep the rest, and send it; where to follow it."""
    write(visitor, "Waar zie je dat?", "Basisschool in Goirle")
    write(visitor, "Je naam", "Meester Bas")
    press(visitor, button(visitor, "Stuur"))
    expect(visitor.locator(".ss-error-summary, [role=alert]").first).to_be_visible()
    expect(visitor.get_by_label("Waar zie je dat?")).to_have_value("Basisschool in Goirle")
    expect(visitor.get_by_label("Je naam")).to_have_value("Meester Bas")
    assert [*faults(visitor), sideways(visitor)] == [0]
    write(visitor, "Wat zie jij steeds terugkomen?", SEEN)
    visitor.wait_for_timeout(A_PERSONS_PACE)
    picture(visitor, "voorstel-schrijven")
    press(visitor, button(visitor, "Stuur"))
    heading(visitor, "Dank je wel. We hebben het.")
    expect(visitor.get_by_text("Je krijgt antwoord voor")).to_be_visible()
    expect(visitor.get_by_text("Wie pakt dit op:")).to_be_visible()
    expect(visitor.get_by_text(SEEN)).to_have_count(0)
    picture(visitor, "voorstel-verstuurd")
    return visitor.url


def says_yes(karin: Page) -> None:
    karin.goto("/pilots/proposals/")
    expect(karin.get_by_text(SEEN)).to_be_visible()
    picture(karin, "voorstellen")
    card = karin.locator("article", has_text=SEEN)
    card.get_by_role("link", name="Zeg ja").click()
    karin.get_by_label("Korte naam").fill(PILOT)
    karin.get_by_label("De vraag", exact=True).fill("Hoe begint elk kind met een ontbijt?")
    karin.locator("select[name=vindplaats]").select_option(index=1)
    karin.get_by_label("Waarom ja").fill("Drie scholen zagen dit ook.")
    button(karin, "Begin deze pilot").click()
    expect(karin.get_by_label("Waarom ja")).to_have_value("Drie scholen zagen dit ook.")
    karin.get_by_label("Wie leidt het").select_option("yara")
    button(karin, "Begin deze pilot").click()
    expect(karin.get_by_text("De pilot is begonnen.")).to_be_visible()


def wears(page: Page, place: str) -> None:
    """Change into one's role at this place."""
    page.get_by_role("link", name="Wissel").click()
    page.locator("article", has_text=place).get_by_role("button").click()
    expect(page.locator(".ss-hat")).to_contain_text(place)


def shows_it_to_everyone(yara: Page) -> str:
    """Look at the pages of a pilot that has nothing yet, then make it public; its name there."""
    yara.goto("/desk/")
    heading(yara, "Volgende stap")
    slug = yara.url.rstrip("/").rsplit("/", 1)[-1]
    for empty in ("thread", "interviews", "codes"):
        yara.goto(f"/pilots/{slug}/{empty}/")
        assert faults(yara) == []
    yara.goto(f"/desk/{slug}/")
    assert faults(yara) == []
    button(yara, "Laat iedereen het zien").click()
    expect(yara.get_by_text("Iedereen kan de bladzijde lezen.").first).to_be_visible()
    return slug


def marks_evidence(yara: Page, slug: str) -> None:
    yara.goto(f"/desk/{slug}/evidence/")
    picture(yara, "bewijs")
    yara.get_by_role("link", name="Dit is er").first.click()
    heading(yara, "Vink bewijs af")
    yara.get_by_label("Wat is het?").fill("Met acht ouders.")
    button(yara, "Vink af").click()
    expect(yara.get_by_text("Afgevinkt. De stand volgt vanzelf.")).to_be_visible()


def explains_another_stand(yara: Page, slug: str) -> None:
    yara.goto(f"/desk/{slug}/stand/")
    yara.get_by_label("Welke stand laat je zien?").select_option("2")
    yara.get_by_label("Waarom is het anders?").fill("Het team eet al mee.")
    until = date.today() + timedelta(days=60)  # noqa: DTZ011 - the browser's own day
    tab_to(yara, button(yara, "Laat deze stand zien"))
    yara.get_by_label("Tot en met").fill(until.isoformat())
    button(yara, "Laat deze stand zien").click()
    expect(yara.get_by_text("Deze stand is nu te zien, met jouw reden.")).to_be_visible()


def asks_in_other_words(yara: Page, slug: str) -> None:
    yara.goto(f"/desk/{slug}/question/")
    yara.get_by_label("De vraag", exact=True).fill("Hoe begint elk kind de dag met een volle buik?")
    yara.get_by_label("Waardoor veranderde de vraag?").fill("gesprekken met acht ouders")
    button(yara, "Vraag het zo").click()
    expect(yara.get_by_text("De nieuwe vraag geldt vanaf vandaag.")).to_be_visible()
