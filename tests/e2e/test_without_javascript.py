"""The same house for a browser without JavaScript: menu, opening text, forms, coding."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Enter, House
from tests.e2e.steps import A_PERSONS_PACE, button, heading, link, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SEEN = "Ouders vertellen elke keer opnieuw hetzelfde."


def test_a_visitor_opens_the_menu_reads_a_pilot_and_proposes(
    house: House, chromium: Browser
) -> None:
    page = visit(chromium, house, "/home/", width=320, script=False)
    link(page, "Menu").click()
    link(page, "Vragen uit de regio").first.click()
    heading(page, "Vragen uit de regio")
    link(page, "Wordt uitgeprobeerd (4)").click()
    link(page, "Voedselbank").click()
    heading(page, "Hoe groeit een kind goed op als er weinig geld is?")

    link(page, "Menu").click()
    link(page, "Doe mee").first.click()
    page.get_by_label("Waar zie je dat?").fill("Een school")
    button(page, "Stuur").click()
    expect(page.get_by_label("Waar zie je dat?")).to_have_value("Een school")
    page.get_by_label("Wat zie jij steeds terugkomen?").fill(SEEN)
    page.wait_for_timeout(A_PERSONS_PACE)
    button(page, "Stuur").click()
    heading(page, "Dank je wel. We hebben het.")
    page.context.close()


def test_the_site_changes_language_and_back(house: House, chromium: Browser) -> None:
    page = visit(chromium, house, "/home/", script=False)
    button(page, "English").click()
    heading(page, "Earlier help, together with parents and young people")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    button(page, "Nederlands").click()
    heading(page, "Eerder helpen, samen met ouders en jongeren")
    page.context.close()


def test_the_project_leader_marks_evidence_and_takes_it_back(enter: Enter) -> None:
    yara = enter("yara", width=320, script=False)
    heading(yara, "Volgende stap")
    yara.get_by_role("link", name="Dit is er").first.click()
    yara.get_by_label("Wat is het?").fill("Met twee ouders.")
    button(yara, "Vink af").click()
    expect(yara.get_by_text("Afgevinkt. De stand volgt vanzelf.")).to_be_visible()
    yara.goto("/desk/voedselbank/evidence/")
    expect(yara.get_by_text("Met twee ouders.")).to_be_visible()


def test_lin_codes_sentence_by_sentence(enter: Enter) -> None:
    lin = enter("lin", width=320, script=False)
    heading(lin, "Gesprekken")
    lin.goto("/interviews/2/coding/sentences/3/")
    heading(lin, "Zin 3 van 37")
    lin.get_by_label("3 ernaast").check()
    button(lin, "Volgende").click()
    heading(lin, "Zin 4 van 37")
    lin.goto("/interviews/2/coding/sentences/3/")
    expect(lin.get_by_label("3 ernaast")).to_be_checked()


def test_what_opens_by_itself_opens_without_script(enter: Enter) -> None:
    omar = enter("omar", width=320, script=False)
    details = omar.locator("details").first
    expect(details).not_to_have_attribute("open", "")
    details.locator("summary").click()
    expect(details).to_have_attribute("open", "")


def test_karin_steps_in_and_out_again(enter: Enter) -> None:
    karin = enter("karin", script=False)
    heading(karin, "Voorstellen")
    link(karin, "Kijk als iemand anders").click()
    karin.locator("button[name=person][value=els]").click()
    heading(karin, "Mensen van mijn organisatie")


def test_a_family_asks_says_yes_takes_back_and_gets_an_answer(enter: Enter) -> None:
    anouk, daan = enter("anouk", width=320, script=False), enter("daan-jgz", script=False)
    link(anouk, "Bekijk en kies").first.click()
    heading(anouk, "Mag Daan dit lezen?")
    button(anouk, "Ja, dat mag").click()
    expect(anouk.get_by_text("Je zei ja.")).to_be_visible()
    button(anouk, "Stop: Daan leest niets meer").click()
    heading(anouk, "Gestopt")

    link(anouk, "Mijn kring").first.click()
    link(anouk, "Stel een vraag").first.click()
    anouk.get_by_label("Wat wil je weten?").fill("Mag Noor meedoen met gym?")
    anouk.get_by_label("Vertel er iets meer over").fill("Ze is nog moe.")
    anouk.get_by_label("Noor", exact=True).check()
    anouk.get_by_label("Daan").check()
    button(anouk, "Kijk wat de ander ziet").click()
    heading(anouk, "Dit ziet Daan")
    expect(anouk.get_by_role("heading", name="Mag Noor meedoen met gym?")).to_be_visible()
    button(anouk, "Stuur").click()
    asked = anouk.url

    daan.goto("/today/")
    link(daan, "Mag Noor meedoen met gym?").first.click()
    daan.locator("textarea[name=words]").fill("Rustig aan mag het.")
    button(daan, "Stuur antwoord").click()
    expect(daan.get_by_text("Je antwoord is verstuurd.")).to_be_visible()
    anouk.goto(asked)
    expect(anouk.get_by_text("Rustig aan mag het.")).to_be_visible()


def test_a_child_meets_no_button_that_does_nothing(enter: Enter) -> None:
    """Found by hand: an empty sheet to draw on and a dead button to speak stood there."""
    for script in (False, True):
        noor = enter("noor", width=320, script=script)
        noor.get_by_role("link", name="Bij Anouk").click()
        noor.get_by_role("link", name="Fatima").first.click()
        expect(noor.get_by_role("heading", level=1)).to_have_text("Zeg het tegen Fatima")
        expect(noor.locator("canvas:visible")).to_have_count(int(script))
        for name in ("Begin opnieuw", "Spreek het in"):
            expect(noor.get_by_role("button", name=name)).to_have_count(int(script))
