"""The brake on guessing cards, with many at the same instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import connection

from smartstart.base.brake import Brake
from tests.engines import Store


def test_tries_at_the_same_instant_do_not_slip_through(real_db: Store, now: datetime) -> None:
    brake = Brake("at-once", 3)

    def take(_number: int) -> str:
        try:
            return brake.take("192.0.2.1", now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        taken = [place for place in crowd.map(take, range(24)) if place]

    assert len(taken) == len({*taken}) == 3
