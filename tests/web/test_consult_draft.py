"""A question that could not be sent comes back in words, never as the sealed form it was in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult.models import Exchange
from smartstart.programme.models import Municipality, Region, Vindplaats
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


@pytest.mark.django_db
def test_the_place_of_the_form_and_a_rare_trait_together_are_shown() -> None:
    with clock.fixed(AT):
        made = people(AT)
        made.know("bas", about="slapen, slaapt slecht")
        office = made.hats["marit"].account
        client = Client()
        region = Region.objects.create(slug="de-regio", name="De regio", office=office)
        town = Municipality.objects.create(name="Tilburg", code="GM0855", region=region)
        place = Vindplaats.objects.create(
            name="De Vlinder", kind="primary_school", municipality=town
        )
        client.get("/ask/")
        words = "Hij zit in een rolstoel en slaapt slecht."
        near: Any = client.post("/ask/", {"words": words, "kind": "parent", "place": place.pk})
        nowhere: Any = client.post("/ask/", {"words": words, "kind": "parent", "place": ""})

    assert "in een rolstoel zegt samen met de rest wie het is" in words_of(near)
    assert "Wie mag meedenken?" in words_of(nowhere)


@pytest.mark.django_db
def test_no_other_language_is_offered_where_it_would_lose_the_words_or_the_code() -> None:
    with clock.fixed(AT):
        people(AT).know("bas", about="slapen, slaapt slecht")
        client = Client()
        first: Any = client.get("/ask/")
        told = {"words": "Mijn zoon jayden slaapt slecht.", "kind": "parent", "place": ""}
        check: Any = client.post("/ask/", told)
        draft = {"draft": field(check, "draft")}
        choose: Any = client.post("/ask/check/", draft | {"all": "yes", "words_0": "een kind"})
        to = re.findall(r'name="to"\s+value="([^"]+)"', choose.content.decode())
        sent: Any = client.post("/ask/send/", {"draft": field(choose, "draft"), "to": to})

    assert "English" in first.content.decode()
    assert field(sent, "code")
    for page in (check, choose, sent):
        assert "English" not in page.content.decode()
