"""A guardian is a function: it reads, says yes or no at work; and what a law leaves no choice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from smartstart.circle.models import Circle, Ground
from smartstart.circle.operations_authority import state_authority
from smartstart.circle.operations_questions import answer, ask_question
from smartstart.circle.operations_sharing import ask_ground
from smartstart.circle.queries_deciding import decisions, decisions_asked
from smartstart.circle.rules import Edge, edges_from
from smartstart.circle.states import AuthorityKind, GroundKind
from tests.cast import Cast
from tests.circle.asking import asking
from tests.circle.kin import kin
from tests.web.test_circle_deciding import at, basis_of, come
from tests.web.test_thread import words_of


def test_the_birthdays_that_change_something_are_told_half_a_year_before() -> None:
    born = date(2012, 2, 29)
    assert edges_from(born, date(2024, 2, 29)) == (
        Edge(16, date(2028, 2, 29), is_near=False),
        Edge(18, date(2030, 3, 1), is_near=False),
    )
    assert edges_from(born, date(2029, 8, 30)) == (Edge(18, date(2030, 3, 1), is_near=True),)
    assert edges_from(born, date(2029, 8, 29))[0].is_near is False
    assert edges_from(born, date(2030, 3, 1)) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("at_now")
def test_a_guardian_says_yes_and_stops_and_a_law_leaves_no_choice(cast: Cast) -> None:
    home = kin(cast.now)
    noor, part = home.members["noor"].ref, home.parts["here noor"].ref
    anouk, wil, fatima = (come(home, name) for name in ("anouk", "wil", "fatima"))
    for name in ("fatima", "daan"):
        home.seat(name, "here noor", called=name.title())
    state_authority(
        home.actor("anouk"),
        home.circles["here"].ref,
        noor,
        who=home.receiver("wil"),
        kind=AuthorityKind.GUARDIAN,
        at=home.at,
    )
    by_law = "Alles over Noor, als voogd."
    assert by_law in words_of(anouk.get(at(home, "sharing")))
    assert "Nu leest niemand iets." not in words_of(anouk.get(at(home, "sharing")))
    there = reverse("circle:sharing", args=[home.circles["there"].ref])
    assert by_law not in words_of(come(home, "dennis").get(there))
    asked = ask_ground(
        home.actor("anouk"), part, receiver=home.receiver("fatima"), purpose="slapen", at=home.at
    )
    assert asked.state == "asked"
    told = words_of(wil.get(reverse("circle:today")))
    assert "Iemand wacht op jouw ja of nee." in told
    yes_or_no = f'href="{reverse("circle:decisions")}">Ja of nee'
    assert yes_or_no in wil.get(reverse("circle:today")).content.decode()
    assert yes_or_no not in fatima.get(reverse("circle:today")).content.decode()
    page = reverse("circle:decision", args=[asked.ref])
    assert page in wil.get(reverse("circle:decisions")).content.decode()
    assert "Mag Fatima dit lezen?" in words_of(wil.get(page))
    assert fatima.get(page).status_code == 404
    wil.post(page, {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.state == "granted"
    must = reverse("circle:must", args=[part])
    law = {"receiver": str(home.receiver("daan")), "law": "supervision_order"}
    assert fatima.post(must, law).status_code == 422
    fatima.post(must, law | {"until": home.in_days(30).isoformat()})
    ground = Ground.objects.get(must=True)
    assert ground.basis == basis_of(home, "daan")
    page_of_family = words_of(anouk.get(at(home, "decide", ground.ref)))
    assert "Dit moet, omdat" in page_of_family
    assert "Jeugdwet 7.3.11 lid 4" in page_of_family
    wil.post(page, {"answer": "stop"})
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert not Ground.objects.filter(kind=GroundKind.SEAT, state="granted").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("at_now")
def test_where_nobody_else_can_the_page_says_what_to_do(cast: Cast) -> None:
    home = kin(cast.now)
    home.seat("peer", "here noor", called="Peer")
    home.ground("peer", "here noor", GroundKind.SEAT)
    here = Circle.objects.filter(pk=home.circles["here"].pk)
    here.update(coordinator=home.receiver("peer"))
    peer, part = come(home, "peer"), home.parts["here noor"].ref
    asked = peer.get(reverse("circle:after_ask", args=[home.circles["here"].ref]))
    assert "Vraag het gezin om iemand te kiezen." in words_of(asked)
    assert b"<form" not in asked.content.split(b"<main")[1].split(b"</main>")[0]
    apart = peer.get(reverse("circle:kept_write", args=[part]))
    assert "Niemand die je hier kent, kan de tweede zijn" in words_of(apart)


@pytest.mark.django_db
def test_a_guardian_of_many_children_asks_as_many_queries_as_of_one(cast: Cast) -> None:
    home = kin(cast.now)
    noor, wil = home.members["noor"].ref, home.receiver("wil")
    state_authority(
        home.actor("anouk"),
        home.circles["here"].ref,
        noor,
        who=wil,
        kind=AuthorityKind.GUARDIAN,
        at=home.at,
    )
    asked = []
    for name in ("fatima", "daan", "karin", "peer"):
        home.seat(name, "here noor", called=name.title())
        ask_ground(
            home.actor("anouk"),
            home.parts["here noor"].ref,
            receiver=home.receiver(name),
            purpose="slapen",
            at=home.at,
        )
        with CaptureQueriesContext(connection) as queries:
            found = decisions(home.reading("wil"))
        asked.append((len(found), len(queries)))
    assert [number for number, _queries in asked] == [1, 2, 3, 4]
    assert len({queries for _number, queries in asked}) == 1, asked


@pytest.mark.django_db
@pytest.mark.usefixtures("at_now")
def test_nobody_new_is_asked_for_a_yes_that_opens_nothing(cast: Cast) -> None:
    home = asking(cast.now).kin
    asked = [
        ask_question(
            home.actor("anouk"),
            home.parts["here noor"].ref,
            to=home.receiver("fatima"),
            title=title,
            words="Zij is moe.",
            at=home.at,
        )
        for title in ("Dit is klaar", "Dit loopt nog")
    ]
    answer(home.actor("fatima"), asked[0].ref, words="Ja.", at=home.at)
    state_authority(
        home.actor("anouk"),
        home.circles["here"].ref,
        home.members["noor"].ref,
        who=home.receiver("wil"),
        kind=AuthorityKind.GUARDIAN,
        at=home.at,
    )
    assert [one.title for one in decisions(home.reading("wil"))] == ["Dit loopt nog"]
    assert decisions_asked(home.actor("wil"), on=home.today).count() == 1
    shared = words_of(come(home, "anouk").get(at(home, "sharing")))
    assert "Dit loopt nog" in shared
    assert "Dit is klaar" not in shared
