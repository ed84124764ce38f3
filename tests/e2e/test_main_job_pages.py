"""Every page of the interviews: accessible, and fit for a phone."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Enter, faults, picture, sideways

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


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(enter: Enter, width: int) -> None:
    omar = enter("omar", width=width)
    found = []
    for name, address in PAGES.items():
        answer = omar.goto(address)
        assert answer is not None
        if answer.status != 200:
            found.append(f"{address} answers {answer.status}")
        found += faults(omar)
        if over := sideways(omar):
            found.append(f"{address} is {over} pixels too wide at {width}")
        if width == 1280:
            picture(omar, name, whole=not name.startswith("coderen"))

    assert not found, "\n".join(found)
