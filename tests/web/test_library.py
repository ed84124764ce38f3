"""The pages of learned answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import strip_tags

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult import operations_answering as answering
from smartstart.consult.models import AnswerDraft, LearnedAnswer, Returning
from smartstart.programme.models import Municipality, Region, Vindplaats
from tests.consult.people import People, browser, people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)  # a Tuesday
NEW = {
    "question": "Wat helpt een leerling die schrikt van lawaai?",
    "answer": "Een vaste rustige plek. Jansen weet er meer van.",
}
TELLS = NEW | {"answer": f"{NEW['answer']} Bel 06-12345678."}
pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[People]:
    with clock.fixed(AT):
        yield people(AT)


def words(response: Any) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    body = main.group() if main else response.content.decode()
    return re.sub(r"\s+", " ", unescape(strip_tags(body)))


def test_from_an_answer_to_the_library_by_two_people_and_to_who_types(
    room: People, django_assert_max_num_queries: Any
) -> None:
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)
    fatima, bas, visitor = browser(room, "fatima"), browser(room, "bas"), Client()
    write = f"/consult/{exchange.ref}/learned/"
    assert f'href="{write}"' in fatima.get(f"/consult/{exchange.ref}/").content.decode()

    assert fatima.post(write, NEW | {"answer": ""}).status_code == 422
    look = words(fatima.post(write, TELLS | {"step": "look"}))
    doubts = look.split("Zegt dit wie het is?")[1]
    assert "06-12345678" in doubts
    assert "Jansen" in doubts
    assert fatima.post(write, TELLS | {"step": "send"}).status_code == 422
    assert AnswerDraft.objects.count() == 0
    plain = NEW | {"answer": "Een vaste rustige plek, en zeg wat er komt."}
    assert fatima.post(write, plain | {"step": "change"}).status_code == 200
    assert fatima.post(write, plain | {"step": "send"}).status_code == 302

    draft = AnswerDraft.objects.get()
    assert "1 antwoord wacht" in words(bas.get("/library/"))
    assert "wacht" not in words(browser(room, "karin").get("/library/"))
    assert NEW["question"] in words(bas.get("/library/drafts/"))
    page = f"/library/drafts/{draft.ref}/"
    assert "We vonden niets" in words(bas.get(page))
    assert "Zet het erin" not in words(fatima.get(page))
    assert browser(room, "karin").get(page).status_code == 404
    bas.post(page, {"say": "yes"})

    learned = LearnedAnswer.objects.get()
    with django_assert_max_num_queries(6):
        assert NEW["question"] in words(visitor.get("/library/"))
    asked = {"words": "Hoe help ik een leerling die bang is van lawaai?"}
    assert NEW["question"] in words(visitor.post("/library/similar/", asked))
    assert NEW["question"] in words(visitor.post("/library/", {"q": "leerling lawaai"}))
    assert words(visitor.post("/library/similar/", {"words": "geld"})).strip() == ""
    assert "nog geen antwoord" in words(visitor.post("/library/", {"q": "huur te hoog"}))
    assert bas.post(f"/library/{learned.ref}/came-back/", {"place": "0"}).status_code == 302


def test_what_is_not_right_is_destroyed(room: People) -> None:
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)
    send = NEW | {"step": "send"}
    browser(room, "fatima").post(f"/consult/{exchange.ref}/learned/", send)
    draft = AnswerDraft.objects.get()
    with clock.fixed(AT + timedelta(hours=1)):
        browser(room, "marit").post(f"/library/drafts/{draft.ref}/", {"say": "no"})
    assert (AnswerDraft.objects.count(), LearnedAnswer.objects.count()) == (0, 0)


def test_lines_of_a_question_and_a_draft_name_functions_and_no_human_being(room: People) -> None:
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)
    fatima, bas = browser(room, "fatima"), browser(room, "bas")
    fatima.get(f"/consult/{exchange.ref}/learned/")
    fatima.post(f"/consult/{exchange.ref}/learned/", NEW | {"step": "send"})
    draft = AnswerDraft.objects.get()
    bas.get("/library/drafts/")
    bas.get(f"/library/drafts/{draft.ref}/")

    lines = list(Line.objects.filter(folder__in=[exchange.folder_id, draft.folder_id]))
    told = b"".join(bytes(one.body) for one in lines)
    assert [one.deed for one in lines].count("read") == 3
    assert room.ref("fatima").hex.encode() in told
    assert room.ref("bas").hex.encode() in told
    for name in ("fatima", "bas"):
        hat = room.hats[name]
        for ref in (hat.ref, hat.account.ref, hat.account.person):
            assert ref.hex.encode() not in told
    assert [one.origin for one in lines if one.origin] == []


def test_one_function_counts_a_question_at_a_place_once_a_day(room: People) -> None:
    office = room.hats["marit"].account
    region = Region.objects.create(slug="de-regio", name="De regio", office=office)
    town = Municipality.objects.create(region=region, code="GM0855", name="Tilburg")
    places = [
        Vindplaats.objects.create(name=name, kind="primary_school", municipality=town)
        for name in ("De Regenboog", "De Vlinder")
    ]
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)
    browser(room, "fatima").post(f"/consult/{exchange.ref}/learned/", NEW | {"step": "send"})
    bas, draft = browser(room, "bas"), AnswerDraft.objects.get()
    bas.post(f"/library/drafts/{draft.ref}/", {"say": "yes"})
    counted = f"/library/{LearnedAnswer.objects.get().ref}/came-back/"

    for _again in range(12):
        bas.post(counted, {"place": places[0].pk})
    bas.post(counted, {"place": places[1].pk})
    browser(room, "daan").post(counted, {"place": places[0].pk})
    with clock.fixed(AT + timedelta(days=1)):
        browser(room, "bas").post(counted, {"place": places[0].pk})

    told = Returning.objects.order_by("place__name").values_list("place__name", "times")
    assert list(told) == [("De Regenboog", 3), ("De Vlinder", 1)]


def test_who_recognises_somebody_takes_it_away_until_somebody_looked(room: People) -> None:
    told = {"question": NEW["question"], "answer": NEW["answer"], "shared_on": AT.date()}
    learned = LearnedAnswer.objects.create(
        ref=uuid4(), domain="education", checked_domain="health", **told
    )
    visitor, bas = Client(), browser(room, "bas")
    assert "Ik herken hier iemand in" in words(visitor.get("/library/"))
    said: Any = visitor.post(f"/library/{learned.ref}/report/", follow=True)
    assert "Dank dat je dit zegt." in words(said)
    assert NEW["question"] not in words(said)
    assert "In 1 antwoord herkent iemand een mens" in words(bas.get("/library/"))
    assert NEW["question"] in words(bas.get("/library/reported/"))
    page = f"/library/reported/{learned.ref}/"
    assert "Jansen" in words(bas.get(page)).split("Zegt dit wie het is?")[1]
    for name in ("els", "ada", "peer"):
        assert browser(room, name).get("/library/reported/").status_code == 404
        assert browser(room, name).post(page, {"say": "no"}).status_code == 404
    assert bas.post(page, {"say": "no"}).headers["Location"] == "/library/reported/"
    assert not LearnedAnswer.objects.exists()
    tries = {visitor.post(f"/library/{learned.ref}/report/").status_code for _ in range(11)}
    assert tries == {404, 503}
