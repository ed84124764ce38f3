"""What somebody in the circle may not do there, or not with these words: nothing of it stays.

One table: who, what, and the sentence they get. The doors themselves (who sees a row at all) are in
the oracle; here everybody sees what they try to change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartstart.access.models import Line
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.circle import errors, errors_questions, errors_words
from smartstart.circle import operations_authority as authority
from smartstart.circle import operations_opening as opening
from smartstart.circle import operations_passing as passing
from smartstart.circle import operations_rights as rights
from smartstart.circle import operations_said as said
from smartstart.circle import operations_seats as seats
from smartstart.circle import operations_sharing as sharing
from smartstart.circle import operations_strain as strain
from smartstart.circle import operations_words as words
from smartstart.circle.models import Authority
from smartstart.circle.states import AuthorityKind, GroundKind, GroundState, Right, SeatKind
from tests.cast import Cast
from tests.circle.asking import Asking, asking

Try = Callable[[], Any]
DAY = timedelta(days=1)
OPA = seats.Place(called="Opa")


@pytest.fixture
def home(db: None, now: datetime) -> Asking:
    """Daan and Ria read Noor's part; Ria has a seat around her."""
    made = asking(now)
    made.kin.ground("daan", "here noor", GroundKind.SEAT)
    made.kin.ground("ria", "here noor", GroundKind.SEAT)
    made.kin.seat("ria", "here noor", called="Ria", kind=SeatKind.INFORMAL)
    made.kin.seat("anouk", "here household", called="Anouk", kind=SeatKind.FAMILY)
    return made


def of_noor(home: Asking) -> Authority:
    return Authority.objects.get(
        circle=home.kin.circles["here"], who=home.ref("anouk"), child=home.kin.members["noor"]
    )


def doubts(home: Asking, by: str) -> Try:
    return partial(authority.dispute_authority, home.actor(by), of_noor(home).ref, at=home.at)


def sees(home: Asking, by: str) -> Try:
    paper = next(iter(authority.Paper))
    return partial(
        authority.see_authority, home.actor(by), of_noor(home).ref, paper=paper, at=home.at
    )


def part(home: Asking) -> UUID:
    return home.kin.parts["here noor"].ref


def ground(home: Asking, by: str, **more: Any) -> Try:
    told = {"receiver": home.ref("karin"), "purpose": "slapen", "at": home.at} | more
    return partial(sharing.ask_ground, home.actor(by), part(home), **told)


def ground_elsewhere(home: Asking) -> Try:
    elsewhere = home.ask(part="here household")
    return ground(home, "anouk", receiver=home.ref("fatima"), question=elsewhere)


def agreement(home: Asking, **more: Any) -> Try:
    told = {"goal": "Noor slaapt", "review_on": home.at.date() + 20 * DAY, "at": home.at} | more
    return partial(words.make_agreement, home.actor("anouk"), part(home), **told)


def action(home: Asking, **more: Any) -> Try:
    told = {"responsible": home.ref("anouk"), "words": "Ik bel", "due_on": home.at.date()} | more
    made = agreement(home)()
    return partial(words.add_action, home.actor("anouk"), made.ref, at=home.at, **told)


def seat(home: Asking, **more: Any) -> Try:
    told = {"kind": SeatKind.INFORMAL, "place": OPA, "at": home.at} | more
    return partial(seats.offer_seat, home.actor("anouk"), part(home), **told)


def told(home: Asking) -> UUID:
    child, at = home.actor("noor"), home.at
    return said.say(child, home.ref("anouk"), words="Ik slaap slecht.", at=at).ref


def back(home: Asking, by: str, with_words: str) -> Try:
    return partial(said.say_back, home.actor(by), told(home), words=with_words, at=home.at)


def fine(home: Asking) -> Try:
    return partial(said.think_of_it, home.actor("anouk"), told(home), is_fine=True, at=home.at)


def taken_after_a_no(home: Asking) -> Try:
    question = home.ask()
    offer = partial(passing.offer, home.actor("fatima"), question.ref, to=home.ref("karin"))
    offer(at=home.at)
    home.say(question, "karin", GroundState.GRANTED)
    offer(at=home.at)
    home.say(question, "karin", GroundState.WITHDRAWN)
    return partial(passing.accept, home.actor("karin"), question.ref, at=home.at)


def strain_not_drawn(home: Asking) -> Try:
    of_daan = home.kin.seat("daan", "here household", called="Daan").ref
    shown_to = home.ref("fatima")
    return partial(strain.show_strain, home.actor("anouk"), of_daan, shown_to, at=home.at)


# fmt: off
TABLE: dict[str, tuple[Callable[[Asking], Try], type[Refusal]]] = {
    "a friend doubts nobody's authority": (lambda home: doubts(home, "ria"), NotAllowed),
    "a parent sees no paper of a parent": (lambda home: sees(home, "anouk"), NotAllowed),
    "a goal has words": (lambda home: agreement(home, goal=" "), errors_words.WriteSomething),
    "a deed has words": (lambda home: action(home, words=" "), errors_words.WriteSomething),
    "a deed is done in time": (
        lambda home: action(home, due_on=home.at.date() - DAY), errors_words.LookAgainLater
    ),
    "a ground says what for": (lambda home: ground(home, "anouk", purpose=" "), errors.SayWhatFor),
    "a friend asks for no ground": (lambda home: ground(home, "ria"), NotAllowed),
    "a ground lies where its question lies": (ground_elsewhere, NotFound),
    "a seat has a name": (
        lambda home: seat(home, place=seats.Place(called=" ")), errors.NameIsMissing
    ),
    "a seat is of a function that is there": (
        lambda home: seat(home, who=uuid4()), errors.SeatIsForSomebodyElse
    ),
    "a child does not answer itself": (lambda home: back(home, "noor", "Ja"), NotFound),
    "an answer to a child has words": (
        lambda home: back(home, "anouk", " "), errors_words.WriteSomething
    ),
    "who was told does not say it is fine": (fine, NotFound),
    "who may no longer read it takes nothing": (taken_after_a_no, errors_questions.YouMayNotRead),
    "strain that is not drawn is not shown": (strain_not_drawn, NotFound),
}
# fmt: on


@pytest.mark.parametrize("what", TABLE)
def test_it_is_refused_and_nothing_stays(home: Asking, what: str) -> None:
    prepared, sentence = TABLE[what]
    deed = prepared(home)
    lines = Line.objects.count()
    with pytest.raises(sentence):
        deed()
    assert Line.objects.count() == lines


def test_who_neither_offered_a_seat_nor_reads_by_law_changes_nothing_of_it(home: Asking) -> None:
    of_karin, daan = home.kin.seat("karin", "here noor", called="Karin").ref, home.actor("daan")
    lines = Line.objects.count()
    with pytest.raises(NotAllowed):
        seats.change_seat(daan, of_karin, place=OPA, at=home.at)
    with pytest.raises(NotAllowed):
        seats.make_seat_code(daan, of_karin, at=home.at)
    assert Line.objects.count() == lines


def test_the_same_form_sent_twice_makes_one(home: Asking) -> None:
    anouk, form = home.actor("anouk"), uuid4()
    circle = home.kin.circles["here"].ref
    for make in (
        partial(opening.add_adult, anouk, circle, called="Opa", at=home.at, ref=form),
        seat(home, ref=form),
        ground(home, "anouk", receiver=home.ref("fatima"), ref=form),
    ):
        made, lines = make(), Line.objects.count()
        assert make() == made
        assert Line.objects.count() == lines


def test_only_who_decides_says_who_else_decides(home: Asking) -> None:
    home.kin.ground("ria", "here household", GroundKind.HOME)
    with pytest.raises(NotAllowed):
        authority.state_authority(
            home.actor("ria"),
            home.kin.circles["here"].ref,
            home.kin.members["noor"].ref,
            who=home.ref("anouk"),
            kind=AuthorityKind.GUARDIAN,
            at=home.at,
        )


def test_what_is_asked_of_the_officer_says_who_asks_and_gets_an_answer(
    home: Asking, cast: Cast
) -> None:
    petra = cast.actor("petra")
    told = {"name": "Buurman Bo", "reach": "brief", "words": "Ik sta erin", "at": home.at}
    with pytest.raises(rights.SayWhoAsks):
        rights.write_down_right(petra, Right.ERASE, **told | {"reach": " "})
    form = uuid4()
    asked = rights.write_down_right(petra, Right.ERASE, ref=form, **told)
    assert rights.write_down_right(petra, Right.ERASE, ref=form, **told) == asked
    with pytest.raises(rights.SayAnAnswer):
        rights.answer_right(petra, asked.ref, words=" ", is_done=True, at=home.at)
    with pytest.raises(NotAllowed):
        rights.write_down_right(home.actor("anouk"), Right.ERASE, **told)
