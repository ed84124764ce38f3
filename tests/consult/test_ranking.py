"""Which expertise and which three positions: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from smartstart.consult.expertise import hours, languages, ranking, tongues, words
from smartstart.consult.expertise.hours import Stretch
from smartstart.consult.expertise.ranking import NOWHERE, Candidate, Place
from smartstart.consult.expertise.scoring import Known, Scorer, gathered
from smartstart.consult.expertise.taxonomy import told

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Tilburg
MORNING = Stretch(1, time(9), time(12))
KNOWN = [
    Known("schulden", "ik kan mijn rekeningen niet betalen deurwaarder schulden"),
    Known("slapen", "slapen gaat slecht en ze wordt elke nacht wakker"),
    Known("pesten", "ze wordt gepest en buitengesloten op het plein"),
]


def candidate(position: int, *expertises: str, **changed: object) -> Candidate:
    made = Candidate(
        position=position,
        key=str(position),
        expertises=expertises,
        organisation=position,
        places=frozenset(),
        towns=frozenset(),
        stretches=(),
        languages=frozenset({"nl"}),
        text="",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def three(
    candidates: list[Candidate],
    scores: dict[str, float],
    near: Place = NOWHERE,
    language: str = "nl",
    own: dict[str, float] | None = None,
) -> list[int]:
    chosen = ranking.best(
        candidates, scores, own=own or {}, near=near, language=language, at=TUESDAY, most=3
    )
    return [one.candidate.position for one in chosen]


def test_the_taxonomy_is_wide_enough() -> None:
    entries = told()
    thin = [
        one.key
        for one in entries
        if len({said for language, said in one.says if language == "nl"}) < 10
        or not (one.called and one.short and one.about and one.words)
        or max(len(said) for _language, said in one.says) > 160
    ]

    assert thin == []
    assert len({one.key for one in entries}) == len(entries) >= 40
    assert len({one.domain for one in entries}) == 8


def test_every_expertise_is_said_in_the_other_languages_too() -> None:
    thin = [
        (one.key, language)
        for one in told()
        for language, least in {"en": 8, "tr": 8, "ar": 8, "pl": 8, "uk": 6}.items()
        if len({said for spoken, said in one.says if spoken == language}) < least
    ]
    twice = [one.key for one in told() if len({said for _in, said in one.says}) < len(one.says)]

    assert (thin, twice) == ([], [])


def test_other_languages_are_cut_into_stems_in_one_way() -> None:
    for language, one, other in [
        ("en", "bills", "bill"),
        ("tr", "UYKUSU", "uykusuz"),
        ("tr", "İŞSİZLİK", "işsizim"),
        ("ar", "المدرسة", "مدرسه"),
        ("ar", "والأولاد", "اولاد"),
        ("ar", "مُعَلِّمة", "معلمة"),
        ("pl", "nauczycielka", "nauczycielem"),
        ("uk", "вчителька", "вчителем"),
    ]:
        assert tongues.stems(one, language) == tongues.stems(other, language), (one, other)
    assert list(tongues.pieces("dom", "pl")) == ["^dom$"]


def test_a_language_has_its_own_words_and_a_little_dutch() -> None:
    scorer = Scorer([
        gathered("schulden", ["deurwaarder DigiD"], [("nl", "ik heb schulden"), ("en", "debts")]),
        gathered("slapen", ["nacht"], [("nl", "slaapt slecht"), ("en", "awake all night")]),
        gathered("pesten", ["plein"], [("nl", "gepest"), ("en", "bullied at school")]),
    ])  # fmt: skip

    for text, key in [("in debt", "schulden"), ("DigiD", "schulden"), ("nights awake", "slapen")]:
        scores = scorer.scores(text, language="en", meaning=None)
        assert max(scores, key=lambda one: scores[one]) == key, text
    assert not any(scorer.scores("debts", language="nl", meaning=None).values())


def test_words_find_the_expertise_inflected_in_a_compound_and_misspelt() -> None:
    scorer = Scorer(KNOWN)

    for text, key in [
        ("Er kwam een deurwaarder.", "schulden"),
        ("Onze schuldenlast groeit.", "schulden"),
        ("zij word gepestt", "pesten"),
        ("Slapen lukt niet.", "slapen"),
    ]:
        scores = scorer.scores(text, language="nl", meaning=None)
        assert max(scores, key=lambda one: scores[one]) == key, text
        assert scores[key] == 1.0


def test_nothing_in_common_scores_nothing_and_meaning_helps_then() -> None:
    scorer = Scorer(KNOWN)

    assert set(scorer.scores("xylofoon", language="nl", meaning=None).values()) == {0.0}
    assert set(scorer.scores("", language="nl", meaning=None).values()) == {0.0}
    near = {"slapen": 0.6, "schulden": 0.1, "pesten": 0.1}
    assert scorer.scores("uyku", language="tr", meaning=near)["slapen"] == 1.0


@given(st.text(max_size=200))
def test_every_text_has_a_score_between_nothing_and_one(text: str) -> None:
    scores = Scorer(KNOWN).scores(text, language=languages.language_of(text), meaning=None)

    assert set(scores) == {"schulden", "slapen", "pesten"}
    assert all(0 <= one <= 1 for one in scores.values())


def test_nothing_of_a_question_stays_in_a_cache() -> None:
    before = words._stem_of_known.cache_info().currsize

    words.stems("Een volstrekt onbekend zeldzaamheidje")

    assert words._stem_of_known.cache_info().currsize == before


def test_in_which_language_a_question_is_written() -> None:
    for text, language in [
        ("Mijn zoon wil niet naar school.", "nl"),
        ("My son does not want to go to school.", "en"),
        ("Oğlum okula gitmek istemiyor.", "tr"),
        ("ابني لا يريد الذهاب إلى المدرسة", "ar"),
        ("Mój syn nie chce chodzić do szkoły.", "pl"),
        ("Мій син не хоче йти до школи.", "uk"),
        ("My son was caught stealing.", "en"),
        ("Córka prawie nic nie je.", "pl"),
        ("We hebben een kind dat in de klas niet mee kan.", "nl"),
        ("", "nl"),
    ]:
        assert languages.language_of(text) == language, text


def test_who_knows_most_comes_first_and_three_differ() -> None:
    candidates = [candidate(1, "slapen"), *(candidate(at, "schulden") for at in (2, 3, 4))]

    assert three(candidates, {"schulden": 1.0, "slapen": 0.8}) == [2, 1, 3]
    assert three(candidates, {"schulden": 1.0, "slapen": 0.1}) == [2, 3, 4]
    assert three(candidates[:1], {"schulden": 1.0, "slapen": 0.0}) == [1]
    assert three([], {}) == []


def test_near_soon_language_and_own_words_break_a_tie() -> None:
    scores = {"schulden": 1.0}
    plain = candidate(1, "schulden")

    def second_wins(near: Place = NOWHERE, language: str = "nl", **changed: object) -> bool:
        other = candidate(2, "schulden", **changed)
        return three([plain, other], scores, near, language) == [2, 1]

    here = Place(place=7, town="GM0855")
    assert second_wins(here, places=frozenset({7}))
    assert second_wins(here, towns=frozenset({"GM0855"}))
    assert second_wins(Place(organisation=99), organisation=99)
    assert not second_wins(here, towns=frozenset({"GM0001"}))
    assert not second_wins(stretches=(Stretch(4, time(9), time(12)),))
    assert second_wins(language="tr", languages=frozenset({"nl", "tr"}))
    assert three([plain, candidate(2, "schulden")], scores, own={"2": 1.0}) == [2, 1]


def test_who_cannot_be_asked_is_not_proposed() -> None:
    chosen = ranking.best(
        [candidate(1, "schulden"), candidate(2, "slapen")],
        {"schulden": 1.0, "slapen": 0.0},
        own={},
        near=NOWHERE,
        language="nl",
        at=TUESDAY,
        most=3,
        never={1},
    )

    assert [(one.candidate.position, one.expertise) for one in chosen] == [(2, None)]


def test_how_long_until_somebody_is_there() -> None:
    def wait(*stretches: Stretch, at: datetime = TUESDAY) -> timedelta:
        return hours.waits_until_open(stretches, at=at)

    assert wait() == timedelta()
    assert wait(MORNING) == timedelta()
    assert wait(Stretch(1, time(13), time(16))) == timedelta(hours=3)
    assert wait(MORNING, at=TUESDAY + timedelta(hours=2)) == timedelta(days=6, hours=21)
    assert wait(Stretch(5, time(10), time(12))) == timedelta(days=4)
    christmas = datetime(2026, 12, 25, 9, 0, tzinfo=UTC)  # a Friday
    assert wait(at=christmas) == timedelta(days=2, hours=22, minutes=30)
    assert wait(Stretch(4, time(9), time(10)), at=christmas) == hours.FAR


def test_hours_are_said_in_words() -> None:
    week = [Stretch(day, time(9), time(12)) for day in range(5)]

    assert hours.said([MORNING, Stretch(3, time(13, 30), time(16))]) == (
        "dinsdag 9.00-12.00, donderdag 13.30-16.00"
    )
    assert hours.said([]) == "onder kantooruren"
    assert hours.days_said([]) == "maandag tot en met vrijdag"
    assert hours.days_said(week[:2]) == "maandag en dinsdag"
    assert hours.days_said([week[0], week[2], week[4]]) == "maandag, woensdag en vrijdag"
    assert hours.days_said([week[1]]) == "dinsdag"
