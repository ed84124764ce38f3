"""A question without a name: what each deed does, refuses, and who then acts and reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import Folder, Line
from smartstart.access.permissions import Role
from smartstart.base.clock import HERE
from smartstart.base.keyring import KeyIsGone
from smartstart.base.once import SentBefore
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.consult import errors, operations_erasing
from smartstart.consult import operations_answering as answering
from smartstart.consult import operations_asking as asking
from smartstart.consult import operations_passing as passing
from smartstart.consult.models import Exchange, Remark, Tally, Team, Turn
from smartstart.consult.queries_waiting import waits_for
from smartstart.consult.states import AskerKind
from smartstart.consult.steps import who_holds_the_code
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from smartstart.programme.models import Municipality, Region, Vindplaats
from tests.consult.people import CODE, WORDS, People, people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)  # a Tuesday


@pytest.fixture
def room(db: None) -> People:
    return people(AT)


def later(**how: int) -> datetime:
    return AT + timedelta(**how)


def test_the_first_holds_it_and_the_others_are_offered_it(room: People) -> None:
    exchange = room.ask("fatima", "bas", "daan")

    assert room.name(exchange.holder) == "fatima"
    assert room.who("acted_on_by", exchange, at=AT) == {"fatima"}
    assert room.who("waiting_for", exchange, at=AT) == {"fatima", "bas", "daan"}
    assert room.who("read_by", exchange, at=AT) == {"joost", "fatima", "bas", "daan"}
    assert (exchange.asker, exchange.asker_kind) == (room.ref("joost"), AskerKind.PROFESSIONAL)
    assert room.turns(exchange) == ["asked"]


def test_of_who_was_offered_it_one_picks_it_up_and_the_others_are_free(room: People) -> None:
    exchange = room.ask("fatima", "bas", "daan")
    won = passing.pick_up(room.actor("bas"), exchange.ref, at=later(minutes=5))
    lost = [passing.pick_up(room.actor(name), exchange.ref, at=later(minutes=6))
            for name in ("daan", "fatima")]  # fmt: skip

    assert won.won
    assert [(one.won, room.name(one.exchange.holder)) for one in lost] == [(False, "bas")] * 2
    assert room.who("waiting_for", exchange, at=later(minutes=7)) == {"bas"}
    assert room.who("read_by", exchange, at=later(minutes=7)) == {"joost", "bas"}
    assert room.who("known_to", exchange, at=later(minutes=7)) == {"joost", "bas", "daan", "fatima"}
    assert passing.pick_up(room.actor("bas"), exchange.ref, at=later(minutes=8)).won
    assert room.turns(exchange) == ["asked", "accepted"]


def test_unanswered_it_climbs_by_the_clock_alone(room: People) -> None:
    exchange = room.ask("fatima")
    moments = [later(hours=7), later(hours=8), later(hours=23), later(hours=24)]

    assert [room.who("acted_on_by", exchange, at=at) for at in moments] == [
        {"fatima"},
        {"karin"},
        {"karin"},
        {"marit"},
    ]
    assert [room.who("read_by", exchange, at=at) - {"joost", "fatima"} for at in moments] == [
        set(),
        {"karin"},
        {"karin"},
        {"marit"},
    ]
    assert room.who("known_to", exchange, at=AT) == {"joost", "fatima"}


def test_an_empty_function_climbs_at_once(room: People) -> None:
    exchange = room.ask("fatima")
    room.leaves("fatima")
    assert room.who("acted_on_by", exchange, at=AT) == {"karin"}
    room.leaves("karin")
    assert room.who("acted_on_by", exchange, at=AT) == {"marit"}
    room.leaves("marit")
    assert room.who("acted_on_by", exchange, at=AT) == {"wil"}


def test_a_question_never_climbs_to_who_asked_it(room: People) -> None:
    """Karin covers for Fatima and asks her something; who looks after questions asks herself."""
    exchange = room.ask("fatima", by="karin")
    for at in (AT, later(hours=8), later(hours=23)):
        assert room.who("acted_on_by", exchange, at=at) == {"fatima"}
    assert room.who("acted_on_by", exchange, at=later(hours=24)) == {"marit"}
    room.leaves("fatima")
    assert room.who("acted_on_by", exchange, at=AT) == {"marit"}
    with pytest.raises(errors.NotYours):
        answering.answer(room.actor("karin"), exchange.ref, words="Zo.", at=later(hours=9))
    region = Region.objects.create(slug="r", name="R", office=room.hats["marit"].account)
    town = Municipality.objects.create(region=region, code="GM0855", name="Tilburg")
    place = Vindplaats.objects.create(name="De Regenboog", kind="primary_school", municipality=town)
    asking.name_team(room.ref("wil"), place=place.pk)
    by_team = [room.ask("bas", by=name, place=place.pk).coordinator for name in ("wil", "joost")]
    assert [room.name(one) for one in by_team] == ["marit", "wil"]


def test_a_parent_asks_by_code_and_nothing_says_who(room: People) -> None:
    exchange = room.ask("daan", by="parent")

    assert exchange.asker == exchange.ref
    assert room.who("read_by", exchange, at=AT) == {"code", "daan"}
    assert asking.open_by_code("vraa-2345 vraa-2345", at=AT) == exchange.ref
    with pytest.raises(errors.CodeDoesNotOpen):
        asking.open_by_code("VRAA2345VRAA2346", at=AT)
    assert not Exchange.objects.read_by(VISITOR, at=AT).exists()


def test_an_answer_a_question_back_and_it_helped(room: People) -> None:
    exchange = room.ask("bas", "fatima", by="parent")
    asker, bas = who_holds_the_code(exchange.ref), room.actor("bas")
    answering.ask_back(bas, exchange.ref, words="Hoe oud?", at=later(minutes=10))
    assert room.who("waiting_for", exchange, at=later(minutes=11)) == {"bas"}
    answering.react(asker, exchange.ref, words="Negen.", at=later(minutes=20))
    answering.answer(bas, exchange.ref, words="Gebeld.", by_phone=True, at=later(minutes=61))
    assert room.who("acted_on_by", exchange, at=later(minutes=62)) == set()
    done = answering.confirm(
        asker, exchange.ref, thanks="Dank", quarters_back=4, at=later(minutes=90)
    )

    assert done.erase_at == later(days=30, minutes=90)
    kinds = ["ask_back", "reaction", "answer", "thanks"]
    assert list(Remark.objects.order_by("id").values_list("kind", flat=True)) == kinds
    tally = Tally.objects.get()
    assert (tally.minutes, tally.domain, tally.helped) == (61, "health", True)
    assert (tally.quarters_back, tally.asker_kind, tally.climbed) == (4, "parent", False)
    assert room.who("read_by", exchange, at=later(days=30)) == {"code", "bas"}


def test_not_yet_gives_it_back_to_the_same_function(room: People) -> None:
    exchange = room.ask("bas")
    joost = room.actor("joost")
    answering.answer(room.actor("bas"), exchange.ref, words="Probeer dit.", at=later(minutes=9))
    with pytest.raises(SayWhyNot):
        answering.reopen(joost, exchange.ref, why=" ", at=later(hours=1))
    answering.reopen(joost, exchange.ref, why="Dat deed ik al.", at=later(hours=1))

    assert room.who("acted_on_by", exchange, at=later(hours=2)) == {"bas"}
    assert Tally.objects.get().minutes is None
    again = room.again(exchange)
    assert (again.erase_at, again.promised_at) == (later(days=180), later(days=1, hours=1))


def test_declining_goes_to_the_next_who_was_asked_then_to_the_team(room: People) -> None:
    exchange = room.ask("fatima", "bas")
    passing.decline(room.actor("fatima"), exchange.ref, why="Te weinig tijd", at=later(minutes=5))
    assert room.who("acted_on_by", exchange, at=later(minutes=6)) == {"bas"}
    passing.decline(room.actor("bas"), exchange.ref, why="Niet mijn vak", at=later(minutes=7))
    assert room.who("acted_on_by", exchange, at=later(minutes=8)) == {"marit"}
    assert room.who("read_by", exchange, at=later(minutes=8)) == {"joost", "marit"}
    with pytest.raises(errors.NobodyToTakeOver):
        passing.decline(room.actor("marit"), exchange.ref, why="Vol", at=later(minutes=9))
    assert Tally.objects.get().declines == 2


def test_who_was_offered_it_beside_the_holder_says_no(room: People) -> None:
    exchange = room.ask("fatima", "bas")
    passing.decline(room.actor("bas"), exchange.ref, why="Niet mijn vak", at=later(minutes=5))
    assert room.who("waiting_for", exchange, at=later(minutes=6)) == {"fatima"}
    assert room.who("read_by", exchange, at=later(minutes=6)) == {"joost", "fatima"}


def test_giving_on_counts_when_the_other_says_yes(room: People) -> None:
    exchange = room.ask("fatima")
    passing.offer(room.actor("fatima"), exchange.ref, to=room.ref("daan"), at=later(minutes=5))
    assert room.who("acted_on_by", exchange, at=later(minutes=6)) == {"fatima"}
    assert room.who("read_by", exchange, at=later(minutes=6)) == {"joost", "fatima", "daan"}
    assert passing.pick_up(room.actor("daan"), exchange.ref, at=later(minutes=7)).won
    assert room.who("acted_on_by", exchange, at=later(minutes=8)) == {"daan"}
    assert room.who("read_by", exchange, at=later(minutes=8)) == {"joost", "daan"}


def test_who_calls_today_holds_it_and_if_not_somebody_else_acts_next_morning(room: People) -> None:
    exchange = room.ask("bas", "fatima")
    passing.promise_today(room.actor("bas"), exchange.ref, at=later(minutes=5))

    assert room.who("waiting_for", exchange, at=later(minutes=6)) == {"bas"}
    again = room.again(exchange)
    end, morning = later(hours=8), later(days=1)
    assert (again.promised_at, again.cover_from) == (end, morning - timedelta(minutes=30))
    assert room.turns(exchange) == ["asked", "promised"]
    with pytest.raises(errors.NotYours):
        passing.promise_today(room.actor("fatima"), exchange.ref, at=later(minutes=7))


def test_what_was_let_lie_and_what_came_to_the_wrong_first_is_counted(room: People) -> None:
    """By whom it was asked first, who answered, and what of it is counted."""
    bas, fatima, marit = room.ref("bas"), room.actor("fatima"), room.actor("marit")

    def passed_on(exchange: Exchange) -> None:
        passing.offer(fatima, exchange.ref, to=bas, at=AT)
        passing.pick_up(room.actor("bas"), exchange.ref, at=AT)

    def said_no(exchange: Exchange) -> None:
        passing.decline(fatima, exchange.ref, why="Niet mijn vak", at=AT)

    def nothing(exchange: Exchange) -> None: ...

    cases: list[tuple[tuple[str, ...], Callable[[Exchange], None], str, int, tuple[bool, bool]]] = [
        (("fatima",), nothing, "fatima", 0, (False, False)),
        (("fatima", "bas"), said_no, "bas", 0, (False, False)),
        (("fatima",), passed_on, "bas", 0, (False, True)),
        (("fatima",), said_no, "marit", 0, (False, True)),
        (("fatima",), nothing, "karin", 9, (True, False)),
        (("fatima",), nothing, "marit", 25, (True, False)),
    ]
    for to, before, who, hours, counted in cases:
        exchange = room.ask(*to)
        before(exchange)
        answering.answer(room.actor(who), exchange.ref, words="Ja.", at=later(hours=hours))
        tally = room.again(exchange).tally
        assert tally is not None
        assert (tally.expired, tally.first_elsewhere) == counted, (to, who)
    taken, let_lie = room.ask("fatima"), room.ask("fatima")
    assert passing.pick_up(marit, taken.ref, at=later(days=2)).won
    assert operations_erasing.erase(let_lie.ref, at=later(days=180))
    assert list(Tally.objects.order_by("-id").values_list("expired", flat=True)[:2]) == [True, True]


def test_a_second_function_thinks_along_and_does_not_hold(room: People) -> None:
    exchange = room.ask("fatima")
    fatima, bas = room.actor("fatima"), room.actor("bas")
    passing.draw_in(fatima, exchange.ref, who=room.ref("bas"), at=later(minutes=5))
    assert room.who("waiting_for", exchange, at=later(minutes=6)) == {"fatima", "bas"}
    assert waits_for(bas, at=later(minutes=6)) == {exchange.ref}
    answering.react(bas, exchange.ref, words="Kijk naar het geluid.", at=later(minutes=9))

    assert room.who("read_by", exchange, at=later(minutes=10)) == {"joost", "fatima", "bas"}
    assert room.who("acted_on_by", exchange, at=later(minutes=10)) == {"fatima"}
    assert room.who("waiting_for", exchange, at=later(minutes=10)) == {"fatima"}
    with pytest.raises(errors.NotYours):
        answering.answer(bas, exchange.ref, words="Ik antwoord.", at=later(minutes=11))


Deed = Callable[[Actor, Exchange], object]
REFUSED: dict[str, tuple[str, Deed, type[Refusal]]] = {
    "no words": ("fatima", lambda a, x: answering.answer(a, x.ref, words=" ", at=AT),
                 errors.WriteYourAnswer),
    "somebody else answers": ("bas", lambda a, x: answering.answer(a, x.ref, words="x", at=AT),
                              NotFound),
    "the team answers too early": ("marit", lambda a, x: answering.answer(a, x.ref, words="x",
                                                                          at=AT), NotFound),
    "the asker answers": ("joost", lambda a, x: answering.answer(a, x.ref, words="x", at=AT),
                          errors.NotYours),
    "an administrator looks": ("ada", lambda a, x: passing.pick_up(a, x.ref, at=AT), NotFound),
    "no function": ("peer", lambda a, x: passing.pick_up(a, x.ref, at=AT), NotFound),
    "no reason": ("fatima", lambda a, x: passing.decline(a, x.ref, why="", at=AT), SayWhyNot),
    "to the asker": ("fatima", lambda a, x: passing.offer(a, x.ref, to=x.asker, at=AT),
                     errors.ChooseWhom),
    "to oneself": ("fatima", lambda a, x: passing.draw_in(a, x.ref, who=x.holder, at=AT),
                   errors.ChooseWhom),
    "the holder says it helped": ("fatima", lambda a, x: answering.confirm(a, x.ref, at=AT),
                                  NotAllowed),
    "it helped before an answer": ("joost", lambda a, x: answering.confirm(a, x.ref, at=AT),
                                   SomeoneWasFaster),
    "the holder reacts": ("fatima", lambda a, x: answering.react(a, x.ref, words="x", at=AT),
                          NotAllowed),
}  # fmt: skip


def test_what_is_refused(room: People) -> None:
    exchange = room.ask("fatima")
    lines = Line.objects.count()
    for name, (who, deed, refusal) in REFUSED.items():
        with pytest.raises(refusal):
            deed(room.actor(who), exchange)
        assert Line.objects.count() == lines, name


def test_asking_refuses_what_cannot_be_asked(room: People) -> None:
    with pytest.raises(errors.WriteYourQuestion):
        room.ask("fatima", words="  ")
    for to in (
        [],
        [room.ref("joost")],
        [room.ref(one) for one in ("fatima", "bas", "daan", "wil")],
    ):
        with pytest.raises(errors.ChooseWhom):
            room.ask("fatima", to=to)
    operator = Actor(role=Role.OPERATOR)
    with pytest.raises(NotAllowed):
        asking.ask(operator, words=WORDS, to=[room.ref("bas")], kind=AskerKind.SOMEBODY, at=AT)
    Team.objects.all().delete()
    with pytest.raises(errors.NobodyLooksAfterIt):
        room.ask("fatima")
    assert not Exchange.objects.exists()


def test_a_form_that_is_sent_twice_asks_and_answers_once(room: People) -> None:
    first = room.ask("fatima")
    assert room.ask("fatima", ref=first.ref) == first
    with pytest.raises(SentBefore):
        room.ask("bas", ref=first.ref, by="daan")
    said = answering.answer(room.actor("fatima"), first.ref, words="Ja.", at=AT)
    again = answering.answer(
        room.actor("fatima"), first.ref, words="Ja.", remark=said.ref, at=later(minutes=1)
    )
    assert again == said


def test_lines_name_the_function_and_the_question_and_no_human_being(room: People) -> None:
    exchange = room.ask("bas")
    answering.answer(room.actor("bas"), exchange.ref, words="Ja.", at=later(minutes=3))
    lines = Line.objects.filter(folder=exchange.folder).order_by("number")

    told = [json.loads(bytes(line.body)) for line in lines]
    who = [room.ref("joost").hex, room.ref("bas").hex]
    assert [(one["account"], one["hat"], one["person"]) for one in told] == [
        (None, ref, ref) for ref in who
    ]
    assert [one["on"] for one in told] == [[exchange.ref.hex]] * 2
    accounts = {hat.account.ref.hex for hat in room.hats.values()}
    accounts |= {hat.account.person.hex for hat in room.hats.values()}
    assert not [one for one in accounts if one in str(told)]


def test_text_and_key_are_gone_thirty_days_after_closing_with_and_without_a_worker(
    room: People,
) -> None:
    exchange = room.ask("bas", by="parent")
    asker = who_holds_the_code(exchange.ref)
    answering.answer(room.actor("bas"), exchange.ref, words="Ja.", at=later(minutes=3))
    answering.confirm(asker, exchange.ref, at=later(minutes=4))
    just, over = later(days=30, minutes=3), later(days=30, minutes=4)

    assert room.who("read_by", exchange, at=just) == {"code", "bas"}
    assert operations_erasing.due_at(just) == []
    assert not operations_erasing.erase(exchange.ref, at=just)
    assert room.who("known_to", exchange, at=over) == set()
    with pytest.raises(errors.CodeDoesNotOpen):
        asking.open_by_code(CODE, at=over)

    assert operations_erasing.due_at(over) == [exchange.ref]
    assert operations_erasing.erase(exchange.ref, at=over)
    folder = Folder.objects.get(pk=exchange.folder_id)
    with pytest.raises(KeyIsGone):
        folder.key()
    assert not any(model.objects.exists() for model in (Exchange, Remark, Turn))
    assert Tally.objects.get().minutes == 3
    assert not operations_erasing.erase(exchange.ref, at=over)


def test_an_answer_nobody_says_anything_of_goes_too(room: People) -> None:
    exchange = room.ask("bas")
    assert exchange.erase_at == later(days=180)
    answering.answer(room.actor("bas"), exchange.ref, words="Ja.", at=AT)
    assert room.again(exchange).erase_at == later(days=44)
