"""Where the knots of a thread are drawn: nothing overlaps, nothing is lost, always the same."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from smartstart.web.thread.drawing import GAP, MOST_LINES, WIDE, Box, Piece, draw, wrapped

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)


@st.composite
def threads(draw_one: st.DrawFn) -> tuple[list[tuple[str, list[Piece]]], list[tuple[str, str]]]:
    """Columns of pieces with names of their own, and ties that go to the right or down."""
    sizes = draw_one(st.lists(st.integers(0, 4), min_size=1, max_size=5))
    columns, names = [], []
    for column, size in enumerate(sizes):
        pieces = [
            Piece(f"{column}-{n}", "insight", draw_one(WORDS), draw_one(WORDS)) for n in range(size)
        ]
        names += [piece.name for piece in pieces]
        columns.append((f"column {column}", pieces))
    pairs = list(combinations(names, 2))
    return columns, draw_one(st.lists(st.sampled_from(pairs), max_size=8)) if pairs else []


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + WIDE <= other.x or other.x + WIDE <= one.x
    under = one.y + one.height + GAP <= other.y or other.y + other.height + GAP <= one.y
    return not (beside or under)


@given(threads())
def test_boxes_stand_apart_inside_the_drawing(
    thread: tuple[list[tuple[str, list[Piece]]], list[tuple[str, str]]],
) -> None:
    columns, ties = thread
    drawing = draw(columns, ties, {})

    assert [box.piece for box in drawing.boxes] == [p for _, pieces in columns for p in pieces]
    assert not any(overlap(one, other) for one, other in combinations(drawing.boxes, 2))
    for box in drawing.boxes:
        assert 0 <= box.x <= box.x + WIDE <= drawing.width
        assert 0 <= box.y <= box.y + box.height <= drawing.height
        assert all(box.y < line.y < box.y + box.height for line in box.lines)
    assert len(drawing.curves) == len(ties)
    assert drawing == draw(columns, ties, {})


@given(WORDS, st.integers(5, 40))
def test_words_are_cut_only_where_they_do_not_fit(words: str, letters: int) -> None:
    lines = wrapped(words, letters)

    assert len(lines) <= MOST_LINES
    assert all(len(line) <= letters for line in lines)
    whole = "".join(words.split())
    shown = "".join("".join(lines).split())
    assert shown == whole or whole.startswith(shown.removesuffix("…"))
    assert shown == whole or lines[-1].endswith("…")


def test_a_line_that_rests_on_something_gone_is_dotted() -> None:
    columns = [("a", [Piece("1", "withdrawn", "weg")]), ("b", [Piece("2", "weakened", "zwak")])]

    (curve,) = draw(columns, [("1", "2")], {("1", "2"): True}).curves

    assert curve.is_weak
