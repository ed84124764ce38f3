"""A coded text as HTML: every character once, in its place, and nothing of it is markup."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.voices.transcripts import sentences
from smartstart.web.voices.marking import (
    Marked,
    Paragraph,
    Sheet,
    Strip,
    coded,
    colour_of,
    pseudonyms,
)

TEXT = st.text(st.sampled_from("ab <>&\"'.[]\n“é😀"), max_size=60)
STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>.*?</sup>", "", html)))


def strips(text: str, places: list[tuple[int, int]]) -> list[Strip]:
    found = [
        (min(a, b), min(max(a, b), len(text)))
        for a, b in places
        if min(a, b) < min(max(a, b), len(text))
    ]
    return [
        coded(Marked(f"c{number}", a, b, number, "Naam <b>&"))
        for number, (a, b) in enumerate(found, 1)
    ]


@given(TEXT, STRETCHES)
@example("<script>a</script>", [(0, 8), (4, 20)])
@example("een twee drie", [(0, 8), (4, 13), (4, 8)])
def test_every_character_stands_once_and_is_no_markup(
    text: str, places: list[tuple[int, int]]
) -> None:
    sheet = Sheet(text, sentences(text), [*strips(text, places), *pseudonyms(text)])

    assert bare(sheet.drawn(0, len(text))) == text
    assert "<b>" not in sheet.drawn(0, len(text))


@given(TEXT, STRETCHES)
def test_elements_are_nested_and_closed(text: str, places: list[tuple[int, int]]) -> None:
    html = Sheet(text, sentences(text), strips(text, places)).drawn(0, len(text))

    is_open: list[str] = []
    for closes, name in re.findall(r"<(/?)(mark|sup|a|span)\b", html):
        if not closes:
            is_open.append(name)
        else:
            assert is_open.pop() == name
    assert is_open == []


@given(TEXT, STRETCHES)
def test_each_code_says_its_number_once_where_it_ends(
    text: str, places: list[tuple[int, int]]
) -> None:
    put = strips(text, places)
    html = Sheet(text, sentences(text), put).drawn(0, len(text))

    for strip in put:
        assert html.count(strip.end_mark) == 1
        assert strip.end == len(bare(html[: html.index(strip.end_mark)]))


def test_two_codes_that_overlap_are_stacked() -> None:
    text = "Ik durfde niet naar binnen."
    first = coded(Marked("a", 0, 14, 1, "schaamte"))
    second = coded(Marked("b", 10, 27, 2, "te laat"), chosen=True)

    html = Sheet(text, [(0, 27)], [second, first]).drawn(0, 27)

    assert html == (
        '<mark class="ss-code ss-code--1" data-coding="a">Ik durfde '
        '<mark class="ss-code ss-code--2 ss-code--chosen" data-coding="b">niet</mark>'
        '<sup><a href="?piece=a#ca" id="ca" aria-label="1 schaamte">1</a></sup></mark>'
        '<mark class="ss-code ss-code--2 ss-code--chosen" data-coding="b"> naar binnen.'
        '<sup><a href="?piece=b#cb" id="cb" aria-label="2 te laat">2</a></sup></mark>'
    )


def test_paragraphs_are_numbered_by_their_first_sentence_and_a_question_says_so() -> None:
    text = "Wat hielp?\n\nKoffie. En tijd."
    rows = Sheet(text, sentences(text), []).rows(
        [Paragraph(1, 0, 10, asks=True), Paragraph(2, 12, 28)], {"asks": "Vraag:"}
    )

    assert rows == (
        '<li id="p1"><span class="ss-transcript__number">1</span><div data-paragraph="1">'
        '<strong>Vraag:</strong> <span class="ss-sentence" id="z1" data-at="0">Wat hielp?</span>'
        '</div></li><li id="p2"><span class="ss-transcript__number">2</span>'
        '<div data-paragraph="2"><span class="ss-sentence" id="z2" data-at="12">Koffie.</span> '
        '<span class="ss-sentence" id="z3" data-at="20">En tijd.</span></div></li>'
    )


def test_there_are_nine_colours_and_the_number_goes_on() -> None:
    assert [colour_of(number) for number in (1, 9, 10, 19)] == [1, 9, 1, 1]
