"""The one UPDATE that decides, on a table that only these tests have."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import isolate_apps

from smartstart.holding import operations
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from smartstart.holding.models import Held, HeldQuerySet
from smartstart.holding.rules import State

ANOUK, FATIMA, KARIN = (UUID(int=number) for number in (1, 2, 3))


with isolate_apps("smartstart.holding"):  # so that no house test takes it for a table of ours

    class Question(Held):
        objects = HeldQuerySet["Question"].as_manager()

        class Meta(Held.Meta):
            abstract = False
            app_label = "holding"


@pytest.fixture
def question(real_db: object) -> Question:
    with connection.schema_editor() as editor:
        editor.create_model(Question)
    asked: Question = Question.objects.create(holder=FATIMA, asker=ANOUK)
    return asked


def test_a_question_goes_from_one_holder_to_the_next(question: Question, now: datetime) -> None:
    soon = now + timedelta(hours=2)
    operations.offer(question, to=KARIN, ends_at=soon, at=now)
    assert list(Question.objects.held_by(FATIMA)) == [question]
    assert list(Question.objects.offered_to(KARIN, at=now)) == [question]
    assert list(Question.objects.offered_to(KARIN, at=soon)) == []
    operations.accept(question, by=KARIN, at=now)
    operations.answer(question, by=KARIN, at=now)
    operations.reopen(question, by=ANOUK)
    operations.answer(question, by=KARIN, at=now)
    operations.confirm(question, by=ANOUK)
    question.refresh_from_db()
    assert (question.holder, question.state, question.version) == (KARIN, State.CLOSED, 7)
    assert list(Question.objects.held_by(KARIN)) == []


def test_a_no_has_a_reason_and_leaves_the_holder(question: Question, now: datetime) -> None:
    operations.offer(question, to=KARIN, ends_at=now + timedelta(hours=2), at=now)
    with pytest.raises(SayWhyNot):
        operations.decline(question, by=KARIN, why=" ", at=now)
    operations.decline(question, by=KARIN, why="Ik ben vrij", at=now)
    question.refresh_from_db()
    assert (question.holder, question.state) == (FATIMA, State.HELD)


def test_picking_up_ends_an_offer_and_an_answer_ends_picking_up(
    question: Question, now: datetime
) -> None:
    operations.offer(question, to=KARIN, ends_at=now + timedelta(hours=2), at=now)
    assert question.state_at(now) is State.OFFERED
    assert question.state_at(now + timedelta(hours=2)) is State.HELD
    operations.pick_up(question, by=FATIMA)
    assert (question.holder, question.state, question.offered_to) == (FATIMA, State.HELD, None)
    operations.pick_up(question, by=KARIN)
    assert list(Question.objects.held_by(KARIN)) == [question]
    operations.answer(question, by=KARIN, at=now)
    with pytest.raises(SomeoneWasFaster):
        operations.pick_up(question, by=FATIMA)


def test_what_was_seen_before_a_change_is_too_late(question: Question, now: datetime) -> None:
    seen = Question.objects.get()
    operations.answer(question, by=FATIMA, at=now)
    with pytest.raises(SomeoneWasFaster):
        operations.answer(seen, by=FATIMA, at=now)
    with pytest.raises(SomeoneWasFaster):
        operations.accept(seen, by=KARIN, at=now)


def test_the_database_refuses_half_an_offer(question: Question, now: datetime) -> None:
    for changes in (
        {"state": "offered"},
        {"offered_to": KARIN},
        {"state": "offered", "offered_to": FATIMA, "offer_ends_at": now},
        {"holder": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.update(**changes)


def test_of_many_accepts_at_once_exactly_one_wins(question: Question, now: datetime) -> None:
    operations.offer(question, to=KARIN, ends_at=now + timedelta(hours=2), at=now)
    tries, won, lost = 20, [], []
    together = threading.Barrier(tries)

    def take() -> None:
        seen = Question.objects.get()
        together.wait()
        try:
            won.append(operations.accept(seen, by=KARIN, at=now).version)
        except SomeoneWasFaster:
            lost.append(seen.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, tries - 1)
