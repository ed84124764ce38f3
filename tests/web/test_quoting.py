"""Words of somebody between marks, and a how-might-we question however it was typed."""

from __future__ import annotations

import pytest

from smartstart.web.quoting import quoted
from smartstart.web.thread.words import whole_question


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Ik liep er langs.", "“Ik liep er langs.”"),
        ("“Ik liep er langs.”", "“Ik liep er langs.”"),
        (' "Ja" ', "“Ja”"),
        ("„Ja”", "“Ja”"),
        ("“Ja”, zei ze, “nee”", "“‘Ja’, zei ze, ‘nee’”"),
        ("Ze zei: “…ja.”", "“Ze zei: ‘…ja.’”"),
        ("Mevrouw ’t Hart", "“Mevrouw ’t Hart”"),
        ("“Ik ben een van de projectleden.", "“Ik ben een van de projectleden.”"),  # by hand
        ("Dat weet ik zeker.”", "“Dat weet ik zeker.”"),
        ("", "“”"),
    ],
)
def test_two_marks_never_stand_beside_each_other(words: str, shown: str) -> None:
    assert quoted(words) == shown


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("…de deur openen?", "Hoe kunnen we de deur openen?"),
        ("... de deur openen?", "Hoe kunnen we de deur openen?"),
        ("Hoe kunnen we… de deur openen?", "Hoe kunnen we de deur openen?"),
        ("Hoe kunnen we de deur openen?", "Hoe kunnen we de deur openen?"),
        ("How might we open the door?", "How might we open the door?"),
        ("Waarom is de deur dicht?", "Waarom is de deur dicht?"),
        ("Hoe kunnen weinig mensen veel doen?", "Hoe kunnen weinig mensen veel doen?"),
    ],
)
def test_a_question_is_read_whole_and_never_begins_twice(typed: str, read: str) -> None:
    assert whole_question(typed) == read
