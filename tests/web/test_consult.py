"""Questions without a name on the screen: asking, the three steps, the code, and who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.consult import operations_answering as answering
from smartstart.consult import operations_passing as passing
from smartstart.consult import queries
from smartstart.consult.models import Exchange, Remark, Tally
from tests.consult.people import BY_RULES, People, browser, by_code, people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
WORDS = "Mijn kind slaapt slecht, sinds 3-4-2016. Bel me op 06-12345678. Wat kan ik doen?"


@pytest.fixture
def room(db: None) -> Iterator[People]:
    with clock.fixed(AT):
        made = people(AT)
        made.know("fatima", "bas", "daan", about="slapen, slaapt slecht")
        yield made


def field(page: HttpResponse, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page.content.decode())
    assert found, f"{name} stands on the page"
    return unescape(found[1])


def words_of(page: HttpResponse) -> str:
    """Return what a page says, between its tags."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def asked_by_a_parent(client: Client) -> HttpResponse:
    """Go through the three steps; return the page with the code."""
    client.get("/ask/")
    check: Any = client.post("/ask/", {"words": WORDS, "kind": "parent", "place": ""})
    told = {"draft": field(check, "draft"), "choice_0": "change", "words_0": "twee jaar"}
    choose: Any = client.post("/ask/check/", told | {"choice_1": "leave", "words_1": ""})
    to = re.findall(r'name="to"\s+value="([^"]+)"', choose.content.decode())
    assert len(to) == 3
    sent: Any = client.post("/ask/send/", {"draft": field(choose, "draft"), "to": to[:2]})
    return sent  # type: ignore[no-any-return]


def test_a_parent_asks_decides_chooses_and_comes_back_by_code(room: People) -> None:
    client = Client()
    sent = asked_by_a_parent(client)
    exchange = Exchange.objects.get()

    assert "no-store" in sent.headers["Cache-Control"]
    assert (exchange.asker_kind, exchange.asker) == ("parent", exchange.ref)
    code = field(sent, "code")
    assert "-".join(code[at : at + 4] for at in range(0, 16, 4)) in words_of(sent)
    mine = by_code(code).get("/my-question/page/")
    assert "Mijn kind slaapt slecht, sinds twee jaar. Bel me op 06-12345678." in words_of(mine)
    assert "Wie pakt dit op:" in words_of(mine)
    assert "no-store" in mine.headers["Cache-Control"]


def test_the_box_warns_first_and_danger_is_said_again(room: People) -> None:
    page: Any = Client().get("/ask/")
    assert "Gevaar? Bel 112 of Veilig Thuis 0800-2000" in words_of(page)
    danger: Any = Client().post("/ask/", {"words": "Papa slaat mij.", "kind": "young_person"})
    assert "Bel nu: 112 of Veilig Thuis 0800-2000" in words_of(danger)
    assert "Ben je een kind? Bel de Kindertelefoon: 0800-0432" in words_of(danger)
    assert "Denk je aan zelfmoord? Bel 113: 0800-0113" in words_of(danger)


def test_each_finding_is_decided_by_a_person_and_nothing_is_kept_before(room: People) -> None:
    client = Client()
    client.get("/ask/")
    check: Any = client.post("/ask/", {"words": WORDS, "kind": "parent"})
    assert check.content.decode().count('<mark class="ss-finding">') == 4  # in place and by name
    none: Any = client.post("/ask/check/", {"draft": field(check, "draft"), "choice_0": "leave"})
    assert none.status_code == 422
    assert "Kies bij elk: veranderen of laten staan." in words_of(none)
    back: Any = client.post("/ask/", {"draft": field(check, "draft")})
    assert WORDS in unescape(back.content.decode())
    every: Any = client.post("/ask/check/", {"draft": field(check, "draft"), "all": "yes",
                                             "words_0": "een dag", "words_1": ""})  # fmt: skip
    assert "sinds een dag. Bel me op . Wat kan ik doen?" in words_of(every)
    nobody: Any = client.post("/ask/send/", {"draft": field(every, "draft")})
    assert nobody.status_code == 422
    assert not Exchange.objects.exists()
    assert client.get("/ask/check/").headers["Location"] == "/ask/"


def test_another_browser_opens_no_draft(room: People) -> None:
    one, other = Client(), Client()
    one.get("/ask/")
    other.get("/ask/")
    check: Any = one.post("/ask/", {"words": WORDS, "kind": "parent"})
    draft = {"draft": field(check, "draft"), "all": "yes"}
    assert other.post("/ask/check/", draft).status_code in {403, 409, 410, 422}
    with clock.fixed(AT + timedelta(hours=3)):
        assert one.post("/ask/check/", draft).status_code in {403, 409, 410, 422}


def test_sent_twice_it_is_asked_once_with_the_same_code(room: People) -> None:
    client = Client()
    client.get("/ask/")
    choose: Any = client.post("/ask/", {"words": "Hoe slaapt een kind?", "kind": "parent"})
    to = re.findall(r'name="to"\s+value="([^"]+)"', choose.content.decode())
    told = {"draft": field(choose, "draft"), "to": to[:1]}
    pages: list[Any] = [client.post("/ask/send/", told) for _ in range(2)]
    assert field(pages[0], "code") == field(pages[1], "code")
    assert Exchange.objects.count() == 1


def test_a_signed_in_parent_is_tied_to_nothing(room: People) -> None:
    account = room.hats["els"].account
    client = browser(room, "els")
    code = field(asked_by_a_parent(client), "code")
    exchange = Exchange.objects.get()
    lines = b"".join(bytes(one.body) for one in Line.objects.filter(folder=exchange.folder))
    for ref in (account.ref, account.person, room.hats["els"].ref):
        assert ref.hex.encode() not in lines
    opened: Any = client.post("/my-question/", {"code": code})
    assert opened.headers["Location"] == "/my-question/page/"
    assert "_auth_user_id" not in client.session


def test_who_signs_in_closes_the_question_that_was_open_here(room: People) -> None:
    client = Client()
    code = field(asked_by_a_parent(client), "code")
    client.post("/my-question/", {"code": code})
    assert client.session["question"] == Exchange.objects.get().ref.hex

    client.force_login(room.hats["els"].account)

    assert [name for name, _ in client.session.items() if "question" in name] == []


def test_half_a_sign_in_closes_the_question_too(room: People) -> None:
    """One key fits and the second is awaited: the session knows the account already."""
    account, client = room.hats["els"].account, Client()
    account.set_password("een lang wachtwoord voor els")
    account.save()
    TOTP.activate(account, generate_totp_secret())
    code = field(asked_by_a_parent(client), "code")
    client.post("/my-question/", {"code": code})
    told = {"login": "els", "password": "een lang wachtwoord voor els"}
    client.post("/account/sign-in/", told)

    kept = dict(client.session.items())
    assert "account_login" in kept
    assert [name for name in kept if "question" in name] == []


def test_a_wrong_code_and_too_many_tries(room: People) -> None:
    client = Client()
    tries: list[Any] = [client.post("/my-question/", {"code": "2222"}) for _ in range(9)]
    assert {one.status_code for one in tries} == {422}
    assert "Deze code opent niets." in words_of(tries[0])
    assert "kwartier" in words_of(tries[8])
    assert client.get("/my-question/page/").headers["Location"] == "/my-question/"


def test_from_the_teachers_question_to_it_helped(room: People) -> None:
    joost, bas, fatima = (browser(room, name) for name in ("joost", "bas", "fatima"))
    joost.get("/ask/")
    choose: Any = joost.post("/ask/", {"words": "Een kind slaapt in de klas. Wat nu?", "place": ""})
    to = [str(room.ref(name)) for name in ("fatima", "bas")]
    sent: Any = joost.post("/ask/send/", {"draft": field(choose, "draft"), "to": to})
    one = sent.headers["Location"]
    assert one == f"/consult/{Exchange.objects.get().ref}/"
    assert "Een kind slaapt in de klas." in words_of(bas.get("/consult/"))
    assert bas.post(f"{one}pick-up/").headers["Location"] == one
    late: Any = fatima.post(f"{one}pick-up/")
    assert (late.status_code, "Opgepakt door Bas, ergotherapeut" in words_of(late)) == (409, True)
    assert "Een kind slaapt" not in words_of(late)
    assert bas.post(f"{one}call-today/").headers["Location"] == one
    assert "Bas, ergotherapeut belt vandaag" in words_of(joost.get(one))
    bas.post(f"{one}ask-back/", BY_RULES | {"words": "Elke dag?"})
    joost.post(f"{one}say/", BY_RULES | {"words": "Ja, elke dag."})
    bas.post(
        f"{one}answer/", BY_RULES | {"words": "Gebeld. Kijk naar het licht.", "by_phone": "on"}
    )
    page = words_of(joost.get(one))
    assert "Ja, elke dag." in page
    assert "Ga verder in een kring" not in page  # Joost has no place in one
    assert "Dit is advies. Wie het vroeg, blijft zelf aan zet." in page
    assert "Iets doen met naam mag pas na een ja van het gezin." in page
    joost.post(f"{one}not-yet/", BY_RULES | {"why": "En thuis?"})
    page = words_of(bas.get(one))
    assert page.index("Kijk naar het licht.") < page.index("En thuis?") < page.index("Wat doe je?")
    bas.post(f"{one}answer/", BY_RULES | {"words": "Vraag de ouders."})
    joost.post(f"{one}helped/", BY_RULES | {"thanks": "Dank", "quarters_back": "4"})
    assert Exchange.objects.get().state == "closed"
    assert (Tally.objects.get().quarters_back, Remark.objects.count()) == (4, 5)


ADDRESSES = ("", "pick-up/", "decline/", "give/", "draw-in/", "answer/", "ask-back/", "say/",
             "helped/", "not-yet/", "call-today/")  # fmt: skip
OUTSIDE = ("karin", "daan", "wil", "marit", "ada", "els", "peer", "")


def test_who_reaches_which_address(room: People) -> None:
    """Every address of one question for everybody: who is no part of it finds nothing."""
    exchange = room.ask("fatima", "bas")
    found: dict[str, set[tuple[str, int]]] = {}
    for name in ("joost", "fatima", "bas", *OUTSIDE):
        client = browser(room, name)
        for address in ADDRESSES:
            page: Any = client.get(f"/consult/{exchange.ref}/{address}")
            found.setdefault(name, set()).add((address, page.status_code))
    gone = {(one, 405 if one in POST_ONLY else 404) for one in ADDRESSES} | {("answer/", 302)}
    gone -= {("answer/", 404)}
    signed_out = {(one, 405 if one in POST_ONLY else 302) for one in ADDRESSES}
    near = {(one, 405 if one in POST_ONLY else 404) for one in ADDRESSES}
    near = (near - {("", 404), ("answer/", 404)}) | {("", 200), ("answer/", 302)}
    acts = (near - {("give/", 404), ("draw-in/", 404)}) | {("give/", 200), ("draw-in/", 200)}
    not_answering = {("answer/", 404)}
    assert found["fatima"] == acts
    assert found["joost"] == found["bas"] == near
    for name in ("karin", "daan", "wil", "marit", "peer"):
        assert found[name] == gone, name
    for name in ("ada", "els"):
        assert found[name] == (gone - {("answer/", 302)}) | not_answering, name
    assert found[""] == signed_out


POST_ONLY = {"pick-up/", "call-today/", "decline/", "ask-back/", "say/", "helped/", "not-yet/"}


def test_nobody_outside_changes_anything(room: People) -> None:
    exchange = room.ask("fatima", "bas")
    before = room.again(exchange).version, room.turns(exchange), Remark.objects.count()
    told = {"words": "x", "why": "x", "to": str(room.ref("daan"))}
    for name in OUTSIDE:
        client = browser(room, name)
        for address in ADDRESSES[1:]:
            page: Any = client.post(f"/consult/{exchange.ref}/{address}", told)
            assert page.status_code == (404 if name else 302), (name, address)
    assert (room.again(exchange).version, room.turns(exchange), Remark.objects.count()) == before


def test_the_team_sees_that_it_waits_and_no_word_until_it_climbs(room: People) -> None:
    room.ask("fatima")
    marit = browser(room, "marit")
    early = words_of(marit.get("/consult/"))
    assert "1 vraag wacht bij iemand anders." in early
    assert "Een kind kruipt" not in early
    with clock.fixed(AT + timedelta(days=1)):
        marit = browser(room, "marit")
        assert "Een kind kruipt onder de tafel" in words_of(marit.get("/consult/"))
        assert "Er wacht 1 vraag zonder naam." in words_of(marit.get("/today/"))


def test_the_desk_leads_back_to_what_one_answered_asked_or_thinks_along_with(room: People) -> None:
    exchange = room.ask("fatima")
    passing.draw_in(room.actor("fatima"), exchange.ref, who=room.ref("bas"), at=AT)
    assert "Er wacht 1 vraag zonder naam." in words_of(browser(room, "bas").get("/today/"))
    link, over = f"/consult/{exchange.ref}/", "Deze vraag is klaar."
    asked_along = "Je bent gevraagd om mee te denken. Schrijf wat jij zou doen."
    assert asked_along in words_of(browser(room, "bas").get(link))
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)

    for name in ("fatima", "bas"):
        desk: Any = browser(room, name).get("/consult/")
        assert "Waar ik hielp" in words_of(desk), name
        assert link in desk.content.decode(), name
        assert "Gevraagd op 17 november, 9.00" in words_of(desk), name
        assert over not in words_of(desk), name
    assert not Line.objects.filter(folder=exchange.folder, deed="glanced").exists()
    answering.confirm(room.actor("joost"), exchange.ref, at=AT)
    for name in ("fatima", "bas", "joost"):
        desk = browser(room, name).get("/consult/")
        assert (link in desk.content.decode(), over in words_of(desk)) == (True, True), name
    assert link not in browser(room, "daan").get("/consult/").content.decode()


def test_the_desk_asks_eight_times_however_many_wait(room: People) -> None:
    for number in range(6):
        room.ask("fatima", "bas", at=AT - timedelta(minutes=number))
        answered = room.ask("fatima", at=AT - timedelta(minutes=number))
        answering.answer(room.actor("fatima"), answered.ref, words="Ja.", at=AT)
    actor = room.actor("fatima")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(queries.desk(Reading(actor, at=AT), actor).waits) == 6
    assert len(asked) <= 8, [one["sql"][:80] for one in asked.captured_queries]


def test_who_wears_several_roles_chooses_one_before_the_desk(room: People) -> None:
    hat = room.hats["fatima"]
    hat.pk, hat.ref, hat.role, hat.position = None, uuid4(), "researcher", None
    hat.save(force_insert=True)
    client = Client()
    client.force_login(hat.account)
    assert client.get("/consult/").headers["Location"].startswith(reverse("people:hats"))


def test_looking_at_the_desk_again_that_day_writes_no_second_glance(room: People) -> None:
    exchange = room.ask("fatima")
    fatima = browser(room, "fatima")
    for _time in range(3):
        assert fatima.get("/consult/").status_code == 200
    glances = Line.objects.filter(folder=exchange.folder, deed="glanced")
    assert [one.hat for one in glances] == [room.ref("fatima")]


def test_figures_are_counts_and_too_few_are_not_told(room: People) -> None:
    office = room.hats["els"]
    type(office).objects.filter(pk=office.pk).update(role="programme_office")
    for number in range(10):
        exchange = room.ask("bas", at=AT)
        at = AT + timedelta(minutes=number + 1)
        answering.answer(room.actor("bas"), exchange.ref, words="Ja.", at=at)
    assert browser(room, "ada").get("/consult/figures/").status_code == 404
    own = words_of(browser(room, "bas").get("/consult/figures/"))
    assert "Alleen jij ziet dit." in own
    assert "Je beantwoordde 10 vragen. De helft had binnen 5 minuten een antwoord." in own
    assert "kwartaal" not in own
    told = words_of(browser(room, "els").get("/consult/figures/"))
    assert re.search(r"4e kwartaal van 2026 niet gezegd gezondheid 10 5 9 0 0 0 0 0", told), told
    Tally.objects.order_by("-id")[0].delete()
    assert "Er is nog te weinig om te tellen" in words_of(
        browser(room, "els").get("/consult/figures/")
    )
