"""Who acts is asked once for every request, with all it needs."""

from __future__ import annotations

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.people import queries
from smartstart.people.models import Hat
from tests.cast import Cast


def test_hats_are_those_of_the_queryset_with_all_they_bring(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = cast.account("nadia")
    house = house_folder(at=cast.now)
    Hat.objects.create(account=account, role=Role.PARENT, from_day=cast.today, called="ouder")
    ended = cast.today - timedelta(days=1)
    Hat.objects.create(
        account=account, role=Role.YOUNG_PERSON, from_day=ended, last_day=ended, called="toen"
    )
    plain = Hat.objects.worn_on(cast.today).filter(account=account)
    must = list(plain.select_related("organisation").order_by("role", "place", "id"))
    assert len(must) > 1

    queries.hats_of(account, on=cast.today)
    with django_assert_num_queries(1):
        found = queries.hats_of(account, on=cast.today)
        brought = [
            (hat.account, hat.organisation and hat.organisation.folder.rules_version)
            for hat in found
        ]

    names = [field.attname for field in Hat._meta.concrete_fields]
    assert [[getattr(hat, name) for name in names] for hat in found] == [
        [getattr(hat, name) for name in names] for hat in must
    ]
    assert {vars(hat)["house"] for hat in found} == {house.pk}
    assert brought == [
        (account, hat.organisation and hat.organisation.folder.rules_version) for hat in must
    ]
