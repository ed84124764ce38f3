"""A queryset that is written once finds what it finds written anew, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet, Value

from smartstart.access.actor import Actor
from smartstart.access.models import Folder
from smartstart.access.permissions import Role
from smartstart.access.written import NotWritten, written
from smartstart.base.clock import day_of
from smartstart.people.models import Account, Hat
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def hats(actor: Actor, *, on: date, accounts: Sequence[int]) -> QuerySet[Hat]:
    """Rows with what was taken along, and something added."""
    rows = Hat.objects.visible_to(actor, on=on).filter(account_id__in=accounts)
    rows = rows.annotate(seven=Value(7)).select_related("account", "organisation__folder")
    return rows.order_by("pk")


def names(*, refs: Sequence[UUID]) -> QuerySet[Any, Any]:
    return Account.objects.filter(person__in=refs).order_by("pk").values_list("person", "shown_as")


def called(*, name: str) -> QuerySet[Account]:
    return Account.objects.filter(shown_as=name).order_by("pk")


def made_after(*, at: datetime) -> QuerySet[Account]:
    return Account.objects.filter(made_at__gte=at)


def test_it_finds_what_the_queryset_finds_whoever_asks_for_however_many(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    who = [cast.actor(name) for name in ("nadia", "bram", "ada", "els")]
    who += [replace(one, role=Role.OPERATOR) for one in who]
    ids = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    asked = found = 0
    for actor in who:
        for many in (0, 1, 3, len(ids)):
            anew = list(hats(actor, on=cast.today, accounts=ids[:many]))
            once: list[Hat] = written(hats, actor, on=cast.today, accounts=ids[:many])
            assert once == anew
            with django_assert_num_queries(0):
                assert [_told(one) for one in once] == [_told(one) for one in anew]
            asked, found = asked + 1, found + len(once)
    assert asked > 20
    assert found > 10


def _told(hat: Hat) -> list[Any]:
    place = hat.organisation.folder.opened_at if hat.organisation else None
    return [vars(hat)["seven"], hat.account.shown_as, place, hat.from_day, hat.ref, hat.position_id]


def test_nothing_of_who_asked_before_stays(cast: Cast) -> None:
    people = [account.person for account in Account.objects.order_by("pk")]
    for person in people:
        (told,) = written(names, refs=[person])
        assert told == (person, Account.objects.get(person=person).shown_as)
    assert written(names, refs=people) == list(names(refs=people))
    assert written(names, refs=[uuid4()]) == []


def test_a_text_is_asked_as_it_is_said(cast: Cast) -> None:
    told = [account.shown_as for account in Account.objects.order_by("pk")]
    assert len(told) > 3
    for name in (*told, "", "%s", "' OR 1 = 1 --", told[0].upper() + "x"):
        assert written(called, name=name) == list(called(name=name)), name


def test_a_moment_counts_to_the_microsecond_and_the_next_day_by_itself(cast: Cast) -> None:
    newest = Account.objects.order_by("-made_at")[0].made_at
    assert len(written(made_after, at=newest)) == Account.objects.filter(made_at=newest).count()
    assert written(made_after, at=newest + timedelta(microseconds=1)) == []


def test_what_cannot_be_written_once_is_refused(cast: Cast) -> None:
    def asks(*, at: datetime) -> QuerySet[Folder]:
        return Folder.objects.filter(pk=Folder.objects.count())

    def makes_another_day(*, on: date) -> QuerySet[Hat]:
        return Hat.objects.filter(from_day=on + timedelta(days=1))

    with pytest.raises(NotWritten, match="without asking"):
        written(asks, at=cast.now)
    with pytest.raises(NotWritten, match="tell it itself"):
        written(makes_another_day, on=day_of(cast.now))
    with pytest.raises(NotWritten, match="float"):
        written(makes_another_day, on=1.5)
