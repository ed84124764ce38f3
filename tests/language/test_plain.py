"""The plain-language meter, on sentences and on whatever text comes."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.language import rare_words
from smartstart.language.plain import (
    AIM_WORDS,
    HERE,
    LONGEST_PHRASE,
    MOST_WORDS,
    WORD,
    Kind,
    cut_in_two,
    forbidden_words,
    formal_words,
    measure,
    sentences_in,
    syllables,
)
from smartstart.language.plainer import hints

LONG = "Dit is een zin die maar doorgaat en doorgaat en nog een keer doorgaat tot hij stopt."


def hard(text: str, **how: Any) -> list[tuple[str, str, str]]:
    return [
        (item.kind.value, text[item.start : item.end], item.instead)
        for item in measure(text, **how).hard
    ]


def test_a_plain_text_has_nothing_hard() -> None:
    text = "Wie pakt dit op? Fatima belt je morgen. Zij vraagt hoe het gaat."

    measured = measure(text, for_families=True)
    assert (measured.words, measured.sentences, measured.longest) == (13, 3, 5)
    assert measured.average == pytest.approx(13 / 3)
    assert measured.hard == ()


def test_a_text_of_officials_is_hard_and_says_what_is_better() -> None:
    text = (
        "Indien u met betrekking tot de casus een melding wilt doen, verstrekken wij een formulier."
        "\nDe aanvraag wordt door ons in behandeling genomen en nagekeken."
    )

    assert hard(text, for_families=True) == [
        ("formal", "Indien", "als"),
        ("formal", "met betrekking tot", "over"),
        ("forbidden", "casus", "wat er speelt"),
        ("forbidden", "melding", "bericht"),
        ("formal", "verstrekken", "geven"),
        ("passive", "wordt door ons in behandeling genomen", ""),
    ]
    assert ("forbidden", "casus", "wat er speelt") not in hard(text)


def test_a_long_sentence_is_pointed_at_from_first_to_last_word() -> None:
    two = cut_in_two(LONG, [(match.start(), match.end()) for match in WORD.finditer(LONG)])
    assert hard(f"Kort. {LONG} Kort.") == [("long sentence", LONG[:-1], two)]
    assert hard(f"Zij zei: “{LONG}”", quotations=False) == []
    assert AIM_WORDS < MOST_WORDS == 15


def test_a_long_word_is_pointed_at() -> None:
    assert hard("De samenwerkingsovereenkomsten liggen klaar.") == [
        ("long word", "samenwerkingsovereenkomsten", "")
    ]
    assert [syllables(word) for word in ("kind", "ouders", "gesprek", "onderwijzer")] == [
        1,
        2,
        2,
        4,
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dat is bijv. hier. Daar niet.", [4, 2]),
        ("Dhr. J. de Vries belt. Ja.", [5, 1]),
        ("Het kost 2.5 of 1.000 euro.", [6 + 2]),
        ("Titel\nEn een zin.\n\nNog een.", [1, 3, 2]),
        ("Echt?! Ja… Nee.", [1, 1, 1]),
        ("%(name)s belt {who} om 9 uur", [6]),
        ("", []),
        (" . \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, words: list[int]) -> None:
    assert [len(sentence) for sentence in sentences_in(text) if sentence] == words


def test_the_passive_is_found_and_the_future_is_not() -> None:
    assert hard("Er wordt morgen gebeld.") == [("passive", "wordt morgen gebeld", "")]
    assert hard("Noor wordt 12 en is gevraagd.") == []
    assert hard("Het wordt gezellig. Ik word boos. Morgen wordt geen feest.") == []


def test_the_lists_are_long_and_without_doubt() -> None:
    formal, forbidden = formal_words(), forbidden_words()

    assert len(formal) >= 150
    for listed in (formal, forbidden):
        for phrase, instead in listed.items():
            assert instead, phrase
            assert phrase == tuple(word.casefold() for word in phrase)
            assert 1 <= len(phrase) <= LONGEST_PHRASE
            assert hard(" ".join(phrase), for_families=True), phrase
    assert not formal.keys() & forbidden.keys()
    for instead in (*formal.values(), *forbidden.values()):
        assert [item.kind for item in measure(instead, for_families=True).hard] == [], instead


def test_the_lists_in_the_tree_are_short_for_we_wrote_them_ourselves() -> None:
    sizes = {path.name: path.stat().st_size for path in HERE.glob("*.txt")}
    assert "plain_words.txt" in sizes
    assert {name for name, size in sizes.items() if size > 12_000} == set()


@given(
    st.lists(
        st.sampled_from(
            [*LONG.split(), "wordt", "gemaakt", "Indien", "\n", "bijv.", "“", "”", "casus"]
        )
    )
)
def test_places_are_exact_and_in_order(parts: list[str]) -> None:
    text = " ".join(parts)

    measured = measure(text, for_families=True)
    assert measured.words == sum(map(len, sentences_in(text)))
    assert list(measured.hard) == sorted(measured.hard, key=lambda item: item.start)
    for item in measured.hard:
        said = tuple(text[item.start : item.end].casefold().split())
        if item.kind is Kind.FORMAL:
            assert formal_words()[said] == item.instead
        if item.kind is Kind.FORBIDDEN:
            assert forbidden_words()[said] == item.instead
        assert text[item.start : item.end].strip() == text[item.start : item.end] != ""


NEAR_MISSES = {
    "one word": "a" * 100_000,
    "short sentences": "a. " * 33_000,
    "stops": ".?!" * 33_000,
    "open quotations": "“" * 100_000,
    "half phrases": "met betrekking " * 6_600,
    "half passives": "wordt ge" * 12_500,
    "passives": "wordt " * 16_600,
    "signs": "'" * 100_000,
    "apostrophes": "a'" * 50_000,
    "lines": "\n" * 100_000,
}


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_no_text_makes_the_meter_slow(text: str) -> None:
    start = time.process_time()
    measure(text, for_families=True, quotations=False)
    assert time.process_time() - start < 8.0


def test_a_long_sentence_is_cut_where_two_sentences_meet() -> None:
    def cut(text: str) -> str:
        return cut_in_two(text, [(match.start(), match.end()) for match in WORD.finditer(text)])

    assert cut("Wij bellen je morgen op, maar je mag ook zelf bellen.") == (
        "Wij bellen je morgen op. Maar je mag ook zelf bellen."
    )
    assert cut("Wij bellen je morgen op en daarna komen wij langs") == (
        "Wij bellen je morgen op. Daarna komen wij langs."
    )
    assert cut("Wij en jij bellen morgen met de school van Noor") == ""


def test_a_rare_word_is_long_and_neither_bent_nor_made_of_common_ones() -> None:
    rare = ["multidisciplinaire", "afstemming", "casuïstiekbespreking", "triageren"]
    usual = ["gemeente", "gemeenten", "schoolfeest", "gezinnen", "belangrijk", "kinderkamer"]
    assert rare_words.rare([*rare, *usual]) == rare
    told = measure("Een afstemming met de Amerikaan Vanderbiltson.", rare_of=rare_words.rare)
    assert [(one.start, one.end, one.kind) for one in told.hard] == [(4, 14, Kind.RARE)]


def test_hints_name_each_stretch_once_with_words_to_use() -> None:
    found = list(hints("Indien het kan. Indien niet, wordt er gebeld. " + "woord " * 30))
    assert [(hint.shown[:12], hint.instead) for hint in found] == [
        ("Indien", "als"),
        ("wordt er geb", ""),
        ("woord woord ", ""),
    ]
    assert len(found[-1].shown) == 80
