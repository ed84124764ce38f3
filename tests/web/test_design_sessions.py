"""Pages of design sessions: times as here, names and needs for whom they are, a brake on codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.design import operations
from smartstart.design import operations_guests as guests
from smartstart.design import operations_money as money
from smartstart.design.models import Attendance, DesignSession, Need
from smartstart.design.operations_guests import Invited, Told
from smartstart.design.operations_money import Amount
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import AllowanceForm, Answer, Per, Step
from smartstart.people.models import Account
from tests.cast import Cast

Enter = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("at_now")
NAME, NEED, PAID = "Wilhelmina Kwispel", "een ringleiding", "Gerritje Stuiver"
PLAN = operations.Plan(
    "Wat helpt?", datetime(2026, 12, 3, 18, 30, tzinfo=UTC), "De Poort", allowance_cents=2_500
)
TOO_OFTEN = "Te vaak geprobeerd"


@pytest.fixture
def session(cast: Cast) -> DesignSession:
    """A session that Bram leads, with one person who gave a name and needs something."""
    bram = cast.hats["bram"].ref
    made = operations.plan_session(
        cast.actor("nadia"), cast.pilot_a.pk, Step.IDEATE, PLAN, led_by=[bram], at=cast.now
    )
    invited = Invited(ParticipantRole.PARENT, contact=NAME)
    guests.invite(cast.actor("bram"), made.pk, invited, at=cast.now)
    told = Told(NAME, Answer.YES, need=NEED)
    guests.write_down(cast.actor("bram"), made.pk, 1, told, at=cast.now)
    return made


def at(name: str, *arguments: Any) -> str:
    return reverse(f"design:{name}", args=arguments)


def test_half_past_seven_is_half_past_seven_here_in_winter_and_in_summer(
    cast: Cast, enter: Enter
) -> None:
    nadia = enter("nadia")
    form = {
        "step": "ideeen",
        "time": "19:30",
        "place": "De Poort",
        "led_by": [str(cast.hats["bram"].ref)],
        "language": "nl",
        "allowance": "12,50",
    }
    for day, utc in (("2026-12-03", "20261203T183000Z"), ("2027-06-03", "20270603T173000Z")):
        told = nadia.post(at("plan", cast.pilot_a.slug), form | {"day": day})
        page = nadia.get(told["Location"]).content.decode()
        assert "van 19.30 tot 21.20 uur" in page, "what the page says"
        assert "€ 12,50" in page
        number = DesignSession.objects.latest("pk").pk
        assert f"DTSTART:{utc}" in nadia.get(at("calendar", number)).content.decode()
    assert nadia.post(at("plan", cast.pilot_a.slug), {"place": "x"}).status_code == 422


def test_needs_are_for_who_leads_and_names_are_hidden_on_a_beamer(
    cast: Cast, enter: Enter, session: DesignSession
) -> None:
    money.write_allowance(
        cast.actor("nadia"),
        session.pk,
        name=PAID,
        how="",
        form=AllowanceForm.MONEY,
        at=cast.now,
    )
    shown = [at(name, session.pk) for name in ("session", "guests", "attendance", "evening")]
    shown += [at("place", session.pk, 1), at("allowances", session.pk)]

    def read_by(name: str) -> str:
        client = enter(name)
        return "".join(client.get(address).content.decode() for address in shown)

    assert (NEED in read_by("bram"), NEED in read_by("nadia")) == (True, False)
    assert (PAID in read_by("bram"), PAID in read_by("nadia")) == (False, True)
    assert not any(word in read_by("els") for word in (NAME, NEED, PAID))
    shown.remove(at("place", session.pk, 1))  # who writes a name down reads it there
    assert NAME in read_by("nadia")
    Account.objects.update(names_hidden=True)
    assert not any(word in read_by("nadia") for word in (NAME, PAID))


def test_an_invitation_opens_by_its_code_only_and_guessing_has_a_brake(
    cast: Cast, session: DesignSession
) -> None:
    invited = Invited(ParticipantRole.PARENT, 2, way="via school")
    made = guests.invite(cast.actor("nadia"), session.pk, invited, at=cast.now)
    card, other = guests.make_cards(cast.actor("nadia"), session.pk, made.pk, at=cast.now)
    client = Client()
    page = client.post(at("invited"), {"code": card.code.lower()})
    assert "De Poort" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert NAME not in page.content.decode()
    answer = {"code": card.code, "answer": "yes", "children": "2", "need": "stilte"}
    assert client.post(at("invited_answer"), answer).status_code == 200
    assert client.post(at("invited_answer"), {"code": card.code}).status_code == 422
    client.post(at("invited_answer"), answer | {"need": ""})  # says nothing new of it
    place = Attendance.objects.get(number=card.number)
    assert (place.answer, place.children) == (Answer.YES, 0), "nobody looks after children here"
    assert Need.objects.filter(attendance=place).count() == 1
    file = client.post(at("invited_calendar"), {"code": card.code})
    assert file["Content-Type"] == "text/calendar; charset=utf-8"

    for _ in range(8):
        assert client.post(at("invited"), {"code": "nergens van"}).status_code == 422
    too_often = client.post(at("invited"), {"code": other.code})
    assert (too_often.status_code, "De Poort" in too_often.content.decode()) == (422, False)
    assert Attendance.objects.get(number=other.number).answer == Answer.UNKNOWN


def test_no_amount_is_told_but_the_one_that_a_municipality_gave_for_that_day(
    cast: Cast, enter: Enter, session: DesignSession
) -> None:
    nadia, page = enter("nadia"), at("allowances", session.pk)
    assert "Vraag je gemeente." in nadia.get(page).content.decode()
    wrong = {"amount": "5", "per": "month", "from_day": "2026-02-02", "last_day": "2026-01-01"}
    assert nadia.post(at("amount", session.pk), wrong | {"source": "x"}).status_code == 422
    day = PLAN.starts_at.date()
    told = Amount(12_345, Per.MONTH, day, day, "brief van de gemeente, 2 maart 2026")
    money.tell_amount(cast.actor("nadia"), session.pk, told, at=cast.now)

    now = nadia.get(page).content.decode()
    assert "Vraag je gemeente." not in now
    assert "Tot € 123,45 per maand telt het niet mee, vanaf 3 december 2026" in now
    assert "brief van de gemeente, 2 maart 2026" in now
