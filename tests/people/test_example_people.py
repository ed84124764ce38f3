"""The invented people of the example: whom one may call has a number that nobody has."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from smartstart.access.permissions import Role
from smartstart.base import clock
from smartstart.people import example
from smartstart.people.contacts import contacts
from smartstart.people.models import Hat

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


def test_who_steps_in_begins_in_the_first_pilot_of_this_person_and_not_in_the_newest() -> None:
    """Found by a new user: after a new pilot one began there, where the card tells of another."""
    example.mark(at=clock.now())
    example.make_cast(at=clock.now())

    def give(pilot: int) -> Hat:
        return example.give_hat(
            "yara",
            Role.PROJECT_LEADER,
            within=UUID(int=pilot),
            called="projectleider",
            place="pilot",
            at=clock.now(),
        )

    first = give(7)
    for newer in (3, 9):
        give(newer)

    assert example.step_in("yara", at=clock.now()) == first
