"""A child of eight gets a card, signs in with it at school, says something and hears back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.circle import operations_opening, operations_said, operations_seats
from smartstart.circle.models import Said
from smartstart.circle.states import SeatKind
from tests.circle.worlds import town, years_ago
from tests.web.test_thread import words_of

CARD = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.mark.django_db
@pytest.mark.usefixtures("at_now")
def test_a_young_child_signs_in_at_school_by_card_and_is_heard(now: datetime) -> None:
    place = town(now)
    circle = place.open()
    child = place.child(circle, "Sem", years_ago(8, place.today))
    part = place.part(child, circle)
    place.seat(part, "fatima", kind=SeatKind.TOPIC_READER)
    seat = operations_opening.offer_own_seat(
        place.actor("anouk"), circle.ref, child.ref, at=place.at
    )
    _row, typed = operations_seats.make_seat_code(place.actor("anouk"), seat.ref, at=place.at)

    at_home: Any = Client()
    told = {"code": typed, "username": "sem-acht", "password": ""}
    card = CARD.search(words_of(at_home.post(reverse("circle:take"), told)))
    assert card

    at_school: Any = Client()
    inside = {"username": "sem-acht", "code": card[0]}
    assert at_school.post(reverse("people:card"), inside).headers["Location"] == "/"
    room = words_of(at_school.get("/mine/"))
    assert "Dag Sem" in room
    assert "Wil je iets zeggen? Kies wie het hoort. Anouk Fatima" in room
    address = reverse("circle:say", args=[place.ref("fatima")])
    ref = str(at_school.get(address).context["form"]["ref"].value())
    assert Said.objects.count() == 0
    sent = at_school.post(address, {"words": "Ik ben moe", "ref": ref})
    assert sent.headers["Location"] == "/mine/"

    # There is no second key at school: the room opens, and no word stands in it.
    assert "heeft het nog niet gelezen" in words_of(at_school.get("/mine/"))
    said = Said.objects.get()
    operations_said.say_back(place.actor("fatima"), said.ref, words="Kom maar", at=place.at)
    heard = words_of(at_school.get("/mine/"))
    assert "Fatima zei iets terug. Vraag Fatima om het samen te lezen." in heard
    assert [word for word in ("Ik ben moe", "Kom maar") if word in heard] == []
