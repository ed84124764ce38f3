"""A mother on a phone: she opens her circle, lets somebody in, asks, says yes and stops it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, House, picture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
CODE = re.compile(r"[0-9A-Z]{6}(-[0-9A-Z]{4}){4}")


def looks_right(page: Page, heading: str) -> None:
    """One heading, nothing sideways, and nothing that axe finds."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert sideways(page) <= 0
    assert faults(page) == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


@pytest.fixture
def stranger(chromium: Browser, house: House) -> Page:
    context = chromium.new_context(
        locale="nl-NL", viewport={"width": 320, "height": 900}, base_url=house.address
    )
    return context.new_page()


def open_circle(page: Page) -> None:
    """From nothing to a circle with one child: three short pages."""
    looks_right(page, "Dag Naima")
    follow(page, "Begin")
    looks_right(page, "Begin je kring")
    page.get_by_label("Hoe noem je jouw kring?").fill("Ons huis")
    press(page, "Verder")
    looks_right(page, "Wie helpt jou met je kring?")
    page.get_by_label("Marit").check()
    press(page, "Open mijn kring")
    looks_right(page, "Om welk kind gaat het?")
    page.get_by_label("Voornaam").fill("Ilias")
    page.get_by_label("Geboortedag").fill("2018-05-01")
    press(page, "Voeg dit kind toe")
    looks_right(page, "Nog een kind?")
    follow(page, "Klaar, naar mijn kring")
    looks_right(page, "De kring rond Ilias")


def test_a_mother_opens_her_circle_lets_somebody_in_and_asks(enter: Enter, stranger: Page) -> None:
    naima = enter("naima", width=320)
    open_circle(naima)

    follow(naima, "Laat iemand toe")  # the first tap
    looks_right(naima, "Laat iemand toe")
    naima.get_by_label("Naam").fill("Tante Sara")
    press(naima, "Laat toe")  # the second
    looks_right(naima, "Geef deze code")
    picture(naima, "kring-code")
    code = CODE.search(naima.locator(".ss-code-large").inner_text())
    assert code, "no code on the page"
    follow(naima, "Klaar")  # the third
    expect(naima.get_by_role("link", name="Tante Sara")).to_be_visible()

    stranger.goto("/seats/take/")
    looks_right(stranger, "Ik heb een code")
    stranger.get_by_label("De code die je kreeg").fill(code[0])
    stranger.get_by_label("Kies een gebruikersnaam").fill("tante-sara")
    press(stranger, "Verder")
    looks_right(stranger, "Welkom")
    expect(stranger.get_by_text("tante-sara")).to_be_visible()

    follow(naima, "Laat iemand toe")
    naima.get_by_label("Wie is het?").select_option(label=daan(naima))
    naima.get_by_label("Ilias").check()
    press(naima, "Laat toe")
    looks_right(naima, "Daan")
    follow(naima, "Terug naar mijn kring")
    looks_right(naima, "De kring rond Ilias")
    ask_daan(naima)


def daan(page: Page) -> str:
    """How Daan stands in the list."""
    return page.locator("option", has_text="Daan").inner_text()


def ask_daan(page: Page) -> None:
    """Write, look at what Daan sees and what not, and only then send."""
    follow(page, "Mijn kring")
    looks_right(page, "Dag Naima")
    follow(page, "Stel een vraag")
    looks_right(page, "Stel een vraag")
    page.get_by_label("Wat wil je weten?").fill("Is deze slaap gewoon?")
    page.get_by_label("Vertel er iets meer over").fill("Ilias wordt elke nacht wakker.")
    page.get_by_label("Ilias").check()
    page.get_by_label("Daan").check()
    press(page, "Kijk wat de ander ziet")
    looks_right(page, "Dit ziet Daan")
    expect(page.get_by_text("je adres, of iets anders.")).to_be_visible()
    press(page, "Stuur")
    looks_right(page, "Is deze slaap gewoon?")
    expect(page.get_by_text("Ilias wordt elke nacht wakker.")).to_be_visible()


def test_a_yes_opens_one_question_and_stop_closes_it_at_once(enter: Enter) -> None:
    anouk, daan = enter("anouk", width=320), enter("daan-jgz", width=320)
    words = "Ze is moe in de klas."
    looks_right(anouk, "Dag Anouk")
    picture(anouk, "kring-begin")
    expect(daan.get_by_text(words)).to_have_count(0)

    follow(anouk, "Bekijk en kies")
    looks_right(anouk, "Mag Daan dit lezen?")
    picture(anouk, "kring-ja-of-nee")
    press(anouk, "Ja, dat mag")
    expect(anouk.get_by_text("Je zei ja.")).to_be_visible()
    looks_right(anouk, "Mag Daan dit lezen?")
    question = asked_of(daan)
    expect(daan.get_by_text(words)).to_be_visible()

    press(anouk, "Stop: Daan leest niets meer")
    looks_right(anouk, "Gestopt")
    expect(anouk.get_by_text("Gestopt. Daan leest niets meer.")).to_be_visible()
    daan.goto(question)
    expect(daan.get_by_text(words)).to_have_count(0)


def asked_of(page: Page) -> str:
    """Open the one question of the work page; return its address."""
    page.goto("/today/")
    title = "Wat kan helpen als Noor niet slaapt?"
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    return page.url


def test_the_picture_the_list_and_what_belongs_to_it(enter: Enter) -> None:
    for width in (320, 1280):
        anouk = enter("anouk", width=width)
        follow(anouk, "Alle mensen in mijn kring")
        looks_right(anouk, "De kring rond Noor")
        expect(anouk.locator("svg.ss-circle:visible")).to_have_count(1)
        expect(anouk.get_by_role("row")).to_have_count(1 + 18 + 4)
        picture(anouk, "kring-plaatje")
        for link, heading in (
            ("Wie mag wat lezen", "Wie mag wat lezen"),
            ("Wat er geschreven is", "Wat er geschreven is"),
            ("Wie kan even stoppen?", "Wie kan even stoppen?"),
            ("Ik mis nog iemand", "Wie mis je nog?"),
            ("Woonbedrijf", "Bea"),
        ):
            follow(anouk, link)
            looks_right(anouk, heading)
            anouk.go_back()
        follow(anouk, "Niet tevreden? Zo help ik je verder")
        looks_right(anouk, "Niet tevreden? Zo help ik je verder")
        anouk.context.close()


def test_a_text_gets_an_own_side_and_an_answer_is_confirmed(enter: Enter) -> None:
    anouk = enter("anouk", width=320)
    follow(anouk, "Alle mensen in mijn kring")
    follow(anouk, "Wat er geschreven is")
    follow(anouk, "Lees het")
    looks_right(anouk, "Verslag van ons gesprek")
    follow(anouk, "Schrijf mijn eigen kant")
    looks_right(anouk, "Schrijf mijn eigen kant")
    anouk.get_by_label("Wat wil je zeggen?").fill("Op zondag slaapt ze juist goed.")
    press(anouk, "Bewaar mijn kant")
    expect(anouk.get_by_text("Op zondag slaapt ze juist goed.")).to_be_visible()
    follow(anouk, "Dit klopt niet")
    looks_right(anouk, "Dit klopt niet")
    anouk.get_by_label("Wat wil je zeggen?").fill("Ze valt om tien uur in slaap.")
    press(anouk, "Stuur")
    expect(anouk.get_by_label("Wat wil je zeggen?")).to_have_count(0)
    looks_right(anouk, "Dit klopt niet")

    follow(anouk, "Mijn kring")
    follow(anouk, "Lees het antwoord")
    looks_right(anouk, "Mag Noor woensdag eerder weg?")
    press(anouk, "Ja, ik ben geholpen")
    expect(anouk.get_by_role("button", name="Ja, ik ben geholpen")).to_have_count(0)
    expect(anouk.get_by_role("link", name="Lees het antwoord")).to_have_count(0)


def test_the_father_sees_nothing_of_the_other_home(enter: Enter) -> None:
    anouk, dennis = enter("anouk"), enter("dennis", width=320)
    follow(anouk, "Alle mensen in mijn kring")
    looks_right(anouk, "De kring rond Noor")
    address = anouk.url
    looks_right(dennis, "Dag Dennis")
    follow(dennis, "Alle mensen in mijn kring")
    looks_right(dennis, "De kring rond Noor")

    said = dennis.locator("main").inner_text()
    assert "Opa Willem" in said
    assert [
        name for name in ("Ria", "Joke", "Marit", "Samira", "Sem", "Anouk") if name in said
    ] == []
    answer = dennis.goto(address)
    assert answer is not None
    assert answer.status == 404


def test_who_decides_and_who_looks_after_it_is_said_seen_and_handed_over(enter: Enter) -> None:
    anouk, marit, joost = enter("anouk", width=320), enter("marit"), enter("joost", width=320)
    follow(anouk, "Alle mensen in mijn kring")
    follow(anouk, "Wie woont hier")
    looks_right(anouk, "Wie woont hier")
    follow(anouk, "Wie beslist over Noor")
    looks_right(anouk, "Wie beslist over Noor")
    picture(anouk, "kring-wie-beslist")
    follow(anouk, "Zeg wie nog meer beslist")
    looks_right(anouk, "Wie beslist over Noor?")
    anouk.get_by_label("toezicht, opgelegd door een rechter").check()
    anouk.get_by_label("Of welke organisatie?").select_option(label=in_the_list(anouk, "Marit"))
    press(anouk, "Bewaar dit")
    looks_right(anouk, "Wie beslist over Noor")
    expect(anouk.get_by_text("Ondertoezichtstelling")).to_be_visible()

    follow(anouk, "Terug naar mijn kring")
    looks_right(anouk, "De kring rond Noor")
    follow(anouk, "Wie woont hier")
    looks_right(anouk, "Wie woont hier")
    follow(anouk, "Ik woon hier niet meer")
    looks_right(anouk, "Woon je hier niet meer?")
    picture(anouk, "kring-weggaan")
    follow(anouk, "Nu niet")
    looks_right(anouk, "Wie woont hier")
    follow(anouk, "Wie op je kring let")
    looks_right(anouk, "Wie op je kring let")
    picture(anouk, "kring-wie-let-op")
    anouk.get_by_label("Joost").check()
    press(anouk, "Vraag deze mens")
    expect(anouk.get_by_text("Joost is gevraagd.")).to_be_visible()

    joost.goto("/today/")
    follow(joost, "Bekijk en kies")
    looks_right(joost, "Kringen waar je op let")
    press(joost, "Ja, dat doe ik")
    expect(joost.get_by_text("Kring van Anouk")).to_be_visible()
    marit.goto("/after/")
    looks_right(marit, "Kringen waar je op let")
    expect(marit.get_by_text("Kring van Anouk")).to_have_count(0)
    follow(joost, "Open een kring samen met een ouder")
    looks_right(joost, "Open een kring samen met een ouder")
    joost.get_by_label("Hoe heet de ouder?").fill("Samir")
    joost.get_by_label("Hoe noem je jouw kring?").fill("Bij ons")
    press(joost, "Open en maak een code")
    looks_right(joost, "Geef de ouder deze code")
    assert CODE.search(joost.locator(".ss-code-large").inner_text())


def in_the_list(page: Page, name: str) -> str:
    """How somebody stands in the list of organisations."""
    return page.locator("select[name=function] option", has_text=name).inner_text()
