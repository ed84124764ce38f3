"""Who is named to somebody at work: whom they know near a part, and nobody else of that home."""

from __future__ import annotations

from datetime import datetime

import pytest

from smartstart.circle import queries_deciding, queries_work
from smartstart.circle.states import GroundKind
from tests.circle.asking import Asking, asking


@pytest.fixture
def home(db: None, now: datetime) -> Asking:
    """Fatima reads about Noor; Peer of the police helps the mother herself."""
    made = asking(now)
    made.kin.ground("fatima", "here noor", GroundKind.SEAT)
    made.kin.seat("peer", "here anouk", called="Peer")
    return made


def test_what_a_law_demands_names_only_whom_one_knows_near_the_child(home: Asking) -> None:
    ref = home.kin.parts["here noor"].ref
    page = queries_deciding.tellable(home.kin.reading("fatima"), ref)
    assert [one.name for one in page.people] == ["Daan", "Willem"]


def test_a_question_is_given_to_nobody_of_another_home(home: Asking) -> None:
    home.kin.seat("fatima", "there dennis", called="Fatima")
    home.kin.ground("fatima", "there dennis", GroundKind.SEAT)
    home.kin.seat("peer", "there dennis", called="Peer")
    question = home.ask()
    found = queries_work.receivers(home.kin.reading("fatima"), question.ref)
    assert "jeugdagent" not in [one.who.name for one in found]
