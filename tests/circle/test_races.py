"""Many at once: one picks it up, the others hear who did; on real transactions of both engines."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE
from smartstart.base.files.kinds import FileKind
from smartstart.base.files.washing import Washed
from smartstart.circle import operations_questions as operations
from smartstart.circle import operations_sharing
from smartstart.circle.errors import CircleIsClosed
from smartstart.circle.errors_questions import NotYours
from smartstart.circle.models import Attachment, Question
from smartstart.circle.operations_files import attach_file
from smartstart.circle.operations_opening import close_circle
from smartstart.circle.operations_words import (
    add_action,
    end_agreement,
    finish_action,
    make_agreement,
)
from smartstart.circle.question_steps import Taken
from smartstart.circle.states import GroundKind
from tests.circle.asking import Asking, asking
from tests.engines import Store

ROUNDS = 20
TRIES = 100
AT_ONCE = 10  # connections
AT = datetime(2026, 11, 17, 14, 0, tzinfo=HERE)
LATER = date(2026, 12, 17)
FILE = Washed(FileKind.PDF, b"%PDF-1.4 x")
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
    home.kin.ground("daan", "here noor", GroundKind.SEAT)
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
    home.kin.ground("daan", "here noor", GroundKind.SEAT)
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


def while_others_wait(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """Do the first; before it is kept let another begin the second. Return what that one raised."""
    wrong: list[Exception] = []

    def go() -> None:
        try:
            second()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=go)
    with transaction.atomic():
        first()
        other.start()
        while connection.vendor == "postgresql" and other.is_alive() and not somebody_waits():
            pass
    other.join()
    return wrong


def somebody_waits() -> bool:
    """Whether a session waits for what another holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_what_was_looked_at_before_the_family_was_held_is_looked_at_again(real_db: Store) -> None:
    home = asking(AT)
    entry = home.kin.entry("here noor", "Zij slaapt.", by="anouk")
    anouk = home.actor("anouk")
    goal = make_agreement(
        anouk, home.kin.parts["here noor"].ref, goal="Slapen.", review_on=LATER, at=AT
    )
    action = add_action(
        anouk, goal.ref, responsible=home.ref("anouk"), words="Bellen.", due_on=LATER, at=AT
    )
    wrong = while_others_wait(
        partial(end_agreement, anouk, goal.ref, came_out="", at=AT),
        partial(finish_action, anouk, action.ref, at=AT),
    )
    action.refresh_from_db()
    assert (wrong, action.ended_at) == ([], AT)

    wrong = while_others_wait(
        partial(close_circle, anouk, home.kin.circles["here"].ref, at=AT),
        partial(attach_file, anouk, "entry", entry.ref, file=FILE, at=AT),
    )
    assert [type(one) for one in wrong] == [CircleIsClosed]
    assert not Attachment.objects.exists()
