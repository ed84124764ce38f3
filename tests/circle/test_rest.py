"""A folder that rests (AVG 18): no function reads it by any way; the family does, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import gate, queries_work
from smartstart.circle.errors_questions import ItRests
from smartstart.circle.models import Question, Reply, Restriction, RightsRequest
from smartstart.circle.operations_questions import answer, ask_question, pick_up
from smartstart.circle.operations_rest import TellThemFirst, end_rest, end_rest_on
from smartstart.circle.operations_rights import answer_right, ask_right
from smartstart.circle.operations_words import write_entry
from smartstart.circle.queries_own import own_sheet
from smartstart.circle.states import Right
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


def asked_to_rest(place: Town, part: UUID) -> RightsRequest:
    return ask_right(
        place.actor("anouk"), Right.RESTRICT, words="Dit klopt niet.", at=place.at, part=part
    )


def test_no_function_reads_what_rests_and_all_is_as_before_when_it_ends(place: Town) -> None:
    circle = place.open()
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    sem = place.part(place.child(circle, "Sem", years_ago(5, place.today)), circle)
    for part in (noor, sem):
        for name in ("fatima", "daan"):
            place.seat(part, name)
        place.ask(part, "fatima")
    fatima = place.actor("fatima")
    own = ask_question(fatima, noor.ref, to=place.ref("daan"), title="a", words="b", at=place.at)
    held = ask_question(
        place.actor("anouk"), noor.ref, to=place.ref("daan"), title="c", words="d", at=place.at
    )
    made = asked_to_rest(place, noor.ref)
    assert gate.may_read(fatima, noor.folder_id, at=place.at)

    answer_right(
        place.actor("petra"), made.ref, words="We kijken het na.", is_done=True, at=place.at
    )

    def seen(name: str) -> tuple[bool, bool, set[int]]:
        read = Question.objects.read_by(place.actor(name), at=place.at)
        return (
            gate.may_read(place.actor(name), noor.folder_id, at=place.at),
            gate.may_read(place.actor(name), sem.folder_id, at=place.at),
            set(read.values_list("pk", flat=True)),
        )

    assert seen("fatima") == (False, True, set())
    assert seen("daan") == (False, False, set())
    assert seen("anouk") == (True, True, {own.pk, held.pk})
    page = queries_work.question(Reading(place.actor("daan"), at=place.at), held.ref)
    assert (page.words, page.acts) == (None, True)  # it stays theirs, without its words
    with pytest.raises(ItRests):
        write_entry(fatima, noor.ref, words="Toch iets.", at=place.at)
    reading = Reading(place.actor("anouk"), at=place.at)
    why = Restriction.objects.visible_to(place.actor("anouk"), on=place.today)
    assert reading.text(why.select_related("folder").get(), "why") == "We kijken het na."
    assert not Restriction.objects.visible_to(fatima, on=place.today).exists()

    with pytest.raises(NotAllowed):
        end_rest(place.actor("petra"), made.ref, at=place.at)
    end_rest(place.actor("anouk"), made.ref, at=place.at)
    assert seen("fatima") == (True, True, {own.pk, held.pk})
    assert seen("daan") == (False, False, {held.pk})
    pick_up(place.actor("daan"), held.ref, at=place.at)
    answer(place.actor("daan"), held.ref, words="Ja.", at=place.at)


def test_ones_own_answer_is_not_taken_along_while_it_rests(place: Town) -> None:
    circle = place.open()
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(noor, "daan")
    anouk, daan = place.actor("anouk"), place.actor("daan")
    held = ask_question(anouk, noor.ref, to=place.ref("daan"), title="c", words="d", at=place.at)
    place.ask(noor, "daan")
    pick_up(daan, held.ref, at=place.at)
    answer(daan, held.ref, words="Ja.", at=place.at)
    given = Reply.objects.get(question=held).ref
    assert own_sheet(Reading(daan, at=place.at), "answer", given).pieces[0].words == "Ja."

    made = asked_to_rest(place, noor.ref)
    answer_right(place.actor("petra"), made.ref, words="Weer.", is_done=True, at=place.at)

    with pytest.raises(NotFound):
        own_sheet(Reading(daan, at=place.at), "answer", given)
    assert queries_work.question(Reading(daan, at=place.at), held.ref).own == ()


def test_others_read_again_on_a_day_that_the_family_knows_a_week_before(place: Town) -> None:
    circle = place.open()
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(noor, "fatima")
    place.ask(noor, "fatima")
    made = asked_to_rest(place, noor.ref)
    answer_right(place.actor("petra"), made.ref, words="Rust.", is_done=True, at=place.at)
    with pytest.raises(TellThemFirst):
        end_rest_on(
            place.actor("petra"), made.ref, day=place.today + timedelta(days=6), at=place.at
        )
    with pytest.raises(NotAllowed):
        end_rest_on(place.actor("anouk"), made.ref, day=place.today, at=place.at)
    end_rest_on(place.actor("petra"), made.ref, day=place.today + timedelta(days=7), at=place.at)

    reads = []
    for _ in range(8):
        reads.append(gate.may_read(place.actor("fatima"), noor.folder_id, at=place.at))
        place.later(1)
    assert reads == [False] * 7 + [True]
    with pytest.raises(NotFound):  # what is over does not begin anew by another day
        end_rest_on(place.actor("petra"), made.ref, day=place.today + timedelta(9), at=place.at)
    assert gate.may_read(place.actor("fatima"), noor.folder_id, at=place.at)
    again = asked_to_rest(place, noor.ref)
    answer_right(place.actor("petra"), again.ref, words="Weer.", is_done=True, at=place.at)
    assert not gate.may_read(place.actor("fatima"), noor.folder_id, at=place.at)


def test_only_about_oneself_or_a_child_one_decides_about(place: Town) -> None:
    circle = place.open()
    noor = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.adult(circle, "bas")
    for name, part in (
        ("bas", noor),  # lives there, decides nothing about her
        ("anouk", place.household(circle)),
        ("dennis", noor),
        ("fatima", noor),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            ask_right(place.actor(name), Right.RESTRICT, words="", at=place.at, part=part.ref)
    done = ask_right(place.actor("anouk"), Right.ACCESS, words="", at=place.at, part=noor.ref)
    answer_right(place.actor("petra"), done.ref, words="Hier.", is_done=True, at=place.at)
    refused = asked_to_rest(place, noor.ref)
    answer_right(place.actor("petra"), refused.ref, words="Nee.", is_done=False, at=place.at)
    assert not Restriction.objects.exists()
