"""The word rules: what they find in invented talks, and what must hold for every text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smartstart.language.names.numbers import is_bsn, numbers_and_addresses
from smartstart.language.names.people import names
from smartstart.language.names.proposals import (
    LABELS,
    NAMES,
    NUMBERED,
    WORD,
    Finding,
    Kind,
    Proposal,
    merged,
    name_words,
    proposals,
    replaced,
)
from smartstart.language.names.rules import found_by_rules
from tests.language.talks import TALK, TALK_WITHOUT_NAMES


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (item.kind.value, text[item.start : item.end], item.replacement)
        for item in proposals(text, found_by_rules(text))
    ]


def test_a_whole_talk_is_read() -> None:
    assert told(TALK) == [
        ("person", "Amira El Khatib", "[jeugdverpleegkundige 1]"),
        ("person", "Amira", "[jeugdverpleegkundige 1]"),
        ("person", "Amira", "[jeugdverpleegkundige 1]"),
        ("school", "De Gouden Linde", "[school 1]"),
        ("neighbourhood", "Korvel", "[wijk 1]"),
        ("phone", "06-12345678", "[telefoonnummer]"),
        ("phone", "013 - 542 12 34", "[telefoonnummer]"),
        ("mail", "a.elkhatib@voorbeeld.nl", "[e-mailadres]"),
        ("person", "Daan", "[persoon 1]"),
        ("age", "7 jaar", "[leeftijd]"),
        ("person", "Anouk", "[persoon 2]"),
        ("school", "Gouden Linde", "[school 1]"),
        ("street", "Burgemeester van der Wielstraat 12a", "[straat 1]"),
        ("postcode", "5038 AB", "[postcode]"),
        ("bsn", "111222333", "[bsn]"),
        ("person", "De Vries-Jansen", "[persoon 3]"),
        ("date", "12 maart 2019", "[datum 1]"),
        ("person", "J. van den Berg", "[wijkagent 1]"),
        ("person", "El Khatib", "[jeugdverpleegkundige 1]"),
        ("url", "www.voorbeeld.nl/pagina", "[webadres]"),
        ("person", "Christel Hermans", "[gedragscoach 1]"),
        ("person", "Christel", "[gedragscoach 1]"),
        ("place", "Goirle", "[plaats 1]"),
        ("institution", "Voedselbank", "[organisatie 1]"),
        ("school", "Reeshof College", "[school 2]"),
        ("school", "Theresialyceum", "[school 3]"),
    ]


def test_a_talk_without_names_is_left_alone() -> None:
    assert told(TALK_WITHOUT_NAMES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dat zei mw. J.P. de Boer-Smit gisteren.", [("person", "J.P. de Boer-Smit")]),
        ("Dat zei dhr. in 't Veld.", [("person", "in 't Veld")]),
        ("Dat zei dokter Yilmaz. Daarna niets.", [("person", "Yilmaz")]),
        ("Dochter Noor is tien jaar.", [("person", "Noor"), ("age", "tien jaar")]),
        ("Hoe ging het op school, Samira?", [("person", "Samira")]),
        ("Hij begon 3 jaar geleden.", []),
        ("Geboren op 01-02-2019.", [("date", "01-02-2019")]),
        ("Het bsn is 123456789.", [("bsn", "123456789")]),
        ("Het nummer 123456789 zegt niets.", []),
        ("Op 20000108 of 20191303.", [("bsn", "20191303")]),
        ("Op 06012000 of 06.01.2000.", [("bsn", "06012000"), ("date", "06.01.2000")]),
        ("Zijn sofinummer: 111.222.333", [("bsn", "111.222.333")]),
        ("Moeder van Noor, Sem en Daan.", [("person", name) for name in ("Noor", "Sem", "Daan")]),
        ("Mevrouw van Dijk en Piet.", [("person", "van Dijk"), ("person", "Piet")]),
        ("Mijn vriend van vroeger en zij.", []),
        ("Een collega van", []),
        ("Bel 0031 6 12 34 56 78.", [("phone", "0031 6 12 34 56 78")]),
        ("Bel +32 470 12 34 56.", [("phone", "+32 470 12 34 56")]),
        ("Bel 112 of 0800-0432.", []),
        ("Op de snelweg en de Kerkstraat 4-2.", [("street", "Kerkstraat 4-2")]),
        ("Straten als de Lange Nieuwstraat.", [("street", "Lange Nieuwstraat")]),
        ("Kijk op voorbeeld.nl, dan weet je het.", [("url", "voorbeeld.nl")]),
        ("Wij spraken Piet de Wit.", [("person", "Piet de Wit")]),
        ("Ons Team op Maat en Veilig Thuis werken samen.", []),
        ("De gedragscoach, Lotte, belde.", [("person", "Lotte")]),
        ("Onze vrijwilliger Kees helpt.", [("person", "Kees")]),
    ],
)  # fmt: skip
def test_one_rule_at_a_time(text: str, found: list[tuple[str, str]]) -> None:
    assert [(kind, part) for kind, part, _replacement in told(text)] == found


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Jan Bos en Els Bos kwamen. Mevrouw Bos sprak. Jan zweeg."

    assert [(part, replacement) for _kind, part, replacement in told(text)] == [
        ("Jan Bos", "[persoon 1]"),
        ("Els Bos", "[persoon 2]"),
        ("Bos", "[persoon 3]"),
        ("Jan", "[persoon 1]"),
    ]


def test_the_longest_wins_and_covers_all() -> None:
    school, person = Finding(3, 14, Kind.SCHOOL), Finding(10, 16, Kind.PERSON, "coach")

    assert merged([person, school]) == [Finding(3, 16, Kind.SCHOOL)]
    assert merged([Finding(0, 4, Kind.PLACE), Finding(0, 4, Kind.PERSON)]) == [
        Finding(0, 4, Kind.PLACE)
    ]
    assert merged([Finding(0, 4, Kind.PLACE), Finding(4, 6, Kind.AGE)]) == [
        Finding(0, 4, Kind.PLACE),
        Finding(4, 6, Kind.AGE),
    ]


@given(st.integers(0, 99_999_999))
def test_the_eleven_test_finds_every_wrong_digit(number: int) -> None:
    first = f"{number:08d}"
    passing = [first + str(last) for last in range(10) if is_bsn(first + str(last))]

    assert len(passing) <= 1
    for good in passing:
        wrong = [
            good[:at] + str((int(good[at]) + 1) % 10) + good[at + 1 :] for at in range(len(good))
        ]
        assert not any(map(is_bsn, wrong))


LOOSE = ("Jan", "Bos", "de", "van", "mevrouw", "juf", "school", "wijk", "– gedragscoach", "“")
ODD = ("in 't", "A.", "\n", "\n\nVraag:", "’s", "é", "İ", "ß", "😀", "\ud800", "12", "1.2.3", "”")
PIECES = st.sampled_from([*TALK.split(" "), *LOOSE, *ODD])
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60)


@given(TEXTS)
@settings(max_examples=300)
@example("mevrouw van den Berg kwam. van den Berg ging. Van Den Berg bleef")
@example("Jan İnce – agent. Jan Ince")
def test_positions_are_exact_and_nothing_found_remains(text: str) -> None:
    found = proposals(text, found_by_rules(text))

    assert all(a.end <= b.start for a, b in pairwise(found)), (
        "proposals are in order and do not overlap"
    )
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    gone = {name_words(text[item.start : item.end]) for item in found if item.kind in NAMES} - {()}
    left = "".join(
        item if place % 2 == 0 else "\0" for place, item in enumerate(_parts(text, found))
    )
    for stretch in left.split("\0"):
        words = [(match.group().casefold(), match.group()) for match in WORD.finditer(stretch)]
        for at in range(len(words)):
            for name in gone:
                here = words[at : at + len(name)]
                same = tuple(folded for folded, _written in here) == name
                capital = any(word[0].isupper() for _folded, word in here)
                assert not (same and capital and len(name[0]) > 1), name


def _parts(text: str, found: list[Proposal]) -> list[str]:
    """Cut the text: what stays and what goes, in turns."""
    parts, at = [], 0
    for item in found:
        parts += [text[at : item.start], text[item.start : item.end]]
        at = item.end
    return [*parts, text[at:]]


@given(TEXTS)
def test_same_name_same_replacement_and_numbers_run(text: str) -> None:
    found = proposals(text, found_by_rules(text))

    by_name: dict[tuple[Kind, tuple[str, ...]], set[str]] = {}
    for item in found:
        key = (item.kind, name_words(text[item.start : item.end]))
        by_name.setdefault(key, set()).add(item.replacement)
    assert all(len(replacements) == 1 for replacements in by_name.values())
    for kind in NUMBERED:
        numbers: list[int] = []
        for item in found:
            label, _, number = item.replacement.strip("[]").rpartition(" ")
            if item.kind is kind and label == LABELS[kind] and int(number) not in numbers:
                numbers.append(int(number))
        assert numbers == list(range(1, len(numbers) + 1))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12))
def test_merged_covers_exactly_what_was_found(stretches: list[tuple[int, int]]) -> None:
    findings = [Finding(start, start + length, Kind.PLACE) for start, length in stretches]

    joined = merged(findings)
    assert {at for item in joined for at in range(item.start, item.end)} == {
        at for item in findings for at in range(item.start, item.end)
    }
    assert all(a.end <= b.start for a, b in pairwise(joined))


def test_carrying_out_keeps_every_other_character() -> None:
    text = "Juf Anouk belt Daan. Anouk lacht."
    found = [
        Proposal(4, 9, Kind.PERSON, "[persoon 1]"),
        Proposal(21, 26, Kind.PERSON, "[persoon 1]"),
    ]

    assert replaced(text, reversed(found)) == "Juf [persoon 1] belt Daan. [persoon 1] lacht."


NEAR_MISSES = {
    "digits": "1" * 100_000,
    "digits and signs": "0-" * 50_000,
    "digits and spaces": "0 " * 50_000,
    "dots": "a." * 50_000,
    "mail without end": "a@" * 50_000,
    "long local part": "a" * 100_000 + "@",
    "web": "www." * 25_000,
    "labels": "a-" * 50_000 + ".n",
    "dates": "1-1-" * 25_000,
    "months": "1 maart " * 12_500,
    "ages": "van twintig jaa " * 6_250,
    "bsn": "bsn " * 25_000,
    "capitals": "Ab " * 33_333,
    "different names": " ".join(f"Jan Bos{number:x}q" for number in range(9_000)),
    "initials": "A. " * 33_333,
    "particles": "van de " * 14_285,
    "mevrouw": "mevrouw Van " * 8_333,
    "functions": "Ab, gedragscoach " * 5_882,
    "streets": "Van De Langestraat " * 5_263,
    "phrases": "Team op Maat Jansen " * 5_000,
    "signs": "'" * 100_000,
    "apostrophes": "a'" * 50_000,
    "newlines": "Jan\n" * 25_000,
    "spaces": " " * 100_000,
    "postcodes": "1234 A " * 14_285,
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_no_text_makes_a_rule_slow(name: str) -> None:
    """Promise: each number rule at most 50 ms on a near miss of 100 kB, seven take 0.1 to 0.3 s."""
    text = NEAR_MISSES[name]

    def seconds() -> float:
        start = time.process_time()
        list(numbers_and_addresses(text))
        return time.process_time() - start

    assert min(seconds(), seconds()) < 2.0


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_no_text_makes_the_names_slow(name: str) -> None:
    """Promise: half a second for 100 kB of the worst words, numbering included."""
    text = NEAR_MISSES[name]
    start = time.process_time()
    proposals(text, names(text))
    assert time.process_time() - start < 8.0
