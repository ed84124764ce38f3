"""A question that could not be sent comes back in words, never as the sealed form it was in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult.models import Exchange
from tests.consult.people import people
from tests.web.test_consult import field, words_of

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
WORDS = "Mijn kind slaapt slecht. Wat kan ik doen?"


def chosen(client: Client) -> str:
    client.get("/ask/")
    page: Any = client.post("/ask/", {"words": WORDS, "kind": "parent", "place": ""})
    return field(page, "draft")


@pytest.mark.django_db
def test_a_question_that_is_not_sent_comes_back_in_words() -> None:
    with clock.fixed(AT):
        people(AT).know("bas", about="slapen, slaapt slecht")
        client = Client(headers={"Origin": "http://testserver"})
        draft = chosen(client)
        refused: Any = client.post("/ask/send/", {"draft": draft, "to": [str(uuid4())]})
    with clock.fixed(AT + timedelta(hours=3)):
        late: Any = client.post("/ask/send/", {"draft": draft, "to": [str(uuid4())]})
        broken: Any = client.post("/ask/send/", {"draft": "broken", "to": [str(uuid4())]})

    assert refused.status_code == 422
    assert WORDS in words_of(refused)
    for page in (refused, late, broken):
        assert draft not in page.content.decode()
        assert "Smart Start" not in page.content.decode()
    for page in (late, broken):
        assert page.status_code == 410
        assert "Schrijf je vraag opnieuw" in words_of(page)
    assert not Exchange.objects.exists()
