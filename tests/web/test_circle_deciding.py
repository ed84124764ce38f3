"""Pages of who decides, who leaves, who looks after, who rests, and on what others take part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.permissions import Role
from smartstart.circle import operations_questions, queries_work
from smartstart.circle.models import Authority, Basis, Circle, Leaving, Question, Restriction, Seat
from smartstart.circle.operations_looking_after import offer_looking_after
from smartstart.circle.operations_seats import make_seat_code, number_and_code, take_seat
from smartstart.circle.queries_deciding import seen_by
from smartstart.circle.states import GroundKind, QuestionKind, SeatKind
from smartstart.people.models import Hat
from tests.cast import Cast
from tests.circle.asking import asking
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def home(cast: Cast) -> Kin:
    """Anouk's home, in which she has her seat and Fatima reads along about Noor."""
    made = kin(cast.now)
    seat = Seat(
        folder=made.parts["here household"].folder,
        kind=SeatKind.FAMILY,
        who=made.person("anouk"),
        member=made.members["anouk"],
        from_day=made.today,
        made_by=made.person("anouk"),
    )
    seat.put(called="Anouk")
    seat.save()
    made.ground("fatima", "here noor", GroundKind.SEAT, basis=basis_of(made, "fatima"))
    made.seat("fatima", "here noor", called="Fatima")
    return made


def come(home: Kin, name: str) -> Client:
    """Step in as somebody who said why they look, once for this visit."""
    client = enter_kin(home, name)
    session = client.session
    session["reason"] = {"why": "talk", "ref": "", "at": home.at.timestamp()}
    session.save()
    entered: Client = client
    return entered


def basis_of(made: Kin, name: str) -> Basis:
    return Basis.objects.get(organisation=made.positions[name].organisation.ref)


def at(home: Kin, page: str, *more: Any) -> str:
    return reverse(f"circle:{page}", args=[home.circles["here"].ref, *more])


def statuses(home: Kin, address: str) -> set[str]:
    """Who of everybody may open this page."""
    return {name for name in home.hats if come(home, name).get(address).status_code == 200}


def test_who_decides_is_said_seen_doubted_and_ended(home: Kin) -> None:
    noor, part = home.members["noor"].ref, home.parts["here noor"].ref
    anouk, fatima = come(home, "anouk"), come(home, "fatima")
    page, work = at(home, "authority", noor), reverse("circle:authority_work", args=[part])
    assert (statuses(home, page), statuses(home, work)) == ({"anouk"}, {"fatima"})
    told = words_of(anouk.get(page))
    assert "Gezegd. Niemand zag het nog op papier." in told
    assert "4 maart 2029" in told  # Noor is 12
    said = at(home, "authority_say", noor)
    form = {"kind": "supervision", "adult": "", "function": str(home.receiver("wil"))}
    assert anouk.post(said, form | {"adult": str(home.person("anouk"))}).status_code == 422
    assert anouk.post(said, form | {"kind": "parent"}).status_code == 422
    assert anouk.post(said, form).status_code == 302
    assert "Wil" in words_of(anouk.get(page))

    own = Authority.objects.get(kind="parent", circle=home.circles["here"])
    saw = reverse("circle:authority_saw", args=[part, own.ref])
    assert fatima.post(saw, {"paper": ""}).status_code == 422
    fatima.post(saw, {"paper": "register"})
    seen = "Gezien door Fatima, gedragscoach op 20 november 2026"
    assert seen in words_of(anouk.get(page))
    fatima.post(reverse("circle:authority_doubt_work", args=[part, own.ref]))
    assert "Iemand twijfelt hieraan." in words_of(anouk.get(page))
    assert Question.objects.get().kind == QuestionKind.APART
    order = Authority.objects.get(kind="supervision")
    day = home.in_days(3).isoformat()
    fatima.post(reverse("circle:authority_ended", args=[part, order.ref]), {"last_day": day})
    order.refresh_from_db()
    assert order.last_day == home.in_days(3)
    assert come(home, "dennis").post(saw, {"paper": "court"}).status_code == 404


def let_bas_in(home: Kin) -> None:
    """Give the grandmother's account a parent's role, and a place at home, as Bas."""
    anouk = come(home, "anouk")
    anouk.post(at(home, "add_adult"), {"called": "Bas", "ref": str(uuid4())})
    seat = Seat.objects.get(kind=SeatKind.FAMILY, who=None)
    _code, text = make_seat_code(home.actor("anouk"), seat.ref, at=home.at)
    Hat.objects.filter(pk=home.hats["ria"].pk).update(role=Role.PARENT.value)
    take_seat(home.actor("ria"), *number_and_code(text), at=home.at)


def test_one_says_that_another_left_and_somebody_looks_into_it(home: Kin) -> None:
    let_bas_in(home)
    anouk, bas, willem = (come(home, name) for name in ("anouk", "ria", "willem"))
    told = words_of(anouk.get(at(home, "family")))
    assert "Ik woon hier niet meer" in told
    member = home.family.members.get(person=home.person("ria")).ref
    page = at(home, "left", member)
    assert statuses(home, page) == {"anouk"}
    assert "Tot dan leest Bas gewoon mee in dit huis." in words_of(anouk.get(page))
    anouk.post(page, {"words": "Hij is weg.", "ref": str(uuid4())})

    asked = Leaving.objects.get()
    question = reverse("circle:left_decide", args=[asked.question.ref])
    assert "Hij is weg." in words_of(willem.get(question))
    assert statuses(home, question) == {"willem"}
    seen = words_of(bas.get(at(home, "circle"))) + words_of(bas.get(reverse("circle:home")))
    assert "niet meer" not in seen
    willem.post(question, {"paper": "home", "words": "Ik zag het."})
    assert bas.get(at(home, "circle")).status_code == 404
    asked_page = at(home, "asked", asked.question.ref)
    assert "Ik zag het." in words_of(anouk.get(asked_page))
    assert anouk.post(at(home, "leave")).status_code == 409  # the last one at home


def test_who_lives_there_steps_out_and_reads_what_ends_first(home: Kin) -> None:
    let_bas_in(home)
    bas = come(home, "ria")
    told = words_of(bas.get(at(home, "leave")))
    assert "Dit stopt direct" in told
    assert "Niemand hier ziet waar je heen gaat." in told
    bas.post(at(home, "leave"))
    assert bas.get(at(home, "circle")).status_code == 404


def test_a_parent_asks_how_it_goes_and_reads_why_not(home: Kin) -> None:
    anouk, willem = come(home, "anouk"), come(home, "willem")
    told = {"to": str(home.receiver("willem")), "words": "Hoe gaat het met Noor?"}
    sent = anouk.post(at(home, "information"), told | {"ref": str(uuid4())})
    question = Question.objects.get()
    refuse = reverse("circle:refuse", args=[question.ref])
    assert (question.kind, statuses(home, refuse)) == ("information", {"willem"})
    assert "Dit kan ik niet vertellen" in words_of(
        willem.get(reverse("circle:question", args=[question.ref]))
    )
    willem.post(refuse, {"why": "Dat schaadt haar nu."})
    page = words_of(anouk.get(sent.headers["Location"]))
    assert "Dat schaadt haar nu." in page
    assert "zegt nee, en waarom" in page
    assert "Is duidelijk waarom niet?" in page
    assert "ik ben geholpen" not in page

    anouk.post(at(home, "reopen", question.ref), {"words": "Alleen of ze slaapt."})
    willem.post(reverse("circle:answer", args=[question.ref]), {"words": "Ze slaapt goed."})
    page = words_of(anouk.get(sent.headers["Location"]))
    assert (page.count("zegt nee, en waarom"), page.count("Willem antwoordt")) == (1, 1)
    assert "Ja, ik ben geholpen" in page


def test_another_is_asked_to_look_after_it_and_a_circle_waits_for_a_parent(home: Kin) -> None:
    wil, willem, anouk = (come(home, name) for name in ("wil", "willem", "anouk"))
    after = reverse("circle:after")
    assert statuses(home, after) == {"fatima", "karin", "daan", "willem", "wil", "peer"}
    told = words_of(willem.get(after))
    assert "Kring van Anouk, sinds 21 september 2026" in told
    assert "Thuis" not in told
    ref = home.circles["here"].ref
    willem.post(reverse("circle:after_ask", args=[ref]), {"to": str(home.receiver("wil"))})
    assert "Wil is gevraagd. Willem blijft het doen" in words_of(anouk.get(at(home, "contact")))
    assert "Willem vraagt of jij op deze kring let." in words_of(wil.get(after))
    assert "Iemand vraagt je om op een kring te letten." in words_of(
        wil.get(reverse("circle:today"))
    )
    anouk.post(at(home, "contact_stop"))
    assert wil.post(reverse("circle:after_yes", args=[ref])).status_code == 404
    offer_looking_after(home.actor("anouk"), ref, to=home.receiver("wil"), at=home.at)
    wil.post(reverse("circle:after_yes", args=[ref]))
    home.circles["here"].refresh_from_db()
    assert home.circles["here"].coordinator == home.receiver("wil")

    form = {"own_name": "Malika", "called": "Ons huis", "coordinator": str(home.receiver("fatima"))}
    code = come(home, "fatima").post(reverse("circle:open_for"), form | {"ref": str(uuid4())})
    assert "Geef de ouder deze code" in words_of(code)
    opened = Circle.objects.latest("pk")
    waits = words_of(come(home, "fatima").get(after))
    assert "wissen we hem op 20 december 2026" in waits
    assert "Wacht op een ouder" not in words_of(willem.get(after))
    fresh = reverse("circle:code_for", args=[Seat.objects.get(folder=opened.folder).ref])
    assert come(home, "fatima").post(fresh).status_code == 200
    assert willem.post(fresh).status_code == 404


def test_a_folder_rests_and_the_family_reads_why(home: Kin, enter: Callable[[str], Client]) -> None:
    anouk, petra = come(home, "anouk"), enter("petra")
    ask = reverse("circle:rights_ask", args=["restrict"])
    told = {"part": str(home.parts["here noor"].ref), "words": "", "ref": str(uuid4())}
    anouk.post(ask, told)
    made = Restriction.objects.model._meta.get_field("request").related_model.objects.get()
    answer = reverse("circle:request_answer", args=[made.ref])
    petra.post(answer, {"answer": "yes", "words": "We kijken het na."})

    assert "Nu leest geen organisatie dit" in words_of(
        anouk.get(reverse("circle:request", args=[made.ref]))
    )
    sharing = words_of(anouk.get(at(home, "sharing")))
    assert "We kijken het na." in sharing
    assert "Noor" not in words_of(come(home, "fatima").get(reverse("circle:ask_about")))
    ends = reverse("circle:rest_ends", args=[made.ref])
    assert petra.post(ends, {"day": home.in_days(2).isoformat()}).status_code == 422
    petra.post(ends, {"day": home.in_days(8).isoformat()})
    assert "27 november 2026" in words_of(anouk.get(at(home, "sharing")))
    assert (
        come(home, "dennis").post(reverse("circle:rest_stop", args=[made.ref])).status_code == 404
    )
    anouk.post(reverse("circle:rest_stop", args=[made.ref]))
    assert "Noor" in words_of(come(home, "fatima").get(reverse("circle:ask_about")))


def test_on_what_an_organisation_takes_part_is_set_by_its_administrator(
    home: Kin, enter: Callable[[str], Client], cast: Cast
) -> None:
    ada, petra, bases = enter("ada"), enter("petra"), reverse("circle:bases")
    assert ada.get(bases).status_code == petra.get(bases).status_code == 200
    assert enter("sam").get(bases).status_code == come(home, "anouk").get(bases).status_code
    assert "Plek police" in words_of(petra.get(bases))
    assert "Plek police" not in words_of(ada.get(bases))
    school = home.positions["fatima"].organisation.ref
    page = reverse("circle:basis", args=[school])
    assert ada.get(page).status_code == 404
    told = {"regime": "youth_care", "article": "Jeugdwet 7.3.11", "agreement": "Afspraak 2026"}
    assert petra.post(page, {"regime": "youth_care"}).status_code == 422
    petra.post(page, told)
    assert "Jeugdwet 7.3.11" in words_of(petra.get(bases))
    end = reverse("circle:basis_end", args=[school])
    assert "leest direct niets meer" in words_of(petra.get(end))
    petra.post(end)
    assert petra.get(end).status_code == 404
    assert not Basis.objects.filter(organisation=school, ended_at=None).exists()


def test_what_somebody_sees_is_what_their_own_page_shows(home: Kin) -> None:
    """The preview before, the page of the receiver, and "what does this person see": the same."""
    home.seat("daan", "here noor", called="Daan", kind=SeatKind.QUESTION_ONLY)
    shown = home.entry("here noor", "Ze slaapt laat.", title="Slapen")
    home.entry("here noor", "Dit blijft thuis.", title="Van ons")
    anouk, part = come(home, "anouk"), home.parts["here noor"].ref
    form = {
        "part": str(part),
        "to": str(home.receiver("daan")),
        "title": "Wat helpt?",
        "words": "Noor is moe.",
        "attach": [str(shown.ref)],
        "ref": str(uuid4()),
    }
    before = words_of(anouk.post(at(home, "ask"), form))
    anouk.post(at(home, "ask"), form | {"step": "send"})
    question = Question.objects.get()
    page = queries_work.question(home.reading("daan"), question.ref)
    assert page.words is not None
    read = (page.words.title, page.words.words, *(one.words for one in page.words.attached))
    assert read == ("Wat helpt?", "Noor is moe.", "Ze slaapt laat.")
    assert [word for word in read if word not in before] == []
    assert "Dit blijft thuis." not in before
    seat = Seat.objects.get(who=home.receiver("daan"))
    now = seen_by(home.reading("anouk"), home.circles["here"].ref, seat.ref)
    assert (now.questions, now.entries, now.agreements) == (("Wat helpt?",), ("Slapen",), ())
    everything = Seat.objects.get(who=home.receiver("fatima"), folder=seat.folder)
    told = words_of(anouk.get(at(home, "sees", everything.ref)))
    assert "Van ons" in told
    operations_questions.answer(home.actor("daan"), question.ref, words="Vaste tijd.", at=home.at)
    assert "Deze mens leest nu niets." in words_of(anouk.get(at(home, "sees", seat.ref)))


def test_before_it_goes_to_the_police_the_family_reads_what_they_may(home: Kin) -> None:
    home.seat("peer", "here noor", called="Peer", kind=SeatKind.QUESTION_ONLY)
    told = {
        "part": str(home.parts["here noor"].ref),
        "to": str(home.receiver("peer")),
        "title": "Kunt u helpen?",
        "words": "Er is iets gestolen.",
        "ref": str(uuid4()),
    }
    page = words_of(come(home, "anouk").post(at(home, "ask"), told))
    assert "Wat de politie ermee mag doen" in page
    assert "Wet politiegegevens" in page
    asked = operations_questions.ask_question(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        to=home.receiver("peer"),
        title="a",
        words="b",
        at=home.at,
    )
    ground = asked.grounds.get()
    page = words_of(come(home, "anouk").get(at(home, "decide", ground.ref)))
    assert "Wat de politie ermee mag doen" in page


def test_who_is_asked_now_and_then_can_ask_too(home: Kin) -> None:
    """Only by who let them in and when: a name of the family stands nowhere on these pages."""
    home.seat("daan", "here noor", called="Daan", kind=SeatKind.QUESTION_ONLY)
    daan, part = come(home, "daan"), home.parts["here noor"].ref
    told = words_of(daan.get(reverse("circle:ask_about")))
    assert "Anouk liet je toe op 21 oktober 2026" in told
    ask = reverse("circle:ask_work", args=[part])
    page = words_of(daan.get(ask))
    assert "Noor" not in told + page
    form = {"to": str(home.person("anouk")), "title": "Mag ik bellen?", "words": "Over slapen."}
    daan.post(ask, form | {"ref": str(uuid4())})
    question = Question.objects.get()
    assert (question.asker, question.holder) == (home.receiver("daan"), home.person("anouk"))
    assert come(home, "karin").get(ask).status_code == 404
    Seat.objects.filter(who=home.receiver("daan")).update(last_day=home.today - timedelta(days=1))
    assert daan.get(ask).status_code == 404


def test_an_agreement_that_is_not_there_is_not_there(home: Kin) -> None:
    anouk = come(home, "anouk")
    for page in ("end_agreement", "add_action"):
        assert anouk.get(at(home, page, uuid4())).status_code == 404


def test_i_do_not_get_this_goes_to_a_person_from_every_page_of_a_family(home: Kin) -> None:
    anouk, unclear = come(home, "anouk"), at(home, "unclear")
    for page in ("rights", "meetings", "home"):
        assert unclear in anouk.get(reverse(f"circle:{page}")).content.decode()
    told = {"words": "Wat is een grondslag?", "ref": str(uuid4())}
    anouk.post(unclear, told)
    question = Question.objects.get()
    assert (question.kind, question.holder) == ("unclear", home.receiver("willem"))


def test_who_answers_the_police_reads_first_what_they_may_do_with_it(home: Kin) -> None:
    """Found by hand: only who asked them read it; a question from the police had a bare form."""
    home.seat("peer", "here household", called="Peer", kind=SeatKind.QUESTION_ONLY)
    told = {"to": home.person("anouk"), "title": "Waar was Noor?", "words": "Wat weet je nog?"}
    asked = operations_questions.ask_question(
        home.actor("peer"), home.parts["here household"].ref, at=home.at, **told
    )
    anouk, here = come(home, "anouk"), home.circles["here"].ref
    address = reverse("circle:asked", args=[here, asked.ref])
    duty = "Wat de politie ermee mag doen"

    page = anouk.get(address).content.decode()
    assert page.index(duty) < page.index("Stuur je antwoord")
    assert duty not in anouk.post(address, {"words": "Bij oma."}, follow=True).content.decode()

    mine = operations_questions.ask_question(
        home.actor("anouk"),
        home.parts["here household"].ref,
        to=home.receiver("peer"),
        title="Mag dat?",
        words="Mag Noor daar fietsen?",
        at=home.at,
    )
    operations_questions.answer(home.actor("peer"), mine.ref, words="Ja.", at=home.at)
    again = anouk.get(reverse("circle:reopen", args=[here, mine.ref])).content.decode()
    assert again.index(duty) < again.index("Vraag het opnieuw")
    how = anouk.get(at(home, "information")).content.decode()
    assert how.index(duty) < how.index("Vraag dit")


def test_a_yes_that_was_taken_back_stands_in_the_list(db: None, now: datetime) -> None:
    """Found by hand: it stood in no list, so nobody could see there what they had stopped."""
    world = asking(now)
    question = world.ask()
    ground, anouk = world.ground(question, "fatima"), enter_kin(world.kin, "anouk")
    circle = world.kin.circles["here"].ref
    page = reverse("circle:sharing", args=[circle])
    assert "Dit is gestopt" not in words_of(anouk.get(page))
    anouk.post(reverse("circle:take_back", args=[circle, ground.ref]))
    told = words_of(anouk.get(page)).split("Dit is gestopt")[1]
    assert "Fatima" in told
    assert "Er wordt nu niets gedeeld." in told
