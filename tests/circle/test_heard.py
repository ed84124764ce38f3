"""Was I heard? Once a month, one tap, and for nobody else to read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from smartstart.access.models import Folder
from smartstart.access.reading import open_for_deed
from smartstart.base import clock
from smartstart.base.refusals import NotFound
from smartstart.circle import models as circle
from smartstart.circle.export import as_json, export_of
from smartstart.circle.models import Heard
from smartstart.circle.operations_erasing import folders_of
from smartstart.circle.operations_heard import asked_in, is_asked, say_heard
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = pytest.mark.usefixtures("db")
ASKED = "Werd je deze maand gehoord?"


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    """Fatima answered Anouk this morning."""
    made = kin(now)
    made.ground("fatima", "here noor", "seat")
    made.ground("noor", "here noor", "own")
    made.reply(made.question("here noor", "Slapen", holder="fatima"), "Ja", by="fatima")
    return made


def test_asked_once_a_month_after_an_answer_and_answered_in_one_tap(home: Kin) -> None:
    anouk, ref = home.actor("anouk"), home.circles["here"].ref
    assert [is_asked(home.actor(name), at=home.at) for name in ("anouk", "dennis", "noor")] == [
        True,
        False,
        False,
    ]
    with clock.fixed(home.at):
        client = enter_kin(home, "anouk")
        assert ASKED in words_of(client.get(reverse("circle:home")))
        for answer in ("a_bit", "no"):
            client.post(reverse("circle:say_heard", args=[ref]), {"answer": answer})
        assert ASKED not in words_of(client.get(reverse("circle:home")))
        assert "November 2026 een beetje" in words_of(client.get(reverse("circle:heard")))
    heard = Heard.objects.select_related("folder").get()
    assert open_for_deed(heard, "answer") == "a_bit"
    assert b"a_bit" not in bytes(heard.answer)
    assert is_asked(anouk, at=home.at + timedelta(days=12)), "a new month, answered lately"
    assert not is_asked(anouk, at=home.at + timedelta(days=40)), "nobody answered lately"


def test_an_answer_that_one_may_not_read_asks_nothing(home: Kin) -> None:
    circle.Seat.objects.filter(who=home.person("anouk")).update(ended_at=home.at)
    circle.Ground.objects.filter(receiver=home.person("anouk")).update(last_day=home.in_days(-1))
    assert not is_asked(home.actor("anouk"), at=home.at)


def test_nobody_else_reads_it_and_it_goes_with_the_circle(home: Kin) -> None:
    ref = home.circles["here"].ref
    heard = say_heard(home.actor("anouk"), ref, "no", at=home.at)
    readers = {
        name
        for name in home.hats
        if Heard.objects.visible_to(home.actor(name), on=home.today).exists()
    }
    assert readers == {"anouk"}
    taken = {
        name: b'"thing":"heard"' in as_json(export_of(home.reading(name), home.circles[at].ref))
        for name, at in (("anouk", "here"), ("dennis", "there"))
    }
    assert taken == {"anouk": True, "dennis": False}
    assert heard.folder_id in folders_of(home.circles["here"])
    assert heard.folder_id not in folders_of(home.circles["there"])
    assert Folder.objects.get(pk=heard.folder_id).kind == "person"
    for name in ("dennis", "ria", "willem"):
        with pytest.raises(NotFound):
            say_heard(home.actor(name), ref, "yes", at=home.at)
    with pytest.raises(NotFound):
        say_heard(home.actor("anouk"), ref, "maybe", at=home.at)


def test_a_child_is_asked_in_its_own_room_and_may_rather_not(home: Kin) -> None:
    assert asked_in(home.actor("noor"), at=home.at) is None
    home.reply(home.question("here noor", "Buiten", holder="fatima", by="noor"), "Ja", by="fatima")
    ref = asked_in(home.actor("noor"), at=home.at)
    assert ref == home.circles["here"].ref
    with clock.fixed(home.at):
        client = enter_kin(home, "noor")
        assert ASKED in words_of(client.get(reverse("circle:mine")))
        client.post(reverse("circle:say_heard", args=[ref]), {"answer": ""})
        assert ASKED not in words_of(client.get(reverse("circle:mine")))
        assert "liever niet gezegd" in words_of(client.get(reverse("circle:heard")))
