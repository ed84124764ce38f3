"""Painting over what a person hides on a photo: the points under it are replaced, for good.

What is hidden is a whole number of the squares of sixteen points in which a JPEG is written, so
that nothing of it shows in the edge of a neighbouring square.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

LONG, SHORT = 10, 8  # squares to choose from along the longer and the shorter side
SQUARE: Final = 16
INK: Final = (43, 35, 48)
QUALITY: Final = 85
MOST_SHOWN: Final = 1_600  # points of the longer side while a person chooses what to hide


@dataclass(frozen=True, slots=True)
class Grid:
    """How many squares stand across and down, by how the photo lies."""

    across: int
    down: int


def grid_of(content: bytes) -> Grid:
    """Return the squares over a washed photo."""
    with Image.open(io.BytesIO(content)) as seen:
        return Grid(LONG, SHORT) if seen.width >= seen.height else Grid(SHORT, LONG)


def painted(content: bytes, cells: Collection[int] = (), *, most: int = 0) -> bytes:
    """Return a washed photo as JPEG, with the squares of these numbers replaced by ink.

    Squares are counted from 0, row by row. ``most`` makes the longer side at most so many points.
    """
    with Image.open(io.BytesIO(content)) as seen:
        photo = Image.new("RGB", seen.size, "white")
        photo.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    if most:
        photo.thumbnail((most, most))
    grid = grid_of(content)
    pen = ImageDraw.Draw(photo)
    for cell in {cell for cell in cells if 0 <= cell < grid.across * grid.down}:
        row, column = divmod(cell, grid.across)
        left, right = _edges(column, grid.across, photo.width)
        top, bottom = _edges(row, grid.down, photo.height)
        pen.rectangle((left, top, right - 1, bottom - 1), fill=INK)
    out = io.BytesIO()
    photo.save(out, format="JPEG", quality=QUALITY)
    return out.getvalue()


def _edges(number: int, of: int, size: int) -> tuple[int, int]:
    """Return where a square begins and ends, made wider to whole squares of the picture."""
    begin, end = number * size // of, -(-(number + 1) * size // of)
    return begin // SQUARE * SQUARE, min(size, -(-end // SQUARE) * SQUARE)
