"""The hand-written statement of the hot path says what the slow path says, for everyone, always."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smartstart.access.permissions import Role
from smartstart.base.refusals import Refusal
from smartstart.people.models import Hat
from smartstart.voices import hot, operations, operations_coding
from smartstart.voices.models import CodingRound, Interview
from tests.voices.booth import Booth, hat_of

pytestmark = pytest.mark.django_db


def becomes(booth: Booth, round_: CodingRound, state: str) -> None:
    """Bring a round into a state."""
    if state in {"ready", "everyone ready", "merged"}:
        booth.ready(round_, *(["bram"] if state == "ready" else ["nadia", "bram"]))
    if state == "merged":
        operations_coding.merge(booth.nadia, round_.ref, at=booth.now)
    if state == "taken back":
        operations.withdraw_consent(booth.nadia, round_.transcript.interview_id, at=booth.now)
    if state == "hat ended":
        Hat.objects.filter(ref=hat_of(booth.bram)).update(last_day=booth.cast.in_days(-1))
    if state == "hat ended just now":
        Hat.objects.filter(ref=hat_of(booth.bram)).update(
            ended_at=booth.now, last_day=booth.cast.today
        )
    if state == "not yet":
        Interview.objects.update(given_on=booth.cast.in_days(3))


STATES = [
    "as it is",
    "ready",
    "everyone ready",
    "merged",
    "taken back",
    "over",
    "hat ended",
    "hat ended just now",
    "not yet",
]


@pytest.mark.parametrize("state", STATES)
def test_the_hot_path_and_the_slow_path_say_the_same(booth: Booth, state: str) -> None:
    round_ = booth.round(coders=["nadia", "bram"])
    code = booth.code().ref
    becomes(booth, round_, state)
    at = booth.now + timedelta(days=400 if state == "over" else 0)
    omar = booth.second_researcher("omar")
    stranger = replace(booth.bram, role=Role.PROFESSIONAL)
    elsewhere = replace(booth.bram, within=booth.cast.pilot_b.ref)
    names = ("nadia", "bram", "joke", "els", "ada", "petra", "anouk", "sam")
    actors = [booth.cast.actor(name) for name in names] + [omar, stranger, elsewhere]
    for actor in actors:
        found = hot.desk(actor, round_.ref, code=code, start=3, end=9, on=at.date())
        try:
            operations_coding._coded_by_me(actor, round_.ref, at=at)
            slow = True
        except Refusal:
            slow = False
        assert (found is not None) == slow
    may = hot.desk(booth.nadia, round_.ref, code=code, start=3, end=9, on=at.date())
    assert (may is not None) == (state in {"as it is", "ready", "hat ended", "hat ended just now"})
