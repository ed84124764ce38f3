"""Drawing a sheet as PDF: a program of its own, started by ``paper.as_pdf``.

Reads {"sheet": ..., "at": ...} as JSON from its input, writes the file to its output, and ends. Its
argument is the file of letters.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fpdf import FPDF, XPos, YPos

RIGHT_TO_LEFT: Final = {"R", "AL"}  # of unicodedata.bidirectional: Hebrew, and Arabic
MARGIN: Final = 22
LARGE: Final = 18
MIDDLE: Final = 13
NORMAL: Final = 11
LINE: Final = 1.45
POINT: Final = 0.3528  # millimetres


def draw(sheet: dict[str, Any], *, at: datetime, letters: Path) -> bytes:
    """Return a sheet (as ``paper.Sheet`` as a dictionary) as PDF on A4."""
    paper = FPDF(format="A4")
    paper.set_creation_date(at)
    paper.set_title(f"{at:%Y-%m-%d}")  # a file's data is seen where its words are not
    paper.set_producer("")
    paper.set_lang("nl")
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.add_font("letters", fname=letters)
    paper.add_page()
    _write(paper, sheet["title"], LARGE)
    for piece in sheet["pieces"]:
        paper.ln(NORMAL * POINT)
        _write(paper, piece["heading"], MIDDLE)
        for label, value in piece["facts"]:
            _write(paper, f"{label}: {value}", NORMAL)
        _write(paper, piece["words"], NORMAL)
    paper.ln(NORMAL * POINT)
    _write(paper, sheet["below"], NORMAL - 1)
    for picture in sheet["pictures"]:
        paper.add_page()
        paper.image(
            io.BytesIO(base64.b64decode(picture)),
            w=paper.epw,
            h=paper.eph,
            keep_aspect_ratio=True,
        )
    return bytes(paper.output())


def _write(paper: FPDF, words: str, size: int) -> None:
    for line in words.split("\n") if words else ():
        ways = [way for way in map(unicodedata.bidirectional, line) if way in {*RIGHT_TO_LEFT, "L"}]
        paper.set_text_shaping(any(way in RIGHT_TO_LEFT for way in ways))
        align = "R" if ways and ways[0] in RIGHT_TO_LEFT else "L"
        paper.set_font("letters", size=size)
        paper.multi_cell(
            0, size * POINT * LINE, line or " ", align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def main() -> None:
    """Draw what comes in."""
    # It would name the letters it has no sign for, and they are somebody's words.
    logging.getLogger("fpdf").setLevel(logging.CRITICAL)
    asked = json.load(sys.stdin.buffer)
    at = datetime.fromisoformat(asked["at"])
    sys.stdout.buffer.write(draw(asked["sheet"], at=at, letters=Path(sys.argv[1])))


if __name__ == "__main__":
    main()
