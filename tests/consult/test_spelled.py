"""What somebody writes as they say it: numbers and mail in words, schools and surnames small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smartstart.consult import identity

PHONE = "nul zes twaalf vierendertig zesenvijftig achtenzeventig"


@pytest.fixture(autouse=True)
def _nobody_listens(settings: Any, tmp_path: Path) -> None:
    settings.LANGUAGE_SOCKET = tmp_path / "nobody.sock"


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.kind) for one in identity.check(text).found]


def test_what_is_said_in_words_is_found() -> None:
    for text, expected in [
        (f"Bel me op {PHONE}.", [(PHONE, "phone")]),
        (
            "nul zes een twee drie vier vijf zes zeven acht",
            [("nul zes een twee drie vier vijf zes zeven acht", "phone")],
        ),
        ("bel 06 twaalf, vierendertig, 56 78!", [("06 twaalf, vierendertig, 56 78", "phone")]),
        (
            "Twee keer bellen: nul een drie dubbel vijf 12 34 5",
            [("nul een drie dubbel vijf 12 34 5", "phone")],
        ),
        (
            "mail a punt b apenstaartje hotmail punt com",
            [("a punt b apenstaartje hotmail punt com", "mail")],
        ),
        ("het is x at kpn.nl", [("x at kpn.nl", "mail")]),
        ("hij zit op basisschool de vlinder", [("basisschool de vlinder", "school")]),
        ("ze gaat naar 2College", [("2College", "school")]),
        ("toen belde mevrouw bakker", [("mevrouw bakker", "name")]),
        ("meneer van der molen zegt nee", [("meneer van der molen", "name")]),
        ("daans moeder is ziek", [("daan", "name")]),
    ]:
        assert found(text) == expected, text
        assert identity.tells_for_certain(text) == (expected[0][1] in {"phone", "mail"}), text


def test_numbers_and_words_that_name_nobody_are_left_alone() -> None:
    for text in [
        "Ik heb nul, zes of acht keer gebeld en wacht al twaalf weken.",
        "Hij telt: nul een twee drie vier vijf zes zeven acht negen tien.",
        "Groep drie, vier, vijf en zes samen, dat zijn twintig of dertig kinderen.",
        "She is at school. De juf belt. We were at home. Be kind.",
        "Zij blijft op basisschool de hele dag alleen.",
        "De juf lacht en de meester bakker van het dorp ook.",
        "Onze dokter bakker",
        "Alles moeder, alles vader.",
        "een college over taal",
    ]:
        assert found(text) == [], text
