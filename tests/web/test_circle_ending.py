"""Keeping and stopping: everything as a file, what stops, what goes and when, open again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.base.files.kinds import FileKind
from smartstart.base.files.washing import Washed
from smartstart.circle.models import Circle, Entry
from smartstart.circle.operations_erasing import hold_circle
from smartstart.circle.operations_files import attach_file
from smartstart.circle.states import GroundKind
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.ground("fatima", "here noor", GroundKind.SEAT)
    made.seat("fatima", "here noor", called="Fatima")
    made.entry("here noor", "Zij gaapt", title="Slapen")
    made.entry("there noor", "Bij papa", title="Papa")
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def at(home: Kin, name: str, circle: str = "here", **more: str) -> str:
    return reverse(f"circle:{name}", kwargs={"ref": home.circles[circle].ref} | more)


def test_everything_as_a_file_of_either_form(home: Kin, come: Callable[[str], Client]) -> None:
    anouk = come("anouk")
    answer: Any = anouk.get(at(home, "export", form="json"))
    pdf: Any = anouk.get(at(home, "export", form="pdf"))

    told = json.dumps(json.loads(answer.content))
    assert "Zij gaapt" in told
    assert "Bij papa" not in told
    assert "Geheime straat" not in told
    assert answer["Content-Disposition"] == "attachment; filename=all-2026-11-20.json"
    assert answer["Cache-Control"] == pdf["Cache-Control"] == "no-store, private"
    assert pdf.content.startswith(b"%PDF-")
    assert anouk.get(at(home, "export", form="docx")).status_code == 404


def test_files_are_offered_where_there_are_files(home: Kin, come: Callable[[str], Client]) -> None:
    """Found by hand: who had no file got an empty one to take along."""
    anouk, files = come("anouk"), at(home, "all_files")
    assert files not in anouk.get(at(home, "keep")).content.decode()
    entry, letter = home.entry("here noor", "Brief", by="anouk"), Washed(FileKind.PDF, b"%PDF-1.4")
    attach_file(home.actor("anouk"), "entry", entry.ref, file=letter, called="Brief", at=home.at)
    assert files in anouk.get(at(home, "keep")).content.decode()


def test_stopping_says_what_stops_and_keeps_what_helped(
    home: Kin, come: Callable[[str], Client]
) -> None:
    anouk = come("anouk")
    page = anouk.get(at(home, "stop"))
    assert "1 mens zit in je kring. Die leest hierna niets meer." in words_of(page)

    sent = anouk.post(at(home, "stop"), {"helped": "Dat iemand belde", "ref": ""})

    assert sent.headers["Location"] == at(home, "keep")
    after = words_of(anouk.get(at(home, "keep")))
    assert "Je kring ging dicht op 20 november 2026." in after
    assert "Op 20 november 2027 vernietigen we wat erin staat." in after
    assert Entry.objects.filter(folder=home.parts["here household"].folder).count() == 1
    assert come("fatima").get(at(home, "looks")).status_code == 404
    assert not Circle.objects.get(ref=home.circles["there"].ref).closed_on


def test_the_page_says_why_the_law_keeps_it(home: Kin, come: Callable[[str], Client]) -> None:
    anouk = come("anouk")
    anouk.post(at(home, "stop"), {"helped": ""})
    hold_circle(
        home.circles["here"].ref, until=home.in_days(400), why="De rechter vroeg het.", at=home.at
    )

    page = words_of(anouk.get(at(home, "keep")))

    assert "omdat de wet dat vraagt: De rechter vroeg het." in page
    assert "Op 25 december 2027 vernietigen we" in page


def test_a_closed_circle_says_so_and_no_link_of_it_leads_nowhere(
    home: Kin, come: Callable[[str], Client]
) -> None:
    anouk, asked = come("anouk"), home.question("here noor", "Slapen", holder="fatima")
    anouk.post(at(home, "stop"), {"helped": ""})
    said = "Je kring is dicht sinds 20 november 2026."
    first = [reverse("circle:home"), at(home, "circle")]
    lists = [at(home, name) for name in ("entries", "agreements", "stories", "family", "seats")]
    entry = Entry.objects.get(folder=home.parts["here noor"].folder)
    lists.append(at(home, "entry", entry=str(entry.ref)))
    lists.append(at(home, "asked", question=str(asked.ref)))
    wrong = []
    for page in [*first, *lists]:
        shown = anouk.get(page).content.decode()
        if said not in unescape(shown):
            wrong.append(f"{page} does not say that it is closed")
        if "Wie pakt dit op" in shown or "wacht op jou" in shown:
            wrong.append(f"{page} says that somebody does something")
        links = {unescape(link) for link in re.findall(r'href="(/circles/[^"#]*)', shown)}
        wrong += [f"{page} > {link}" for link in links if anouk.get(link).status_code != 200]
    assert wrong == []
    assert lists[-1] in anouk.get(first[0]).content.decode()

    adding = ["offer", "ask", "write", "agree", "add_child", "add_adult", "miss", "unclear"]
    for name in adding:
        answer = anouk.get(at(home, name))
        assert (answer.status_code, said in words_of(answer)) == (409, True), name
    anouk.post(at(home, "open_again"))
    assert said not in words_of(anouk.get(first[0]))
    assert [anouk.get(at(home, name)).status_code for name in adding] == [200] * len(adding)


def test_a_closed_circle_opens_again(home: Kin, come: Callable[[str], Client]) -> None:
    anouk, helped = come("anouk"), {"helped": "Samen eten.", "ref": str(uuid4())}
    anouk.post(at(home, "stop"), helped)
    pressed = [anouk.post(at(home, "stop"), told) for told in ({"helped": ""}, helped)]
    for again in (anouk.get(at(home, "stop")), *pressed):
        assert again.headers["Location"] == at(home, "keep")
    late = anouk.post(at(home, "stop"), {"helped": "Nog iets"})
    assert (late.status_code, "Nog iets" in late.content.decode()) == (409, True)

    anouk.post(at(home, "open_again"))

    assert Circle.objects.get(ref=home.circles["here"].ref).closed_on is None
    assert anouk.post(at(home, "open_again")).status_code == 409


@pytest.mark.parametrize("name", ["dennis", "fatima", "ria", "willem", "peer"])
def test_who_is_not_of_this_home_finds_nothing(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    client = come(name)
    pages = [at(home, "keep"), at(home, "stop"), at(home, "export", form="json")]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.post(at(home, "stop"), {"helped": ""}).status_code == 404
    assert client.post(at(home, "open_again")).status_code in {403, 404}


def test_a_child_keeps_its_own_and_does_not_stop_the_circle(
    home: Kin, come: Callable[[str], Client]
) -> None:
    home.ground("noor", "here household", GroundKind.HOME)
    home.ground("noor", "here noor", GroundKind.OWN)
    noor = come("noor")

    page = words_of(noor.get(at(home, "keep")))

    assert "Stoppen met mijn kring" not in page
    assert "Zij gaapt" in noor.get(at(home, "export", form="json")).content.decode()
    assert noor.post(at(home, "stop"), {"helped": ""}).status_code == 403
