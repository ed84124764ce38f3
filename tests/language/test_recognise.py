"""Finding the words of the dictionary in a text: bent, compound, and never inside another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.language.inflected import forms_of
from smartstart.language.recognise import Known, Recogniser

WORDS = ["melding", "plan", "zorg", "schuld", "gezag", "opschalen", "kwetsbaar"]
WORDS += ["briefadres", "toeslag", "veiligheid", "crisis"]
KNOWN = Recogniser(
    [
        *map(Known, WORDS),
        Known("crisis", ("crises",)),
        Known("eigen kracht"),
        Known("ondertoezichtstelling", ("ots",)),
        Known("gecertificeerde instelling", ("gi", "gecertificeerde instellingen")),
        Known("zorg- en veiligheidshuis"),
    ]
)


def told(text: str) -> list[tuple[str, str]]:
    return [(found.word, text[found.start : found.end]) for found in KNOWN.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meldingen, PLANNEN en schulden.", "melding plan schuld"),
        ("Kwetsbare ouders met briefadressen.", "kwetsbaar briefadres"),
        ("opschalen opgeschaald opschaalt", "opschalen opschalen opschalen"),
        ("om op te schalen", "opschalen"),
        ("een zorgmelding, een jeugdzorgplan, een Wmo-melding", "melding plan melding"),
        ("huurtoeslagen", "toeslag"),
        ("op eigen kracht; eigen\nkracht", "eigen kracht,eigen kracht"),
        ("De OTS en de GI.", "ondertoezichtstelling,gecertificeerde instelling"),
        ("het zorg- en veiligheidshuis", "zorg- en veiligheidshuis"),
        ("twee crises", "crisis"),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, expected: str) -> None:
    words = expected.split(",") if "," in expected or "-" in expected else None
    if words is None:
        words = [expected] if expected == "eigen kracht" else expected.split()
    assert [word for word, _ in told(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "verzorging onschuld plank tirplan gezagvoerders complan",
        "eigen. Kracht",
        "eigen, kracht",
        "onbezorgd verzorgd bezorgdheid",
        "Zorg voor rust. Wij zorgen dat het lukt. Ik maak me zorgen.",
        "",
    ],
)
def test_nothing_is_found_inside_another_word(text: str) -> None:
    assert told(text) == []


def test_of_two_that_start_together_the_longest_is_found_and_each_once() -> None:
    text = "zorg, het zorg- en veiligheidshuis, zorg"

    assert [found.word for found in KNOWN.first_of_each(text)] == [
        "zorg",
        "zorg- en veiligheidshuis",
    ]


@given(st.lists(st.sampled_from([*WORDS, "en", "x.", "\n", "verzorging", "-"]), max_size=15))
def test_what_is_found_stands_there_in_order_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    at = 0
    for found in KNOWN.find(text):
        assert at <= found.start < found.end <= len(text)
        assert " ".join(text[found.start : found.end].casefold().split()) in forms_of(found.word)
        at = found.end


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("plan", {"plan", "plannen", "plans"}),
        ("maatregel", {"maatregelen"}),
        ("brief", {"brieven"}),
        ("maat", {"maten"}),
        ("huis", {"huizen"}),
        ("veiligheid", {"veiligheden"}),
        ("theorie", {"theorieën", "theories"}),
        ("ziekte", {"ziekten", "ziektes"}),
        ("foto", {"foto's", "foto’s"}),
        ("kwetsbaar", {"kwetsbare", "kwetsbaren"}),
        ("ambulant", {"ambulante"}),
        ("aanmelden", {"aanmeld", "aanmeldt", "aangemeld", "aan te melden"}),
        ("opschalen", {"opschaal", "opgeschaald"}),
        ("inpakken", {"inpak", "ingepakt"}),
        ("verhoren", {"verhoor", "verhoort", "verhoord"}),
        ("besluiten", {"besluit"}),
        ("bestraffen", {"bestraf", "bestraft"}),
        ("beleven", {"beleef"}),
    ],
)
def test_a_word_bends_as_dutch_is_spelled(word: str, some: set[str]) -> None:
    assert some <= forms_of(word)
