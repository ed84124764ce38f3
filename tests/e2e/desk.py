"""What a project leader and two coders do in the browser, said in one call each."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

PILOT = "/pilots/voedselbank"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def plan(page: Page, *, described: str = "moeder, 29 jaar") -> str:
    """Plan an interview and write down a yes to everything; the address of the interview."""
    page.goto(f"{PILOT}/interviews/plan/")
    page.get_by_label("Met wie praat je?").fill("Samira Verzonnen")
    page.get_by_label("Hoe mogen we deze persoon noemen?").fill(described)
    button(page, "Plan dit gesprek").click()
    page.get_by_label("Ja, mijn verhaal mag gebruikt worden.").check()
    page.get_by_label("Ja, mijn woorden mogen getoond worden, zonder mijn naam.").check()
    until = date.today() + timedelta(days=300)  # noqa: DTZ011 - the browser's own day
    page.get_by_label("Tot en met welke dag").fill(until.isoformat())
    page.get_by_label("Zo zei deze persoon het.").check()
    button(page, "Schrijf dit op").click()
    expect(page.get_by_role("heading", name="Wat nu komt")).to_be_visible()
    return page.url.split("//", 1)[1].partition("/")[2].rstrip("/")


def bring_in(page: Page, interview: str, name: str, content: bytes) -> None:
    """Upload a file and wait until its names were looked for."""
    page.goto(f"/{interview}/text/")
    page.get_by_label("Een bestand").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    button(page, "Zet erin").click()
    expect(page.get_by_role("heading", name="Kijk de namen na")).to_be_visible()
    expect(page.locator("#progress")).to_have_count(0, timeout=45_000)


def replace(page: Page, words: str, instead: str) -> None:
    """Replace words that nobody proposed, everywhere."""
    page.get_by_label("Welke woorden?").fill(words)
    form = page.locator("form", has=page.get_by_label("Welke woorden?"))
    form.get_by_label("Schrijf in plaats daarvan").fill(instead)
    button(page, "Vervang dit").click()


def answer_all(page: Page) -> None:
    """Say yes to every proposal that waits, then release the text."""
    rows = page.locator("li[id^=n] form")
    for place in range(rows.count()):
        rows.nth(place).get_by_role("button", name="Ja, vervang").click()
        page.wait_for_load_state()
    page.get_by_label("Ik heb alles nagelezen").check()
    button(page, "Geef vrij om te coderen").click()


def select(page: Page, sentence: int, words: str) -> None:
    """Select words in a sentence by dragging the mouse over them."""
    box = page.locator(f"#z{sentence}")
    box.scroll_into_view_if_needed()
    edges = box.evaluate(
        """(sentence, words) => {
            const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const found = walker.currentNode.data.indexOf(words);
                if (found < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, found);
                range.setEnd(walker.currentNode, found + words.length);
                const boxes = [...range.getClientRects()];
                const [first, last] = [boxes[0], boxes[boxes.length - 1]];
                const middle = (box) => box.top + box.height / 2;
                return [first.left, middle(first), last.right, middle(last)];
            }
        }""",
        words,
    )
    assert edges, f"“{words}” does not stand in sentence {sentence}"
    page.mouse.move(edges[0] + 0.5, edges[1])
    page.mouse.down()
    page.mouse.move(edges[2] - 0.5, edges[3], steps=6)
    page.mouse.up()


def is_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_be_visible()


def sheet(page: Page) -> list[str]:
    """The sentences as they are drawn now, without which piece is chosen."""
    drawn: list[str] = page.locator(".ss-sentence").evaluate_all(
        """all => all.map(one => one.innerHTML.replaceAll(" ss-code--chosen", ""))"""
    )
    return drawn
