"""Which round and which text belong to an interview, for who may know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartstart.base.refusals import NotFound
from smartstart.voices import operations, operations_coding
from smartstart.voices.queries_rounds import round_of, transcript_of, was_taken_back
from smartstart.voices.refusals import TextIsNotChecked, ThereIsNoText
from tests.cast import Cast
from tests.voices.booth import Booth


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


def test_the_text_of_an_interview_is_found_by_who_does_research_there(booth: Booth) -> None:
    transcript = booth.imported()
    today, joke = booth.cast.today, booth.cast.actor("joke")

    assert transcript_of(booth.nadia, transcript.interview_id, on=today) == transcript.pk
    with pytest.raises(NotFound):
        transcript_of(joke, transcript.interview_id, on=today)
    with pytest.raises(NotFound):
        transcript_of(booth.nadia, booth.agreed().pk, on=today)


def test_before_the_first_round_there_is_none_and_before_the_check_nothing_to_code(
    booth: Booth,
) -> None:
    today, checked = booth.cast.today, booth.checked()

    assert round_of(booth.nadia, checked.interview_id, on=today) is None
    with pytest.raises(TextIsNotChecked):
        round_of(booth.nadia, booth.imported().interview_id, on=today)
    with pytest.raises(ThereIsNoText):
        round_of(booth.nadia, booth.agreed().pk, on=today)
    with pytest.raises(NotFound):
        round_of(booth.cast.actor("joke"), booth.agreed().pk, on=today)
    with pytest.raises(NotFound):
        round_of(booth.cast.actor("joke"), checked.interview_id, on=today)


def test_the_last_round_is_the_one_that_is_shown(booth: Booth) -> None:
    first = booth.round(coders=("nadia",))
    booth.ready(first, "nadia")
    operations_coding.merge(booth.nadia, first.ref, at=booth.now)
    second = booth.round(first.transcript, coders=("bram",))

    with CaptureQueriesContext(connection) as asked:
        found = round_of(booth.nadia, first.transcript.interview_id, on=booth.cast.today)

    assert found == second
    assert len(asked) == 1


def test_only_a_story_that_was_taken_back_leaves_a_tombstone(booth: Booth) -> None:
    gone, there = booth.agreed(), booth.agreed()
    operations.withdraw_consent(booth.nadia, gone.pk, at=booth.now)
    today = booth.cast.today

    assert was_taken_back(booth.nadia, gone.pk, on=today)
    assert not was_taken_back(booth.nadia, there.pk, on=today)
    assert not was_taken_back(booth.cast.actor("joke"), gone.pk, on=today)
