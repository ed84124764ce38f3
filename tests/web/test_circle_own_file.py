"""Into one's own file: one's own words and nothing of others, and the family sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.circle.models import Action, Agreement
from smartstart.circle.operations_withheld import write_withheld
from smartstart.circle.paper import Piece, Sheet, as_pdf, as_text
from smartstart.circle.states import GroundKind
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.ground("fatima", "here noor", GroundKind.SEAT)
    made.seat("fatima", "here noor", called="Fatima")
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def file_of(kind: str, row: Any, form: str = "txt") -> str:
    return reverse("circle:own_file", kwargs={"kind": kind, "ref": row.ref, "form": form})


def agreed(home: Kin) -> Agreement:
    made = Agreement(
        folder=home.parts["here noor"].folder,
        made_by=home.receiver("fatima"),
        made_at=home.at,
        review_on=home.in_days(30),
    )
    made.put(goal="Noor slaapt door")
    made.save()
    for name in ("fatima", "anouk"):
        action = Action(
            folder=made.folder,
            agreement=made,
            responsible=home.receiver(name),
            due_on=home.in_days(7),
        )
        action.put(words=f"Dit doet {name}", responsible_called=name)
        action.save()
    return made


def test_an_own_entry_as_text(home: Kin, come: Callable[[str], Client]) -> None:
    entry = home.entry("here noor", "Zij gaapt in de kring.", by="fatima", title="Slapen")

    answer: Any = come("fatima").get(file_of("entry", entry))

    assert answer.content.decode() == (
        "Slapen\n======\n\nGeschreven: 19 november 2026, 10.00\nZij gaapt in de kring.\n\n"
        "Uit de kring gehaald op 20 november 2026, 10.00, voor het eigen dossier.\n"
    )
    assert answer["Content-Disposition"] == "attachment; filename=entry-2026-11-20.txt"
    assert answer["Cache-Control"] == "no-store, private"
    line = Line.objects.get(folder=entry.folder, deed="exported")
    assert line.hat == home.hats["fatima"].ref


def test_the_family_sees_that_it_was_taken_along(home: Kin, come: Callable[[str], Client]) -> None:
    entry = home.entry("here noor", "Zij gaapt.", by="fatima", title="Slapen")
    come("fatima").get(file_of("entry", entry, "pdf"))

    book = words_of(come("anouk").get(reverse("circle:looks", args=[home.circles["here"].ref])))

    assert "naar het eigen dossier: het bericht “Slapen”" in book


def test_an_own_question_answer_and_agreement_hold_nothing_of_others(
    home: Kin, come: Callable[[str], Client]
) -> None:
    mine = home.question("here noor", "Mag zij rusten", holder="wil", by="fatima")
    theirs = home.question("here noor", "Slapen", holder="fatima", by="anouk")
    reply = home.reply(theirs, "Op tijd naar bed.", by="fatima")
    fatima = come("fatima")

    files = {
        kind: fatima.get(file_of(kind, row)).content.decode()
        for kind, row in {"question": mine, "answer": reply, "agreement": agreed(home)}.items()
    }

    assert "Mag zij rusten: wat kan ik doen?" in files["question"]
    assert "Op tijd naar bed." in files["answer"]
    assert "Noor slaapt door" in files["agreement"]
    assert "Dit doet fatima" in files["agreement"]
    for words in ("Slapen: wat", "Anouk", "Dit doet anouk", "Wil"):
        assert all(words not in told for told in files.values()), words


def test_who_answered_keeps_the_answer_while_the_seat_stands(
    home: Kin, come: Callable[[str], Client]
) -> None:
    asked = home.question("here noor", "Slapen", holder="daan")
    seat = home.seat("daan", "here household", called="Daan")
    reply = home.reply(asked, "Op tijd naar bed.", by="daan")
    asked.state, asked.version = "answered", asked.version + 1
    asked.save()
    daan = come("daan")

    assert "Op tijd naar bed." in daan.get(file_of("answer", reply)).content.decode()
    seat.ended_at = home.at - timedelta(hours=1)
    seat.save()
    assert daan.get(file_of("answer", reply)).status_code == 404


@pytest.mark.parametrize("name", ["anouk", "dennis", "karin", "wil", "peer", "ria"])
def test_nobody_takes_along_what_another_wrote(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    home.ground("karin", "here noor", GroundKind.SEAT)
    asked = home.question("here noor", "Rusten", holder="wil", by="fatima")
    rows = {
        "entry": home.entry("here noor", "Zij gaapt.", by="fatima"),
        "question": asked,
        "answer": home.reply(asked, "Ja", by="fatima"),
        "agreement": agreed(home),
    }
    client = come(name)

    for kind, row in rows.items():
        for form in ("txt", "pdf"):
            assert client.get(file_of(kind, row, form)).status_code == 404, (kind, form)
    assert Line.objects.filter(deed="exported").count() == 0


def test_what_lies_apart_is_not_taken_along(home: Kin, come: Callable[[str], Client]) -> None:
    home.seat("wil", "here noor", called="Wil")
    apart = write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        words="bang",
        why="gevaar",
        other=home.receiver("wil"),
        at=home.at,
    )

    assert come("fatima").get(file_of("entry", apart.entry)).status_code == 404


@pytest.mark.parametrize(("kind", "form"), [("entry", "docx"), ("seat", "txt")])
def test_other_kinds_and_forms_are_no_page(
    home: Kin, come: Callable[[str], Client], kind: str, form: str
) -> None:
    entry = home.entry("here noor", "Zij gaapt.", by="fatima")
    assert come("fatima").get(file_of(kind, entry, form)).status_code == 404


def test_a_pdf_says_nothing_of_the_machine_and_survives_every_letter(
    home: Kin, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    words = "“Ş ı ż ąę Привет Ωμ” مرحبا 👋 \u2028 lang" + "woord" * 200
    made = as_pdf(Sheet("Slapen", [Piece("Kop", [("Wanneer", "nu")], words)]), at=home.at)

    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") >= 1
    for never in (b"/Author", b"/Creator", b"fpdf", b"PyFPDF", b"smartstart", b"/home"):
        assert never not in made
    assert (caplog.text, capfd.readouterr()) == ("", ("", ""))
    assert as_text(Sheet("Slapen", [])) == "Slapen\n======\n"


def test_the_pages_of_a_family_lead_there(home: Kin, come: Callable[[str], Client]) -> None:
    anouk, circle = come("anouk"), home.circles["here"].ref
    entry = home.entry("here noor", "Zij slaapt.", by="anouk")
    asked = home.question("here noor", "Slapen", holder="anouk", by="fatima")
    reply = home.reply(asked, "Om acht uur.", by="anouk")
    own = home.question("here noor", "Rekenen", holder="fatima", by="anouk")
    made = Agreement(
        folder=entry.folder,
        made_by=home.receiver("anouk"),
        made_at=home.at,
        review_on=home.in_days(9),
    )
    made.put(goal="Noor slaapt door")
    made.save()
    leads = {
        reverse("circle:entry", args=[circle, entry.ref]): ("entry", entry),
        reverse("circle:asked", args=[circle, asked.ref]): ("answer", reply),
        reverse("circle:asked", args=[circle, own.ref]): ("question", own),
        reverse("circle:agreements", args=[circle]): ("agreement", made),
    }
    for page, (kind, row) in leads.items():
        words = anouk.get(page).content.decode()
        for form in ("pdf", "txt"):
            assert f'href="{file_of(kind, row, form)}"' in words, (page, kind, form)
