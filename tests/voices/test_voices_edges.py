"""Edges of the voices: what is sent twice, what is not there, what the helper brings too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from smartstart.access.models import Line
from smartstart.access.reading import open_for_deed
from smartstart.base.once import SentBefore
from smartstart.base.refusals import NotFound
from smartstart.language import client
from smartstart.voices import (
    operations,
    operations_codebook,
    operations_coding,
    operations_quotes,
    operations_story,
    operations_text,
    queries_merging,
    queries_story,
)
from smartstart.voices.errors import ConsentDoesNotReach
from smartstart.voices.models import Code, Interview, Pseudonym, SaidBack
from smartstart.voices.refusals import (
    CodeNameIsTaken,
    QuoteIsNotYetAnswered,
    SayHowToShowThem,
    YouDoNotCodeHere,
)
from smartstart.voices.rules import Layer
from tests.cast import Cast
from tests.voices.booth import Booth, nobody

pytestmark = pytest.mark.django_db


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)


# Planning


def test_an_interview_sent_twice_is_one_and_says_how_to_show_the_person(booth: Booth) -> None:
    plan = partial(
        operations.plan_interview,
        with_whom="Anouk",
        planned_on=booth.cast.today,
        at=booth.now,
        ref=uuid4(),
    )
    first = plan(booth.nadia, booth.pilot.pk, described="moeder")
    lines = Line.objects.count()

    again = plan(booth.nadia, booth.pilot.pk, described="moeder")
    assert (again, Interview.objects.count(), Line.objects.count()) == (first, 1, lines)
    other = booth.bram
    with pytest.raises(SentBefore):
        plan(other, booth.pilot.pk, described="moeder")
    with pytest.raises(SayHowToShowThem):
        plan(booth.nadia, booth.pilot.pk, described="  ", ref=uuid4())
    assert Interview.objects.count() == 1


# The story


def test_what_is_said_back_twice_is_said_once(booth: Booth) -> None:
    interview, ref = booth.agreed(), uuid4()
    me, other = booth.teller(interview), booth.teller(booth.agreed())
    first = operations_story.say_back(me, words="Dank je.", at=booth.now, ref=ref)

    assert operations_story.say_back(me, words="Dank je.", at=booth.now, ref=ref) == first
    assert SaidBack.objects.count() == 1
    with pytest.raises(SentBefore):
        operations_story.say_back(other, words="Dank je.", at=booth.now, ref=ref)


def test_a_story_that_is_not_there_is_nobodys(booth: Booth) -> None:
    me = booth.teller(booth.agreed())
    nobodys = replace(me, within=uuid4())
    assert queries_story.story_of(booth.reading(me)).interview_ref == me.within
    with pytest.raises(NotFound):
        queries_story.story_of(booth.reading(nobodys))
    with pytest.raises(NotFound):
        operations_story.say_back(nobodys, words="Dank je.", at=booth.now)


@pytest.mark.parametrize("days", [-1, 0, 365, 366])
def test_a_story_may_be_used_from_the_first_to_the_last_day(booth: Booth, days: int) -> None:
    interview = booth.agreed(layers=[Layer.USE])
    at = booth.now + timedelta(days=days)
    may = 0 <= days <= 365

    assert operations_text.is_usable(interview, on=booth.cast.in_days(days)) is may
    if may:
        operations_text.require_usable(interview, at=at)
    else:
        with pytest.raises(ConsentDoesNotReach):
            operations_text.require_usable(interview, at=at)


@pytest.mark.parametrize("gone", [{"use": False}, {"given_on": None}, {"keep_until": None}])
def test_a_story_without_a_whole_yes_is_not_used(booth: Booth, gone: dict[str, object]) -> None:
    interview = booth.agreed()
    assert operations_text.is_usable(interview, on=booth.cast.today)
    for name, value in gone.items():
        setattr(interview, name, value)
    assert not operations_text.is_usable(interview, on=booth.cast.today)


# The text


def test_who_checked_a_text_may_say_so_again(booth: Booth) -> None:
    text = booth.checked()
    lines = Line.objects.count()

    again = operations_text.finish_pseudonyms(booth.nadia, text.pk, checked=True, at=booth.now)
    assert (again.pk, again.checked_at) == (text.pk, booth.now)
    assert Line.objects.count() == lines


def test_names_of_a_text_that_was_replaced_meanwhile_are_thrown_away(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = booth.imported()
    propose = client.propose

    def slowly(words: str, **told: Any) -> client.Proposals:
        found = propose(words, **told)
        again = text.interview
        operations_text.import_transcript(
            booth.nadia,
            again.pk,
            content=b"Vraag: Hoe?\n\nDit is een ander gesprek.",
            called="later.txt",
            at=booth.now + timedelta(minutes=1),
        )
        return found

    monkeypatch.setattr(client, "propose", slowly)
    assert operations_text.propose_pseudonyms(text.ref, at=booth.now) == 0
    assert not Pseudonym.objects.exists()


# Codes and coding


def test_a_code_sent_twice_is_one(booth: Booth) -> None:
    ref, pilot, at = uuid4(), booth.pilot.pk, booth.now
    first = operations_codebook.add_code(booth.nadia, pilot, name="Angst", at=at, ref=ref)

    assert operations_codebook.add_code(booth.nadia, pilot, name="Angst", at=at, ref=ref) == first
    assert Code.objects.count() == 1
    with pytest.raises(SentBefore):
        operations_codebook.add_code(booth.nadia, pilot, name="Moed", at=at, ref=ref)


def test_a_code_gets_another_name_that_no_other_has(booth: Booth) -> None:
    fear, courage = booth.code("Angst"), booth.code("Moed")
    named = operations_codebook.rename_code(
        booth.nadia, fear.ref, name=" Schroom ", description=" bij de deur ", at=booth.now
    )
    fear.refresh_from_db()
    assert named == fear
    assert (fear.name, fear.description) == ("Schroom", "bij de deur")
    with pytest.raises(CodeNameIsTaken):
        operations_codebook.rename_code(booth.nadia, fear.ref, name=courage.name, at=booth.now)
    again = operations_codebook.rename_code(booth.nadia, fear.ref, name="Schroom", at=booth.now)
    assert again.description == ""


def test_a_memo_is_kept_changed_and_left_alone(booth: Booth) -> None:
    round_ = booth.round()
    put = booth.put(round_, 40, 75, memo="kijk hier nog eens naar")
    codes = partial(
        operations_coding.code_passage, code=booth.code().ref, start=40, end=75, at=booth.now
    )

    def memo() -> str:
        put.refresh_from_db()
        return open_for_deed(put, "memo")

    again = codes(booth.nadia, round_.ref)
    assert (again.pk, memo()) == (put.pk, "kijk hier nog eens naar")
    codes(booth.nadia, round_.ref, memo="anders")
    assert memo() == "anders"
    codes(booth.nadia, round_.ref, memo="")
    assert memo() == ""


def test_a_round_that_is_not_there_is_not_coded_and_nobody_codes_without_a_role(
    booth: Booth,
) -> None:
    codes = partial(
        operations_coding.code_passage, code=booth.code().ref, start=1, end=5, at=booth.now
    )
    with pytest.raises(NotFound):
        codes(booth.nadia, nobody())
    with pytest.raises(YouDoNotCodeHere):
        operations_coding.worn(replace(booth.nadia, hat=None))
    assert operations_coding.worn(booth.nadia) == booth.nadia.hat


def test_what_is_left_to_talk_over_is_counted(booth: Booth) -> None:
    round_ = booth.round()
    booth.put(round_, 40, 75)
    booth.put(round_, 80, 90, by="bram")
    booth.ready(round_)

    page = queries_merging.merging_page(booth.reading(), round_.ref)
    assert (page.left, len(page.rows)) == (2, 2)
    row = page.rows[0]
    assert row.choice == ""
    with pytest.raises(NotFound):
        queries_merging.merging_page(booth.reading(), nobody())
    with pytest.raises(NotFound):
        queries_merging.merging_page(booth.reading("joke"), round_.ref)


def test_who_has_no_role_codes_blind_in_no_round(booth: Booth) -> None:
    round_ = booth.round()
    blind = operations_codebook._blind_round
    assert blind(booth.bram, booth.pilot) == round_
    assert blind(replace(booth.bram, hat=None), booth.pilot) is None


def test_words_that_may_no_longer_be_used_are_given_to_nobody(booth: Booth) -> None:
    excerpt = booth.excerpt()
    excerpt.interview.keep_until = booth.cast.today
    words = operations_quotes._words_of
    with pytest.raises(QuoteIsNotYetAnswered):
        words(excerpt, on=booth.cast.today)
    with pytest.raises(ConsentDoesNotReach):
        words(excerpt, on=booth.cast.in_days(1))
