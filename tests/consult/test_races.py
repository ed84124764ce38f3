"""Many at once: one picks it up, the others hear who did; on real transactions of both engines."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from smartstart.access.actor import Actor
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.base.clock import HERE
from smartstart.consult import operations_answering as answering
from smartstart.consult import operations_passing as passing
from smartstart.consult.library import operations as library
from smartstart.consult.models import AnswerDraft, Exchange, Offer, Tally
from smartstart.consult.steps import Taken
from tests.circle.test_races import all_at_once
from tests.consult.people import people
from tests.engines import Store

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE)
TRIES = 20
ROUNDS = 3
WHO = ("bas", "daan", "karin", "wil")


def claims(actor: Actor, exchange: Exchange, at: datetime) -> Taken:
    return passing.pick_up(actor, exchange.ref, at=at)


def test_of_twenty_claims_one_wins_and_the_others_hear_who(real_db: Store) -> None:
    room = people(AT)
    actors = [room.actor(name) for name in (*WHO, "fatima")]
    for number in range(ROUNDS):
        at = AT + timedelta(minutes=number)
        exchange = room.ask("fatima", at=at)
        Offer.objects.bulk_create(
            Offer(exchange=exchange, position=room.ref(name), ends_at=exchange.coordinator_from)
            for name in WHO
        )
        many = [actors[one % len(actors)] for one in range(TRIES)]
        got, wrong = all_at_once([partial(claims, one, exchange, at) for one in many])

        assert wrong == []
        holder = room.again(exchange).holder
        assert {one.exchange.holder for one in got} == {holder}
        assert [one.won for one in got].count(True) == TRIES // len(
            actors
        )  # asked again: still one's
        assert room.turns(exchange) == ["asked", "accepted"]
        assert room.who("waiting_for", exchange, at=at) == {room.name(holder)}


def test_a_question_sent_twice_at_one_moment_is_asked_once(real_db: Store) -> None:
    room = people(AT)
    for number in range(ROUNDS):
        code = f"VRAA2345VRAA234{number + 2}"
        once = partial(room.ask, "fatima", "bas", by="parent", code=code, ref=uuid4())
        got, wrong = all_at_once([once] * 4)

        assert wrong == []
        assert len({one.pk for one in got}) == 1
    assert (Exchange.objects.count(), Tally.objects.count()) == (ROUNDS, ROUNDS)
    assert Folder.objects.filter(kind=FolderKind.EXCHANGE).count() == ROUNDS


def test_two_workers_erase_each_draft_once(real_db: Store) -> None:
    room = people(AT)
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Gebeld.", at=AT)
    for number in range(ROUNDS):
        asked = f"Wat helpt bij {number}?"
        library.write(
            room.actor("fatima"), exchange.ref, question=asked, answer="Rust.", at=AT, ref=None
        )
    folders = list(AnswerDraft.objects.values_list("folder", flat=True))
    got, wrong = all_at_once([partial(library.erase_due, at=AT + library.WAITS)] * 4)

    assert wrong == []
    assert sum(got) == ROUNDS
    erased = Line.objects.filter(folder__in=folders, deed="erased")
    assert sorted(erased.values_list("folder", flat=True)) == sorted(folders)
