"""The arithmetic of the programme."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.programme import rules
from smartstart.programme.rules import Explained, Stood

SLUGS = [item.slug for item in rules.EVIDENCE]
marks = st.sets(st.sampled_from(SLUGS))
days = st.dates(date(2020, 1, 1), date(2021, 12, 31))
halves = st.integers(0, rules.HIGHEST)


@st.composite
def deviations(draw: st.DrawFn) -> Explained:
    first = draw(days)
    until = first + timedelta(days=draw(st.integers(0, 180)))
    ended = draw(st.none() | st.integers(0, 200).map(lambda n: first + timedelta(days=n)))
    return Explained(draw(halves), first, until, ended, "omdat")


def test_every_half_step_has_evidence_and_every_slug_is_there_once() -> None:
    assert sorted({item.halves for item in rules.EVIDENCE}) == list(range(rules.HIGHEST + 1))
    assert len(SLUGS) == len(set(SLUGS)) == len(rules.BY_SLUG)
    assert len(rules.STAND_WORDS) == rules.HIGHEST + 1


@given(marks)
@example(set())
@example(set(SLUGS))
def test_a_stand_is_the_last_step_up_to_which_nothing_lacks(given_marks: set[str]) -> None:
    stand = rules.computed_halves(given_marks)

    def whole(step: int) -> bool:
        return all(i.slug in given_marks for i in rules.EVIDENCE if i.halves <= step)

    assert stand == max((step for step in range(rules.HIGHEST + 1) if whole(step)), default=0)


@given(marks, st.sampled_from(SLUGS))
def test_a_mark_never_lowers_and_taking_back_never_raises(given_marks: set[str], one: str) -> None:
    stand = rules.computed_halves(given_marks)
    assert rules.computed_halves(given_marks | {one}) >= stand
    assert rules.computed_halves(given_marks - {one}) <= stand


@given(marks)
def test_what_lacks_is_exactly_what_carries_the_stand_on(given_marks: set[str]) -> None:
    lacking = {item.slug for item in rules.lacking_for_next(given_marks)}
    assert not lacking & given_marks
    stand = rules.computed_halves(given_marks)
    after = rules.computed_halves(given_marks | lacking)
    assert after > stand if lacking else stand == rules.HIGHEST
    for one in lacking:
        assert rules.computed_halves((given_marks | lacking) - {one}) <= max(stand, 0)


@given(halves)
def test_a_stand_falls_under_one_filter(stand: int) -> None:
    low, high = rules.GROUPS[rules.group_of(stand)]
    assert low <= stand <= high
    assert float(rules.as_stand(stand)) * 2 == stand


@given(halves, deviations(), days)
def test_a_deviation_shows_only_while_it_holds(computed: int, one: Explained, on: date) -> None:
    ended = one.ended_on is not None and on >= one.ended_on
    holds = one.from_day <= on <= one.until and not ended
    assert rules.shown_halves(computed, [one], on=on) == (one.halves if holds else computed)


@given(st.lists(st.tuples(days, halves), min_size=1, max_size=6), deviations(), days)
def test_the_history_ends_with_what_is_shown_and_leaves_no_step_back_untold(
    steps: list[tuple[date, int]], one: Explained, on: date
) -> None:
    changes = [Stood(day, stand, "terug") for day, stand in sorted(steps)]
    told = rules.told_history(changes, [one], on=on)

    past = [change for change in changes if change.since <= on]
    if past:
        assert told[-1].halves == rules.shown_halves(past[-1].halves, [one], on=on)
    assert [stood.since for stood in told] == sorted(stood.since for stood in told)
    for before, after in pairwise(told):
        assert before.halves != after.halves
        assert after.steps_back == (after.halves < before.halves)


@given(days, st.none() | days, days)
def test_days_waited_count_until_the_answer(asked: date, answered: date | None, on: date) -> None:
    waited = rules.days_waited(asked, answered, today=on)
    assert waited == max(0, ((answered or on) - asked).days)


def test_an_answer_is_promised_within_two_weeks() -> None:
    assert rules.answer_by(date(2026, 11, 20)) == date(2026, 12, 4)


@given(halves, halves, st.sampled_from(["", "food_bank"]), st.sampled_from(["food_bank", "other"]))
def test_a_lesson_fires_at_its_step_and_kind_of_place(
    wants: int, stand: int, kind: str, place: str
) -> None:
    fires = rules.lesson_fires(wants=wants, kind=kind, stand=stand, place_kind=place)
    assert fires == (stand >= wants and (not kind or kind == place))


@given(st.text(max_size=120))
@example("Propose")
@example("Één school & een kroeg!")
def test_an_address_is_plain_and_never_one_of_ours(called: str) -> None:
    slug = rules.slug_of(called)
    assert len(slug) <= 63
    assert slug not in rules.RESERVED_SLUGS
    assert all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_a_number_lies_between_its_own_two() -> None:
    fits = {
        ("31%", "28%", "34%"): True,
        ("1.200", "900", "1.500"): True,
        ("3,5", "3", "4"): True,
        ("€ 40", "€ 40", "€ 40"): True,
        ("meer dan de helft", "", ""): True,
        ("40", "", "50"): True,
        ("40", "60", "50"): False,
        ("veel", "60", "50"): False,
        ("31%", "32%", "34%"): False,
        ("31%", "28%", "30,9%"): False,
        ("1200", "1.201", "1.300"): False,
        ("3.5", "4", "5"): True,  # not a number as it is written here: nothing is judged
    }
    assert {told: rules.lies_between(*told) for told in fits} == fits
