"""A sheet as PDF, drawn by a program of its own."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import ImageFont

from smartstart.circle import paper, printing
from smartstart.circle.errors import NoPaperNow
from smartstart.circle.paper import LETTERS, PICTURES, Piece, Sheet, as_pdf, letters_for

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_the_pages_do_not_carry_what_draws() -> None:
    asked = "import sys, smartstart.circle.paper; print('fpdf' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"


def test_a_sheet_is_drawn_with_what_anybody_types() -> None:
    sheet = Sheet("Titel", [Piece("Kop", [("Wie", "Łukasz")], 'Ze zei: "ja"\n' * 200)], "Onder")

    drawn = as_pdf(sheet, at=AT)
    assert drawn.startswith(b"%PDF-")
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "2026-03-04"


def test_a_program_that_does_not_draw_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper.sys, "executable", "/bin/false")

    with pytest.raises(NoPaperNow):
        as_pdf(Sheet("Titel", []), at=AT)


SAID = ["لا أعرف من يساعدني", "שלום לכולם", "Noor zegt: مرحبا", "Łódź, ğış, Ґанок, Ελλ", ""]
TYPED = ["Leuk 😀👍🏽", "ik ❤️ dit", "wij: 👨‍👩‍👧 ⚽ ✅", "🤷‍♀️ geen idee", "🇳🇱 1️⃣"]


@pytest.mark.parametrize(("said", "letters"), [(SAID, LETTERS), (TYPED, PICTURES)])
def test_whatever_people_type_has_a_letter(
    said: list[str], letters: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Found by hand: an Arabic note, and each smiling face, was a box on what people took along."""
    pieces = [{"heading": "", "facts": [], "words": "\n".join(said)}]
    sheet = {"title": "Een bord", "pieces": pieces, "below": "", "pictures": []}
    assert letters_for("".join(said)) == letters
    with caplog.at_level(logging.WARNING):
        drawn = printing.draw(sheet, at=AT, letters=letters)
    assert drawn.startswith(b"%PDF-")
    assert [one.message for one in caplog.records if "glyph" in one.message.lower()] == []

    font = ImageFont.truetype(letters, 24)
    missing = bytes(font.getmask("\U0010fffd"))
    boxes = {sign for sign in "".join(said) if bytes(font.getmask(sign)) == missing}
    assert boxes == set()


def test_the_colour_of_a_skin_and_what_ties_signs_take_no_room() -> None:
    font = ImageFont.truetype(PICTURES, 24)
    assert font.getlength("👍🏽") == font.getlength("👍")
    assert font.getlength("❤️") == font.getlength("❤")
