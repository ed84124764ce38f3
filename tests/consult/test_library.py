"""The library: written anew, let in by somebody from elsewhere, tied to no question."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.consult import operations_answering as answering
from smartstart.consult import tasks
from smartstart.consult.library import counting, errors, operations, queries, rules
from smartstart.consult.models import (
    AnswerDraft,
    Exchange,
    LearnedAnswer,
    Returning,
    ReturningTold,
)
from smartstart.consult.rules import LEAST_SHOWN
from smartstart.programme.models import Municipality, Region, Vindplaats
from tests.consult.people import WORDS, People, people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)  # a Tuesday
TODAY = date(2026, 11, 17)
ANSWER = "Zet hem bij het raam en vertel vooraf wat er komt. Een koptelefoon helpt ook."
NEW = {
    "question": "Wat helpt een leerling die schrikt van lawaai?",
    "answer": "Een vaste rustige plek, en van tevoren zeggen wat er gebeurt.",
}


@pytest.fixture
def room(db: None) -> People:
    return people(AT)


@pytest.fixture
def answered(room: People) -> Exchange:
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words=ANSWER, at=AT)
    return exchange


def written(room: People, exchange: Exchange, **more: object) -> AnswerDraft:
    told = NEW | {"at": AT, "ref": None} | more
    return operations.write(room.actor("fatima"), exchange.ref, **told)  # type: ignore[arg-type]


def seen_by(room: People, name: str) -> list[str]:
    reading = Reading(room.actor(name), at=AT, origin="")
    return [one.question for one in queries.to_check(reading, today=TODAY)]


def test_somebody_from_elsewhere_lets_it_in_and_the_draft_is_gone(
    room: People, answered: Exchange
) -> None:
    draft = written(room, answered)
    assert NEW["question"].encode() not in bytes(draft.question)
    assert {
        name for name in ("joost", "fatima", "karin", "bas", "marit") if seen_by(room, name)
    } == {
        "bas",
        "marit",
    }
    with pytest.raises(NotFound):
        operations.let_in(room.actor("karin"), draft.ref, at=AT)  # of the same school
    learned = operations.let_in(room.actor("bas"), draft.ref, at=AT)

    assert (learned.question, learned.answer) == (NEW["question"], NEW["answer"])
    assert (learned.domain, learned.checked_domain) == ("education", "health")
    assert AnswerDraft.objects.count() == 0
    draft.folder.refresh_from_db()
    with pytest.raises(KeyIsGone):
        draft.folder.key()
    with pytest.raises(NotFound):
        operations.let_in(room.actor("bas"), draft.ref, at=AT)
    assert [one.question for one in queries.newest(VISITOR, today=TODAY)] == [NEW["question"]]
    lines = Line.objects.filter(folder=draft.folder).values_list("deed", flat=True)
    assert list(lines.order_by("number")) == ["made", "erased"]


def test_what_is_kept_out_is_destroyed_and_may_be_written_anew(
    room: People, answered: Exchange
) -> None:
    draft = written(room, answered)
    operations.keep_out(room.actor("marit"), draft.ref, at=AT)

    assert (AnswerDraft.objects.count(), LearnedAnswer.objects.count()) == (0, 0)
    assert written(room, answered).ref != draft.ref


def test_only_who_answered_writes_and_never_a_copy(room: People, answered: Exchange) -> None:
    waiting = room.ask("bas")
    copy = "Bij ons geldt: " + " ".join(ANSWER.split()[:7])
    with pytest.raises(errors.NotAnsweredByYou):
        operations.write(room.actor("joost"), answered.ref, **NEW, at=AT, ref=None)
    with pytest.raises(errors.NotAnsweredByYou):
        operations.write(room.actor("bas"), waiting.ref, **NEW, at=AT, ref=None)
    with pytest.raises(NotFound):
        operations.write(room.actor("daan"), answered.ref, **NEW, at=AT, ref=None)
    with pytest.raises(errors.WriteBoth):
        written(room, answered, answer=" ")
    with pytest.raises(errors.ItIsACopy):
        written(room, answered, answer=copy)
    with pytest.raises(errors.ItIsACopy):
        written(room, answered, question=WORDS.upper())
    assert AnswerDraft.objects.count() == 0
    first = written(room, answered, ref=answered.folder.ref)
    assert written(room, answered, ref=answered.folder.ref).pk == first.pk


def test_a_visitor_sees_no_draft_and_decides_nothing(room: People, answered: Exchange) -> None:
    draft = written(room, answered)
    for actor in (VISITOR, room.actor("ada"), room.actor("els")):
        assert list(AnswerDraft.objects.visible_to(actor, on=TODAY)) == []
        with pytest.raises(NotFound):
            operations.keep_out(actor, draft.ref, at=AT)
    with pytest.raises((NotFound, NotAllowed)):
        operations.write(room.actor("peer"), answered.ref, **NEW, at=AT, ref=None)


def test_a_draft_that_waits_too_long_is_gone_by_the_clock_and_then_by_the_task(
    room: People, answered: Exchange
) -> None:
    draft = written(room, answered)
    late = AT + operations.WAITS
    rows = AnswerDraft.objects.visible_to(room.actor("bas"), on=late.date())
    assert list(rows) == []
    assert (operations.erase_due(at=late - timedelta(days=1)), operations.erase_due(at=late)) == (
        0,
        1,
    )
    draft.folder.refresh_from_db()
    with pytest.raises(KeyIsGone):
        draft.folder.key()
    assert tasks.erase_due.func() >= 0


def test_similar_answers_come_with_two_queries_and_never_by_chance(
    room: People, answered: Exchange, django_assert_num_queries: object
) -> None:
    operations.let_in(room.actor("bas"), written(room, answered).ref, at=AT)

    def like(text: str) -> list[str]:
        return [one.question for one in queries.similar(VISITOR, text, today=TODAY)]

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert like("Een leerling in mijn klas is bang van lawaai, wat helpt?") == [NEW["question"]]
    assert like("lawaai") == []
    assert like("Wij hebben geen geld voor eten deze week.") == []


def assert_taken_out_with_its_counts(room: People, learned: LearnedAnswer, office: Actor) -> None:
    """Who reads it reports it, nobody reads it then, and somebody decides what becomes of it."""

    def read_by(actor: Actor) -> list[UUID]:
        return [one.ref for one in queries.newest(actor, today=TODAY)]

    def waits(actor: Actor) -> list[UUID]:
        return [one.ref for one in queries.reported(actor, today=TODAY)]

    bas, later = room.actor("bas"), AT + timedelta(hours=1)
    assert waits(office) == []
    operations.report(VISITOR, learned.ref, at=AT)
    assert read_by(VISITOR) == read_by(bas) == counting.came_back(office) == []
    assert waits(bas) == waits(office) == [learned.ref]
    for nobody in (VISITOR, room.actor("els"), room.actor("ada"), room.actor("peer")):
        for deed in (operations.let_stand, operations.take_out):
            with pytest.raises(NotFound):
                deed(nobody, learned.ref, at=AT)
        with pytest.raises(NotFound):
            queries.reported(nobody, today=TODAY)
    operations.let_stand(office, learned.ref, at=later)
    assert (read_by(VISITOR), waits(bas)) == ([learned.ref], [])
    with pytest.raises(NotFound):
        operations.take_out(bas, learned.ref, at=later)
    operations.report(VISITOR, learned.ref, at=later + timedelta(hours=1))
    assert (read_by(VISITOR), waits(bas)) == ([learned.ref], [learned.ref])
    operations.take_out(bas, learned.ref, at=later)
    left = (LearnedAnswer.objects.count(), Returning.objects.count(), ReturningTold.objects.count())
    assert left == (0, 0, 0)
    with pytest.raises(NotFound):
        operations.report(VISITOR, learned.ref, at=AT)


def test_what_came_back_is_told_from_the_threshold_on(room: People, answered: Exchange) -> None:
    learned = operations.let_in(room.actor("bas"), written(room, answered).ref, at=AT)
    region = Region.objects.create(
        slug="de-regio", name="De regio", office=room.hats["marit"].account
    )
    town = Municipality.objects.create(region=region, code="GM0855", name="Tilburg")
    place = Vindplaats.objects.create(name="De Regenboog", kind="primary_school", municipality=town)
    viewer = room.actor("marit")
    office = Actor(role="programme_office", account=viewer.account, person=viewer.person)  # type: ignore[arg-type]

    def back(times: int) -> list[tuple[str, int]]:
        for _ in range(times):
            operations.came_back(room.actor("bas"), learned.ref, place=place.pk, at=AT)
        tasks.count_what_returns.call()
        return [(one.place, one.times) for one in counting.came_back(office)]

    assert back(LEAST_SHOWN - 1) == []
    operations.came_back(room.actor("bas"), learned.ref, place=place.pk, at=AT)
    assert counting.came_back(office) == []  # not before it is counted
    assert back(0) == [("De Regenboog", LEAST_SHOWN)]
    assert_taken_out_with_its_counts(room, learned, office)
    learned = operations.let_in(room.actor("bas"), written(room, answered).ref, at=AT)
    assert back(1) == []
    assert Returning.objects.get().month == date(2026, 11, 1)
    with pytest.raises(NotFound):
        counting.came_back(VISITOR)
    with pytest.raises(NotAllowed):
        operations.came_back(VISITOR, learned.ref, place=place.pk, at=AT)
    with pytest.raises(NotFound):
        operations.came_back(VISITOR, learned.ref, place=0, at=AT)
    with pytest.raises(NotFound):
        operations.came_back(VISITOR, answered.ref, place=place.pk, at=AT)


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=20),
    st.lists(st.sampled_from("abcdefgh"), max_size=20),
)
def test_a_copy_has_six_words_in_a_row(one: list[str], other: list[str]) -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}

    assert rules.is_copied(", ".join(one), [" ".join(other).upper()]) == bool(
        runs(one) & runs(other)
    )


def test_a_rare_word_in_common_weighs_more() -> None:
    known = {
        1: ["slaap", "kind", "moe"],
        2: ["kind", "school", "moe"],
        3: ["kind", "school", "pest"],
    }
    assert rules.most_alike(["kind", "moe", "slaap"], known) == [1, 2]
    assert rules.most_alike(["pest", "school", "kind"], known) == [3, 2]
    assert rules.most_alike([], known) == []
