"""Pages of who works in circles of others: today, one question, too late, given back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.circle import operations_questions as operations
from smartstart.circle import (
    queries_authority,
    queries_beside,
    queries_bring,
    queries_deciding,
    queries_meetings,
    queries_work,
)
from smartstart.circle.models import Attachment, Ground, Question, Reply, Seat
from smartstart.circle.operations_seats import end_seat
from smartstart.circle.states import GroundKind, GroundState, SeatKind
from smartstart.people.models import Hat
from tests.circle.asking import Asking, asking
from tests.circle.kin import enter_kin

ASKED = datetime(2026, 11, 17, 14, 0, tzinfo=HERE)
MONDAY = datetime(2026, 11, 23, 10, 2, tzinfo=HERE)


@pytest.fixture
def home(db: None) -> Iterator[Asking]:
    world = asking(ASKED)
    with clock.fixed(MONDAY):
        yield world


def words(answer: Any) -> str:
    """What a person reads on a page."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(text.split())


def enter(home: Asking, name: str) -> Any:
    return enter_kin(home.kin, name)


def url(question: Question, deed: str = "") -> str:
    return f"/questions/{question.ref}/{deed}"


def ask_late(home: Asking, **more: Any) -> Question:
    """A question of Tuesday that still has its holder on Monday."""
    question = home.ask(**more)
    later = MONDAY + timedelta(days=1)
    Question.objects.filter(pk=question.pk).update(
        cover_from=later, coordinator_from=later + timedelta(days=2)
    )
    return home.again(question)


def test_today_shows_what_waits_oldest_first_with_three_buttons(home: Asking) -> None:
    ask_late(home)
    home.ask(title="Kind wil niet naar gym", at=MONDAY)
    page = words(enter(home, "fatima").get("/today/"))

    assert "Vandaag, maandag 23 november" in page
    assert "2 vragen wachten op jou. De oudste staat boven." in page
    assert page.index("Slapen en moe in de klas") < page.index("Kind wil niet naar gym")
    assert "Wacht 4 werkdagen. Beloofd was 3. morgen: Karin" in page
    assert "langer dan beloofd" in page
    assert page.count("Ik pak dit op") == page.count("Ik bel vandaag") == 2
    assert page.count("Geef door") == 2


def test_who_holds_a_question_that_waits_for_a_yes_stands_in_for_nobody(home: Asking) -> None:
    home.ask(by="daan", at=MONDAY)
    page = words(enter(home, "fatima").get("/today/"))
    assert "Er wacht een vraag" in page
    assert "in plaats van" not in page


def test_after_an_answer_the_family_reads_that_nothing_is_shared_by_it(home: Asking) -> None:
    question = ask_late(home)
    anouk, ref = enter(home, "anouk"), home.kin.circles["here"].ref
    assert "Stop: Fatima leest niets meer" in words(anouk.get(f"/circles/{ref}/sharing/"))
    operations.answer(home.actor("fatima"), question.ref, words="Om acht uur.", at=MONDAY)
    assert "Nu leest niemand iets." in words(anouk.get(f"/circles/{ref}/sharing/"))
    asked = words(anouk.get(f"/circles/{ref}/asked/{question.ref}/"))
    assert "Er is antwoord. Er wordt nu niets gedeeld." in asked
    assert "Stop:" not in asked


def test_who_has_no_seat_any_more_is_not_asked_about_without_a_name(home: Asking) -> None:
    """Found by hand: 'Mag dit lezen?' with a yes that was refused, after a seat had ended."""
    ground = home.ground(home.ask(by="fatima", to="daan", at=MONDAY), "daan")
    anouk, ref = enter(home, "anouk"), home.kin.circles["here"].ref
    page = f"/circles/{ref}/sharing/{ground.ref}/"
    anouk.post(page, {"answer": "no"})
    assert "Hier zei je nee" in words(anouk.get(f"/circles/{ref}/sharing/"))
    assert "Ja, dat mag" in words(anouk.get(page))

    end_seat(home.actor("anouk"), Seat.objects.get(who=home.ref("daan")).ref, at=MONDAY)

    assert "Hier zei je nee" not in words(anouk.get(f"/circles/{ref}/sharing/"))
    told = words(anouk.get(page))
    assert "Deze mens zit niet meer in je kring en leest niets." in told
    assert "Ja, dat mag" not in told
    late = words(anouk.post(f"{page}stop/", follow=True))
    assert "Deze mens zit niet meer in je kring" in late


def test_no_heading_says_who_reads_a_question_when_nobody_was_let_in(home: Asking) -> None:
    """Found by hand: 'Wie leest dit' stood there with nothing under it."""
    question = ask_late(home)
    anouk, ref = enter(home, "anouk"), home.kin.circles["here"].ref
    page = f"/circles/{ref}/asked/{question.ref}/"
    assert "Wie leest dit" in words(anouk.get(page))
    end_seat(home.actor("anouk"), Seat.objects.get(who=home.ref("fatima")).ref, at=MONDAY)
    assert "Wie leest dit" not in words(anouk.get(page))


def test_who_stops_one_thing_reads_what_the_same_person_still_reads(home: Asking) -> None:
    ground = home.ground(ask_late(home), "fatima")
    reads = home.kin.ground("fatima", "here noor", GroundKind.SEAT)
    anouk, ref = enter(home, "anouk"), home.kin.circles["here"].ref
    page = words(anouk.post(f"/circles/{ref}/sharing/{ground.ref}/stop/", follow=True))
    assert "leest niets meer." not in page.replace("Stop: Fatima leest niets meer", "")
    assert "Dit lezen zij nu" in page
    Ground.objects.filter(pk=reads.pk).update(state=GroundState.WITHDRAWN)
    page = words(anouk.get(f"/circles/{ref}/sharing/{ground.ref}/stopped/"))
    assert "Gestopt. Fatima leest niets meer." in page
    assert "Dit lezen zij nu" not in page


def test_today_tells_how_many_wait_for_others_and_no_content(home: Asking) -> None:
    home.ask(at=MONDAY)
    page = words(enter(home, "daan").get("/today/"))
    assert "Niets wacht op jou" in page
    assert "Op jouw werk wacht nog 1 vraag. Jij ziet er geen inhoud van." in page
    assert "Slapen" not in page
    assert "Anouk" not in page


def test_who_has_no_function_yet_reads_what_to_do(home: Asking) -> None:
    home.ask(at=MONDAY)
    Hat.objects.filter(pk=home.kin.hats["daan"].pk).update(position=None)
    client = enter(home, "daan")
    page = words(client.get("/today/"))
    assert "Niets wacht op jou" in page
    assert "Je hebt hier nog geen functie." in page
    assert "Op jouw werk" not in page
    assert "Vraag zelf iets" not in page
    assert client.get("/questions/ask/").status_code == 404


@pytest.mark.parametrize("name", ["anouk", "noor", "dennis"])
def test_a_family_has_no_working_page(home: Asking, name: str) -> None:
    question = home.ask(at=MONDAY)
    client = enter(home, name)
    assert client.get("/today/").status_code == 404
    assert client.get(url(question)).status_code == 404


@pytest.mark.parametrize("name", ["peer", "wil", "daan"])
def test_who_had_no_hand_in_it_finds_nothing(home: Asking, name: str) -> None:
    home.covers("willem", None)
    question = home.ask(at=MONDAY)
    client = enter(home, name)
    assert client.get(url(question)).status_code == 404
    for deed in ("pick-up/", "accept/", "promise/", "private/", "ask-family/", "decline/"):
        assert client.post(url(question, deed)).status_code == 404, deed
    assert client.get(url(question, "give/")).status_code == 404
    assert client.post(url(question, "answer/"), {"words": "Ik"}).status_code == 404
    assert home.steps(question) == ["asked"]


def test_the_question_page_shows_what_was_asked_why_and_no_more(home: Asking) -> None:
    story = home.kin.entry("here noor", "Ze droomt veel.", title="Ons verhaal")
    home.kin.entry("here noor", "Iets anders over Noor")
    question = ask_late(home, attach=[story.ref])
    page = words(enter(home, "fatima").get(url(question)))

    assert "Vraag van Anouk. 17 november." in page
    assert "Noor slaapt pas om elf uur." in page
    assert "Ons verhaal, 16 november Ze droomt veel." in page
    assert "Anouk hing dit eraan. Meer zie je niet." in page
    assert "Iets anders" not in page
    assert "Wie pakt dit op: Fatima (jij)" in page
    assert "Anouk zei op 17 november ja. Het geldt tot er een antwoord is." in page
    assert "17 november. Anouk stelde de vraag" in page
    assert "Ik ken dit gezin privé" in page


def test_reading_a_question_leaves_a_line_for_the_family(home: Asking) -> None:
    question = home.ask(at=MONDAY)
    before = Line.objects.filter(folder=question.folder, deed="read").count()
    enter(home, "fatima").get(url(question))
    assert Line.objects.filter(folder=question.folder, deed="read").count() == before + 1


def test_answering_in_one_line_ends_the_reading(home: Asking) -> None:
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    empty = client.post(url(question, "answer/"), {"words": " "})
    assert empty.status_code == 422
    assert "Stuur antwoord" in words(empty)
    told: dict[str, Any] = {"words": "Gebeld.", "by_phone": "on"}
    wrong = told | {"file": SimpleUploadedFile("brief.exe", b"MZ\x00\x01\xff")}
    assert client.post(url(question, "answer/"), wrong).status_code == 422
    letter = told | {"file": SimpleUploadedFile("brief.txt", b"De brief van school.")}
    sent = client.post(url(question, "answer/"), letter, follow=True)
    (beside,) = Attachment.objects.all()
    assert (beside.reply, beside.author) == (Reply.objects.get(), home.kin.receiver("fatima"))
    assert "Je antwoord is verstuurd. Je leest deze vraag nu niet meer." in words(sent)
    gone = words(client.get(url(question)))
    assert "Dit kun je niet meer lezen. De vraag is beantwoord." in gone
    assert "Mijn antwoord, naar mijn eigen dossier" in gone
    mine = re.search(r"/own/answer/[0-9a-f-]+\.pdf", client.get(url(question)).content.decode())
    assert mine is not None
    assert client.get(mine[0])["Content-Type"] == "application/pdf"
    assert "Deze vraag heeft een antwoord" in gone
    assert "bij iemand anders" not in gone
    assert "Slapen" not in gone
    assert "elf uur" not in gone


def test_who_comes_too_late_hears_who_has_it(home: Asking) -> None:
    question = home.ask(at=ASKED, with_cover=True)
    first = enter(home, "karin").post(url(question, "pick-up/"), follow=True)
    assert "Jij pakt dit op." in words(first)
    late = enter(home, "fatima").post(url(question, "pick-up/"))
    assert late.status_code == 409
    assert "Al opgepakt door Karin, om 10.02 uur. Jij hoeft niets te doen." in words(late)


def test_giving_on_waits_for_the_other(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    question, fatima = home.ask(at=MONDAY), enter(home, "fatima")
    choose = words(fatima.get(url(question, "give/")))
    assert "Daan, jeugdverpleegkundige. Mag dit al lezen." in choose
    assert "Willem, coordinator. We vragen het eerst aan het gezin." in choose
    assert fatima.post(url(question, "give/"), {"to": home.ref("peer")}).status_code == 422
    asked = fatima.post(url(question, "give/"), {"to": home.ref("daan")}, follow=True)
    assert "Gevraagd aan Daan. Fatima blijft het tot Daan ja zegt." in words(asked)
    daan = enter(home, "daan")
    assert "Fatima vraagt: kun jij dit overnemen?" in words(daan.get("/today/"))
    assert "Nee, dit is niet voor mij" in words(daan.get(url(question)))
    no = daan.post(url(question, "decline/"), {"why": "Hier weet ik te weinig van"}, follow=True)
    assert "Je zei nee." in words(no)
    told = words(fatima.get(url(question)))
    assert "Daan zei nee : “Hier weet ik te weinig van”" in told.replace("nee:", "nee :")
    fatima.post(url(question, "give/"), {"to": home.ref("daan")})
    yes = daan.post(url(question, "accept/"), follow=True)
    assert "Daan (jij)" in words(yes)
    assert "Daan pakt dit nu op." in words(fatima.get(url(question)))


def test_who_asked_the_family_reads_that_it_said_yes(home: Asking) -> None:
    """Found by hand: nothing told it, so a question waited where nobody knew it could go on."""
    question, fatima = home.ask(at=MONDAY), enter(home, "fatima")
    said = "Het gezin zei ja: Daan mag dit lezen. Geef het nu door."
    asked = fatima.post(url(question, "give/"), {"to": home.ref("daan")}, follow=True)
    assert said not in words(asked)

    home.say(question, "daan", GroundState.GRANTED)
    assert said in words(fatima.get(url(question)))
    fatima.post(url(question, "give/"), {"to": home.ref("daan")})
    assert said not in words(fatima.get(url(question)))


def test_what_came_without_words_asks_the_family_first(home: Asking) -> None:
    question = home.ask(at=ASKED)
    karin = enter(home, "karin")
    today = words(karin.get("/today/"))
    assert "Er wacht een vraag" in today
    assert "Slapen" not in today
    page = karin.get(url(question))
    assert "Dit kun je nog niet lezen." in words(page)
    asked = words(karin.post(url(question, "ask-family/"), follow=True))
    assert "We vroegen het aan het gezin." in asked
    assert "Slapen" not in asked
    home.say(question, "karin", GroundState.GRANTED)
    assert "Slapen en moe in de klas" in words(karin.get(url(question)))


def test_a_title_is_shown_to_the_cover_when_the_family_said_so(home: Asking) -> None:
    question, karin = home.ask(at=ASKED, title_for_cover=True), enter(home, "karin")
    for page in (words(karin.get("/today/")), words(karin.get(url(question)))):
        assert "Slapen en moe in de klas" in page
        assert "Anouk" not in page


def test_a_title_goes_with_the_yes_of_everybody_who_decides(home: Asking) -> None:
    """Found by hand: the title stood with who was asked before the other parent had said yes."""
    question = home.ask(at=ASKED, title_for_cover=True, with_cover=True)
    karin, titled = enter(home, "karin"), []
    for state in (GroundState.ASKED, GroundState.REFUSED, GroundState.GRANTED):
        home.say(question, "fatima", state)
        titled += [
            (state, name)
            for name, client in (("fatima", enter(home, "fatima")), ("karin", karin))
            if "Slapen" in words(client.get("/today/"))
        ]
    assert titled == [(GroundState.GRANTED, "karin")]
    may = ("karin", "daan", "anouk", "willem")
    titles = [Question.objects.titled_for(home.actor(name), at=MONDAY) for name in may]
    sees = [name for name, rows in zip(may, titles, strict=True) if rows.exists()]
    assert sees == ["karin"]  # nobody else, also when a page forgets to ask who acts
    home.say(question, "fatima", GroundState.WITHDRAWN)
    operations.give_back_lost(home.actor("anouk"), [question.folder_id], at=MONDAY)
    today = words(enter(home, "willem").get("/today/"))
    assert "Er wacht een vraag" in today
    assert "Slapen" not in today


def test_knowing_the_family_privately_is_one_tap(home: Asking) -> None:
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    done = client.post(url(question, "private/"), follow=True)
    assert "Iemand anders neemt het over." in words(done)
    assert "Willem is gevraagd." in words(client.get(url(question)))


def test_a_grandmother_is_not_asked_whether_she_knows_the_family_privately(home: Asking) -> None:
    """Found by hand: one tap, and she no longer read what was asked of her."""
    home.kin.seat("ria", "here household", called="Oma Ria", kind=SeatKind.INFORMAL)
    question = home.ask(to="ria", part="here household", at=MONDAY)
    page = words(enter(home, "ria").get(url(question)))
    assert "Ik kan dit niet doen" in page
    assert "Ik ken dit gezin" not in page


def test_a_yes_taken_back_is_a_page_without_content(home: Asking) -> None:
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    assert "elf uur" in words(client.get(url(question)))
    home.say(question, "fatima", GroundState.WITHDRAWN)
    operations.give_back_lost(home.actor("anouk"), [question.folder_id], at=MONDAY)
    gone = words(client.get(url(question)))
    assert "Deze vraag ligt bij iemand anders" in gone
    assert "elf uur" not in gone


def test_who_was_let_out_hears_no_name_of_the_home_any_more(home: Asking) -> None:
    """Found by hand: a place ended, and by the old address one followed who had the question."""
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    home.say(question, "fatima", GroundState.WITHDRAWN)
    operations.give_back_lost(home.actor("anouk"), [question.folder_id], at=MONDAY)
    told = [words(client.get(url(question))), words(client.post(url(question, "pick-up/")))]
    assert [one.count("Willem") for one in told] == [1, 1]  # as long as the place stands

    Seat.objects.filter(who=home.ref("fatima")).update(ended_at=MONDAY)

    told = [words(client.get(url(question))), words(client.post(url(question, "pick-up/")))]
    assert ["Deze vraag ligt bij iemand anders" in one for one in told] == [True, True]
    assert [one.count("Willem") for one in told] == [0, 0]


def test_giving_back_asks_for_a_few_words(home: Asking) -> None:
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    assert "gaat meteen naar" in words(client.get(url(question, "give-back/")))
    assert client.post(url(question, "give-back/"), {"why": ""}).status_code == 422
    done = client.post(url(question, "give-back/"), {"why": "Ik ben weg"}, follow=True)
    assert "Teruggegeven." in words(done)


def test_a_get_does_nothing(home: Asking) -> None:
    question, client = home.ask(at=MONDAY), enter(home, "fatima")
    for deed in ("pick-up/", "accept/", "promise/", "private/", "helped/", "again/"):
        assert client.get(url(question, deed)).status_code == 405, deed
    assert client.get(url(question, "answer/")).status_code == 302
    assert home.steps(question) == ["asked"]


def test_a_professional_asks_and_the_family_says_who_reads_it(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    daan = enter(home, "daan")
    assert "Noor" in words(daan.get("/questions/ask/"))
    here = f"/questions/ask/{home.kin.parts['here noor'].ref}/"
    page = words(daan.get(here))
    assert "Een vraag over Noor" in page
    assert "Fatima, gedragscoach" in page
    assert "Peer" not in page
    told = {"to": home.ref("fatima"), "title": "Wat helpt?", "words": "Noor gaapt in de klas."}
    assert daan.post(here, told | {"to": home.ref("peer")}).status_code == 422
    assert "Gevraagd." in words(daan.post(here, told, follow=True))
    fatima = enter(home, "fatima")
    waits = words(fatima.get("/today/"))
    assert "Er wacht een vraag" in waits
    assert "Wat helpt?" not in waits
    asked = words(fatima.get(url(Question.objects.get())))
    assert "We vroegen het aan het gezin." in asked
    assert "gaapt" not in asked
    assert "Noor gaapt in de klas." in words(daan.get(url(Question.objects.get())))


def test_who_asked_says_whether_it_helped(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    home.kin.ground("fatima", "here noor", "seat")
    question = home.ask(by="daan", to="fatima", at=MONDAY)
    operations.answer(home.actor("fatima"), question.ref, words="Ga slapen.", at=MONDAY)
    daan = enter(home, "daan")
    assert "Er is antwoord. Slapen en moe in de klas" in words(daan.get("/today/"))
    page = words(daan.get(url(question)))
    assert "Antwoord van Fatima Ga slapen." in page
    assert "Ja, ik ben geholpen" in page
    again = daan.post(url(question, "again/"), {"why": "Nog niet"}, follow=True)
    assert "Opnieuw gevraagd." in words(again)
    operations.answer(home.actor("fatima"), question.ref, words="Bel me.", at=MONDAY)
    assert enter(home, "fatima").post(url(question, "helped/")).status_code == 403
    assert "Deze vraag is klaar." in words(daan.post(url(question, "helped/"), follow=True))
    assert home.again(question).state == "closed"


def test_who_reads_along_with_nobody_asks_nothing(home: Asking) -> None:
    wil = enter(home, "wil")
    assert "Je leest nu met niemand mee" in words(wil.get("/questions/ask/"))
    here = f"/questions/ask/{home.kin.parts['here noor'].ref}/"
    assert wil.get(here).status_code == 404
    assert enter(home, "anouk").get("/questions/ask/").status_code == 404


def test_today_asks_the_store_as_often_however_much_waits(home: Asking) -> None:
    fatima = enter(home, "fatima")
    counts = []
    for number in range(1, 7):
        home.ask(title=f"Vraag {number}", at=MONDAY, with_cover=True)
        if number in {1, 6}:
            fatima.get("/today/")  # the glance of today is written once
            with CaptureQueriesContext(connection) as asked:
                assert fatima.get("/today/").content.decode().count("<article") == number
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_was_asked_one_question_sees_that_and_no_lists_that_stay_empty(home: Asking) -> None:
    home.kin.seat("peer", "here noor", called="Peer", kind=SeatKind.QUESTION_ONLY)
    question = home.ask(to="peer", at=MONDAY)
    lists = [reverse(f"circle:{name}") for name in ("said_to", "kept", "after", "decisions")]
    peer = enter(home, "peer").get("/today/").content.decode()
    assert url(question) in peer
    assert [path for path in lists if f'href="{path}"' in peer] == []
    only = "Je leest alleen wat iemand je vraagt. Na je antwoord gaat het voor jou dicht."
    assert only in peer

    home.kin.ground("peer", "here noor", GroundKind.SEAT)
    reads = enter(home, "peer").get("/today/").content.decode()
    assert only not in reads
    assert [path for path in lists if f'href="{path}"' in reads] == lists[:3]  # no guardian
    looks_after = enter(home, "willem").get("/today/").content.decode()
    assert f'href="{lists[2]}"' in looks_after


def test_who_works_with_both_homes_sees_which_one_it_is(home: Asking) -> None:
    """Found by hand: the same name stood there twice, also over the page where one writes."""
    for part in ("here noor", "there noor"):
        home.kin.ground("fatima", part, GroundKind.SEAT)
    theirs = home.kin.seat("fatima", "there noor", called="Fatima")
    Seat.objects.filter(pk=theirs.pk).update(made_by=home.ref("dennis"))
    home.kin.ground("fatima", "school", GroundKind.SEAT)
    fatima = home.kin.reading("fatima", at=MONDAY)
    here, there = (home.kin.parts[one].ref for one in ("here noor", "there noor"))

    both = ["Noor, bij Anouk", "Noor, bij Dennis"]
    assert sorted(one.called for one in queries_work.places(fatima)) == [
        *both,
        "Noor, in beide huizen",
    ]
    assert [queries_work.place(fatima, one).called for one in (here, there)] == both
    assert [queries_work.place(fatima, one).alone for one in (here, there)] == ["Noor", "Noor"]
    assert [queries_beside.part_page(fatima, one).called for one in (here, there)] == both
    writes = enter(home, "fatima")
    writes.post("/reason/", {"why": "talk", "next": "/"})
    told = {"words": "Zij gaapt", "topic": "development", "step": "look", "ref": str(uuid4())}
    assert "Zo leest Noor het over Noor" in words(writes.post(f"/parts/{there}/write/", told))
    assert [queries_deciding.tellable(fatima, one).called for one in (here, there)] == both
    assert [queries_authority.authority_at_work(fatima, one).child for one in (here, there)] == both
    assert [name for _ref, name in queries_meetings.places_to_meet(fatima)] == both
    assert [one.called for one in queries_bring.parts_read(fatima)][:2] == both

    home.kin.seat("karin", "here noor", called="Karin")
    home.kin.ground("karin", "here noor", GroundKind.SEAT)
    karin = home.kin.reading("karin", at=MONDAY)
    assert [one.called for one in queries_work.places(karin)] == ["Noor"]  # of no other home


@pytest.mark.django_db
def test_a_parent_chooses_from_the_question_itself(at_now: datetime) -> None:
    """Found by hand: the page of a question said who wants to read it, with no way to say yes."""
    made = asking(at_now)
    question = made.ask(by="daan", to="fatima")
    here = made.kin.circles["here"].ref
    anouk = enter_kin(made.kin, "anouk")
    choose = reverse("circle:decide", args=[here, made.ground(question, "fatima").ref])

    shown = anouk.get(reverse("circle:asked", args=[here, question.ref])).content.decode()

    assert re.search(rf'href="{choose}"[^>]*>\s*<span[^>]*>Bekijk en kies', shown)
