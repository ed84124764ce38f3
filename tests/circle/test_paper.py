"""A sheet as PDF, drawn by a program of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from pikepdf import Pdf

from smartstart.circle import paper
from smartstart.circle.errors import NoPaperNow
from smartstart.circle.paper import Piece, Sheet, as_pdf

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
