"""What is counted of questions: enough or nothing, nothing to subtract back, one's own apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.permissions import Role
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotFound
from smartstart.consult import operations_answering as answering
from smartstart.consult import queries_figures, rules
from smartstart.consult.models import Tally
from tests.consult.people import people

AT = datetime(2026, 11, 17, 9, 0, tzinfo=HERE).astimezone(UTC)
TODAY = date(2026, 11, 17)
OFFICE = Actor(role=Role.PROGRAMME_OFFICE, account=uuid4(), hat=uuid4(), person=uuid4())


def test_a_share_is_told_in_steps_and_only_of_enough() -> None:
    for those, others in product(range(25), range(25)):
        share = rules.share(those, those + others)
        assert (share is None) == (those < 10 or others < 10)
        assert share is None or (share % 5 == 0 and abs(share - 100 * those / (those + others)) < 3)


def tallies(field: str, there: int, elsewhere: int, *, month: date = date(2026, 10, 1)) -> None:
    Tally.objects.bulk_create(
        Tally(month=month, asker_kind="parent", domain=field, at_the_place=n < there)
        for n in range(there + elsewhere)
    )


@pytest.mark.django_db
def test_how_early_is_told_by_quarter_when_nothing_can_be_subtracted_back() -> None:
    def told() -> list[tuple[tuple[int, int], int | None]]:
        found = queries_figures.how_early(OFFICE, today=TODAY)
        return [(one.quarter, one.share) for one in found]

    assert told() == []
    tallies("health", 30, 20)
    tallies("education", 12, 3, month=date(2026, 7, 1))
    assert told() == [((2026, 4), 60), ((2026, 3), None)]
    tallies("welfare", 1, 1)
    assert told() == [((2026, 4), None), ((2026, 3), None)], "these two could be told apart"
    tallies("safety", 5, 5)
    assert told()[0] == ((2026, 4), 60)
    with pytest.raises(NotFound):
        queries_figures.how_early(VISITOR, today=TODAY)


@pytest.mark.django_db
def test_hours_of_school_are_told_when_enough_said_how_many() -> None:
    tallies("health", 15, 0)
    silent, *rest = Tally.objects.order_by("id")
    Tally.objects.filter(pk__in=[one.pk for one in rest[:9]]).update(quarters_back=20)
    assert [one.hours_back for one in queries_figures.figures(OFFICE, today=TODAY)] == [None]
    Tally.objects.filter(pk=silent.pk).update(quarters_back=4)
    assert [one.hours_back for one in queries_figures.figures(OFFICE, today=TODAY)] == [46]


@pytest.mark.django_db
def test_own_figures_are_for_oneself_alone() -> None:
    made = people(AT)
    for minutes in (3, 9, 60):
        exchange = made.ask("bas", at=AT)
        later = AT + timedelta(minutes=minutes)
        answering.answer(made.actor("bas"), exchange.ref, words="Ja.", at=later)
    Tally.objects.update(quarters_back=20)
    later = AT + timedelta(hours=2)

    bas = queries_figures.own(made.actor("bas"), at=later)
    assert (bas.answered, bas.median, bas.asked, bas.hours_back) == (3, 9, 0, 0)
    assert queries_figures.own(made.actor("daan"), at=later) == queries_figures.Own(0, None, 0, 0)
    gone = AT + timedelta(days=400)
    assert queries_figures.own(made.actor("bas"), at=gone) == queries_figures.Own(0, None, 0, 0)
    for other in (VISITOR, OFFICE, made.actor("peer"), replace(OFFICE, position=uuid4())):
        with pytest.raises(NotFound):
            queries_figures.own(other, at=later)
