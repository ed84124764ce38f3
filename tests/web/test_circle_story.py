"""The story card: told once, changed by adding, and shown in place of telling it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.circle.models import Entry
from smartstart.circle.states import GroundKind
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
FIRST, THEN = "Noor schrikt van harde geluiden.", "Noor schrikt niet meer van geluiden."


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.ground("fatima", "here noor", GroundKind.SEAT)
    made.seat("fatima", "here noor", called="Fatima")
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def at(home: Kin, name: str, *more: object) -> str:
    return reverse(f"circle:{name}", args=[home.circles["here"].ref, *more])


def test_told_once_changed_by_adding_and_offered_with_a_question(
    home: Kin, come: Callable[[str], Client]
) -> None:
    anouk, about = come("anouk"), home.parts["here noor"].ref
    assert "Noor Er is nog niets verteld." in words_of(anouk.get(at(home, "stories")))
    for words in (FIRST, THEN):
        sent = anouk.post(at(home, "story_tell", about), {"words": words, "ref": ""})
        assert sent.headers["Location"] == at(home, "stories")

    page = words_of(anouk.get(at(home, "stories")))
    assert THEN in page
    assert FIRST not in page
    first, second = Entry.objects.order_by("id")
    assert (first.kind, second.corrects, second.after) == ("story", first, first)
    assert THEN in anouk.get(at(home, "story_tell", about)).content.decode()
    home.entry("here noor", "Zij gaapt", title="Slapen")
    offered = anouk.get(at(home, "ask")).context["form"].fields["attach"].choices
    assert next(ref for ref, _ in offered) == str(second.ref)
    assert str(first.ref) not in [ref for ref, _ in offered]


def test_others_tell_no_story_here(home: Kin, come: Callable[[str], Client]) -> None:
    about = home.parts["here noor"].ref
    come("anouk").post(at(home, "story_tell", about), {"words": FIRST, "ref": ""})
    for name in ("dennis", "fatima", "willem", "ria"):
        client = come(name)
        for address in (at(home, "stories"), at(home, "story_tell", about)):
            assert client.get(address).status_code == 404, (name, address)
    assert (
        come("anouk").get(at(home, "story_tell", home.parts["there noor"].ref)).status_code == 404
    )
