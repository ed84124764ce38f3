"""A child draws and speaks, a coach writes about it, a mother puts a photo beside her own words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.base import brought
from tests.browser import faults, sideways
from tests.e2e.conftest import Enter, picture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def looks_right(page: Page, heading: str) -> None:
    """One heading, nothing sideways, and nothing that axe finds."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert sideways(page) <= 0
    assert faults(page) == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def say_it(noor: Page) -> None:
    """Draw a line and say something, and send both."""
    looks_right(noor, "Dag Noor")
    expect(noor.get_by_text("Oma Ria")).to_have_count(0)
    follow(noor, "Bij Anouk")
    expect(noor.get_by_role("link", name="Fatima").first).to_be_visible()
    looks_right(noor, "Dag Noor")
    follow(noor, "Fatima")
    looks_right(noor, "Zeg het tegen Fatima")
    paper = noor.locator("canvas")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box() or pytest.fail("the paper is not on the screen")
    noor.mouse.move(box["x"] + 40, box["y"] + 40)
    noor.mouse.down()
    noor.mouse.move(box["x"] + 150, box["y"] + 90, steps=5)
    noor.mouse.up()
    expect(noor.get_by_text("Je tekening gaat mee.")).to_be_visible()
    speak(noor)
    assert sideways(noor) <= 0
    picture(noor, "kring-zeg-het")
    press(noor, "Stuur")
    expect(noor.get_by_text("Verstuurd. Dank je dat je het zei.")).to_be_visible()
    expect(noor.get_by_text("Fatima heeft het nog niet gelezen.")).to_be_visible()


def speak(noor: Page) -> None:
    """A slip of the finger is kept out; what goes along is heard to run first."""
    running = noor.get_by_role("timer")
    noor.clock.pause_at(datetime.now(UTC) + timedelta(minutes=5))
    press(noor, "Spreek het in")
    press(noor, "Stop")
    expect(noor.get_by_text("Dat was te kort.")).to_be_visible()
    expect(running).to_be_hidden()
    expect(noor.locator("audio")).to_be_hidden()
    assert noor.locator("[data-speak] input[type=file]").input_value() == ""
    noor.clock.resume()
    press(noor, "Spreek het in")
    expect(running).to_have_text(re.compile(r"0:(0[2-9]|[1-5]\d)"), timeout=30_000)
    assert sideways(noor) <= 0
    press(noor, "Stop")
    expect(noor.locator("audio")).to_be_visible()
    expect(running).to_be_hidden()


def hear_it(fatima: Page) -> None:
    fatima.goto("/said/")
    follow(fatima, "Noor")
    looks_right(fatima, "Noor zei tegen jou")
    drawing = fatima.get_by_role("img", name="Tekening of foto")
    expect(drawing).to_be_visible()
    assert drawing.evaluate("picture => picture.naturalWidth") == 640
    heard = fatima.locator("audio").evaluate("sound => fetch(sound.src).then(one => one.status)")
    assert heard == 200


def write_it(fatima: Page, tmp_path: Path) -> None:
    """Why, what, how others read it, and a letter beside it."""
    fatima.goto("/questions/ask/")
    follow(fatima, "Wat er geschreven is")
    press(fatima, "Ik bereid een gesprek met dit gezin voor")
    looks_right(fatima, "Wat er over Noor geschreven is")
    follow(fatima, "Schrijf iets")
    looks_right(fatima, "Schrijf iets over Noor")
    fatima.get_by_label("Wat zag of hoorde je?").fill("Noor las vandaag hardop voor.")
    press(fatima, "Kijk hoe anderen het lezen")
    looks_right(fatima, "Zo lezen anderen het")
    for heading in ("Zo leest Noor het", "Zo leest een ouder het"):
        expect(fatima.get_by_role("heading", name=heading)).to_be_visible()
    picture(fatima, "kring-zo-lezen-anderen")
    press(fatima, "Bewaar het zo")
    looks_right(fatima, "Wat er over Noor geschreven is")
    follow(fatima, "Doe er een bijlage bij")
    looks_right(fatima, "Doe er een bijlage bij")
    letter = tmp_path / "brief.docx"
    letter.write_bytes(brought.docx())
    fatima.set_input_files("input[type=file]", letter)
    fatima.get_by_label("Wat is het?").fill("Brief van de dokter")
    picture(fatima, "kring-bijlage")
    press(fatima, "Zet het erbij")
    expect(fatima.get_by_role("link", name="Brief van de dokter")).to_be_visible()


def test_a_child_is_heard_and_a_mother_reads_what_was_written(enter: Enter, tmp_path: Path) -> None:
    say_it(enter("noor", width=320))
    fatima = enter("fatima", width=320)
    hear_it(fatima)
    write_it(fatima, tmp_path)

    anouk = enter("anouk", width=320)
    looks_right(anouk, "Dag Anouk")
    home = re.search(r"/circles/[0-9a-f-]{36}/", anouk.content())
    assert home
    anouk.goto(f"{home[0]}entries/")
    anouk.get_by_role("listitem").filter(has_text="hardop voor").get_by_role("link").click()
    expect(anouk.get_by_role("heading", name="Bijlagen")).to_be_visible()
    assert (sideways(anouk), faults(anouk)) == (0, [])
    with anouk.expect_download() as taken:
        follow(anouk, "Brief van de dokter")
    content = Path(taken.value.path()).read_bytes()
    assert content.startswith(b"PK")
    assert re.fullmatch(r"bijlage-\d{4}-\d\d-\d\d\.docx", taken.value.suggested_filename)
