"""What is said after the question is looked at as the question was, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult import queries
from smartstart.consult.models import Exchange, Remark
from smartstart.consult.states import AskerKind
from smartstart.consult.steps import who_holds_the_code
from tests.consult.people import BY_RULES, CODE, People, browser, by_code, people
from tests.web.test_consult import field, words_of

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
NAMED = "Zij heet emma de vries en belt niet."


@pytest.fixture
def room(db: None) -> Iterator[People]:
    with clock.fixed(AT):
        yield people(AT)


def said(actor: Actor, exchange: Exchange) -> list[str]:
    """Return everything that stands after the question, with why somebody said no."""
    found = queries.exchange(Reading(actor, at=AT), actor, exchange.ref)
    return [*(one.words for one in found.said), *(one.why for one in found.happened if one.why)]


def test_what_is_said_after_the_question_is_looked_at_and_a_person_decides(room: People) -> None:
    exchange = room.ask("fatima", "bas", by="parent")
    asker = who_holds_the_code(exchange.ref)
    mother, bas, fatima = by_code(CODE), browser(room, "bas"), browser(room, "fatima")
    one = f"/consult/{exchange.ref}/"
    for who, address, box in (
        (fatima, f"{one}decline/", "why"),
        (bas, f"{one}ask-back/", "words"),
        (mother, "/my-question/say/", "words"),
        (bas, f"{one}answer/", "words"),
        (mother, "/my-question/not-yet/", "why"),
        (bas, f"{one}answer/", "words"),
        (mother, "/my-question/helped/", "thanks"),
    ):
        before = said(asker, exchange)
        look: Any = who.post(address, BY_RULES | {box: NAMED, "quarters_back": "4"})
        assert "Zegt dit wie het is?" in words_of(look), address
        assert '<mark class="ss-finding">emma de vries</mark>' in look.content.decode()
        assert "no-store" in look.headers["Cache-Control"]
        sealed = {"draft": field(look, "draft")}
        undecided: Any = who.post(address, sealed)
        assert undecided.status_code == 422, address
        assert said(asker, exchange) == before, address
        choice = {"choice_0": "change", "words_0": "een meisje"}
        assert who.post(address, sealed | choice).status_code == 302, address
        after = said(asker, exchange)
        assert len(after) == len(before) + 1, address
        assert sorted({*after} - {*before}) in (["Zij heet een meisje en belt niet."], [])
    assert room.again(exchange).state == "closed"
    assert room.again(exchange).tally.quarters_back == 4  # type: ignore[union-attr] # it has one


def test_a_person_may_leave_it_and_nobody_else_sends_what_was_looked_at(room: People) -> None:
    exchange = room.ask("bas")
    bas, one = browser(room, "bas"), f"/consult/{exchange.ref}/"
    look: Any = bas.post(f"{one}answer/", BY_RULES | {"words": NAMED, "by_phone": "on"})
    told = {"draft": field(look, "draft"), "choice_0": "leave"}

    assert browser(room, "bas").post(f"{one}answer/", told).status_code == 410
    assert bas.post(f"{one}ask-back/", told).status_code == 410
    assert browser(room, "daan").post(f"{one}answer/", {"words": NAMED}).status_code == 404
    assert not Remark.objects.exists()
    bas.post(f"{one}answer/", told)
    assert said(room.actor("bas"), exchange) == [NAMED]
    assert Remark.objects.get().by_phone


def test_who_was_not_told_that_only_rules_look_hears_it_first(room: People) -> None:
    exchange = room.ask("bas")
    bas, one = browser(room, "bas"), f"/consult/{exchange.ref}/"
    page: Any = bas.get(one)
    assert "We zoeken nu alleen op vaste regels." in words_of(page)
    assert field(page, "told") == "rules"
    look: Any = bas.post(f"{one}ask-back/", {"words": "Hoe oud?"})
    assert "We zoeken nu alleen op vaste regels." in words_of(look)
    assert not Remark.objects.exists()
    bas.post(f"{one}ask-back/", {"draft": field(look, "draft")})
    assert said(room.actor("bas"), exchange) == ["Hoe oud?"]


def test_what_cannot_be_kept_comes_back_on_the_page_with_its_error(room: People) -> None:
    exchange = room.ask("bas")
    bas, one = browser(room, "bas"), f"/consult/{exchange.ref}/"
    for told in ({"why": ""}, {"why": "a\0b"}, {"why": "a " * 400}, {"why": "\u200b\u202e"}):
        page: Any = bas.post(f"{one}decline/", BY_RULES | told)
        assert (page.status_code, "Een vraag zonder naam" in words_of(page)) == (422, True), told
    assert room.turns(exchange) == ["asked"]


def test_in_danger_nobody_is_chosen_beforehand_and_it_is_said_again(room: People) -> None:
    room.know("bas", about="slapen, slaapt slecht")
    client = Client()
    client.get("/ask/")
    told = {"words": "mn moeder slaat me elke dag en ik durf niet naar huis"}
    choose: Any = client.post("/ask/", told | {"kind": "young_person"})
    assert "Kindertelefoon: 0800-0432" in words_of(choose)
    assert " checked" not in choose.content.decode()
    exchange = room.ask("bas", by="parent", words=told["words"])
    mine: Any = by_code(CODE).get("/my-question/page/")
    assert "Is er nu iemand in gevaar?" in words_of(mine)
    assert "Is er nu iemand in gevaar?" not in words_of(
        browser(room, "bas").get(f"/consult/{exchange.ref}/")
    )


def test_the_page_says_in_whole_sentences_who_takes_over_and_that_nobody_works(
    room: People,
) -> None:
    room.ask("fatima", by="parent")
    mine = "/my-question/page/"
    tuesday: Any = by_code(CODE).get(mine)
    assert "Antwoordt niemand? Vanaf vandaag 17.00 uur valt Karin in." in words_of(tuesday)
    assert "aan het werk" not in words_of(tuesday)
    asked: Any = browser(room, "karin")
    own = room.ask("fatima", by="karin")
    page = words_of(asked.get(f"/consult/{own.ref}/"))
    assert "Antwoordt niemand? Vanaf morgen is Marit, coördinator aan de beurt." in page
    with clock.fixed(AT + timedelta(hours=11)):
        evening = words_of(by_code(CODE).get(mine))
        assert "Er is nu niemand aan het werk. Vanaf morgen weer." in evening
        assert "Vanaf morgen is Marit, coördinator aan de beurt." in evening


def test_a_closed_question_says_what_then_and_hours_are_not_asked_of_a_child(
    room: People,
) -> None:
    exchange = room.ask("bas", by="parent", kind=AskerKind.YOUNG_PERSON)
    mine, bas = by_code(CODE), browser(room, "bas")
    bas.post(f"/consult/{exchange.ref}/answer/", BY_RULES | {"words": "Ga slapen."})
    assert "uren op school" not in words_of(mine.get("/my-question/page/"))
    mine.post("/my-question/helped/", BY_RULES)
    more: Any = mine.post("/my-question/say/", BY_RULES | {"words": "En nu?"})
    assert "Deze vraag is dicht. Stel een nieuwe" in words_of(more)
    assert "Klaar met kijken" in words_of(mine.get("/my-question/page/"))


def test_a_right_code_opens_after_many_wrong_ones_of_one_address(room: People) -> None:
    room.ask("bas", by="parent")
    pupils = Client()
    tries: list[Any] = [pupils.post("/my-question/", {"code": "2222"}) for _ in range(9)]
    assert "kwartier" in words_of(tries[8])
    assert by_code(CODE).get("/my-question/page/").status_code == 200


def test_what_a_function_tells_counts_with_the_words(room: People) -> None:
    joost = browser(room, "joost")
    position = room.positions["joost"]
    type(position).objects.filter(pk=position.pk).update(called="leerkracht van groep 5/6")
    exchange = room.ask("bas")
    page = words_of(browser(room, "bas").get(f"/consult/{exchange.ref}/"))
    assert "Van leerkracht, " in page
    assert "groep 5" not in page
    told = {"words": "Een meisje in een rolstoel wil niet meer naar buiten.", "place": ""}
    joost.get("/ask/")
    assert "zegt samen met de rest wie het is" in words_of(joost.post("/ask/", told))
    bas, one = browser(room, "bas"), f"/consult/{exchange.ref}/ask-back/"
    assert "zegt samen met de rest" in words_of(bas.post(one, BY_RULES | {"words": told["words"]}))


def test_in_another_language_the_page_says_that_dutch_names_are_known(room: People) -> None:
    room.know("bas", about="sleep, school")
    client = Client()
    client.get("/ask/")
    told = {"words": "My son does not sleep and he is afraid of the school.", "kind": "parent"}
    assert "Wij kennen alleen Nederlandse namen." in words_of(client.post("/ask/", told))
