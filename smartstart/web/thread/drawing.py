"""Where the knots of a thread stand in the drawing, and how the lines between them run. Pure.

Columns from left to right, each in the middle of the height. Positions follow from the thread
alone, so the same thread is the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDE: Final = 186
BETWEEN: Final = 32
HEAD: Final = 34
GAP: Final = 14
PAD: Final = 12
LINE: Final = 19
MOST_LINES: Final = 5
LETTERS: Final = 21
SMALL_LETTERS: Final = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """What is drawn as one box: a name for it, its clothes, its words, where it leads."""

    name: str
    box: str
    words: str
    small: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words at its place."""

    x: int
    y: int
    words: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A knot at its place."""

    piece: Piece
    x: int
    y: int
    height: int
    lines: tuple[Text, ...]

    @property
    def width(self) -> int:
        """How wide every box is."""
        return WIDE


@dataclass(frozen=True, slots=True)
class Curve:
    """The line between two knots; weak when it rests on something gone."""

    path: str
    is_weak: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole thread, in pixels."""

    width: int
    height: int
    heads: tuple[Text, ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def wrapped(words: str, letters: int, most: int = MOST_LINES) -> list[str]:
    """Return words in lines of at most so many letters; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in words.split():
        parts = [word[start : start + letters] for start in range(0, len(word), letters)]
        for part in parts:
            longer = f"{lines[-1]} {part}".strip()
            if len(longer) <= letters:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) <= most:
        return lines
    last = lines[most - 1][: letters - 1].rstrip()
    return [*lines[: most - 1], f"{last}…"]


def draw(
    columns: Sequence[tuple[str, Sequence[Piece]]],
    ties: Sequence[tuple[str, str]],
    weak: Mapping[tuple[str, str], bool],
) -> Drawing:
    """Draw columns of pieces under their heads; empty columns are left out.

    ``ties`` are (lower, upper) by name; ``weak`` says of which ties the lower end is gone or weak.
    """
    filled = [(head, pieces) for head, pieces in columns if pieces]
    heights = [sum(_height(p) + GAP for p in pieces) - GAP for _, pieces in filled]
    tallest = max(heights, default=0)
    boxes: dict[str, Box] = {}
    for place, ((_, pieces), height) in enumerate(zip(filled, heights, strict=True)):
        y = HEAD + (tallest - height) // 2
        for piece in pieces:
            boxes[piece.name] = _box(piece, place * (WIDE + BETWEEN), y)
            y += _height(piece) + GAP
    drawn = [(low, up) for low, up in ties if low in boxes and up in boxes]
    return Drawing(
        width=max(0, len(filled) * (WIDE + BETWEEN) - BETWEEN) + 4,
        height=HEAD + tallest + 4,
        heads=tuple(Text(n * (WIDE + BETWEEN), 14, head) for n, (head, _) in enumerate(filled)),
        boxes=tuple(boxes.values()),
        curves=tuple(
            Curve(_path(boxes[low], boxes[up]), weak.get((low, up), False)) for low, up in drawn
        ),
    )


def _lines(piece: Piece) -> list[tuple[str, bool]]:
    small = wrapped(piece.small, SMALL_LETTERS, 2) if piece.small else []
    return [
        *((words, False) for words in wrapped(piece.words, LETTERS)),
        *((words, True) for words in small),
    ]


def _height(piece: Piece) -> int:
    return len(_lines(piece)) * LINE + 2 * PAD - 4


def _box(piece: Piece, x: int, y: int) -> Box:
    lines = tuple(
        Text(x + PAD + 2, y + PAD + 12 + number * LINE, words, is_small)
        for number, (words, is_small) in enumerate(_lines(piece))
    )
    return Box(piece, x + 2, y, _height(piece), lines)


def _path(low: Box, up: Box) -> str:
    """Return a curve from the right of the lower to the left of the upper knot."""
    x1, y1 = low.x + WIDE, low.y + low.height // 2
    y2 = up.y + up.height // 2
    if up.x <= low.x:  # in the same column: around the right side
        bend = x1 + BETWEEN - 8
        return f"M{x1} {y1}C{bend} {y1} {bend} {y2} {up.x + WIDE} {y2}"
    x2 = up.x
    middle = x1 + (BETWEEN // 2 if x2 - x1 <= BETWEEN else (x2 - x1) // 2)
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
