"""A child chooses who hears it, nobody else does, and nothing is kept before it sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Folder
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_said, queries_said
from smartstart.circle.errors_words import WriteSomething
from smartstart.circle.export import as_json, export_of
from smartstart.circle.models import Said
from smartstart.circle.queries_breach import looked_at
from smartstart.circle.states import GroundKind, SeatKind
from smartstart.people.models import Hat
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
WORDS = "Ik durf niet naar huis"


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.seat("anouk", "here household", called="Anouk", kind=SeatKind.FAMILY)
    made.seat("ria", "here household", called="Oma Ria", kind=SeatKind.INFORMAL)
    made.seat("wil", "here household", called="Wil")
    made.seat("daan", "here anouk", called="Daan")
    made.seat("fatima", "school", called="Fatima")
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def said(home: Kin, to: str = "fatima") -> Said:
    return operations_said.say(home.actor("noor"), home.receiver(to), words=WORDS, at=home.at)


def test_a_child_sees_its_people_and_none_of_its_parents_matters(home: Kin) -> None:
    home.seat("peer", "here noor", called="Peer")
    home.seat("karin", "here noor", called="Karin", kind=SeatKind.QUESTION_ONLY)

    people = queries_said.people_of(home.actor("noor"), on=home.today)

    assert [one.name for one in people] == ["Anouk", "Ria", "Fatima"]
    for name in ("anouk", "fatima", "ria"):
        assert queries_said.people_of(home.actor(name), on=home.today) == []


def test_who_is_asked_about_a_child_now_and_then_is_named_and_hears_nothing(
    home: Kin, come: Callable[[str], Client]
) -> None:
    home.seat("peer", "here noor", called="Peer", kind=SeatKind.QUESTION_ONLY)
    home.seat("karin", "here noor", called="Karin", kind=SeatKind.QUESTION_ONLY)
    noor = come("noor")
    page = noor.get(reverse("circle:mine"))
    assert "Zij helpen ook" in words_of(page)
    assert "Karin" in words_of(page)
    assert "Peer" not in words_of(page)
    assert str(home.receiver("karin")) not in page.content.decode()
    with pytest.raises(NotFound):
        said(home, "karin")


def test_on_the_screen_of_one_home_stands_nobody_of_the_other(
    home: Kin, come: Callable[[str], Client]
) -> None:
    home.seat("dennis", "there household", called="Dennis", kind=SeatKind.FAMILY)
    home.seat("karin", "there household", called="Karin", kind=SeatKind.INFORMAL)
    noor, mine = come("noor"), reverse("circle:mine")
    for to in ("ria", "karin", "fatima"):
        said(home, to)

    def shown(query: str = "") -> set[str]:
        words = words_of(noor.get(f"{mine}{query}"))
        return {name for name in ("Ria", "Karin", "Fatima") if name in words}

    def home_of(part: str) -> str:
        return f"?home={home.parts[part].ref}"

    assert shown() == {"Fatima"}
    assert "Bij wie ben je nu?" in words_of(noor.get(mine))
    assert shown(home_of("here noor")) == {"Fatima", "Ria"}
    assert shown(home_of("there noor")) == {"Fatima", "Karin"}
    assert shown(home_of("school")) == shown("?home=x") == {"Fatima"}
    for one in ("here household", "here noor", "there household", "there noor"):
        home.ground("noor", one, GroundKind.HOME)
    here, there = (str(home.circles[name].ref) for name in ("here", "there"))
    for query, leads in (
        ("", set()),
        (home_of("here noor"), {here}),
        (home_of("there noor"), {there}),
    ):
        page = noor.get(f"{mine}{query}").content.decode()
        assert {ref for ref in (here, there) if ref in page} == leads
        assert (reverse("circle:waiting", args=[here]) in page) == (here in leads)
        assert ("Wie keek er mee?" in page) == bool(leads)


def test_first_what_cannot_stay_secret_and_nothing_is_kept_before_sending(
    home: Kin, come: Callable[[str], Client]
) -> None:
    noor, folders = come("noor"), Folder.objects.count()
    address = reverse("circle:say", args=[home.receiver("fatima")])

    page = words_of(noor.get(address))

    assert page.index("Eén ding blijft niet geheim.") < page.index("Wat wil je zeggen?")
    assert "Pas als je op “stuur” drukt, hoort Fatima het. Niemand anders." in page
    assert noor.post(address, {"words": " "}).status_code == 422
    assert (Said.objects.count(), Folder.objects.count()) == (0, folders)


def test_only_who_the_child_chose_hears_it(home: Kin, come: Callable[[str], Client]) -> None:
    home.ground("noor", "here household", GroundKind.HOME)
    for name in ("karin", "wil"):
        home.ground(name, "here noor", GroundKind.SEAT)
    made = said(home)

    for name in ("anouk", "dennis", "ria", "karin", "wil", "daan", "willem", "peer"):
        client = come(name)
        assert client.get(reverse("circle:said", args=[made.ref])).status_code == 404
        assert WORDS not in words_of(client.get(reverse("circle:said_to")))
        with pytest.raises(NotFound):
            operations_said.say_back(home.actor(name), made.ref, words="x", at=home.at)
    anouk = as_json(export_of(home.reading("anouk"), home.circles["here"].ref)).decode()
    assert WORDS not in anouk
    assert WORDS in words_of(come("fatima").get(reverse("circle:said", args=[made.ref])))
    noor = json.loads(as_json(export_of(home.reading("noor"), home.circles["here"].ref)))
    assert [row["words"] for row in noor["home"]] == [WORDS]


def test_the_child_sees_that_it_was_read_and_what_comes_back(
    home: Kin, come: Callable[[str], Client]
) -> None:
    noor, fatima, mine = come("noor"), come("fatima"), reverse("circle:mine")
    noor.post(reverse("circle:say", args=[home.receiver("fatima")]), {"words": WORDS})
    made = Said.objects.get()
    assert "Fatima heeft het nog niet gelezen." in words_of(noor.get(mine))
    reading = home.reading("fatima", at=home.at - timedelta(microseconds=0))
    queries_said.said_one(reading, made.ref)
    reading.settle()
    told = queries_said.said_by(home.reading("noor", at=home.at + timedelta(minutes=1)))
    assert [one.was_read for one in told] == [True]

    fatima.post(reverse("circle:said", args=[made.ref]), {"words": "Donderdag praten?"})
    page = words_of(noor.get(mine))
    assert "Fatima zegt terug Donderdag praten? Ja, goed Liever niet" in page
    noor.post(reverse("circle:think", args=[made.ref]), {"answer": "no"})

    assert "Het kind wil dat liever niet." in words_of(
        fatima.get(reverse("circle:said", args=[made.ref]))
    )
    assert "Ja, goed" not in words_of(noor.get(mine))


def test_what_is_said_later_takes_nothing_away_that_a_child_may_have_read(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by hand: a second answer stood in the place of the first, without a trace."""
    noor, fatima, mine = come("noor"), come("fatima"), reverse("circle:mine")
    noor.post(reverse("circle:say", args=[home.receiver("fatima")]), {"words": WORDS})
    back = reverse("circle:said", args=[Said.objects.get().ref])
    for words in ("Donderdag praten?", "Donderdag praten?", "Of vrijdag."):
        fatima.post(back, {"words": words})

    page = words_of(noor.get(mine))
    assert page.count("Donderdag praten?") == 1
    assert page.index("Donderdag praten?") < page.index("Of vrijdag.")
    full = fatima.post(back, {"words": "a" * 1_990})
    assert full.status_code in {400, 409, 422}
    assert "Of vrijdag." in words_of(noor.get(mine))


def test_who_comes_after_whom_a_child_chose_reads_nothing_of_it(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by reading: the successor in a function read it, though the child chose Fatima."""
    noor, mine = come("noor"), reverse("circle:mine")
    noor.post(reverse("circle:say", args=[home.receiver("fatima")]), {"words": WORDS})
    one, to = reverse("circle:said", args=[Said.objects.get().ref]), reverse("circle:said_to")
    fatima = home.hats["fatima"]
    assert "werkt hier niet meer" not in words_of(noor.get(mine))
    Hat.objects.filter(pk=fatima.pk).update(ended_at=home.at)
    moved = {"position": fatima.position, "organisation": fatima.organisation}
    Hat.objects.filter(pk=home.hats["daan"].pk).update(**moved)
    home.positions["fatima"].occupant = home.hats["daan"].account
    home.positions["fatima"].save()

    daan = come("daan")
    assert daan.get(one).status_code == 404
    assert "Een kind zei ook iets tegen wie hier vóór jou werkte." in words_of(daan.get(to))
    with pytest.raises(NotFound):
        operations_said.say_back(home.actor("daan"), Said.objects.get().ref, words="x", at=home.at)
    assert "Fatima werkt hier niet meer." in words_of(noor.get(mine))
    assert WORDS in words_of(noor.get(mine))


def test_whom_a_child_chose_hears_it_also_when_another_keeps_a_role_in_that_function(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by reading: it was kept for who was there before, and nobody could read it."""
    fatima, daan = home.hats["fatima"], home.hats["daan"]
    moved = {"position": fatima.position, "organisation": fatima.organisation}
    Hat.objects.filter(pk=daan.pk).update(**moved)
    home.positions["fatima"].occupant = daan.account  # Fatima goes on working here, as something
    home.positions["fatima"].save()
    made = said(home)
    assert made.heard_by == daan.account.person
    assert WORDS in words_of(come("daan").get(reverse("circle:said", args=[made.ref])))

    home.positions["fatima"].occupant = fatima.account
    home.positions["fatima"].save()

    assert come("fatima").get(reverse("circle:said", args=[made.ref])).status_code == 404
    assert "werkt hier niet meer" in words_of(come("noor").get(reverse("circle:mine")))


def test_a_month_after_the_answer_only_the_child_reads_it(home: Kin) -> None:
    made = said(home)
    folder = Folder.objects.filter(pk=made.folder_id)
    (before,) = folder.values_list("rules_version", flat=True)
    operations_said.say_back(home.actor("fatima"), made.ref, words="Donderdag?", at=home.at)
    assert folder.get().rules_version == before + 1  # who may read it changed

    def reads(name: str, days: int) -> bool:
        on = home.in_days(days)
        return Said.objects.visible_to(home.actor(name), on=on).filter(pk=made.pk).exists()

    assert [reads("fatima", days) for days in (0, 31, 32)] == [True, True, False]
    assert reads("noor", 400)
    later = home.at + timedelta(days=9)
    operations_said.say_back(home.actor("fatima"), made.ref, words="Vrijdag?", at=later)
    assert folder.get().rules_version == before + 1
    assert [reads("fatima", days) for days in (31, 32)] == [True, False]


def test_sent_twice_is_said_once(home: Kin, come: Callable[[str], Client]) -> None:
    noor = come("noor")
    address = reverse("circle:say", args=[home.receiver("ria")])
    ref = str(noor.get(address).context["form"]["ref"].value())
    for _ in range(2):
        noor.post(address, {"words": WORDS, "ref": ref})

    assert Said.objects.count() == 1
    assert WORDS in words_of(come("ria").get(reverse("circle:said", args=[Said.objects.get().ref])))


@pytest.mark.parametrize("to", ["wil", "daan", "peer", "willem"])
def test_a_child_says_it_to_its_own_people_only(home: Kin, to: str) -> None:
    with pytest.raises(NotFound):
        said(home, to)


def test_who_is_no_child_has_no_such_page(home: Kin, come: Callable[[str], Client]) -> None:
    for name in ("anouk", "fatima", "ria"):
        assert come(name).get(reverse("circle:mine")).status_code == 404
        with pytest.raises(NotFound):
            operations_said.say(home.actor(name), home.receiver("karin"), words=WORDS, at=home.at)
    with pytest.raises(WriteSomething):
        operations_said.say(home.actor("noor"), home.receiver("ria"), words=" ", at=home.at)


def test_a_breach_report_counts_it_too(home: Kin) -> None:
    made = said(home)
    reading = home.reading("fatima")
    queries_said.said_one(reading, made.ref)
    reading.settle()

    seen = looked_at(home.person("noor"), at=home.at + timedelta(minutes=1))

    assert [(one.who, one.things) for one in seen] == [("Fatima", (("said", 1),))]
