"""Names as people type them on a phone: without capitals, or in capitals only."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartstart.consult import identity

ROUTING = Path(__file__).parents[2] / "benchmarks" / "routing" / "tuning_nl.tsv"
WITHOUT = Path(__file__).parents[2] / "benchmarks" / "identity" / "tuning_without.txt"


@pytest.fixture(autouse=True)
def _nobody_listens(settings: object, tmp_path: Path) -> None:
    settings.LANGUAGE_SOCKET = tmp_path / "nobody.sock"  # type: ignore[attr-defined]


def names(text: str) -> list[str]:
    return [text[one.start : one.end] for one in identity.check(text).found]


def test_names_without_a_capital_or_in_capitals_only() -> None:
    for text, found in [
        ("jayden wordt gepest", ["jayden"]),
        ("de moeder van sanne drinkt te veel", ["sanne"]),
        ("het gaat over emma de vries", ["emma de vries"]),
        ("mvg, peter jansen", ["peter jansen"]),
        ("lisa en youssef maken ruzie", ["lisa", "youssef"]),
        ("ons anneke wil niet eten", ["anneke"]),
        ("MIJN ZOON TIM SLAAT", ["ZOON TIM"]),
        ("sanne's moeder belde", ["sanne"]),
    ]:
        assert names(text) == found, text


def test_words_that_are_also_a_name_are_left_alone() -> None:
    for text in [
        "ik ken haar niet en er is een brand in de wei",
        "hij zit erin en leen hem mijn tas",
        "ze heeft een maatje en een buddy op school",
        "als het stormt mag ze met de jeep mee, in mei of juni",
        "de ADHD van mijn zoon en de WIA van mijn man",
        "ik heb geen ton, en een job bij de bakker",
        "can you help, my son has no friends, may I call",
    ]:
        assert names(text) == [], text


def test_questions_without_a_name_stay_so() -> None:
    questions = [line.split("\t")[2] for line in ROUTING.read_text().splitlines()[1:]]
    clean = WITHOUT.read_text().splitlines()
    small = [
        text[one.start : one.end]
        for text in (*questions, *clean)
        for one in identity.check(text).found
        if one.kind == "name" and text[one.start].islower()
    ]

    assert small == []


def test_a_place_that_is_chosen_counts_as_told() -> None:
    text = "Zij is de enige met een rolstoel."
    assert not identity.check(text).found
    (one,) = identity.check(text, place_told=True).found
    assert (one.kind, one.proposal) == ("combination", "met een handicap")
