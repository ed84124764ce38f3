"""What keeps machines from filling the form, without asking a person to prove anything.

Three quiet ways: a field that nobody sees, a sealed time in the form, and a brake per network
address. None of them loses a word: the form comes back with everything that was typed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core import signing

from smartstart.base.brake import HOUR, Brake, subscriber

SALT: Final = "programme.propose"
LEAST: Final = timedelta(seconds=3)
LONGEST: Final = timedelta(hours=24)
MOST_IN_AN_HOUR: Final = 5


def sealed_time(now: datetime) -> str:
    """Return the moment at which a form was given out, sealed."""
    return signing.dumps(now.timestamp(), salt=SALT)


def is_a_persons_pace(token: str, *, now: datetime) -> bool:
    """Whether the form was given out by us, at least three seconds and at most a day ago."""
    try:
        given = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    took = timedelta(seconds=now.timestamp() - float(given))
    return LEAST <= took <= LONGEST


def may_send(address: str, *, now: datetime) -> bool:
    """Whether this network address may send one more proposal now; counts it when it may.

    Per hour by the clock.
    """
    return bool(Brake("propose", MOST_IN_AN_HOUR, HOUR).take(subscriber(address), now=now))
