"""A way in that colleagues give opens no family until somebody from outside said who it is."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from smartstart.access.models import Folder
from smartstart.access.permissions import Role
from smartstart.people import keys, operations, waking
from smartstart.people.models import Account, Hat, Organisation, Position
from tests.cast import Cast


@pytest.fixture
def school(cast: Cast) -> Organisation:
    found = cast.hats["nadia"].organisation
    assert found is not None
    return found


@pytest.fixture
def fatima(cast: Cast, school: Organisation) -> Hat:
    """Somebody with a function, and a second key; Ada's colleague."""
    account = Account.objects.create_user("fatima", None, shown_as="Fatima")
    position = Position.objects.create(organisation=school, called="coach", occupant=account)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    return operations.give_hat(
        account,
        Role.PROFESSIONAL,
        called="coach",
        organisation=school,
        position=position,
        from_day=cast.today,
    )


def let_in(cast: Cast, hat: Hat, *, first: str = "ada", second: str = "nadia") -> None:
    asked = keys.ask_restore(cast.actor(first), hat.account_id, at=cast.now, today=cast.today)
    code = keys.confirm_restore(cast.actor(second), asked.pk, at=cast.now, today=cast.today)
    assert not sleeps(hat)
    keys.account_with_code("fatima", code, at=cast.now)


def sleeps(hat: Hat) -> bool:
    hat.refresh_from_db()
    assert hat.sleeps == (hat.ended_at is not None)
    return hat.sleeps


def test_two_colleagues_let_somebody_in_and_her_role_sleeps(
    cast: Cast, fatima: Hat, school: Organisation
) -> None:
    rules = Folder.objects.get(pk=school.folder_id).rules_version
    let_in(cast, fatima)

    assert sleeps(fatima)
    assert not Hat.objects.worn_on(cast.today).filter(pk=fatima.pk).exists()
    assert Folder.objects.get(pk=school.folder_id).rules_version == rules + 1
    for name in ("ada", "nadia", "bram"):  # not those who let her in, nor a colleague
        assert fatima not in waking.hats_to_wake(cast.actor(name), on=cast.today)
    waking.wake(cast.actor("els"), fatima.pk, at=cast.now, today=cast.today)
    assert not sleeps(fatima)


def test_who_is_let_in_by_the_programme_office_sleeps_not(cast: Cast, fatima: Hat) -> None:
    let_in(cast, fatima, second="els")
    assert not sleeps(fatima)


def test_a_role_that_reads_no_families_goes_on(
    cast: Cast, fatima: Hat, school: Organisation
) -> None:
    other = operations.give_hat(
        fatima.account,
        Role.ADMINISTRATOR,
        called="beheerder",
        organisation=school,
        from_day=cast.today,
    )
    let_in(cast, fatima)
    assert sleeps(fatima)
    assert not sleeps(other)


def test_a_new_card_without_a_second_key_does_the_same(cast: Cast, fatima: Hat) -> None:
    ada = cast.actor("ada")
    operations.new_card(ada, fatima.account_id, at=cast.now, today=cast.today)
    assert not sleeps(fatima)
    Authenticator.objects.filter(user=fatima.account).delete()

    operations.new_card(ada, fatima.account_id, at=cast.now, today=cast.today)

    assert sleeps(fatima)
