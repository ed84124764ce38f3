"""A sheet that somebody takes along: the same words as plain text and as PDF.

Nothing stands in the file but what is on the sheet: no author, no address, no name of a machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from smartstart.circle.errors import NoPaperNow

HOUSE: Final = Path(__file__).parents[2]
FONTS: Final = Path(__file__).parent / "fonts"
LETTERS: Final = FONTS / "letters.woff2"  # also right to left
PICTURES: Final = FONTS / "letters_and_pictures.woff2"  # also a smiling face; three times as slow
FIRST_PICTURE: Final = "\u2190"  # below it stand the letters of our scripts
LONGEST_SECONDS: Final = 60


@dataclass(slots=True)
class Piece:
    """A heading (may be "") with what stands under it: label and value, then words."""

    heading: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    words: str = ""


@dataclass(slots=True)
class Sheet:
    """What is taken along. ``below`` stands at the end, small; then ``pictures`` (JPEG, base64)."""

    title: str
    pieces: list[Piece]
    below: str = ""
    pictures: list[str] = field(default_factory=list)


def letters_for(words: str) -> Path:
    """Return the file with the letters of these words, and the small pictures if one is there."""
    return PICTURES if any(sign >= FIRST_PICTURE for sign in words) else LETTERS


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
    """Return a sheet as PDF on A4; signs that no font here has become a small box.

    Drawn by a process of its own that ends with it: the fonts and what reads them would stay in
    each worker of the pages for ever (35 MB). The words go through a pipe and touch no disk.
    Raises NoPaperNow.
    """
    asked = json.dumps({"sheet": asdict(sheet), "at": at.isoformat()})
    try:
        return subprocess.run(  # noqa: S603 - our own program and file
            [sys.executable, "-m", "smartstart.circle.printing", letters_for(as_text(sheet))],
            input=asked.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says of an error could hold somebody's words
            env={"PYTHONPATH": str(HOUSE)},  # and none of the house's settings or secrets
            timeout=LONGEST_SECONDS,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        raise NoPaperNow from None
