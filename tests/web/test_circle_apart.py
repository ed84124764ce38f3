"""Who helps people that do not agree reads between whom it is, and that they agree by now."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from smartstart.circle.models import Question
from smartstart.circle.operations_questions import ask_question
from smartstart.circle.operations_sharing import say_no, say_yes
from smartstart.circle.states import QuestionKind
from tests.circle.asking import asking
from tests.circle.kin import enter_kin
from tests.web.test_thread import words_of

pytestmark = pytest.mark.django_db


def test_who_helps_reads_that_they_agree_by_now(at_now: datetime) -> None:
    world = asking(at_now)
    home = world.kin
    home.seat("fatima", "school", called="Fatima")
    asked = ask_question(
        home.actor("dennis"),
        home.parts["school"].ref,
        to=home.receiver("fatima"),
        title="Slaapt ze genoeg?",
        words="Ze is moe.",
        at=at_now,
    )
    ground = world.ground(asked, "fatima")
    say_no(home.actor("anouk"), ground.ref, at=at_now)
    apart = Question.objects.get(kind=QuestionKind.APART)
    willem, address = enter_kin(home, "willem"), reverse("circle:question", args=[apart.ref])

    before = words_of(willem.get(address))
    say_yes(home.actor("anouk"), ground.ref, at=at_now)
    after = words_of(willem.get(address))

    assert "Er wordt nu niets gedeeld." in before
    assert "Het is tussen: Anouk, Dennis" in after
    assert "Zij zijn het nu eens" in after
    assert "Er wordt nu niets gedeeld." not in after
    assert "over dit kind" not in after  # it may be about the home
