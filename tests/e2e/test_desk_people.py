"""An administrator lets somebody in, a lost phone is restored by two, a screen is locked."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, House, picture
from tests.e2e.steps import button, heading, link, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NAME = "Mila Verzonnen"


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def on_paper(page: Page) -> str:
    """The code that a page shows once."""
    return page.locator("main code").inner_text().strip()


def test_somebody_is_let_in_by_card_loses_the_phone_and_comes_back(
    house: House, chromium: Browser, enter: Enter
) -> None:
    els, kees = enter("els"), enter("els", width=320)
    kees.goto("/example/")
    become(kees, "kees")
    invitation = invites(els)
    mila = visit(chromium, house, "/people/invitation/", width=320)
    username, card = takes(mila, invitation)
    signs_in_by_card(mila, username, card)
    sets_up_the_phone(mila)

    lost(els)
    restored = confirmed(kees)
    new_phone = visit(chromium, house, "/people/card/", width=320)
    comes_back(new_phone, mila, username, restored)
    mila.context.close()
    new_phone.context.close()


def become(page: Page, person: str) -> None:
    """Step in as somebody of the example who has no card in the chooser's groups."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "person": person}
    page.request.post("/example/step-in/", form=form, headers={"Referer": page.url})


def invites(els: Page) -> str:
    els.goto("/people/organisation/")
    picture(els, "mensen")
    link(els, "Nodig iemand uit").click()
    els.get_by_label("Naam die anderen zien").fill(NAME)
    els.get_by_label("Rol, in gewone woorden").fill("leerkracht")
    button(els, "Maak de uitnodiging").click()
    heading(els, "De uitnodiging is klaar")
    return on_paper(els)


def takes(mila: Page, invitation: str) -> tuple[str, str]:
    """Choose a user name and no password: the card is shown once."""
    mila.get_by_label("Code op je uitnodiging").fill(invitation.lower())
    mila.get_by_label("Kies een gebruikersnaam").fill("mila")
    button(mila, "Ga verder").click()
    heading(mila, "Welkom")
    assert [*faults(mila), sideways(mila)] == [0]
    return "mila", on_paper(mila)


def signs_in_by_card(mila: Page, username: str, card: str) -> None:
    mila.goto("/people/card/")
    picture(mila, "kaart")
    mila.get_by_label("Gebruikersnaam").fill(username)
    mila.get_by_label("Code op je kaart").fill("AAAA-AAAA-AAAA")
    button(mila, "Log in").click()
    expect(mila.get_by_label("Gebruikersnaam")).to_have_value(username)
    mila.get_by_label("Code op je kaart").fill(card)
    button(mila, "Log in").click()
    expect(mila.locator(".ss-hat")).to_contain_text("leerkracht")


def sets_up_the_phone(mila: Page) -> None:
    mila.goto("/people/second-key/")
    heading(mila, "Je tweede sleutel")
    picture(mila, "tweede-sleutel")
    link(mila, "Een app op je telefoon").click()
    secret = mila.locator("#totp-secret").inner_text().strip()
    mila.get_by_label("Code uit de app").fill(code_of(secret))
    button(mila, "Sla op").click()
    heading(mila, "Reservecodes op papier")


def lost(els: Page) -> None:
    els.goto("/people/organisation/")
    els.locator("article", has_text=NAME).get_by_role("link", name="Telefoon kwijt").click()
    heading(els, "Staat deze persoon naast je?")
    button(els, "Ja, vraag een tweede collega").click()
    heading(els, "Nu een tweede collega")
    els.goto("/people/restores/")
    confirm = els.locator("article", has_text=NAME).get_by_role("button")
    if confirm.count():  # one person is not two
        confirm.click()
        assert els.get_by_text("Hier is de code").count() == 0


def confirmed(kees: Page) -> str:
    kees.goto("/people/restores/")
    kees.locator("article", has_text=NAME).get_by_role("button").click()
    heading(kees, "Hier is de code")
    return on_paper(kees)


def comes_back(phone: Page, lost: Page, username: str, restored: str) -> None:
    """The code of two people opens the door once, and the lost phone opens nothing any more."""
    phone.get_by_label("Gebruikersnaam").fill(username)
    phone.get_by_label("Code op je kaart").fill(restored)
    button(phone, "Log in").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("Log in met een kaart")
    phone.goto("/people/second-key/")
    heading(phone, "Je tweede sleutel")
    expect(link(phone, "Een app op je telefoon")).to_be_visible()
    lost.goto("/people/me/")
    heading(lost, "Log in")


def test_a_screen_is_locked_and_only_its_own_person_opens_it(
    house: House, chromium: Browser, enter: Enter
) -> None:
    els = enter("els")
    els.goto("/people/organisation/invite/")
    els.get_by_label("Naam die anderen zien").fill("Sanne Verzonnen")
    els.get_by_label("Rol, in gewone woorden").fill("leerkracht")
    button(els, "Maak de uitnodiging").click()
    page = visit(chromium, house, "/people/invitation/", width=320)
    page.get_by_label("Code op je uitnodiging").fill(on_paper(els))
    page.get_by_label("Kies een gebruikersnaam").fill("sanne")
    page.get_by_label("Kies een wachtwoord").fill("een lang geheim")
    button(page, "Ga verder").click()
    heading(page, "Welkom")
    page.goto("/account/sign-in/")
    page.get_by_label("Gebruikersnaam").fill("sanne")
    page.get_by_label("Wachtwoord").fill("een lang geheim")
    button(page, "Log in").click()
    expect(page.locator(".ss-hat")).to_contain_text("leerkracht")

    button(page, "Op slot").click()
    heading(page, "Dit scherm is op slot")
    picture(page, "op-slot")
    assert page.get_by_text("Sanne").count() == 0
    page.goto("/people/me/")
    heading(page, "Dit scherm is op slot")
    page.get_by_label("Wachtwoord of code").fill("niet dit geheim")
    button(page, "Open").click()
    heading(page, "Dit scherm is op slot")
    page.get_by_label("Wachtwoord of code").fill("een lang geheim")
    button(page, "Open").click()
    expect(page.locator(".ss-hat")).to_contain_text("leerkracht")
    page.context.close()


def test_yara_changes_role_and_the_bar_and_the_menu_follow(enter: Enter) -> None:
    yara = enter("yara")
    expect(yara.locator(".ss-hat")).to_contain_text("projectleider, Voedselbank")
    yara.goto("/people/hats/")
    picture(yara, "rollen")
    yara.locator("article", has_text="medewerker").get_by_role("button").click()
    expect(yara.locator(".ss-hat")).to_contain_text("medewerker")
    expect(yara.get_by_role("link", name="Mijn pilot")).to_have_count(0)
    answer = yara.goto("/desk/voedselbank/")
    assert answer is not None
    assert answer.status == 404
