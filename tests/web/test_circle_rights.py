"""Rights: five buttons with a clock of one month, also without an account, and who saw what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import operations_rights as rights
from smartstart.circle import queries_rights as queries
from smartstart.circle.models import RightsRequest
from smartstart.circle.operations_rights import months_later
from smartstart.circle.operations_withheld import confirm_withheld, write_withheld
from smartstart.circle.queries_persons import short
from smartstart.circle.states import GroundKind, Right
from tests.cast import Cast
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(cast: Cast) -> Kin:
    return kin(cast.now)


@pytest.fixture
def petra(enter: Callable[[str], Client], home: Kin) -> Client:
    return enter("petra")


def asked(home: Kin, name: str = "anouk", kind: Right = Right.ACCESS) -> RightsRequest:
    return rights.ask_right(home.actor(name), kind, words="Alles graag", at=home.at)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@pytest.mark.parametrize("kind", list(Right))
def test_each_right_is_one_button_and_the_clock_begins(home: Kin, kind: Right) -> None:
    anouk = enter_kin(home, "anouk")
    address = reverse("circle:rights_ask", args=[kind.value])
    page = anouk.get(address)
    form = {"words": "", "ref": str(page.context["form"]["ref"].value())}

    for _ in range(2):
        anouk.post(address, form)

    (made,) = RightsRequest.objects.all()
    assert (made.kind, made.answer_by) == (kind.value, date(2026, 12, 20))
    told = words_of(anouk.get(reverse("circle:rights")))
    assert "Je krijgt antwoord op 20 december 2026, of eerder." in told


def test_the_privacy_officer_sees_the_clock_and_answers(home: Kin, petra: Client) -> None:
    made = asked(home)
    waits = words_of(petra.get(reverse("circle:requests")))
    assert "nog 30 dagen" in waits
    assert "Alles graag" not in waits
    page = words_of(petra.get(reverse("circle:request", args=[made.ref])))
    assert "Alles graag" in page
    assert "Geef antwoord vóór of op 20 december 2026." in page
    assert "Je krijgt antwoord" not in page

    answer = reverse("circle:request_answer", args=[made.ref])
    assert petra.post(answer, {"answer": "yes", "words": ""}).status_code == 422
    petra.post(answer, {"answer": "yes", "words": "Hier is het bestand."})

    told = words_of(enter_kin(home, "anouk").get(reverse("circle:request", args=[made.ref])))
    assert "Hier is het bestand." in told
    assert "Beantwoord op 20 november 2026." in told
    assert petra.post(answer, {"answer": "no", "words": "Toch niet"}).status_code == 409


def test_it_takes_longer_once_with_a_reason_and_late_is_said(home: Kin, petra: Client) -> None:
    made = asked(home)
    longer = reverse("circle:request_longer", args=[made.ref])
    petra.post(longer, {"words": "Het is veel."})
    made.refresh_from_db()
    assert made.answer_by == date(2027, 2, 20)
    assert petra.post(longer, {"words": "Nog meer."}).status_code == 409
    reading = home.reading("anouk", at=home.at + timedelta(days=100))
    assert queries.request_one(reading, made.ref).days_left < 0
    with clock.fixed(home.at + timedelta(days=100)):
        waits = words_of(enter_kin(home, "anouk").get(reverse("circle:rights")))
    assert "Het is te laat." in waits


def test_who_has_no_account_is_written_down(home: Kin, petra: Client) -> None:
    new = reverse("circle:request_new")
    told = {"kind": "erase", "name": "Buurman Bo", "reach": "brief", "words": "Ik sta erin"}
    assert petra.post(new, told | {"name": " "}).status_code == 422

    sent = petra.post(new, told)

    page = words_of(petra.get(sent.headers["Location"]))
    assert "Buurman Bo" in page
    assert "Ik sta erin" in page
    assert RightsRequest.objects.get().asked_by is None


@pytest.mark.parametrize("name", ["dennis", "fatima", "willem", "noor"])
def test_a_request_is_seen_by_who_asked_and_the_privacy_officer(home: Kin, name: str) -> None:
    made, other = asked(home), enter_kin(home, name)
    assert other.get(reverse("circle:request", args=[made.ref])).status_code == 404
    for address in ("requests", "request_new", "looked_at"):
        assert other.get(reverse(f"circle:{address}")).status_code == 403
    with pytest.raises(NotFound):
        rights.answer_right(home.actor(name), made.ref, words="x", is_done=True, at=home.at)
    with pytest.raises(NotAllowed):
        rights.write_down_right(
            home.actor(name), Right.ERASE, name="x", reach="y", words="", at=home.at
        )


def test_who_asked_does_not_answer_it(home: Kin) -> None:
    made = asked(home)
    with pytest.raises(NotAllowed):
        rights.answer_right(home.actor("anouk"), made.ref, words="x", is_done=True, at=home.at)


@pytest.mark.parametrize("name", ["sam", "ada", "els", "nadia"])
def test_nobody_else_reads_requests(home: Kin, enter: Callable[[str], Any], name: str) -> None:
    made = asked(home)
    assert enter(name).get(reverse("circle:request", args=[made.ref])).status_code == 404
    assert enter(name).get(reverse("circle:requests")).status_code == 403


def test_what_is_kept_apart_is_shown_by_function_and_day_only(home: Kin, petra: Client) -> None:
    for name in ("fatima", "wil"):
        home.ground(name, "here noor", GroundKind.SEAT)
        home.seat(name, "here noor", called=name)
    made = write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        words="zwarte zwaluw",
        why="zwarte reden",
        other=home.receiver("wil"),
        at=home.at,
    )
    confirm_withheld(home.actor("wil"), made.ref, at=home.at)

    page = words_of(petra.get(reverse("circle:requests")))
    assert "Fatima, gedragscoach en Wil, wijkteam." in page
    assert "Zij kijken er weer naar vóór 18 december." in page
    assert "zwart" not in page
    assert "Noor" not in page


def test_who_saw_what_is_asked_by_form(home: Kin, petra: Client) -> None:
    home.reads("fatima", home.entry("here noor", "zwarte zwaluw"), at=home.at - timedelta(hours=1))
    address = reverse("circle:looked_at")

    page = words_of(petra.post(address, {"person": str(home.person("noor"))}))

    assert "2026-11-20 09:00:00" in page
    assert "Fatima, gedragscoach" in page
    assert "zwaluw" not in page
    assert petra.post(address, {"person": "niemand"}).status_code == 422
    wrong = petra.post(address, {"person": str(uuid4())})
    assert "We vinden niemand met deze naam of dit kenmerk" in words_of(wrong)


def test_a_breach_is_told_from_a_name_or_from_what_a_parent_reads_out(
    home: Kin, petra: Client
) -> None:
    home.reads("fatima", home.entry("here noor", "zwarte zwaluw"), at=home.at - timedelta(hours=1))
    address = reverse("circle:looked_at")
    found = petra.post(address, {"person": " anouk "})
    said = words_of(found)
    assert "Anouk, kring sinds" in said
    assert "Willem, coordinator let erop" in said
    assert "Iemand van het gezin, kring sinds" in said
    assert "Noor" not in said
    buttons = set(re.findall(r'name="person"\s+value="([0-9a-f-]{36})"', found.content.decode()))
    assert buttons == {str(home.person("anouk")), str(home.person("noor"))}
    lines = [bytes(line.body) for line in Line.objects.order_by("pk")]
    assert sum(b"breach_by_name" in body for body in lines) == 1

    anouk = enter_kin(home, "anouk")
    mine = anouk.get(reverse("circle:rights")).content.decode()
    read_out = re.findall(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){2}(?=<)", mine)
    assert read_out == [short(home.person("anouk")), short(home.person("noor"))]
    seen = words_of(petra.post(address, {"person": read_out[1].upper()}))
    assert "Fatima, gedragscoach" in seen
    assert "gelezen: 1 × bericht" in seen
    assert "zwaluw" not in seen
    assert enter_kin(home, "fatima").post(address, {"person": "Anouk"}).status_code == 403
