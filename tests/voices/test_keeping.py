"""How long a story may be kept, and on which days a conversation can be (decision 0014)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import Settings

from smartstart.voices import keeping, operations, rules
from smartstart.voices.models import Consent, Interview
from smartstart.voices.refusals import KeptTooLong, TalkIsTooFarAway
from smartstart.voices.rules import Layer
from tests.voices.booth import Booth

USE = (Layer.USE,)


@given(st.dates(), st.integers(-9_999, 9_999))
@example(date(2024, 2, 29), 1)
@example(date(2024, 2, 29), 9_000)  # found by hand: no such year
def test_the_same_day_so_many_years_on(day: date, years: int) -> None:
    found = rules.years_on(day, years)

    assert found.year == min(max(day.year + years, date.min.year), date.max.year)
    assert found.month == day.month
    assert day.day - found.day == (1 if (day.month, day.day, found.day) == (2, 29, 28) else 0)


def test_a_yes_reaches_ten_years_after_the_talk_or_the_first_yes(settings: Settings) -> None:
    talk, first = date(2026, 11, 22), date(2027, 1, 5)

    assert keeping.last_day(talk, first_yes=None) == date(2036, 11, 22)
    assert keeping.last_day(talk, first_yes=first) == date(2037, 1, 5)
    settings.SMARTSTART_STORY_KEPT_YEARS = 3
    assert keeping.last_day(talk, first_yes=date(2020, 1, 1)) == date(2029, 11, 22)


@pytest.mark.django_db
def test_longer_than_that_nobody_says_yes_and_the_refusal_tells_the_last_day(booth: Booth) -> None:
    """Found by a new user: 31-12-9999 was kept."""
    interview = booth.plan()
    last = rules.years_on(booth.cast.today, 10)

    def say(day: date) -> Interview:
        return operations.give_consent(
            booth.nadia, interview.pk, layers=USE, keep_until=day, at=booth.now
        )

    for day in (rules.years_on(booth.cast.today, 11), date(9999, 12, 31)):
        with pytest.raises(KeptTooLong) as refused:
            say(day)
        assert "20 november 2036" in str(refused.value)
    assert Consent.objects.count() == 0
    assert say(last).keep_until == last


@pytest.mark.django_db
def test_a_day_that_stood_before_the_rule_stays_but_is_not_said_again(booth: Booth) -> None:
    interview, old = booth.agreed(), date(9999, 12, 31)
    Interview.objects.filter(pk=interview.pk).update(keep_until=old)
    me = booth.teller(interview)

    def say(day: date) -> Interview:
        return operations.give_consent(me, interview.pk, layers=USE, keep_until=day, at=booth.now)

    assert say(old).keep_until == old
    assert not Interview.objects.get(pk=interview.pk).quote
    with pytest.raises(KeptTooLong):
        say(date(9999, 12, 30))
    say(booth.until)
    with pytest.raises(KeptTooLong):
        say(old)


@pytest.mark.django_db
def test_a_talk_is_on_a_day_that_can_be(booth: Booth) -> None:
    """Found by a new user: a talk on 1 January 1800 was planned."""
    today = booth.cast.today

    def plan(day: date) -> Interview:
        return operations.plan_interview(
            booth.nadia,
            booth.pilot.pk,
            with_whom="x",
            described="vader, 41 jaar",
            planned_on=day,
            at=booth.now,
        )

    for day in (date(1800, 1, 1), date(2016, 11, 19), date(2028, 11, 21), date(9999, 12, 31)):
        with pytest.raises(TalkIsTooFarAway, match="20 november 2016 tot en met 20 november 2028"):
            plan(day)
    for day in (date(2016, 11, 20), today, date(2028, 11, 20)):
        assert plan(day).planned_on == day
