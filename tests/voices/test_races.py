"""A no that is said while somebody publishes, and a coding that is sent while somebody is ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from smartstart.access.verify import verify
from smartstart.base import clock
from smartstart.base.refusals import NotFound
from smartstart.thread import operations as thread
from smartstart.thread import queries as threads
from smartstart.thread.kinds import Kind
from smartstart.thread.models import PublishedWords
from smartstart.voices import (
    operations,
    operations_codebook,
    operations_coding,
    operations_quotes,
    operations_story,
)
from smartstart.voices.models import Code, Coding
from smartstart.voices.refusals import YouWereReady
from smartstart.voices.states import Layer
from tests.cast import people
from tests.engines import Store
from tests.voices.booth import Booth
from tests.voices.test_operations_quotes import WORDS, insight

WHILE = 0.4  # seconds in which the one who waits would have been done


def meanwhile(deed: Callable[[], object], *, goes_on: Callable[[], object]) -> None:
    """Begin a deed in another thread, then let ``goes_on`` commit what it waits for."""
    done = Event()

    def other() -> None:
        try:
            deed()
        finally:
            connection.close()
            done.set()

    at_work = Thread(target=other)
    with transaction.atomic():
        goes_on()
        at_work.start()
        done.wait(WHILE)
    at_work.join()


@pytest.mark.parametrize("no", ["refuse", "no quoting", "other words", "sooner"])
def test_a_no_while_somebody_publishes_is_not_published(real_db: Store, no: str) -> None:
    booth = Booth(people(clock.now()))
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    tomorrow = booth.cast.today + timedelta(days=1)
    pk, at = excerpt.interview_id, booth.now

    def consents(*layers: Layer) -> object:
        return operations.give_consent(me, pk, layers=layers, keep_until=tomorrow, at=at)

    says: dict[str, Callable[[], object]] = {
        "refuse": lambda: operations_story.refuse_quote(me, asked.ref, at=at),
        "no quoting": lambda: consents(Layer.USE),
        "other words": lambda: operations_quotes.ask_approval(
            booth.nadia, excerpt.ref, words="voorbij lopen", at=at
        ),
        "sooner": lambda: consents(Layer.USE, Layer.QUOTE),
    }
    meanwhile(says[no], goes_on=lambda: thread.publish(booth.nadia, knot.ref, at=at))

    left = list(PublishedWords.objects.filter(knot=excerpt.knot).values_list("until", flat=True))
    assert left == ([tomorrow] if no == "sooner" else [])
    later = threads.public_thread(booth.pilot.pk, on=tomorrow + timedelta(days=1))
    assert [k.words.words for k in later.knots if k.kind is Kind.EXCERPT] == [""]


def test_a_coding_that_waits_while_its_coder_says_ready_does_not_come_in(real_db: Store) -> None:
    booth = Booth(people(clock.now()))
    round_, code, at = booth.round(), booth.code().ref, booth.now
    refused = []

    def codes() -> None:
        try:
            operations_coding.code_passage(
                booth.nadia, round_.ref, code=code, start=3, end=9, at=at
            )
        except YouWereReady as told:
            refused.append(told)

    meanwhile(codes, goes_on=lambda: operations_coding.ready(booth.nadia, round_.ref, at=at))

    assert len(refused) == 1
    assert not Coding.objects.exists()


def test_a_code_made_while_the_last_coder_says_ready_does_not_stay_hidden(real_db: Store) -> None:
    booth = Booth(people(clock.now()))
    round_, at = booth.round(), booth.now
    booth.ready(round_, "nadia")

    meanwhile(
        lambda: operations_coding.ready(booth.bram, round_.ref, at=at),
        goes_on=lambda: operations_codebook.add_code(
            booth.nadia, booth.pilot.pk, name="Schroom", at=at
        ),
    )

    assert Code.objects.get().hidden_in is None


def test_two_codes_that_go_into_each_other_at_once_leave_one(real_db: Store) -> None:
    booth = Booth(people(clock.now()))
    one, other, at = booth.code("Schaamte"), booth.code("Schroom"), booth.now

    def back() -> None:
        with suppress(NotFound):
            operations_codebook.merge_codes(booth.bram, other.ref, into=one.ref, at=at)

    def there() -> None:
        operations_codebook.merge_codes(booth.nadia, one.ref, into=other.ref, at=at)

    meanwhile(back, goes_on=there)

    assert list(Code.objects.in_use()) == [other]


def test_two_coders_who_save_at_once_are_both_kept_and_a_double_press_is_one(
    real_db: Store,
) -> None:
    booth = Booth(people(clock.now()))
    round_, code = booth.round(), booth.code()
    start, failed = Barrier(6), []

    def save(who: str) -> None:
        try:
            start.wait()
            for place in range(40, 60, 5):
                operations_coding.code_passage(
                    booth.cast.actor(who),
                    round_.ref,
                    code=code.ref,
                    start=place,
                    end=place + 9,
                    at=booth.now,
                )
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    at_work = [Thread(target=save, args=[who]) for who in ("nadia", "bram") * 3]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join()

    assert failed == []
    assert Counter(Coding.objects.values_list("coder", flat=True)) == {
        booth.nadia.hat: 4,
        booth.bram.hat: 4,
    }
    assert verify(key=None).faults == []
