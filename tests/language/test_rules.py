"""When one word means different things: pure rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smartstart.language.inflected import forms_of
from smartstart.language.recognise import Known, Recogniser
from smartstart.language.rules import Clash, clashes

SCHOOL, POLICE, HEALTH = "education", "police_justice", "health"
MEANINGS = {
    "melding": {SCHOOL: "een briefje", POLICE: "een nummer"},
    "eigen kracht": {SCHOOL: "wat je kunt", POLICE: "een plan"},
    "zorg": {SCHOOL: "hulp", POLICE: "hulp", HEALTH: "behandeling"},
}
KNOWN = Recogniser(Known(word) for word in MEANINGS)


def test_each_clash_is_told_once_where_it_first_stands() -> None:
    text = "Er kwamen Meldingen. Op eigen kracht deed zij een melding over zorg."

    assert clashes(text, KNOWN, MEANINGS, domains={SCHOOL, POLICE}) == [
        Clash("melding", 10, 19, ((SCHOOL, "een briefje"), (POLICE, "een nummer"))),
        Clash("eigen kracht", 24, 36, ((SCHOOL, "wat je kunt"), (POLICE, "een plan"))),
    ]


def test_a_field_that_is_not_there_does_not_clash() -> None:
    assert clashes("zorg en een melding", KNOWN, MEANINGS, domains={SCHOOL, HEALTH}) == [
        Clash("zorg", 0, 4, ((SCHOOL, "hulp"), (HEALTH, "behandeling")))
    ]
    assert clashes("zorg en een melding", KNOWN, MEANINGS, domains={SCHOOL}) == []
    assert (
        clashes("een verzorging van het vermeldingsboek", KNOWN, MEANINGS, domains={SCHOOL, POLICE})
        == []
    )
    assert clashes("melding", KNOWN, {}, domains={SCHOOL, POLICE}) == []


@given(
    st.lists(
        st.sampled_from(["melding", "Zorgen", "eigen", "kracht", "en", ".", "\n"]), max_size=12
    ),
    st.sets(st.sampled_from([SCHOOL, POLICE, HEALTH])),
)
def test_what_is_told_stands_there_and_differs(parts: list[str], domains: set[str]) -> None:
    text = " ".join(parts)

    found = clashes(text, KNOWN, MEANINGS, domains=domains)
    assert [clash.start for clash in found] == sorted({clash.start for clash in found})
    for clash in found:
        assert " ".join(text[clash.start : clash.end].casefold().split()) in forms_of(clash.word)
        assert len({meaning for _domain, meaning in clash.meanings}) > 1
        assert {domain for domain, _meaning in clash.meanings} <= domains
