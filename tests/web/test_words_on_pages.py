"""Words of the dictionary explain themselves wherever somebody reads what another wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import strip_tags

from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult.models import Remark
from smartstart.language.loading import load_terms
from tests.consult.people import browser, by_code, people

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


@pytest.mark.django_db
def test_who_answers_reads_first_what_can_be_said_plainer_and_then_sends() -> None:
    with clock.fixed(AT):
        town = people(AT)
        exchange = town.ask("bas")
        bas = browser(town, "bas")
        page: Any = bas.get(f"/consult/{exchange.ref}/")
        assert "Kijk eerst hoe het leest" in page.content.decode()
        told = {"words": "Indien het kan, wordt u gebeld.", "told": "yes", "look": "yes"}
        look: Any = bas.post(f"/consult/{exchange.ref}/answer/", told)
        seen = " ".join(strip_tags(look.content.decode()).split())
        assert (look.status_code, Remark.objects.count()) == (200, 0)
        assert "Lees het nog één keer" in seen
        assert "Indien Dit klinkt als een kantoor. Zeg: als" in seen
        draft = re.findall(r'name="draft"\s+value="([^"]+)"', look.content.decode())[0]
        sent = bas.post(f"/consult/{exchange.ref}/answer/", {"draft": draft})
    assert (sent.status_code, Remark.objects.count()) == (302, 1)


def test_what_people_wrote_is_never_shown_without_explaining() -> None:
    pages = Path(settings.PACKAGE) / "web" / "templates"
    assert [one for one in READ_THERE if "{% explained" not in (pages / one).read_text()] == []
