"""What is withheld: the two write, confirm, look again and open; nobody else finds a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.circle.models import Withheld
from smartstart.circle.operations_withheld import confirm_withheld, write_withheld
from smartstart.circle.states import GroundKind, WithheldState
from tests.access import circle_walk
from tests.access.matrix import undone
from tests.circle.kin import Kin, enter_kin, kin
from tests.conftest import ENGINE
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
CANARY = "zwarte-zwaluw"
NOTHING = "8d2f3c3e-5a51-4a64-9a0f-2f0f3f1c9b77"
REFERENCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Pages are made alike from every store; what the gate lets through is not: there one reader who
# is no family, and each tenth address.
WHO, EVERY = (["karin"], 10) if ENGINE == "postgresql" else (["anouk", "karin"], 1)


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    for name in ("fatima", "wil", "karin"):
        made.ground(name, "here noor", GroundKind.SEAT)
        made.seat(name, "here noor", called=name.title())
    made.ground("noor", "here noor", GroundKind.OWN)
    made.ground("noor", "here household", GroundKind.HOME)
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def kept(home: Kin) -> Withheld:
    made = write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        words=f"woorden {CANARY}",
        title=f"titel {CANARY}",
        why=f"reden {CANARY}",
        other=home.receiver("wil"),
        at=home.at,
    )
    return confirm_withheld(home.actor("wil"), made.ref, at=home.at)


def every_page(home: Kin) -> list[str]:
    """Every address of the circle for what lies in this part of this home."""
    found = {
        path for way in circle_walk.ways() for path in circle_walk.paths(home, way, ["here noor"])
    }
    return sorted(found)


def hiding(pages: list[str], *hidden: UUID) -> dict[str, str]:
    """Return the same addresses with what is hidden at every place for a reference.

    And beside each the one with a reference that nobody ever gave, at the same place.
    """
    found = {}
    for page in pages:
        for place in REFERENCE.finditer(page):
            start, end = place.span()
            for one in hidden:
                found[f"{page[:start]}{one}{page[end:]}"] = f"{page[:start]}{NOTHING}{page[end:]}"
    return found


def that_are_read(client: Client, pages: list[str]) -> list[str]:
    """Leave out the addresses that one can only press: they answer nobody's GET."""
    return [page for page in pages if looked_up(client, page)[0] != 405]


def looked_up(client: Client, page: str) -> tuple[int, bytes]:
    client.raise_request_exception = False
    with undone():
        answer = client.get(page)
    return answer.status_code, answer.content


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", WHO)
def test_what_is_hidden_answers_as_what_never_was(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    """Who lives there and who reads all of it; the words themselves are searched for everybody by
    the canary of the circle."""
    home.entry("here noor", "Ze slaapt slecht", title="Slapen")
    made, client = kept(home), come(name)
    pages = that_are_read(client, every_page(home))
    nothing: dict[str, int] = {}
    assert len(pages) > 50
    pages = pages[::EVERY]

    for page in pages:
        assert CANARY.encode() not in looked_up(client, page)[1], page
    for page, never in hiding(pages, made.ref, made.entry.ref).items():
        status, content = looked_up(client, page)
        if never not in nothing:
            nothing[never] = looked_up(client, never)[0]
        assert (status, CANARY.encode() in content) == (nothing[never], False), page
    fatima = looked_up(come("fatima"), reverse("circle:kept_one", args=[made.ref]))
    assert CANARY.encode() in fatima[1]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", WHO)
def test_every_page_is_the_same_with_it_as_without(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    home.entry("here noor", "Ze slaapt slecht", title="Slapen")
    client = come(name)

    pages = that_are_read(client, every_page(home)[::EVERY])

    def seen() -> dict[str, tuple[int, str]]:
        found = {}
        for page in pages:
            client.raise_request_exception = False
            with undone():
                answer = client.get(page)
            is_page = b"<main" in answer.content
            told = words_of(answer) if is_page else answer.content.decode()
            found[page] = (answer.status_code, told)
        return found

    before = seen()
    made = kept(home)
    after = {page: told for page, told in seen().items() if str(made.entry.ref) not in page}

    assert {page: told for page, told in before.items() if after.get(page) != told} == {}


def test_written_confirmed_looked_at_again_and_opened(
    home: Kin, come: Callable[[str], Client]
) -> None:
    fatima, wil, part = come("fatima"), come("wil"), home.parts["here noor"].ref
    write = reverse("circle:kept_write", args=[part])
    page = words_of(fatima.get(write))
    assert "Is iemand thuis niet veilig? Liever niet hier." in page
    assert "112" in page
    assert "0800-2000" in page

    told = {"words": "Zij is bang", "why": "Gevaar", "other": str(home.receiver("wil"))}
    sent = fatima.post(write, told)
    made = Withheld.objects.get()
    one = reverse("circle:kept_one", args=[made.ref])
    assert sent.headers["Location"] == one
    assert "De ander wacht op jouw ja of nee." in words_of(wil.get(reverse("circle:kept")))
    assert fatima.post(reverse("circle:kept_confirm", args=[made.ref])).status_code == 409
    wil.post(reverse("circle:kept_confirm", args=[made.ref]))
    again = reverse("circle:kept_look_again", args=[made.ref])
    assert wil.post(again, {"why": "Nog steeds", "until": "2027-01-01"}).status_code == 422
    assert wil.post(again, {"why": "Nog steeds", "until": "2026-12-01"}).status_code == 302
    assert "Kijk er weer naar vóór 1 december." in words_of(wil.get(one))
    assert "Zij is bang" in words_of(wil.get(one))
    fatima.post(reverse("circle:kept_open", args=[made.ref]), {"why": "Het is veilig"})
    wil.post(reverse("circle:kept_opened", args=[made.ref]))

    made.refresh_from_db()
    assert made.state == WithheldState.OPENED
    assert wil.get(one).status_code == 404
    assert made.entry.folder == home.parts["here noor"].folder


def test_a_no_and_destroying(home: Kin, come: Callable[[str], Client]) -> None:
    fatima, wil = come("fatima"), come("wil")
    told = {"words": "Zij is bang", "why": "Gevaar", "other": str(home.receiver("wil"))}
    fatima.post(reverse("circle:kept_write", args=[home.parts["here noor"].ref]), told)
    made = Withheld.objects.get()
    wil.post(reverse("circle:kept_decline", args=[made.ref]), {"why": "Kan gewoon"})
    assert "De ander zei nee." in words_of(fatima.get(reverse("circle:kept_one", args=[made.ref])))
    fatima.post(reverse("circle:kept_drop", args=[made.ref]))
    assert "Er ligt niets apart bij jou." in words_of(fatima.get(reverse("circle:kept")))


def test_an_entry_that_stands_waits_for_the_second(
    home: Kin, come: Callable[[str], Client]
) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    address = reverse("circle:kept_entry", args=[entry.ref])
    fatima = come("fatima")

    page = words_of(fatima.get(address))
    fatima.post(address, {"why": "Gevaar", "other": str(home.receiver("wil"))})

    assert "Het blijft staan tot de tweede ja zegt." in page
    entry.refresh_from_db()
    assert entry.folder == home.parts["here noor"].folder
    come("wil").post(reverse("circle:kept_confirm", args=[Withheld.objects.get().ref]))
    entry.refresh_from_db()
    assert entry.folder == Withheld.objects.get().folder


@pytest.mark.parametrize("name", ["anouk", "noor", "ria", "dennis"])
def test_families_have_no_such_form(home: Kin, come: Callable[[str], Client], name: str) -> None:
    entry, client = home.entry("here noor", "Ze slaapt slecht"), come(name)
    for address in (
        reverse("circle:kept_write", args=[home.parts["here noor"].ref]),
        reverse("circle:kept_entry", args=[entry.ref]),
    ):
        assert client.get(address).status_code == 404


def test_one_of_the_two_cannot_go_on_and_another_comes(home: Kin) -> None:
    made = kept(home)
    fatima, karin = enter_kin(home, "fatima"), enter_kin(home, "karin")
    page = reverse("circle:kept_another", args=[made.ref])
    assert page in fatima.get(reverse("circle:kept_one", args=[made.ref])).content.decode()
    told = {"leaves": str(made.second), "third": str(home.receiver("karin")), "why": ""}
    assert fatima.post(page, told).status_code == 422
    fatima.post(page, told | {"why": "Gaat weg."})

    second = reverse("circle:kept_second", args=[made.ref])
    assert "vraagt je als tweede, over Noor" in words_of(karin.get(reverse("circle:kept")))
    shown = words_of(karin.get(second))
    assert "Noor" in shown
    assert CANARY not in shown
    assert karin.get(reverse("circle:kept_one", args=[made.ref])).status_code == 404
    assert enter_kin(home, "anouk").get(second).status_code == 404
    assert "Iemand vraagt je om iets mee apart te houden." in words_of(
        karin.get(reverse("circle:today"))
    )
    no = reverse("circle:kept_rather_not", args=[made.ref])
    assert karin.post(no, {"why": ""}).status_code == 422
    karin.post(no, {"why": "Ik ken ze."})
    assert karin.get(second).status_code == 404
    fatima.post(page, told | {"why": "Toch."})
    karin.post(second)
    assert CANARY in words_of(karin.get(reverse("circle:kept_one", args=[made.ref])))


def test_both_ways_of_keeping_apart_start_where_one_reads(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Nothing led to them: who wrote something that puts somebody in danger found no button."""
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    others = home.entry("here noor", "Ze leest graag", by="karin")
    part = home.parts["here noor"].ref
    page, fatima = reverse("circle:part", args=[part]), come("fatima")
    session = fatima.session
    session["reason"] = {"why": "talk", "ref": "", "at": home.at.timestamp()}
    session.save()

    read = fatima.get(page).content.decode()
    for address in (
        reverse("circle:kept_write", args=[part]),
        reverse("circle:kept_entry", args=[entry.ref]),
    ):
        assert f'href="{address}"' in read
        assert fatima.get(address).status_code == 200
    assert reverse("circle:kept_entry", args=[others.ref]) not in read
    assert b"/kept/" not in come("ria").get(page).content


def test_what_the_family_may_know_is_refused_before_one_says_why(
    home: Kin, come: Callable[[str], Client]
) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    come("anouk").get(reverse("circle:entry", args=[home.circles["here"].ref, entry.ref]))

    answer = come("fatima").get(reverse("circle:kept_entry", args=[entry.ref]))

    assert answer.status_code == 409
    assert "0800-2000" in words_of(answer)


def test_two_things_about_one_child_are_told_apart(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Both were called “Over Noor”: one could not hear which one a link opens."""
    kept(home)
    home.at += timedelta(minutes=5)
    kept(home)

    words = re.findall(r"Over Noor, sinds [^<]+", come("wil").get("/kept/").content.decode())

    assert len(words) == len(set(words)) == 2


def test_what_stands_in_the_circle_is_not_said_to_be_destroyed(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """“Vernietigd. Niemand leest het meer.” was said of words that the family went on reading."""
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    fatima = come("fatima")
    told = {"why": "Gevaar", "other": str(home.receiver("wil"))}
    fatima.post(reverse("circle:kept_entry", args=[entry.ref]), told)
    one = Withheld.objects.get()

    page = words_of(fatima.get(reverse("circle:kept_one", args=[one.ref])))
    assert "Het staat nog in de kring. Het gezin kan het lezen." in page
    assert ("Laat het staan" in page, "Vernietig" in page) == (True, False)
    done = fatima.post(reverse("circle:kept_drop", args=[one.ref]), follow=True)
    assert "Het blijft staan. Het gezin kan het lezen." in words_of(done)
    entry.refresh_from_db()
    assert entry.folder == home.parts["here noor"].folder
