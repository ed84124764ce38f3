"""The page of who looked: its sentences, its receipts, and who has no such page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.models import Line
from smartstart.circle.models import Question
from smartstart.circle.states import GroundKind, QuestionKind
from smartstart.circle.weeks import Week
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(now: datetime) -> Kin:
    return kin(now)


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def looks(home: Kin, circle: str = "here") -> str:
    return reverse("circle:looks", args=[home.circles[circle].ref])


def test_one_sentence_per_person_then_what_exactly(
    home: Kin, come: Callable[[str], Client]
) -> None:
    asked = home.question("here noor", "Slapen", holder="fatima")
    police = home.question("here noor", "Fietsen", holder="peer")
    home.seat("fatima", "here noor", called="Fatima", face="fatima")
    home.reads("fatima", asked, at=home.at - timedelta(hours=25))
    home.reads("karin", asked, at=home.at - timedelta(hours=3))
    home.reads("peer", police, at=home.at - timedelta(hours=2))

    page = words_of(come("anouk").get(looks(home)))

    assert page.startswith("Wie keek er mee? Deze week keken 3 mensen mee.")
    assert (
        "Iemand van de politie las 1 keer mee, om te antwoorden op “Fietsen”. "
        "Waarom? Iemand van de politie Wat precies? Vrijdag 8.00 uur: jouw vraag “Fietsen” "
        "Karin las 1 keer mee, omdat Fatima er niet was. "
        "Waarom? Karin Wat precies? Vrijdag 7.00 uur: jouw vraag “Slapen” "
        "Fatima las 1 keer mee, om te antwoorden op “Slapen”. "
        "Waarom? Fatima Wat precies? Donderdag 9.00 uur: jouw vraag “Slapen”"
    ) in page
    assert "16 tot en met 22 november" in page
    assert "Peer" not in page


def test_an_empty_week_says_so_and_the_week_before_is_one_tap_away(
    home: Kin, come: Callable[[str], Client]
) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    home.reads("fatima", entry, at=Week.of(home.today).before.since)
    anouk = come("anouk")

    now = words_of(anouk.get(looks(home)))
    before = words_of(anouk.get(f"{looks(home)}{Week.of(home.today).before.monday}/"))

    assert "Deze week keek niemand mee." in now
    assert "De week ervoor: 1 mens" in now
    assert "Fatima las 1 keer mee." in before
    assert "9 tot en met 15 november" in before


@pytest.mark.parametrize("monday", ["2026-11-17", "2027-01-04", "2026-13-01", "morgen"])
def test_a_day_that_is_no_past_monday_has_no_page(
    home: Kin, come: Callable[[str], Client], monday: str
) -> None:
    assert come("anouk").get(f"{looks(home)}{monday}/").status_code == 404


@pytest.mark.parametrize("name", ["dennis", "fatima", "willem", "peer", "ria"])
def test_who_is_not_of_this_home_gets_no_page_and_no_receipt(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    home.ground("fatima", "here noor", GroundKind.SEAT)
    there, browser = home.parts["here noor"].ref, come(name)
    week = Week.of(home.today).monday.isoformat()
    file = reverse("circle:looks_receipts", args=[home.circles["here"].ref, week, there])

    assert [browser.get(address).status_code for address in (looks(home), file)] == [404, 404]


def test_receipts_come_as_a_file_that_nobody_keeps(
    home: Kin, come: Callable[[str], Client]
) -> None:
    home.reads("fatima", home.entry("school", "Rapport"), at=home.at - timedelta(hours=1))
    home.reads("dennis", home.entry("school", "Zwemles"), at=home.at - timedelta(hours=1))
    make_checkpoint(at=home.at)
    week = Week.of(home.today).monday.isoformat()
    part = home.parts["school"].ref
    file = reverse("circle:looks_receipts", args=[home.circles["here"].ref, week, part])

    answer: Any = come("anouk").get(file)

    assert answer["Content-Disposition"] == "attachment; filename=receipts-2026-11-16.json"
    assert answer["Cache-Control"] == "no-store, private"
    people = [json.loads(one["line"])["person"] for one in json.loads(answer.content)]
    assert people == [home.person("fatima").hex]


def test_looking_at_the_page_writes_a_line_only_the_reader_sees(
    home: Kin, come: Callable[[str], Client]
) -> None:
    home.reads("fatima", home.entry("here noor", "Slapen"), at=home.at - timedelta(hours=1))
    lines = Line.objects.filter(folder=home.parts["here noor"].folder)
    before = lines.count()
    anouk = come("anouk")

    first, second = (words_of(anouk.get(looks(home))) for _ in range(2))

    assert lines.count() == before + 2
    assert "Zelf keek je" not in first
    assert "Zelf keek je 1 keer. Alleen jij ziet dat." in second
    assert "Deze week keek 1 mens mee." in second


def test_why_makes_a_question_with_a_holder(home: Kin, come: Callable[[str], Client]) -> None:
    home.seat("willem", "here household", called="Willem", kind="coordinator")
    home.reads("fatima", home.entry("here noor", "Slapen"), at=home.at - timedelta(hours=1))
    anouk = come("anouk")
    book: Any = anouk.get(looks(home)).context["book"]
    why = reverse(
        "circle:looks_why",
        args=[home.circles["here"].ref, book.week.monday.isoformat(), book.lookers[0].key],
    )

    page = anouk.get(why)
    form = {"words": "Waarom las Fatima mee?", "ref": str(page.context["form"]["ref"].value())}
    answers = [anouk.post(why, form) for _ in range(2)]

    assert "Waarom las Fatima mee?" in words_of(page)
    assert [answer.status_code for answer in answers] == [302, 302]
    asked = Question.objects.get(kind=QuestionKind.WHY)
    assert (asked.holder, asked.asker) == (home.receiver("willem"), home.person("anouk"))
    assert asked.folder == home.parts["here noor"].folder
    assert anouk.post(why, {"words": " "}).status_code == 422
    assert come("dennis").get(why).status_code == 404
