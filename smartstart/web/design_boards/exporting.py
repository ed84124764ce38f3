"""A board to take along: as a table, on paper, or as a picture. No name is in any of them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from smartstart.circle.paper import PICTURES, Piece, Sheet, as_pdf
from smartstart.design.boards_results import GROUPS, votes_of, words_of
from smartstart.design.queries_boards import BoardPage, Card
from smartstart.voices.exchange.table import write_table

WIDE, MARGIN, GAP, ACROSS = 1600, 48, 24, 4
LARGE, PLAIN = 40, 24  # points of the letters
PAPERS: Final = ("#fdf0cf", "#e3eef8", "#e7f2e5", "#f4ebf2")
INK, PAPER = "#2b2330", "#fbf9f8"
MOST_DRAWN: Final = 400  # notes; more does not fit on any wall
HIGHEST: Final = 20_000  # points; a higher picture takes more memory than a page may
Drawn = tuple[str, list[str]]  # where a note stands, and its lines
Row = tuple[int, Sequence[Drawn]]  # how high it is
LONGEST_LINES: Final = 40


def as_table(page: BoardPage, at: datetime, photos: Sequence[bytes] = ()) -> bytes:
    """Return a row per note for a spreadsheet, which shows and never runs what people typed."""
    names = (_("where"), _("note"), *(words for words, _value, _group in _counts(page)))
    return write_table(names, (_row(page, words, card) for words, card in _cards(page)))


def as_sheet(page: BoardPage, at: datetime, photos: Sequence[bytes] = ()) -> bytes:
    """Return the notes on A4, and each photo on a page of its own. Raises NoPaperNow."""
    pieces = [
        Piece(where, words="\n\n".join(_told(page, card) for _where, card in cards))
        for where, cards in groupby(_cards(page), key=lambda pair: pair[0])
    ]
    pictures = [base64.b64encode(photo).decode() for photo in photos]
    return as_pdf(Sheet(page.question, pieces, _("No name stands here."), pictures), at=at)


def as_picture(page: BoardPage, at: datetime, photos: Sequence[bytes] = ()) -> bytes:
    """Return the wall as a picture; it says how many notes did not fit on it."""
    large, plain = (ImageFont.truetype(PICTURES, points) for points in (LARGE, PLAIN))
    wide = (WIDE - 2 * MARGIN - (ACROSS - 1) * GAP) // ACROSS
    title = _wrapped(page.question, large, WIDE - 2 * MARGIN)
    cards = list(_cards(page))
    told = [
        (words, _wrapped(_told(page, card), plain, wide - 32)) for words, card in cards[:MOST_DRAWN]
    ]
    rows = _rows_that_fit(told)
    left_out = len(cards) - sum(len(row) for _high, row in rows)
    top = MARGIN + len(title) * 54 + GAP
    high = top + sum(high + GAP for high, _row in rows) + MARGIN * (2 if left_out else 1)
    drawn = Image.new("RGB", (WIDE, high), PAPER)
    pen = ImageDraw.Draw(drawn)
    pen.multiline_text((MARGIN, MARGIN), "\n".join(title), fill=INK, font=large)
    top = _painted(pen, rows, plain, top=top, wide=wide)
    if left_out:
        more = _("%(count)s notes do not fit here. They stand in the table.") % {"count": left_out}
        pen.text((MARGIN, top), more, fill=INK, font=plain)
    out = io.BytesIO()
    drawn.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _painted(
    pen: ImageDraw.ImageDraw,
    rows: Sequence[Row],
    font: ImageFont.FreeTypeFont,
    *,
    top: int,
    wide: int,
) -> int:
    """Paint the notes row by row; return where the next row would stand."""
    for number, (high, row) in enumerate(rows):
        for place, (words, lines) in enumerate(row):
            left = MARGIN + place * (wide + GAP)
            pen.rectangle((left, top, left + wide, top + high), fill=PAPERS[(number + place) % 4])
            text = "\n".join([*([f"[{words}]"] if words else []), *lines])
            pen.multiline_text((left + 16, top + 16), text, fill=INK, font=font)
        top += high + GAP
    return top


def _rows_that_fit(told: Sequence[Drawn]) -> list[Row]:
    """Return the rows of the picture with how high each is, as many as one picture holds."""
    found: list[Row] = []
    left = HIGHEST
    for at in range(0, len(told), ACROSS):
        row = told[at : at + ACROSS]
        high = max(len(lines) + bool(words) for words, lines in row) * 34 + 40
        left -= high + GAP
        if left < 0:
            break
        found.append((high, row))
    return found


WAYS: Final[dict[str, tuple[str, Callable[[BoardPage, datetime, Sequence[bytes]], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_table),
    "pdf": ("application/pdf", as_sheet),
    "png": ("image/png", as_picture),
}


def _cards(page: BoardPage) -> Iterator[tuple[str, Card]]:
    """Every note with where it stands: its column, or its group."""
    for column in page.columns:
        for card in column.cards:
            if not card.under:
                yield column.words, card
            for one in card.under:
                yield " / ".join(card.texts), one


def _row(page: BoardPage, words: str, card: Card) -> tuple[str | int, ...]:
    counts = (card.votes[value][1] for _words, value, _group in _counts(page))
    groups = (group for _words, _value, group in _counts(page))
    told = (
        dots.of(group) if group else dots.all for dots, group in zip(counts, groups, strict=True)
    )
    return (words, " / ".join(card.texts), *told)


def _counts(page: BoardPage) -> list[tuple[str, int, str]]:
    """Return the columns with counts: words, which value, which group ("" is everybody)."""
    if not page.kind.most or not page.board.is_counted:
        return []
    cards = [card for _where, card in _cards(page)]
    told = [part.group for card in cards for _words, dots in card.votes for part in dots.parts]
    groups = ["", *(group for group in GROUPS if group in told)]
    return [
        (" ".join(filter(None, (words, words_of(group) if group else _("all")))), value, group)
        for value, (words, _dots) in enumerate(votes_of(page.kind, {}))
        for group in groups
    ]


def _told(page: BoardPage, card: Card) -> str:
    lines = list(card.texts)
    if page.board.is_counted:
        lines += [f"{words}: {dots}" if words else f"• {dots}" for words, dots in card.votes]
    return "\n".join(lines)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, wide: int) -> list[str]:
    """Return lines that fit; a word that does not is cut."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > wide:
                found.append(line)
                longer = word
            while font.getlength(longer) > wide and len(longer) > 1:
                most = max(1, int(len(longer) * wide / font.getlength(longer)) - 1)
                found.append(longer[:most])
                longer = longer[most:]
            line = longer
        found.append(line)
    return found[:LONGEST_LINES]
