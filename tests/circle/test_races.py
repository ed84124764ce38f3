"""Many at once: one picks it up, the others hear who did; on real transactions of both engines."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import connection

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE
from smartstart.circle import operations_questions as operations
from smartstart.circle import operations_sharing
from smartstart.circle.errors_questions import NotYours
from smartstart.circle.models import Question
from smartstart.circle.question_steps import Taken
from tests.circle.asking import Asking, asking
from tests.engines import Store

ROUNDS = 20
TRIES = 100
AT_ONCE = 10  # connections
AT = datetime(2026, 11, 17, 14, 0, tzinfo=HERE)
Got = TypeVar("Got")


def all_at_once(deeds: Sequence[Callable[[], Got]]) -> tuple[list[Got], list[Exception]]:
    """Let all begin at the same moment, as many at a time as a server has places for."""
    got: list[Got] = []
    wrong: list[Exception] = []
    left = deque(deeds)
    places = min(AT_ONCE, len(deeds))
    together = threading.Barrier(places)

    def go() -> None:
        connection.ensure_connection()
        together.wait()
        while left:
            try:
                got.append(left.popleft()())
            except IndexError:  # another place took the last one
                break
            except Exception as error:
                wrong.append(error)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(places)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) + len(wrong) == len(deeds)
    return got, wrong


def accepts(actor: Actor, ref: UUID, at: datetime) -> Taken:
    return operations.accept(actor, ref, at=at)


def picks_up(actor: Actor, ref: UUID, at: datetime) -> Taken:
    return operations.pick_up(actor, ref, at=at)


def answers(actor: Actor, ref: UUID, at: datetime) -> Taken:
    made = operations.answer(actor, ref, words="Gebeld.", at=at)
    return Taken(made.question, won=True)


def takes_back(home: Asking, question: Question, at: datetime) -> Taken:
    ground = home.ground(question, "fatima")
    operations_sharing.take_back(home.actor("anouk"), ground.ref, at=at)
    return Taken(question, won=True)


def test_of_a_hundred_accepts_one_wins_and_the_others_hear_who(real_db: Store) -> None:
    home = asking(AT)
    home.kin.ground("daan", "here noor", "seat")
    daan = home.actor("daan")
    for number in range(ROUNDS):
        at = AT + timedelta(minutes=number)
        question = home.ask(at=at)
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=at)
        got, wrong = all_at_once([partial(accepts, daan, question.ref, at)] * TRIES)

        assert wrong == []
        assert [one.won for one in got].count(True) == 1
        assert {one.question.holder for one in got} == {home.ref("daan")}
        assert {one.question.picked_up_at for one in got} == {at}
        assert home.steps(question) == ["asked", "offered", "accepted"]


def test_who_was_offered_it_and_who_offers_it_never_both_have_it(real_db: Store) -> None:
    home = asking(AT)
    home.kin.ground("daan", "here noor", "seat")
    for number in range(ROUNDS):
        at = AT + timedelta(minutes=number)
        question = home.ask(at=at)
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=at)
        who = [home.actor("fatima"), home.actor("daan")] * 3
        got, wrong = all_at_once([partial(picks_up, one, question.ref, at) for one in who])

        assert wrong == []
        holder = home.again(question).holder
        assert home.acting(question, at=at) == {home.name(holder)}
        assert {one.question.holder for one in got if one.won} == {holder}
        assert home.steps(question) == ["asked", "offered", "accepted"]


def test_a_yes_taken_back_while_somebody_answers_leaves_one_truth(real_db: Store) -> None:
    home = asking(AT)
    fatima = home.actor("fatima")
    for number in range(ROUNDS):
        at = AT + timedelta(minutes=number)
        question = home.ask(at=at)
        both = [
            partial(answers, fatima, question.ref, at),
            partial(takes_back, home, question, at),
        ]
        got, wrong = all_at_once(both)

        steps = home.steps(question)
        assert steps in (["asked", "answered"], ["asked", "given_back"])
        assert len(got) == (2 if "answered" in steps else 1)
        assert [type(one) for one in wrong] == ([] if "answered" in steps else [NotYours])
        assert home.reading(question, at=at) == {"anouk"}
