"""Agreement, differences and consent, against worked examples and a slow second way of counting."""

import random
from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smartstart.voices import rules
from smartstart.voices.rules import (
    Coding,
    Consent,
    ConsentState,
    Difference,
    Layer,
    Level,
    agreement,
    collide,
    consent_state,
    covered_characters,
    differences,
    layers_allowed,
    level_of,
    lies_within,
    nominal_alpha,
    quote_stands_in,
    shared_characters,
)

LENGTH = 40
SPANS = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted).map(tuple)
FULL_SPANS = SPANS.filter(lambda span: span[0] < span[1])
SENTENCES = [(0, 10), (11, 20), (21, 40)]


def codings_of(coder: str, spans: Sequence[tuple[str, int, int]]) -> list[Coding]:
    return [Coding(coder, code, start, end) for code, start, end in spans]


def coded_by(coder: str) -> st.SearchStrategy[list[Coding]]:
    one = st.tuples(st.sampled_from("abc"), SPANS).filter(lambda c: c[1][0] < c[1][1])
    return st.lists(one, max_size=6).map(
        lambda found: [Coding(coder, code, *span) for code, span in found]
    )


# Alpha ------------------------------------------------------------------------------------------


def by_coder(*rows: str) -> list[tuple[str | None, ...]]:
    """Units from one line of values per coder; a dot is a missing value."""
    return list(zip(*([None if v == "." else v for v in row.split()] for row in rows), strict=True))


# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A, B and C; the
# last is the example with three coders in the English Wikipedia's article on the measure.
PUBLISHED = [
    (by_coder("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
    (by_coder("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
    (
        by_coder(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ),
        0.743,
    ),
    (
        by_coder(
            ". . . . . 3 4 1 2 1 1 3 3 . 3",
            "1 . 2 1 3 3 4 3 . . . . . . .",
            ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
        ),
        0.691,
    ),
]


@pytest.mark.parametrize(("units", "expected"), PUBLISHED, ids=["A", "B", "C", "three coders"])
def test_alpha_is_what_the_published_examples_say(
    units: list[tuple[str | None, ...]], expected: float
) -> None:
    assert nominal_alpha(units) == pytest.approx(expected, abs=0.0005)


def slow_alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Observed against expected disagreement, pair by pair over all values."""
    kept = [[v for v in unit if v is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = [value for unit in kept for value in unit]
    expected = sum(a != b for a, b in combinations(values, 2))
    if not expected:
        return None
    observed = sum(
        sum(a != b for a, b in combinations(unit, 2)) * 2 / (len(unit) - 1) for unit in kept
    )
    total = len(values)
    return 1 - (observed / total) / (2 * expected / (total * (total - 1)))


VALUES = st.sampled_from([None, 1, 2, 3])


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=12))
@example([(1, 1, 1)])
def test_alpha_is_what_counting_pair_by_pair_gives(units: list[tuple[int | None, ...]]) -> None:
    slow = slow_alpha(units)

    assert nominal_alpha(units) == (slow if slow is None else pytest.approx(slow))


def as_units(
    codings: Sequence[Coding], coders: Sequence[str], code: str | None
) -> list[list[Hashable]]:
    """Character by character what each coder gave, on the text somebody coded."""
    units: list[list[Hashable]] = []
    for place in range(LENGTH):
        given_here = [
            frozenset(c.code for c in codings if c.coder == coder and c.start <= place < c.end)
            for coder in coders
        ]
        if any(given_here):
            units.append([codes if code is None else code in codes for codes in given_here])
    return units


@given(coded_by("els"), coded_by("kim"), coded_by("bo"))
def test_agreement_is_alpha_over_every_coded_character(
    els: list[Coding], kim: list[Coding], bo: list[Coding]
) -> None:
    codings, coders = els + kim + bo, ["els", "kim", "bo"]
    report = agreement(codings, coders, sentences=SENTENCES)

    def same(found: float | None, code: str | None) -> bool:
        slow = slow_alpha(as_units(codings, coders, code))
        return found is slow if slow is None or found is None else found == pytest.approx(slow)

    assert same(report.overall.alpha, None)
    assert set(report.per_code) == {coding.code for coding in codings}
    assert all(same(found.alpha, str(code)) for code, found in report.per_code.items())
    assert report.coded_characters == covered_characters(c.span for c in codings)
    for found in (report.overall, *report.per_code.values()):
        assert 0 <= found.share <= 1
        if found.alpha is not None and found.low is not None and found.high is not None:
            assert found.low <= found.alpha <= found.high


@given(coded_by("els"), coded_by("kim"), st.integers(0, 200))
def test_text_that_nobody_coded_changes_nothing(
    els: list[Coding], kim: list[Coding], before: int
) -> None:
    shifted = [Coding(c.coder, c.code, c.start + before, c.end + before) for c in els + kim]
    moved = [(start + before, end + before) for start, end in SENTENCES]

    assert agreement(shifted, ["els", "kim"], sentences=[(0, before), *moved]).overall.alpha == (
        agreement(els + kim, ["els", "kim"], sentences=SENTENCES).overall.alpha
    )


def test_the_same_coding_twice_is_good_and_certain() -> None:
    spans = [("a", 0, 10), ("b", 11, 20), ("c", 21, 40)]
    report = agreement(
        codings_of("els", spans) + codings_of("kim", spans), ["els", "kim"], sentences=SENTENCES
    )

    assert (report.overall.alpha, report.overall.share) == (1, 1)
    assert report.overall.is_on_little
    assert (report.overall.level, report.overall.may_be) == (Level.GOOD, (Level.GOOD, Level.GOOD))


def test_one_code_everywhere_cannot_be_told_from_chance() -> None:
    spans = [("a", 0, 10)]
    report = agreement(
        codings_of("els", spans) + codings_of("kim", spans), ["els", "kim"], sentences=SENTENCES
    )

    assert report.overall == rules.Agreement(None, None, None, 1.0, sentences=1)
    assert report.overall.level is Level.UNDECIDED
    assert report.overall.may_be == (Level.UNDECIDED, Level.UNDECIDED)


def test_a_coder_who_left_all_blank_took_part() -> None:
    report = agreement(
        codings_of("els", [("a", 0, 10)]), ["els", "kim"], sentences=SENTENCES
    ).overall

    assert report.alpha is not None
    assert report.alpha < 0
    assert (report.share, report.level) == (0, Level.LOW)


def test_nothing_coded_gives_an_empty_report() -> None:
    report = agreement([], ["els", "kim"], sentences=SENTENCES)

    assert report == rules.AgreementReport(
        rules.Agreement(None, None, None, 0.0, sentences=0), {}, 0
    )


def test_the_same_seed_gives_the_same_interval() -> None:
    codings = codings_of("els", [("a", 0, 10), ("b", 11, 20), ("a", 21, 30)])
    codings += codings_of("kim", [("a", 0, 8), ("b", 12, 20), ("c", 21, 30)])
    one, same, other = (
        agreement(codings, ["els", "kim"], sentences=SENTENCES, seed=seed) for seed in (1, 1, 2)
    )

    assert one == same
    assert one.overall.alpha == other.overall.alpha
    assert one.overall.low is not None
    assert one.overall.high is not None
    assert one.overall.low < one.overall.high


@settings(max_examples=25)
@given(coded_by("els"), coded_by("kim"), st.integers(0, 9))
def test_the_interval_is_what_drawing_whole_sentences_by_hand_gives(
    els: list[Coding], kim: list[Coding], seed: int
) -> None:
    """Sentences of ten characters; units are listed one by one and drawn with the same seed."""
    cuts = [(start, start + 10) for start in range(0, LENGTH, 10)]
    units: dict[int, list[list[Hashable]]] = {}
    for number, (start, end) in enumerate(cuts, start=1):
        clipped = [Coding(c.coder, c.code, max(c.start, start), min(c.end, end)) for c in els + kim]
        if found := as_units(clipped, ["els", "kim"], None):
            units[number] = found
    chance = random.Random(seed)
    drawn = [chance.choices(sorted(units), k=len(units)) for _ in range(200 if units else 0)]
    alphas = [slow_alpha([unit for number in draw for unit in units[number]]) for draw in drawn]
    found_alphas = sorted(alpha for alpha in alphas if alpha is not None)
    overall = agreement(els + kim, ["els", "kim"], sentences=cuts, seed=seed).overall

    if overall.alpha is None:
        assert (overall.low, overall.high) == (None, None)
    else:
        tail = int(len(found_alphas) * 0.025)
        kept = [*found_alphas[tail : len(found_alphas) - tail], overall.alpha]
        assert overall.low == pytest.approx(min(kept))
        assert overall.high == pytest.approx(max(kept))


@pytest.mark.parametrize(
    ("alpha", "level"),
    [
        (1.0, Level.GOOD),
        (0.8, Level.GOOD),
        (0.799, Level.MODERATE),
        (0.667, Level.MODERATE),
        (0.666, Level.LOW),
        (-0.4, Level.LOW),
        (None, Level.UNDECIDED),
    ],
)
def test_an_alpha_has_a_word(alpha: float | None, level: Level) -> None:
    assert level_of(alpha) is level


# Spans ------------------------------------------------------------------------------------------


@given(SPANS, SPANS)
def test_shared_characters_are_those_in_both(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert shared_characters(one, other) == len(set(range(*one)) & set(range(*other)))


@given(st.lists(FULL_SPANS, max_size=4), st.lists(FULL_SPANS, max_size=4))
def test_spans_collide_when_a_character_is_asked_for_twice(
    spans: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> None:
    asked = [place for start, end in spans for place in range(start, end)]
    there = {place for start, end in taken for place in range(start, end)}

    assert collide(spans, taken) == (len(asked) > len(set(asked) - there))


@given(st.lists(SPANS))
def test_covered_characters_are_those_in_any(spans: list[tuple[int, int]]) -> None:
    covered = set().union(*(range(*span) for span in spans))

    assert covered_characters(spans) == len(covered)


@pytest.mark.parametrize(
    ("span", "within"),
    [
        ((0, 10), True),
        ((9, 10), True),
        ((0, 11), False),
        ((-1, 3), False),
        ((4, 4), False),
        ((5, 4), False),
        ((10, 11), False),
    ],
)
def test_a_coding_lies_in_the_text_or_not(span: tuple[int, int], within: bool) -> None:
    assert lies_within(span, 10) is within


# Differences ------------------------------------------------------------------------------------


def test_each_kind_of_difference_has_its_row() -> None:
    els = codings_of("els", [("a", 0, 10), ("b", 12, 20), ("c", 25, 30), ("a", 35, 38)])
    kim = codings_of("kim", [("a", 0, 10), ("b", 14, 22), ("a", 25, 30), ("c", 39, 40)])

    assert differences(els, kim) == [
        rules.Row(Difference.NONE, els[0], kim[0]),
        rules.Row(Difference.SPAN, els[1], kim[1]),
        rules.Row(Difference.CODE, els[2], kim[2]),
        rules.Row(Difference.ONE_ONLY, els[3], None),
        rules.Row(Difference.ONE_ONLY, None, kim[3]),
    ]


def test_the_pair_that_shares_most_text_belongs_together() -> None:
    els = codings_of("els", [("a", 0, 10), ("a", 10, 30)])
    kim = codings_of("kim", [("a", 8, 30)])

    assert differences(els, kim) == [
        rules.Row(Difference.ONE_ONLY, els[0], None),
        rules.Row(Difference.SPAN, els[1], kim[0]),
    ]


@given(coded_by("els"), coded_by("kim"))
def test_every_coding_is_in_one_row_of_the_right_kind(els: list[Coding], kim: list[Coding]) -> None:
    rows = differences(els, kim)

    assert sorted(c.span for r in rows if (c := r.first)) == sorted(c.span for c in els)
    assert sorted(c.span for r in rows if (c := r.second)) == sorted(c.span for c in kim)
    assert [row.span for row in rows] == sorted(row.span for row in rows)
    for row in rows:
        assert row.difference is _kind(row)


def _kind(row: rules.Row) -> Difference:
    if row.first is None or row.second is None:
        return Difference.ONE_ONLY
    if row.first.code == row.second.code:
        same = row.first.span == row.second.span
        return Difference.NONE if same else Difference.SPAN
    assert row.first.span == row.second.span
    return Difference.CODE


@given(coded_by("els"), coded_by("kim"))
def test_who_is_called_first_does_not_matter(els: list[Coding], kim: list[Coding]) -> None:
    counts = [
        sorted((row.difference, row.span) for row in differences(*pair))
        for pair in ((els, kim), (kim, els))
    ]

    assert [kind for kind, _ in counts[0]] == [kind for kind, _ in counts[1]]


@given(coded_by("els"))
def test_a_coder_agrees_with_herself(els: list[Coding]) -> None:
    assert {row.difference for row in differences(els, els)} <= {Difference.NONE}


# Consent ----------------------------------------------------------------------------------------

GIVEN, UNTIL = date(2026, 1, 10), date(2026, 12, 31)
ALL = frozenset(Layer)


@pytest.mark.parametrize(
    ("consent", "on", "state"),
    [
        (Consent(ALL, GIVEN, UNTIL), date(2026, 1, 9), ConsentState.NOT_YET),
        (Consent(ALL, GIVEN, UNTIL), GIVEN, ConsentState.GIVEN),
        (Consent(ALL, GIVEN, UNTIL), UNTIL, ConsentState.GIVEN),
        (Consent(ALL, GIVEN, UNTIL), date(2027, 1, 1), ConsentState.ENDED),
        (Consent(ALL, GIVEN, UNTIL, date(2026, 6, 1)), date(2026, 5, 31), ConsentState.GIVEN),
        (Consent(ALL, GIVEN, UNTIL, date(2026, 6, 1)), date(2026, 6, 1), ConsentState.WITHDRAWN),
        (Consent(ALL, GIVEN, UNTIL, date(2026, 6, 1)), date(2027, 6, 1), ConsentState.WITHDRAWN),
        (Consent(frozenset({Layer.QUOTE}), GIVEN, UNTIL), GIVEN, ConsentState.REFUSED),
    ],
)
def test_a_consent_has_one_state_on_a_day(consent: Consent, on: date, state: ConsentState) -> None:
    assert consent_state(consent, on=on) is state
    assert layers_allowed(consent, on=on) == (
        consent.layers if state is ConsentState.GIVEN else frozenset()
    )


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.sets(st.sampled_from(list(Layer))), DAYS, DAYS, DAYS, st.integers(0, 700))
def test_after_withdrawing_nothing_is_ever_allowed_again(
    layers: set[Layer], given_on: date, until: date, withdrawn: date, days: int
) -> None:
    consent = Consent(frozenset(layers), given_on, until, withdrawn)

    assert layers_allowed(consent, on=withdrawn + timedelta(days)) == frozenset()


@given(st.sets(st.sampled_from(list(Layer))), DAYS, DAYS, DAYS)
def test_nothing_is_allowed_without_use_or_outside_its_days(
    layers: set[Layer], given_on: date, until: date, on: date
) -> None:
    allowed = layers_allowed(Consent(frozenset(layers), given_on, until), on=on)

    stands = Layer.USE in layers and given_on <= on <= until
    assert allowed == (frozenset(layers) if stands else frozenset())


# Quotes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("Ik kom niet graag.", True),
        ("kom niet\n graag", True),
        ("Ik kom", True),
        ("Ik kom graag.", False),
        ("ik kom", False),
        ("Ik ko", False),
        ("om niet", False),
        ("  ", False),
        ("", False),
    ],
)
def test_a_quote_is_whole_words_of_what_was_approved(quote: str, stands: bool) -> None:
    assert quote_stands_in(quote, "Ik kom\nniet  graag.") is stands


def test_a_quote_is_found_where_it_stands_as_a_word() -> None:
    assert quote_stands_in("op", "stop er mee, kom op")


@given(st.text(), st.text(), st.text())
def test_words_that_are_not_there_are_never_a_quote(before: str, quote: str, after: str) -> None:
    assert not quote_stands_in(f"{before}\x00{quote}", after.replace("\x00", ""))
    joined = f"{before} {quote} {after}"
    assert quote_stands_in(quote, joined) is bool(quote.strip())
