"""The main job in a real browser, on the house as it is served: from a text to merged codes.

On a machine that has the two founding texts (``SMARTSTART_REAL_DATA``) those are imported, else
invented ones of the same size; pictures are made of invented texts only.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import faults, sideways
from tests.e2e import desk
from tests.e2e.conftest import Enter, picture
from tests.voices import documents, texts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
STORY = """Vraag: Hoe ging dat, de eerste keer bij de voedselbank?

“Ik ging eerst twee keer voorbij lopen. Ik durfde niet naar binnen. Toen deed Fatma Yildiz de deur open. Die kwam gewoon naast me zitten.”

Vraag: En daarna?

“Daarna moest ik weer naar het loket. Ik vertelde het vijf keer, aan vijf mensen. En elke keer keek iemand naar mijn schoenen.”

“Op het laatst dacht ik: bij wie moet ik eigenlijk zijn? Mijn dochter van 9 vroeg het ook. Bel maar naar 06-12345678.”
"""  # noqa: E501 - paragraphs of an interview
KINDS: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "docx": documents.docx,
    "odt": documents.odt,
    "vtt": documents.vtt,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("about", [texts.told()], ids=lambda about: about.origin)
def test_both_texts_come_in_from_four_kinds_of_file(
    enter: Enter, about: texts.Interviews, kind: str
) -> None:
    yara = enter("yara")
    for text in (about.interview, about.page):
        interview = desk.plan(yara)
        desk.bring_in(yara, interview, f"gesprek.{kind}", KINDS[kind](text))

        shown = yara.locator(".ss-transcript").inner_text()
        first = next(line.strip() for line in text.splitlines() if len(line) > 40)
        assert first[:30] in shown
        assert sideways(yara) <= 0


def test_a_refused_file_is_named_and_the_pasted_text_is_kept(enter: Enter) -> None:
    yara = enter("yara")
    interview = desk.plan(yara)
    yara.goto(f"/{interview}/text/")
    yara.get_by_label("Een bestand").set_input_files(
        {"name": "gesprek.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%\xe2\xe3"}
    )
    yara.get_by_label("Of plak de tekst hier").fill("Vraag: Wat hielp?\n\nKoffie.")
    desk.button(yara, "Zet erin").click()

    expect(yara.locator(".ss-error-summary")).to_contain_text("gesprek.pdf")
    expect(yara.get_by_label("Of plak de tekst hier")).to_have_value("Vraag: Wat hielp?\n\nKoffie.")
    assert faults(yara) == []


def test_two_people_code_blind_and_make_it_one(enter: Enter, tmp_path: Path) -> None:
    yara, omar, lin = enter("yara"), enter("omar"), enter("lin")

    interview = desk.plan(yara)
    desk.bring_in(yara, interview, "gesprek.docx", documents.docx(STORY))
    _check_names(yara)
    _choose_coders(yara, interview)

    _code_with_the_mouse(omar, interview)
    _code_with_the_keyboard(lin, interview)
    _see_nothing_of_each_other(omar, lin, interview)
    for coder, told in ((omar, "Je bent klaar."), (lin, "naast elkaar")):
        coder.goto(f"/{interview}/coding/")
        desk.button(coder, "Ik ben klaar").click()
        expect(coder.locator("main")).to_contain_text(told)

    _make_one(lin, interview)
    _take_along(yara, tmp_path)
    _give_back(yara, interview)
    _take_back(yara, interview)


def _check_names(yara: Page) -> None:
    expect(yara.get_by_text("Fatma Yildiz").first).to_be_visible()
    assert faults(yara) == []
    picture(yara, "namen")
    yara.set_viewport_size({"width": 320, "height": 900})
    assert sideways(yara) <= 0
    picture(yara, "namen")
    yara.set_viewport_size({"width": 1280, "height": 900})
    if yara.locator("li[id^=n] strong", has_text="Fatma Yildiz").count() == 0:
        desk.replace(yara, "Fatma Yildiz", "[vrijwilliger 1]")
    desk.answer_all(yara)
    expect(yara.get_by_role("heading", name="Wie codeert deze tekst?")).to_be_visible()
    assert faults(yara) == []


def _choose_coders(yara: Page, interview: str) -> None:
    for person in ("Omar", "Lin"):
        yara.get_by_label(person).check()
    for person in ("Yara",):
        yara.get_by_label(person).uncheck()
    desk.button(yara, "Begin met coderen").click()
    expect(yara.locator(".ss-transcript")).to_contain_text("Ik durfde niet naar binnen.")
    expect(yara.locator(".ss-transcript")).not_to_contain_text("Fatma")
    expect(yara.locator(".ss-transcript")).not_to_contain_text("06-12345678")


def _code_with_the_mouse(omar: Page, interview: str) -> None:
    """Select and press a number; select and click a code; overlap; a memo; take one away."""
    omar.goto(f"/{interview}/coding/")
    desk.select(omar, 3, "Ik durfde niet naar binnen.")
    omar.keyboard.press("1")
    expect(omar.locator("#piece")).to_contain_text("Ik durfde niet naar binnen.")
    desk.is_saved(omar)
    desk.select(omar, 8, "vijf keer, aan vijf mensen")
    omar.locator("[data-number='2']").click()
    expect(omar.locator("#piece")).to_contain_text("2 opnieuw vertellen")
    desk.select(omar, 8, "Ik vertelde het")
    omar.keyboard.press("3")
    expect(omar.locator("#piece")).to_contain_text("3 ernaast")
    omar.get_by_role("button", name="Haal code weg").click()
    expect(omar.locator("#piece")).to_be_hidden()
    omar.locator("mark[data-coding]", has_text="vijf keer").click()
    omar.get_by_label("Aantekening").fill("Sterk beeld. Vraag of ze dit terug wil lezen.")
    desk.button(omar, "Bewaar de aantekening").click()
    expect(omar.locator("#said")).to_contain_text("De aantekening is bewaard.")
    assert faults(omar) == []
    picture(omar, "coderen-bezig", whole=False)

    drawn = desk.sheet(omar)
    omar.reload()
    assert desk.sheet(omar) == drawn, "the script draws as the server does"
    omar.locator("mark[data-coding]", has_text="vijf keer").click()
    expect(omar.get_by_label("Aantekening")).to_have_value(
        "Sterk beeld. Vraag of ze dit terug wil lezen."
    )


def _code_with_the_keyboard(lin: Page, interview: str) -> None:
    """Arrow to a sentence, extend, number, delete; all of it is said."""
    lin.goto(f"/{interview}/coding/")
    lin.locator("[data-sheet]").focus()
    for _ in range(3):
        lin.keyboard.press("ArrowDown")
    expect(lin.locator("#said")).to_contain_text("Ik durfde niet naar binnen.")
    lin.keyboard.press("4")
    expect(lin.locator("#said")).to_contain_text("Code 4 zelf kiezen staat erop.")
    lin.keyboard.press("Delete")
    expect(lin.locator("#said")).to_contain_text("Code 4 zelf kiezen is weg.")
    lin.keyboard.press("ArrowUp")
    lin.keyboard.press("Shift+ArrowDown")
    lin.keyboard.press("1")
    expect(lin.locator("#said")).to_contain_text("Code 1 schaamte staat erop.")
    expect(lin.locator("mark[data-coding]")).to_have_count(2)
    lin.keyboard.press("ArrowDown")
    lin.keyboard.press("Shift+ArrowUp")
    lin.keyboard.press("2")
    expect(lin.locator("#said")).to_contain_text("Code 2 opnieuw vertellen staat erop.")
    expect(lin.locator("mark mark")).to_have_count(1)
    drawn = desk.sheet(lin)
    lin.reload()
    assert desk.sheet(lin) == drawn, "the script draws as the server does"


def _see_nothing_of_each_other(omar: Page, lin: Page, interview: str) -> None:
    """Nothing of the other, nowhere; also not for who opened the page without script."""
    for coder, foreign in ((omar, "zelf kiezen"), (lin, "Sterk beeld")):
        coder.goto(f"/{interview}/coding/")
        expect(coder.get_by_text("Blind: je ziet de ander nog niet")).to_be_visible()
        assert foreign not in coder.locator("#piece").inner_text()
        merging = coder.goto(f"/{interview}/merging/")
        assert merging is not None
        assert merging.status == 409


def _make_one(lin: Page, interview: str) -> None:
    lin.goto(f"/{interview}/merging/")
    expect(lin.get_by_role("heading", name="Lin en Omar naast elkaar")).to_be_visible()
    expect(lin.locator(".ss-notice--info")).to_contain_text("De onzekerheid:")
    assert faults(lin) == []
    picture(lin, "samenvoegen")
    lin.set_viewport_size({"width": 320, "height": 900})
    assert sideways(lin) <= 0
    picture(lin, "samenvoegen")
    lin.set_viewport_size({"width": 1280, "height": 900})
    rows = lin.locator("tbody tr")
    for place in range(rows.count()):
        rows.nth(place).get_by_role("button").first.click()
        expect(rows.nth(place).locator(".ss-chosen")).to_be_visible()
    desk.button(lin, "Voeg samen").click()
    expect(lin.get_by_text("samengevoegd", exact=True)).to_be_visible()


def _take_along(yara: Page, tmp_path: Path) -> None:
    yara.goto(f"{desk.PILOT}/interviews/")
    yara.get_by_text("Neem het gecodeerde werk mee").click()
    for name, ending in (
        ("Alles, voor een ander programma (.qdpx)", "qdpx"),
        ("Alleen het codeboek (.qdc)", "qdc"),
        ("De stukjes als tabel (.csv)", "csv"),
    ):
        with yara.expect_download() as download:
            yara.get_by_role("link", name=name).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.suffix == f".{ending}"
        assert path.stat().st_size > 200
    project = next(tmp_path.glob("*.qdpx"))
    with zipfile.ZipFile(project) as archive:
        assert "project.qde" in archive.namelist()


def _give_back(yara: Page, interview: str) -> None:
    """Make an insight's excerpt of a piece, ask about the words, make the card."""
    yara.goto(f"/{interview}/coding/")
    yara.locator("mark[data-coding] sup a").first.click()
    desk.button(yara, "Maak inzicht").click()
    expect(yara).not_to_have_url(f"/{interview}/coding/")
    yara.goto(f"/{interview}/quotes/")
    desk.button(yara, "Vraag of dit getoond mag worden").first.click()
    expect(yara.get_by_text("Gevraagd. Er is nog geen antwoord.")).to_be_visible()
    assert faults(yara) == []
    yara.goto(f"/{interview}/card/")
    yara.get_by_label("Welk woord kiest deze persoon?").fill("zonnebloem")
    desk.button(yara, "Maak het kaartje").click()
    expect(yara.get_by_role("heading", name="Mijn verhaal")).to_be_visible()
    assert faults(yara) == []
    assert sideways(yara) <= 0
    picture(yara, "kaartje-gemaakt")


def _take_back(yara: Page, interview: str) -> None:
    yara.goto(f"/{interview}/withdraw/")
    desk.button(yara, "Neem alles terug").click()
    for address in ("", "coding/", "merging/", "names/", "quotes/"):
        yara.goto(f"/{interview}/{address}")
        expect(yara.locator(".ss-tombstone")).to_be_visible()
        expect(yara.locator("main")).not_to_contain_text("vijf keer")
    assert faults(yara) == []
    picture(yara, "teruggenomen")
    yara.goto(f"{desk.PILOT}/interviews/")
    expect(yara.locator(".ss-tombstone").first).to_be_visible()


def test_a_sign_that_takes_two_places_in_the_browser_moves_no_code(enter: Enter) -> None:
    """The browser counts 😊 as two; the house counts characters."""
    yara = enter("yara")
    interview = desk.plan(yara)
    told = "Vraag: Hoe ging dat?\n\n“Toen was ik blij 😊 en 𝒹at zei ik tegen iedereen die ik zag.”"
    desk.bring_in(yara, interview, "gesprek.txt", told.encode())
    desk.answer_all(yara)
    desk.button(yara, "Begin met coderen").click()

    desk.select(yara, 2, "tegen iedereen")
    yara.keyboard.press("1")
    desk.is_saved(yara)
    expect(yara.locator("#piece [data-piece-words]")).to_have_text("tegen iedereen")
    drawn = desk.sheet(yara)
    yara.reload()
    assert desk.sheet(yara) == drawn
    expect(yara.locator("mark[data-coding]")).to_have_text("tegen iedereen1")


def test_everything_works_without_script(enter: Enter) -> None:
    """Sentence by sentence with ticks, which come off again; a piece, its memo, a second code."""
    lin = enter("lin", script=False)
    lin.goto("/interviews/2/coding/")
    lin.get_by_role("link", name="Codeer zin voor zin").click()
    lin.get_by_label("1 schaamte").check()
    lin.get_by_label("5 te laat").check()
    desk.button(lin, "Volgende").click()
    expect(lin.get_by_role("heading", name="Zin 2 van")).to_be_visible()
    lin.get_by_role("link", name="Vorige").click()
    expect(lin.get_by_label("1 schaamte")).to_be_checked()
    lin.get_by_label("5 te laat").uncheck()
    desk.button(lin, "Volgende").click()
    lin.get_by_role("link", name="De hele tekst").click()
    expect(lin.locator("mark[data-coding]")).to_have_count(1)

    lin.locator("mark[data-coding] sup a").click()
    expect(lin.locator("#piece")).to_contain_text("1 schaamte")
    lin.get_by_label("Aantekening").fill("Kijk hier nog eens naar.")
    desk.button(lin, "Bewaar de aantekening").click()
    expect(lin.get_by_label("Aantekening")).to_have_value("Kijk hier nog eens naar.")
    lin.get_by_role("button", name="3 ernaast").click()
    expect(lin.locator("#piece")).to_contain_text("3 ernaast")
    expect(lin.locator("mark[data-coding]")).to_have_count(2)


def test_an_ended_sign_in_loses_no_memo(enter: Enter) -> None:
    omar = enter("omar")
    omar.goto("/interviews/2/coding/")
    desk.select(omar, 6, "dat is een maand")
    omar.keyboard.press("2")
    desk.is_saved(omar)
    omar.get_by_label("Aantekening").fill("Dit mag niet verloren gaan.")
    omar.context.clear_cookies(name="session")
    desk.button(omar, "Bewaar de aantekening").click()

    expect(omar.locator("body")).to_contain_text("Je tekst staat er nog als je terugkomt.")
    assert omar.locator("input[name=unsent]").first.input_value()


def test_coding_on_a_phone_keeps_the_codes_in_reach(enter: Enter) -> None:
    omar = enter("omar", width=320)
    omar.goto("/interviews/2/coding/")
    omar.locator("#z11").scroll_into_view_if_needed()

    expect(omar.locator("[data-number='1']")).to_be_in_viewport()
    omar.evaluate("""() => getSelection().selectAllChildren(document.getElementById("z12"))""")
    omar.wait_for_timeout(400)
    omar.locator("[data-number='1']").click()
    desk.is_saved(omar)
    expect(omar.locator("#z12 mark")).to_have_count(1)
    assert sideways(omar) <= 0
    picture(omar, "coderen-telefoon", whole=False)
