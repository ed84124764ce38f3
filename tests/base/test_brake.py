"""So many tries in a stretch of time, also at the same instant, also from many addresses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from smartstart.base.brake import Brake, give_back, subscriber
from tests.engines import Store


@pytest.mark.django_db
def test_places_are_taken_once_each_and_come_back(now: datetime) -> None:
    small = Brake("small", 2)
    taken = [small.take("here", now=now) for _ in range(3)]
    assert taken[2] == ""
    assert len({*taken}) == 3
    assert small.take("there", now=now)
    give_back(taken[0])
    assert small.take("here", now=now) == taken[0]
    assert small.take("here", now=now + timedelta(seconds=small.seconds))


def test_tries_at_the_same_instant_all_count(real_db: Store, now: datetime) -> None:
    def one(_: int) -> str:
        try:
            return Brake("at-once", 3).take("here", now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(bool(place) for place in threads.map(one, range(8))) == 3


@pytest.mark.parametrize(
    ("address", "known_by"),
    [
        ("192.0.2.9", "192.0.2.9"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("local", "local"),
    ],
)
def test_one_subscriber_has_one_brake(address: str, known_by: str) -> None:
    assert subscriber(address) == known_by
