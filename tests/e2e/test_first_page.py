"""Stepping in: each invented person lands where they begin, and sees that first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter, picture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

# Who, in which role the bar says they are, where they land, and what stands there first.
BEGINNINGS = {
    "anouk": ("moeder", "/circles/"),
    "dennis": ("vader", "/circles/"),
    "noor": ("Noor", "/mine/"),
    "ria": ("oma", "/circles/"),
    "esra": ("verteller", "/my-story/page/"),
    "hatice": ("meedenker", "/home/"),
    "mo": ("", "/my-story/thought/"),
    "naima": ("moeder", "/circles/"),
    "fatima": ("gedragscoach", "/today/"),
    "daan-jgz": ("verpleegkundige", "/today/"),
    "marit": ("coördinator", "/today/"),
    "joost": ("leerkracht", "/lessons/"),
    "yara": ("projectleider", "/desk/voedselbank/"),
    "omar": ("onderzoeker", "/pilots/voedselbank/interviews/"),
    "lin": ("onderzoeker", "/pilots/voedselbank/interviews/"),
    "karin": ("programmabureau", "/pilots/proposals/"),
    "els": ("beheerder", "/people/organisation/"),
    "willem": ("privacyfunctionaris", "/privacy/register/"),
}


def test_everybody_begins_where_their_work_begins(enter: Enter) -> None:
    landed = {}
    for person in BEGINNINGS:
        page = enter(person)
        if person == "yara":
            picture(page, "werkplek")
        landed[person] = (role(page), page.url.split("//", 1)[1].partition("/")[2])

    assert landed == {
        person: (called if path != "/my-story/page/" else "", path.lstrip("/"))
        for person, (called, path) in BEGINNINGS.items()
    }


def role(page: Page) -> str:
    """The role in the bar on top, without the place; nothing on a page that has no bar."""
    page.wait_for_load_state()
    bar = page.locator(".ss-hat strong")
    return bar.inner_text().split(",")[0].split(" ")[0] if bar.count() else ""


def test_the_chooser_says_what_it_is_and_leads_to_the_public_site(enter: Enter) -> None:
    page = enter("karin")
    page.get_by_role("link", name="Kijk als iemand anders").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rondkijken als iemand anders")
    expect(page.get_by_text("Je kunt niets stuk maken.")).to_be_visible()
    assert page.locator("button[name=person]").count() >= len(BEGINNINGS)
    picture(page, "rondkijken")
    page.get_by_role("button", name="Ik wil de openbare site zien").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Eerder helpen")
    expect(page.locator(".ss-hat")).to_have_count(0)
