"""The school of a child with two homes: one place beside the child, that both homes see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from smartstart.circle.errors_questions import NotInThisCircle
from smartstart.circle.models import Circle, Question, Seat
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.operations_words import add_action, make_agreement
from smartstart.circle.states import SeatKind
from tests.circle.asking import asking
from tests.circle.kin import Kin, enter_kin
from tests.web.test_thread import words_of

pytestmark = pytest.mark.both


@pytest.fixture
def home(db: None, at_now: datetime) -> Kin:
    return asking(at_now).kin


@pytest.fixture
def come(home: Kin) -> Callable[[str], Any]:
    return lambda name: enter_kin(home, name)


def offers(home: Kin, parent: Any, circle: str = "here", **more: str) -> Any:
    told = {"part": str(home.parts["school"].ref), "kind": SeatKind.QUESTION_ONLY.value}
    told |= {"called": "Juf Mia", "ref": str(uuid4()), **more}
    return parent.post(reverse("circle:offer", args=[home.circles[circle].ref]), told)


def test_one_home_lets_the_school_in_and_both_can_ask_it(
    home: Kin, come: Callable[[str], Any]
) -> None:
    anouk, dennis = come("anouk"), come("dennis")
    page = words_of(anouk.get(reverse("circle:offer", args=[home.circles["here"].ref])))
    assert "Noor, in beide huizen" in page
    assert "Bij “Noor, in beide huizen” ziet het andere huis deze mens ook." in page

    answer = offers(home, anouk, who=str(home.positions["fatima"].ref), called="")
    made = Seat.objects.get(folder=home.parts["school"].folder)
    assert answer.headers["Location"].endswith(f"/seats/{made.ref}/")

    for name, circle in (("anouk", "here"), ("dennis", "there")):
        around = come(name).get(reverse("circle:seats", args=[home.circles[circle].ref]))
        assert "Fatima" in words_of(around), name
        asks = come(name).get(reverse("circle:ask", args=[home.circles[circle].ref]))
        said = words_of(asks).split("kun je alleen deze mensen vragen:")[1]
        assert "Fatima" in said.split(".")[0][:60], name
    fatima = {"who": str(home.positions["fatima"].ref), "called": ""}
    assert offers(home, dennis, "there", **fatima).status_code == 409


def test_only_somebody_of_an_organisation_comes_in_for_both_homes(
    home: Kin, come: Callable[[str], Any]
) -> None:
    answer = offers(home, come("anouk"), kind=SeatKind.INFORMAL.value)

    assert answer.status_code == 422
    assert "In beide huizen helpt alleen een organisatie, zoals de school." in words_of(answer)
    assert not Seat.objects.filter(folder=home.parts["school"].folder).exists()


def test_a_home_with_a_secret_address_names_no_school_that_gives_it_away(
    home: Kin, come: Callable[[str], Any]
) -> None:
    anouk, ref = come("anouk"), home.circles["here"].ref
    anouk.post(reverse("circle:address", args=[ref]), {"words": "Dorp 1", "is_secret": "on"})

    assert "in beide huizen" not in words_of(anouk.get(reverse("circle:offer", args=[ref])))
    assert offers(home, anouk).status_code == 422
    assert not Seat.objects.filter(folder=home.parts["school"].folder).exists()
    there = reverse("circle:offer", args=[home.circles["there"].ref])
    assert "Noor, in beide huizen" in words_of(come("dennis").get(there))


def test_an_agreement_of_both_homes_names_nobody_of_one_of_them(
    home: Kin, come: Callable[[str], Any]
) -> None:
    """Found by hand: who helps one parent with debts could be named where the other reads it."""
    home.seat("daan", "here anouk", called="Daan")
    home.seat("fatima", "school", called="Fatima")
    anouk, here, school = home.actor("anouk"), home.circles["here"].ref, home.parts["school"].ref
    goal = {"goal": "Noor leert zwemmen", "review_on": home.in_days(20), "at": home.at}
    agreed = make_agreement(anouk, school, **goal)
    act = {"words": "Brengt haar", "due_on": home.in_days(3), "at": home.at}
    address = reverse("circle:add_action", args=[here, agreed.ref])

    page = come("anouk").get(address).content.decode()
    assert [name for name in ("daan", "fatima") if str(home.receiver(name)) in page] == ["fatima"]
    with pytest.raises(NotInThisCircle):
        add_action(anouk, agreed.ref, responsible=home.receiver("daan"), **act)
    add_action(anouk, agreed.ref, responsible=home.receiver("fatima"), **act)

    theirs = reverse("circle:agreements", args=[home.circles["there"].ref])
    told = words_of(come("dennis").get(theirs))
    assert "Fatima" in told
    assert "Voor Noor, in beide huizen" in told


def test_what_both_homes_read_is_looked_after_by_whom_both_know(
    home: Kin, come: Callable[[str], Any]
) -> None:
    """Found by hand: the other home read who looks after a home that moved to a secret address."""
    there = Circle.objects.filter(pk=home.circles["there"].pk)
    there.update(coordinator=home.receiver("karin"))
    dennis, ask = come("dennis"), reverse("circle:ask", args=[home.circles["there"].ref])
    school, karin = home.parts["school"].ref, home.receiver("karin")
    told = {"title": "Over school", "words": "Hoe gaat het?", "at": home.at}

    said = words_of(dennis.get(ask)).split("kun je alleen deze mensen vragen:")[1]
    assert said.strip().startswith("Willem, ")
    with pytest.raises(NotInThisCircle):
        ask_question(home.actor("dennis"), school, to=karin, **told)
    chosen = {"part": str(school), "to": str(home.receiver("willem")), "step": "send"}
    asked = {"title": "Over school", "words": "Hoe gaat het?", "ref": str(uuid4())}
    dennis.post(ask, chosen | asked)
    question = Question.objects.get(folder=home.parts["school"].folder)
    assert (question.holder, question.coordinator) == (home.receiver("willem"),) * 2
    anouk = come("anouk").get(
        reverse("circle:asked", args=[home.circles["here"].ref, question.ref])
    )
    assert "Over school" in words_of(anouk)
    assert "Karin" not in words_of(anouk)


def test_what_is_not_right_in_both_homes_goes_to_whom_both_know(
    home: Kin, come: Callable[[str], Any]
) -> None:
    there = Circle.objects.filter(pk=home.circles["there"].pk)
    there.update(coordinator=home.receiver("karin"))
    entry = home.entry("school", "Noor rekent alleen op de gang.")
    dennis = come("dennis")
    page = reverse("circle:not_right", args=[home.circles["there"].ref, entry.ref])
    assert "Willem" in words_of(dennis.get(page))
    dennis.post(page, {"words": "Dit klopt niet.", "ref": str(uuid4())})
    assert Question.objects.get(about=entry).coordinator == home.receiver("willem")
