"""Every page of the interviews as the guide shows it."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Enter, picture

pytestmark = pytest.mark.browser
PILOT = "/pilots/voedselbank"
PAGES = {
    "gesprekken": f"{PILOT}/interviews/",
    "gesprek-plannen": f"{PILOT}/interviews/plan/",
    "codeboek": f"{PILOT}/codes/",
    "gesprek": "/interviews/1/",
    "toestemming": "/interviews/1/consent/",
    "terugnemen": "/interviews/1/withdraw/",
    "tekst": "/interviews/1/text/",
    "coderen-klaar": "/interviews/1/coding/",
    "naast-elkaar": "/interviews/1/merging/",
    "citaten": "/interviews/1/quotes/",
    "kaartje": "/interviews/1/card/",
    "coderen": "/interviews/2/coding/",
    "zin-voor-zin": "/interviews/2/coding/sentences/3/",
}


def test_the_pages_of_the_guide_are_drawn(enter: Enter) -> None:
    """That they are accessible and fit is found by ``test_every_page.py``."""
    omar = enter("omar")
    wrong = []
    for name, address in PAGES.items():
        answer = omar.goto(address)
        assert answer is not None
        if answer.status != 200:
            wrong.append(f"{address} answers {answer.status}")
        picture(omar, name, whole=not name.startswith("coderen"))

    assert wrong == []
