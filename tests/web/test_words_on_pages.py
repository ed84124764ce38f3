"""Words of the dictionary explain themselves wherever somebody reads what another wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.language.loading import load_terms
from tests.consult.people import by_code, people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
WORDS = "Mijn kind heeft een OTS en slaapt slecht. Wat is een OTS?"
# Where somebody reads on a page of a circle, of a question without a name, and of a pilot.
READ_THERE = (
    *("circle/entry.html", "circle/asked.html", "circle/_question_words.html"),
    *("circle/_story_card.html", "circle/_sees.html", "circle/_written.html"),
    *("consult/exchange.html", "consult/_said.html", "library/_answer.html"),
    *("thread/_public_solution.html", "thread/_form.html", "programme/_lesson.html"),
)


@pytest.mark.django_db
def test_a_word_explains_itself_in_a_question_without_a_name() -> None:
    load_terms()
    with clock.fixed(AT):
        people(AT).know("fatima", "bas", "daan", about="slapen, slaapt slecht")
        client = Client()
        client.get("/ask/")
        choose: Any = client.post("/ask/", {"words": WORDS, "kind": "parent", "place": ""})
        draft, *to = (
            re.findall(rf'name="{name}"\s+value="([^"]+)"', choose.content.decode())
            for name in ("draft", "to")
        )
        sent: Any = client.post("/ask/send/", {"draft": draft[0], "to": to[0][:1]})
        code = re.findall(r'name="code"\s+value="([^"]+)"', sent.content.decode())[0]
        page = by_code(code).get("/my-question/page/").content.decode()

    assert page.count('<button class="ss-term"') == 1, "once, where it first stands"
    button = re.search(r'popovertarget="([\w-]+)">OTS</button>', page)
    assert button is not None
    assert f'popover id="{button[1]}"' in page
    assert "Wat is een OTS?" in page


def test_what_people_wrote_is_never_shown_without_explaining() -> None:
    pages = Path(settings.PACKAGE) / "web" / "templates"
    assert [one for one in READ_THERE if "{% explained" not in (pages / one).read_text()] == []
