"""A question without a name goes on in a circle, with the family's yes; nothing joins the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from smartstart.access.actor import VISITOR
from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.access.verify import verify
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotFound
from smartstart.circle import errors_questions
from smartstart.circle import operations_sharing as sharing
from smartstart.circle.models import Question
from smartstart.circle.operations_from_consult import bring, bring_by_code
from smartstart.circle.queries_bring import has_where_to_bring, parts_read
from smartstart.circle.states import GroundState
from smartstart.consult import errors, operations_erasing
from smartstart.consult import operations_answering as answering
from smartstart.consult import operations_asking as asking
from smartstart.consult.models import Exchange, Tally
from smartstart.consult.states import AskerKind
from tests.circle.asking import Asking
from tests.circle.asking import asking as home_with_questions
from tests.circle.kin import enter_kin

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
CODE = "VRAA2345VRAA2345"
WORDS = "Mijn kind slaapt pas om elf uur. Wat kan ik doen?"


@pytest.fixture
def home(db: None) -> Asking:
    made = home_with_questions(AT)
    asking.name_team(made.ref("willem"), place=None)
    return made


def asked(home: Asking, to: str) -> Exchange:
    return asking.ask(
        VISITOR, words=WORDS, to=[home.ref(to)], kind=AskerKind.PARENT, code=CODE, at=AT
    )


def part(home: Asking) -> UUID:
    return home.kin.parts["here noor"].ref


def test_a_mother_brings_her_question_with_its_history_and_its_holder(home: Asking) -> None:
    exchange = asked(home, "fatima")
    fatima = home.actor("fatima")
    answering.ask_back(fatima, exchange.ref, words="Hoe oud?", at=AT + timedelta(minutes=5))
    rules = Exchange.objects.select_related("folder").get().folder.rules_version
    later = AT + timedelta(hours=1)
    question = bring_by_code(home.actor("anouk"), part(home), code=CODE, at=later)

    assert home.name(question.holder) == "fatima"
    assert home.ground(question, "fatima").state == GroundState.GRANTED
    reading = Reading(home.actor("anouk"), at=later)
    found = Question.objects.read_by(home.actor("anouk"), at=later).select_related("folder")
    words = reading.text(found.get(pk=question.pk), "words")
    assert words.startswith(WORDS)
    assert words.endswith(": Hoe oud?")
    assert question.folder == home.kin.parts["here noor"].folder
    assert question.ref != exchange.ref
    again = Exchange.objects.get()
    thirtieth = datetime(2026, 12, 17, tzinfo=HERE)
    assert (again.state, again.erase_at) == ("closed", thirtieth)
    assert again.folder.rules_version == rules + 1
    written = {(one.at, one.deed) for one in Line.objects.filter(folder=exchange.folder)}
    asked_and_asked_back = {(AT, "made"), (AT + timedelta(minutes=5), "changed")}
    assert written == asked_and_asked_back, "a line of the same moment would join the two"
    assert Tally.objects.get().to_circle
    with pytest.raises(errors.WentOnOrIsOver):
        bring_by_code(home.actor("anouk"), part(home), code=CODE, at=later)
    assert operations_erasing.erase(exchange.ref, at=later + timedelta(days=30))
    assert Question.objects.filter(pk=question.pk).exists()


def test_who_held_it_and_has_no_place_here_is_let_in_first(home: Asking) -> None:
    exchange = asked(home, "peer")
    with pytest.raises(errors_questions.NotInThisCircle):
        bring_by_code(home.actor("anouk"), part(home), code=CODE, at=AT)
    assert Exchange.objects.get(pk=exchange.pk).state == "held"
    assert not Question.objects.exists()


def test_the_way_to_a_circle_is_shown_to_who_has_a_choice_there(home: Asking) -> None:
    actors = {name: home.actor(name) for name in ("anouk", "fatima", "karin", "daan", "peer")}
    shown = {name: has_where_to_bring(actor, at=AT) for name, actor in actors.items()}
    offered = {name: bool(parts_read(Reading(actor, at=AT))) for name, actor in actors.items()}

    assert shown == offered
    assert (shown["anouk"], shown["peer"]) == (True, False)


def test_a_professional_brings_it_and_the_family_is_asked_first(home: Asking) -> None:
    daan = home.actor("daan")
    exchange = asking.ask(
        daan, words=WORDS, to=[home.ref("fatima")], kind=AskerKind.PROFESSIONAL, at=AT
    )
    for name in ("fatima", "willem", "anouk"):
        with pytest.raises(NotFound):
            bring(home.actor(name), part(home), exchange=exchange.ref, at=AT)
    question = bring(daan, part(home), exchange=exchange.ref, at=AT)

    assert home.ground(question, "fatima").state == GroundState.ASKED
    assert "fatima" not in home.reading(question, at=AT)
    with pytest.raises(errors_questions.BroughtAlready):
        bring(daan, part(home), exchange=exchange.ref, at=AT)


LONG = "Vanavond eerst voorlezen en dan het licht uit. " * 100  # 4,700 characters
LATER = AT + timedelta(hours=2)


def brought(home: Asking) -> tuple[Exchange, Question]:
    """Daan asked Fatima; she answered at length, and goes on answering after he brought it."""
    daan, fatima = home.actor("daan"), home.actor("fatima")
    exchange = asking.ask(
        daan, words=WORDS, to=[home.ref("fatima")], kind=AskerKind.PROFESSIONAL, at=AT
    )
    answering.ask_back(fatima, exchange.ref, words=f"{LONG}Hoe oud?", at=AT + timedelta(minutes=5))
    question = bring(daan, part(home), exchange=exchange.ref, at=AT + timedelta(hours=1))
    answering.answer(fatima, exchange.ref, words=f"{LONG}Bel mij.", at=AT + timedelta(minutes=70))
    return exchange, question


def words_of(home: Asking, question: Question) -> str:
    reading = Reading(home.actor("anouk"), at=LATER)
    found = Question.objects.read_by(home.actor("anouk"), at=LATER).select_related("folder")
    return reading.text(found.get(pk=question.pk), "words")


def test_what_a_professional_brings_goes_on_whole_at_the_yes_and_not_before(home: Asking) -> None:
    exchange, question = brought(home)
    waits = Exchange.objects.get(pk=exchange.pk)
    assert (waits.state, waits.closed_at) == ("answered", None)
    assert words_of(home, question).endswith("Hoe oud?")

    ground = home.ground(question, "fatima")
    sharing.say_yes(home.actor("anouk"), ground.ref, at=LATER)
    whole = words_of(home, question)
    assert whole.count(LONG.strip()) == 2
    assert whole.endswith("Bel mij.")
    assert "fatima" in home.reading(question, at=LATER)
    ended = Exchange.objects.get(pk=exchange.pk)
    assert (ended.state, ended.closed_at) == ("closed", LATER)
    assert Tally.objects.get().to_circle
    assert home.again(question).brought_from is None
    assert verify(key=None).faults == []


def test_at_a_no_it_goes_on_without_a_name_and_can_be_brought_again(home: Asking) -> None:
    exchange, question = brought(home)
    sharing.say_no(home.actor("anouk"), home.ground(question, "fatima").ref, at=LATER)

    assert Exchange.objects.get(pk=exchange.pk).closed_at is None
    ended = home.again(question)
    assert (ended.state, ended.ended_at, ended.brought_from) == ("closed", LATER, None)
    again = bring(home.actor("daan"), part(home), exchange=exchange.ref, at=LATER)
    assert again.brought_from == exchange.ref
    assert again.pk != question.pk


def test_a_yes_for_what_is_gone_meanwhile_keeps_what_was_brought(home: Asking) -> None:
    exchange, question = brought(home)
    before = words_of(home, question)
    Exchange.objects.filter(pk=exchange.pk).update(erase_at=AT + timedelta(minutes=90))
    assert operations_erasing.erase(exchange.ref, at=LATER)
    sharing.say_yes(home.actor("anouk"), home.ground(question, "fatima").ref, at=LATER)

    assert words_of(home, question) == before
    assert home.again(question).brought_from is None


def test_the_page_asks_for_the_code_and_about_whom(home: Asking) -> None:
    with clock.fixed(AT + timedelta(hours=1)):
        asked(home, "fatima")
        anouk = enter_kin(home.kin, "anouk")
        page = anouk.get("/ask/circle/")
        assert str(part(home)) in page.content.decode()
        assert page.content.decode().count("Noor, in beide huizen") == 1
        wrong = anouk.post("/ask/circle/", {"code": "2222", "part": str(part(home))})
        assert wrong.status_code == 422
        told = {"code": CODE, "part": str(part(home))}
        assert anouk.post("/ask/circle/", told).headers["Location"] == "/circles/"
        assert Question.objects.get().asker == home.ref("anouk")
        peer = enter_kin(home.kin, "peer")
        assert peer.get("/ask/circle/").status_code == 404
        found = [b"/ask/circle/" in one.get("/my-question/").content for one in (peer, anouk)]
        assert found == [False, True]


def test_a_question_of_another_is_brought_nowhere(home: Asking) -> None:
    with clock.fixed(AT + timedelta(hours=1)):
        exchange = asking.ask(
            home.actor("fatima"),
            words=WORDS,
            to=[home.ref("daan")],
            kind=AskerKind.PROFESSIONAL,
            at=AT,
        )
        fatima, anouk = enter_kin(home.kin, "fatima"), enter_kin(home.kin, "anouk")
        there = f"/consult/{exchange.ref}/circle/"

        assert there not in fatima.get(f"/consult/{exchange.ref}/").content.decode()
        assert fatima.get(there).status_code == 404
        assert anouk.get(there).status_code == 404
        assert anouk.post(there, {"part": str(part(home))}).status_code == 404
        assert not Question.objects.exists()
