"""A text stands half a year at most, and "this helped" said twice is said once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from smartstart.base.clock import HERE
from smartstart.consult import operations_answering as answering
from smartstart.consult.models import Exchange, Remark, Turn
from tests.consult.people import people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
HALF_A_YEAR = timedelta(days=180)


@pytest.mark.django_db
def test_a_text_answered_late_goes_after_half_a_year_asked_again_or_not() -> None:
    room = people(AT)
    asked = room.ask("fatima")
    late, later = AT + timedelta(days=170), AT + timedelta(days=179)
    answering.answer(room.actor("marit"), asked.ref, words="Zet hem bij het raam.", at=late)
    assert Exchange.objects.get().erase_at == AT + HALF_A_YEAR
    answering.reopen(room.actor("joost"), asked.ref, why="Het helpt nog niet.", at=later)
    assert Exchange.objects.get().erase_at == AT + HALF_A_YEAR
    answering.answer(room.actor("marit"), asked.ref, words="Ik bel je.", at=later)
    answering.confirm(room.actor("joost"), asked.ref, at=later)
    assert Exchange.objects.get().erase_at == AT + HALF_A_YEAR


@pytest.mark.django_db
def test_this_helped_said_twice_is_said_once() -> None:
    room = people(AT)
    asked, soon = room.ask("fatima"), AT + timedelta(minutes=5)
    answering.answer(room.actor("fatima"), asked.ref, words="Zet hem bij het raam.", at=AT)
    for _twice in range(2):
        answering.confirm(room.actor("joost"), asked.ref, at=soon, thanks="Dank je wel.")
    assert Exchange.objects.get().erase_at == soon + timedelta(days=30)
    assert Turn.objects.filter(exchange=asked, kind="confirmed").count() == 1
    assert Remark.objects.filter(exchange=asked, kind="thanks").count() == 1
