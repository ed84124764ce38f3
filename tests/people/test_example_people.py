"""The invented people of the example: whom one may call has a number that nobody has."""

from __future__ import annotations

import re

import pytest

from smartstart.access.permissions import Role
from smartstart.base import clock
from smartstart.people import example
from smartstart.people.contacts import contacts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "name"), [(Role.PROGRAMME_OFFICE, "Karin"), (Role.PRIVACY_OFFICER, "Willem")]
)
def test_who_may_be_called_has_a_number_that_nobody_has(role: Role, name: str) -> None:
    example.mark(at=clock.now())
    for _ in range(2):
        example.make_cast(at=clock.now())
    (found,) = contacts(role, on=clock.today())
    assert found.name == name
    assert re.fullmatch(r"0\d\d 0\d\d \d\d \d\d", found.phone)
