"""A sheet that somebody takes along: the same words as plain text and as PDF.

Nothing stands in the file but what is on the sheet: no author, no address, no name of a machine.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from fpdf import FPDF, XPos, YPos

FONTS: Final = Path(__file__).parent / "fonts"
FURTHER: Final = ("latin-ext", "cyrillic", "greek")
MARGIN: Final = 22
LARGE: Final = 18
MIDDLE: Final = 13
NORMAL: Final = 11
LINE: Final = 1.45
POINT: Final = 0.3528  # millimetres

# It would name the letters it has no sign for, and they are somebody's words.
logging.getLogger("fpdf").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class Piece:
    """A heading (may be "") with what stands under it: label and value, then words."""

    heading: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    words: str = ""


@dataclass(slots=True)
class Sheet:
    """What is taken along. ``below`` stands at the end, small."""

    title: str
    pieces: list[Piece]
    below: str = ""


def as_text(sheet: Sheet) -> str:
    """Return a sheet as plain text."""
    lines = [sheet.title, "=" * len(sheet.title), ""]
    for piece in sheet.pieces:
        if piece.heading:
            lines += [piece.heading, "-" * len(piece.heading)]
        lines += [f"{label}: {value}" for label, value in piece.facts]
        lines += [piece.words, ""] if piece.words else [""]
    return "\n".join([*lines, sheet.below, ""]) if sheet.below else "\n".join(lines)


def as_pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """Return a sheet as PDF on A4; signs that no font here has become a small box."""
    paper = FPDF(format="A4")
    paper.set_creation_date(at)
    paper.set_title(sheet.title)
    paper.set_producer("")
    paper.set_lang("nl")
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    for name in ("latin", *FURTHER):
        paper.add_font(name, fname=FONTS / f"{name}.woff2")
    paper.set_fallback_fonts(list(FURTHER))
    paper.add_page()
    _write(paper, sheet.title, LARGE)
    for piece in sheet.pieces:
        paper.ln(NORMAL * POINT)
        _write(paper, piece.heading, MIDDLE)
        for label, value in piece.facts:
            _write(paper, f"{label}: {value}", NORMAL)
        _write(paper, piece.words, NORMAL)
    paper.ln(NORMAL * POINT)
    _write(paper, sheet.below, NORMAL - 1)
    return bytes(paper.output())


def _write(paper: FPDF, words: str, size: int) -> None:
    if words:
        paper.set_font("latin", size=size)
        paper.multi_cell(
            0, size * POINT * LINE, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
