"""A teacher asks, a behaviour coach picks it up and answers in one line: on a phone, by hand."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import faults, sideways
from tests.e2e.conftest import ROOT, Enter, House, surroundings
from tests.e2e.steps import button

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# The family lets the teacher read along in one topic, as Anouk would on the page of sharing.
LETS_READ = """
import django; django.setup()
from smartstart.base import clock
from smartstart.circle import example, operations_sharing as sharing
from smartstart.circle.models import Ground, Part
at = clock.now()
noor = Part.objects.get(folder=Ground.objects.filter(
    receiver=example.function("fatima"), question=None, kind="seat")[0].folder)
sharing.ask_ground(example.actor("anouk", at=at), noor.ref, receiver=example.function("joost"),
                   purpose="meekijken in de klas", topic="development", at=at)
"""
TITLE = "Noor gaapt in de klas"


def fine(page: Page) -> None:
    assert faults(page) == []
    assert sideways(page) <= 0


@pytest.fixture
def lets_read(house: House) -> None:
    subprocess.run(
        [sys.executable, "-c", LETS_READ],
        cwd=ROOT,
        env=surroundings(house.data),
        check=True,
        capture_output=True,
    )


def ask(page: Page) -> None:
    """The teacher asks, from the first page."""
    page.goto("/today/")
    fine(page)
    page.get_by_role("link", name="Vraag zelf iets").click()
    expect(page.get_by_role("heading", name="Noor", exact=True)).to_be_visible()
    fine(page)
    page.get_by_role("link", name=re.compile(r"Vraag iets ?: Noor")).first.click()
    page.get_by_label("Fatima, gedragscoach").check()
    page.get_by_label("Wat wil je weten?").fill(TITLE)
    page.locator("textarea").fill("Ze legt haar hoofd op tafel. Wat kan ik doen?")
    fine(page)
    button(page, "Vraag dit").click()
    expect(page.get_by_text("Gevraagd. Het gezin ziet het")).to_be_visible()


def test_a_teacher_asks_and_a_coach_answers_in_one_line(enter: Enter, lets_read: None) -> None:
    joost, fatima = enter("joost", width=320), enter("fatima", width=320)
    ask(joost)

    fatima.goto("/today/")
    fine(fatima)
    card = fatima.get_by_role("article").filter(has_text=TITLE)
    card.get_by_role("button", name="Ik pak dit op").click()
    expect(fatima.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(fatima.get_by_text("Fatima (jij)")).to_be_visible()
    fine(fatima)
    fatima.get_by_label("Of geef nu antwoord").fill("Gebeld. Laat haar even rusten.")
    fatima.get_by_label("Ik heb erover gebeld").check()
    button(fatima, "Stuur antwoord").click()
    expect(fatima.get_by_text("Je antwoord is verstuurd.")).to_be_visible()
    expect(fatima.get_by_role("article").filter(has_text=TITLE)).to_have_count(0)

    joost.goto("/today/")
    expect(joost.get_by_text("Er is antwoord.")).to_be_visible()
    joost.get_by_role("link", name=TITLE).click()
    expect(joost.get_by_text("Gebeld. Laat haar even rusten.")).to_be_visible()
    fine(joost)
    button(joost, "Ja, ik ben geholpen").click()
    expect(joost.get_by_text("Deze vraag is klaar.")).to_be_visible()


def test_without_a_script_a_coach_gives_on_and_is_rid_of_what_is_too_close(enter: Enter) -> None:
    fatima = enter("fatima", width=320, script=False)
    fatima.goto("/today/")
    title = fatima.get_by_role("article").get_by_role("link").first.inner_text()
    fatima.get_by_role("article").get_by_role("link", name="Geef door").first.click()
    fatima.get_by_label("Daan").check()
    button(fatima, "Vraag het").click()
    expect(fatima.get_by_text("We vragen het eerst aan het gezin.")).to_be_visible()
    expect(fatima.get_by_role("heading", name=title, level=1)).to_be_visible()

    button(fatima, "Ik ken dit gezin privé").click()
    expect(fatima.get_by_text("Iemand anders neemt het over.")).to_be_visible()
    expect(fatima.get_by_role("article").filter(has_text=title)).to_have_count(0)
