"""The picture of a circle: nothing covers anything, all is inside, places do not jump."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.web.circle.picture import PHONE, SIDES, WIDE, Middle, Near, Party, draw

STATES = ("doing", "asked", "quiet")
MIDDLE = Middle("Noor", "noor", "mama", "anouk")

names = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=30)
parties = st.lists(
    st.tuples(names, names, st.sampled_from(SIDES), st.sampled_from(STATES), st.booleans()),
    max_size=25,
).map(
    lambda rows: [
        Party(f"p{n}", name, small, "school", side, state, strain)
        for n, (name, small, side, state, strain) in enumerate(rows)
    ]
)
near = st.lists(st.tuples(names, st.sampled_from(STATES)), max_size=14).map(
    lambda rows: [Near(f"n{n}", name, "ria", state) for n, (name, state) in enumerate(rows)]
)
sheets = st.sampled_from([WIDE, PHONE])


@given(parties, near, sheets)
def test_nothing_covers_anything_and_all_is_inside(around, close, sheet) -> None:  # type: ignore[no-untyped-def]
    drawn = draw(MIDDLE, around, close, sheet=sheet)

    spots = [*drawn.parties, *drawn.near]
    assert [one.key for one in drawn.near] == [one.key for one in close[:8]]
    assert {one.key for one in drawn.parties} == {one.key for one in around}
    assert [one.number for one in drawn.parties] == list(range(1, len(around) + 1))
    covered = [(a.key, b.key) for a, b in combinations(spots, 2) if not a.box.is_clear_of(b.box)]
    assert covered == []
    assert [one.key for one in spots if not one.box.is_clear_of(drawn.middle_box)] == []
    outside = [
        one.key
        for one in spots
        if min(one.box.left, one.box.top) < 0
        or one.box.right > sheet.width
        or one.box.bottom > sheet.height
    ]
    assert outside == []


@given(parties, near, sheets, st.sampled_from(STATES))
def test_what_somebody_does_moves_nobody(around, close, sheet, state) -> None:  # type: ignore[no-untyped-def]
    before = draw(MIDDLE, around, close, sheet=sheet)
    after = draw(
        MIDDLE,
        [replace(one, state=state, is_strain=False) for one in around],
        [replace(one, state=state) for one in close],
        sheet=sheet,
    )

    def places(drawn):  # type: ignore[no-untyped-def]
        return [(one.key, one.x, one.y, one.box) for one in (*drawn.parties, *drawn.near)]

    assert places(before) == places(after)
    assert before.sectors == after.sectors


def around(count: int) -> list[Party]:
    return [
        Party(f"p{n}", f"Organisatie {n}", "balie", "school", SIDES[n * 3 // count], "doing")
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "is_named"), [(1, True), (15, True), (17, False), (25, False)])
def test_names_stand_in_the_picture_while_they_fit(count: int, is_named: bool) -> None:
    assert draw(MIDDLE, around(count), [], sheet=WIDE).is_named is is_named
    assert draw(MIDDLE, around(count), [], sheet=PHONE).is_named is False


def test_over_twenty_there_are_two_rings() -> None:
    def reaches(count: int) -> set[int]:
        drawn = draw(MIDDLE, around(count), [], sheet=PHONE)
        return {round(((one.x - 140) ** 2 + (one.y - 140) ** 2) ** 0.5) for one in drawn.parties}

    assert (reaches(20), reaches(21)) == ({125}, {125, 98})


def test_strain_is_a_line_of_its_own_and_who_does_nothing_has_none() -> None:
    one, two, three = around(3)
    drawn = draw(
        MIDDLE,
        [replace(one, is_strain=True), replace(two, state="asked"), replace(three, state="quiet")],
        [Near("n", "Oma Ria", "ria", "doing")],
        sheet=WIDE,
    )

    assert [stroke.kind for stroke in drawn.strokes] == ["strain", "asked", "near"]
    assert [sector.side for sector in drawn.sectors] == list(SIDES)
