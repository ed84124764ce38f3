"""Every page of people and privacy in a real browser: axe finds nothing, a phone is wide enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from smartstart.access.permissions import Role
from smartstart.base import clock
from smartstart.people import keys, operations
from smartstart.people.models import Position
from tests.browser import unfit
from tests.cast import Cast
from tests.e2e.test_sign_in import PASSWORD, code, house, loop

__all__ = ["house", "loop"]
pytestmark = pytest.mark.browser
PUBLIC = (
    "/account/sign-in/",
    "/people/card/",
    "/people/invitation/",
    "/privacy/",
    "/privacy/interviewee/",
    "/privacy/register/",
)
SIGNED_IN = (
    "/people/me/",
    "/people/hats/",
    "/people/restores/",
    "/people/organisation/",
    "/people/organisation/invite/",
    "/people/organisation/positions/add/",
    "/people/organisation/positions/{seat}/",
    "/people/organisation/people/{bram}/end/",
    "/people/organisation/people/{bram}/restore/",
    "/people/organisation/people/{bram}/card/",
    "/account/keys/",
    "/account/keys/spare/new/",
    "/account/keys/phone/remove/",
    "/account/keys/passkeys/",
    "/account/keys/passkeys/add/",
    "/account/password/",
    "/account/sign-in/again/",
    "/account/sign-in/again/code/",
    "/account/organisation/",
)


def furnished(cast: Cast) -> dict[str, int]:
    """Give the pages something to show: a seat, an open invitation, a lost phone, a card."""
    ada, at, today = cast.actor("ada"), cast.now, clock.today()
    seat = operations.make_position(ada, called="gedragscoach van de bovenbouw", phone="", at=at)
    Position.objects.filter(pk=seat.pk).update(occupant=cast.account("bram"))
    operations.invite(ada, role=Role.PROFESSIONAL, called="coach", shown_as="Fatima", at=at)
    account = cast.account("bram")
    account.set_unusable_password()
    account.save()
    keys.ask_restore(ada, cast.account("joke").pk, at=at, today=today)
    return {"seat": seat.pk, "bram": account.pk}


def test_every_page_is_for_everybody(house: tuple[str, Cast], chromium: Browser) -> None:
    from tests.web.people_cases import phone

    site, cast = house
    found, secret = furnished(cast), phone(cast.account("ada"))
    context = chromium.new_context(locale="nl-NL")
    page = context.new_page()
    wrong: list[str] = []

    def look(address: str) -> None:
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status == 200, address
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        wrong.extend(unfit(page))

    for address in PUBLIC:
        look(address)
    page.goto(f"{site}/account/sign-in/?next=/people/me/")
    page.get_by_label("Gebruikersnaam").fill("ada")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je tweede sleutel")
    wrong += unfit(page)
    page.get_by_label("Code").fill(code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/people/me/", wait_until="load")
    for address in SIGNED_IN:
        look(address.format(**found))
    page.get_by_role("button", name="Op slot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit scherm is op slot")
    wrong += unfit(page)
    context.close()
    assert wrong == []
