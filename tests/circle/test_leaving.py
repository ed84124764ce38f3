"""An adult who leaves a home, by themself or said by another; a request that is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import errors, gate
from smartstart.circle.errors_questions import NotYours
from smartstart.circle.models import Circle, Ground, Leaving, Part, Question, QuestionStep, Reply
from smartstart.circle.operations_authority import state_authority
from smartstart.circle.operations_leaving import decide_left, leave_home, refuse, say_left
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.states import AuthorityKind, GroundKind, LeavingState, Paper, QuestionKind
from smartstart.holding.working_time import working_days_between
from tests.circle.worlds import Town, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


@pytest.fixture
def home(place: Town) -> Circle:
    """Anouk and Bas with Noor, of whom both decide."""
    circle = place.open()
    noor = place.child(circle, "Noor", years_ago(9, place.today))
    place.adult(circle, "bas")
    state_authority(
        place.actor("anouk"),
        circle.ref,
        noor.ref,
        who=place.ref("bas"),
        kind=AuthorityKind.PARENT,
        at=place.at,
    )
    return circle


def reads(place: Town, home: Circle, name: str) -> set[str]:
    """Which parts of this home somebody reads."""
    parts = Part.objects.filter(circle=home).select_related("member")
    called = {part.pk: "home" if part.member is None else "child" for part in parts}
    own = {part.pk: "own" for part in parts if part.member and not part.member.is_child}
    names = called | own
    actor = place.actor(name)
    return {names[part.pk] for part in parts if gate.may_read(actor, part.folder_id, at=place.at)}


def member(home: Circle, place: Town, name: str) -> Any:
    return home.family.members.get(person=place.ref(name)).ref


def said(place: Town, home: Circle, **more: Any) -> Leaving:
    return say_left(
        place.actor("anouk"),
        home.ref,
        member(home, place, "bas"),
        words="Weg.",
        at=place.at,
        **more,
    )


def test_who_steps_out_reads_only_what_is_about_themself(place: Town, home: Circle) -> None:
    assert reads(place, home, "bas") == {"home", "child", "own"}
    leave_home(place.actor("bas"), home.ref, at=place.at)

    assert reads(place, home, "bas") == {"own"}
    assert reads(place, home, "anouk") == {"home", "child", "own"}
    with pytest.raises(NotFound):
        leave_home(place.actor("bas"), home.ref, at=place.at)
    with pytest.raises(errors.LastAtHome):
        leave_home(place.actor("anouk"), home.ref, at=place.at)


def test_who_is_said_to_have_left_reads_nothing_of_it_and_nothing_changes(
    place: Town, home: Circle
) -> None:
    first = said(place, home)
    with pytest.raises(errors.ThisWasSaid):
        said(place, home)

    assert (first.state, first.question.holder) == (LeavingState.ASKED, place.ref("willem"))
    readers = {
        name: Question.objects.read_by(place.actor(name), at=place.at).exists()
        for name in ("anouk", "bas", "willem", "gerda")
    }
    assert readers == {"anouk": True, "bas": False, "willem": True, "gerda": False}
    assert reads(place, home, "bas") == {"home", "child", "own"}
    seen = Leaving.objects.visible_to
    assert not seen(place.actor("bas"), on=place.today).exists()
    for name in ("anouk", "bas", "gerda"):
        with pytest.raises((NotFound, NotYours)):
            decide_left(
                place.actor(name), first.question.ref, paper=Paper.HOME, words="x", at=place.at
            )


def test_the_holder_decides_on_paper_that_was_seen(place: Town, home: Circle) -> None:
    asked = said(place, home)
    decide_left(
        place.actor("willem"), asked.question.ref, paper=Paper.HOME, words="Gezien.", at=place.at
    )

    asked.refresh_from_db()
    assert (asked.state, asked.paper, asked.seen_by) == ("left", "home", place.ref("willem"))
    assert reads(place, home, "bas") == {"own"}
    assert Reply.objects.get().question == asked.question
    gone = Ground.objects.filter(receiver=place.ref("bas"), state="granted")
    assert set(gone.values_list("kind", flat=True)) == {GroundKind.OWN.value}


def test_without_paper_who_is_at_home_stays_and_it_can_be_said_again(
    place: Town, home: Circle
) -> None:
    asked = said(place, home)
    decide_left(place.actor("willem"), asked.question.ref, paper=None, words="Blijft.", at=place.at)

    asked.refresh_from_db()
    assert asked.state == LeavingState.STAYS
    assert reads(place, home, "bas") == {"home", "child", "own"}
    assert said(place, home).pk != asked.pk


def test_the_other_says_it_too_and_the_last_at_home_is_never_put_out(
    place: Town, home: Circle
) -> None:
    """Each says that the other left: two folders, one holder, and somebody always stays."""
    first = said(place, home)
    second = say_left(
        place.actor("bas"), home.ref, member(home, place, "anouk"), words="Zij.", at=place.at
    )
    decide_left(
        place.actor("willem"), first.question.ref, paper=Paper.COURT, words="Ja.", at=place.at
    )
    with pytest.raises(errors.LastAtHome):
        decide_left(
            place.actor("willem"), second.question.ref, paper=Paper.COURT, words="x", at=place.at
        )
    assert reads(place, home, "anouk") == {"home", "child", "own"}


def test_nobody_else_says_that_somebody_left(place: Town, home: Circle) -> None:
    them, anouk = member(home, place, "bas"), member(home, place, "anouk")
    for name in ("dennis", "ria", "willem", "fatima", "petra"):
        with pytest.raises((NotFound, NotAllowed)):
            say_left(place.actor(name), home.ref, them, words="x", at=place.at)
    with pytest.raises(NotFound):
        say_left(place.actor("anouk"), home.ref, anouk, words="x", at=place.at)


def test_a_request_for_information_is_refused_with_a_reason(place: Town) -> None:
    """A parent without authority, in a home of his own; nothing of the other home is in it."""
    circle = place.open("dennis")
    own = Part.objects.get(circle=circle, member__person=place.ref("dennis"))
    asked = [
        ask_question(
            place.actor("dennis"),
            own.ref,
            to=place.ref("willem"),
            title="Hoe gaat het?",
            words="Hoe gaat het op school?",
            kind=kind,
            at=place.at,
        )
        for kind in (QuestionKind.INFORMATION, QuestionKind.QUESTION)
    ]
    with pytest.raises(NotAllowed):
        refuse(place.actor("willem"), asked[1].ref, why="Nee", at=place.at)
    refuse(place.actor("willem"), asked[0].ref, why="Dat schaadt haar nu.", at=place.at)

    asked[0].refresh_from_db()
    assert asked[0].state == "answered"
    assert QuestionStep.objects.filter(question=asked[0]).last().kind == "refused"
    assert (
        not Question.objects.read_by(place.actor("willem"), at=place.at)
        .filter(pk=asked[0].pk)
        .exists()
    )


def test_why_did_you_look_has_five_days_of_its_own(place: Town) -> None:
    circle = place.open()
    part = place.household(circle)

    def days(kind: QuestionKind) -> int:
        made = ask_question(
            place.actor("anouk"),
            part.ref,
            to=place.ref("willem"),
            title="a",
            words="b",
            kind=kind,
            at=place.at,
        )
        return working_days_between(made.asked_at, made.promised_at)

    assert (days(QuestionKind.WHY), days(QuestionKind.QUESTION)) == (5, 3)
