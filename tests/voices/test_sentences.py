"""Sentences: what a person coding without a mouse steps through."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.voices.transcripts import sentences

WORDS = (
    "Zij zei “Ja. Nee.” bijv. o.a. dhr. Dhr. mw. dr. nr. 7 3.5 enz. J. de Vries … ... ?! ? ! \n "
    "\n\n ‘s ( ) ; : — • \t \u00a0 \u200b \u202e שלום. مرحبا؟ 你好。再见 é 🙂 A.B. http://a.b/c"
)
DUTCH = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.one_of(st.text(), DUTCH))
@example("")
@example("...")
@example("\n\n \n")
@example("Hoi.\rDag.")
def test_sentences_hold_every_character_once_in_order(text: str) -> None:
    found = sentences(text)

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(text[start:end].strip() == text[start:end] for start, end in found)
    held = [place for start, end in found for place in range(start, end)]
    assert [c for c in map(text.__getitem__, held) if not c.isspace()] == [
        c for c in text if not c.isspace()
    ]
    assert all("\n" not in text[start:end] for start, end in found)


@pytest.mark.parametrize(
    "expected",
    [
        ["Dat is zo.", "Zij komt morgen."],
        ["Er is van alles, bijv. Eten of o.a. Kleding, dus kom gerust."],
        ["Dhr. De Wit en mw. Jansen zijn er.", "Dr. Bos komt nog."],
        ["Zij woont op nr. 7 met prof. dr. J.A. de Vries."],
        ["Het kost 3.5 euro.", "En dat om 15.30 uur."],
        ["Brood, kaas, enz.", "Dat haal je hier."],
        ["“Ik kom.", "Jij ook?”", "Zij knikte."],
        ["“Wat?” zei ze.", "Hij zweeg."],
        ["Ik dacht… misschien niet.", "En toen…", "Kwam zij."],
        ["Wacht... wat zei je?", "Niets..."],
        ["Hè?", "nee toch!", "ja."],
        ["1. Eerst bellen.", "2. Dan komen."],
        ["Hij was 15.", "Toen verhuisde hij."],
        ["Toen kwam Jan.", "Hij bleef."],
        ["Zie https://voorbeeld.nl/pad.html voor meer."],
        ["Mail naar info@voorbeeld.nl.", "Dank!"],
        ["‘dweilen met de kraan open’; mensen helpen."],
        ["(Zij lacht.)", "Daarna is het stil."],
        ["שלום לך.", "מה שלומך?"],
        ["你好。", "再见。"],
    ],
    ids=lambda expected: expected[0][:24],
)
def test_dutch_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    text = "".join(expected) if expected[0].endswith("。") else " ".join(expected)

    assert pieces(text) == expected


def test_a_line_end_ends_a_sentence() -> None:
    assert pieces("Wie ben jij\n\nIk ben Noor") == ["Wie ben jij", "Ik ben Noor"]


def test_300_000_characters_of_dutch_take_less_than_300_ms() -> None:
    text = "Dat is een zin van acht woorden, bijv. deze. " * 6700

    assert min(_seconds_for(text) for _ in range(3)) < 0.3


@pytest.mark.parametrize(
    "text",
    ["." * 300_000 + "x", "A." * 150_000, '.")' * 100_000, ". " * 150_000, "(" * 300_000,
     "a" * 300_000, "\n." * 150_000, "。" * 300_000 + "x", "a.(" * 100_000],
    ids=["dots", "initials", "closers", "spaced dots", "openers", "one word", "lines", "stops",
         "dots and openers"],
)  # fmt: skip
def test_no_text_of_that_length_is_slow(text: str) -> None:
    assert min(_seconds_for(text) for _ in range(2)) < 2


def _seconds_for(text: str) -> float:
    begun = time.process_time()
    sentences(text)
    return time.process_time() - begun
