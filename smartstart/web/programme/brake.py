"""What keeps machines from filling the form, without asking a person to prove anything.

Three quiet ways: a field that nobody sees, a sealed time in the form, and a brake per network
address. None of them loses a word: the form comes back with everything that was typed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac

SALT: Final = "programme.propose"
LEAST: Final = timedelta(seconds=3)
LONGEST: Final = timedelta(hours=24)
MOST_IN_AN_HOUR: Final = 5
HOUR: Final = 3600


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

    The address itself is not kept: only a keyed hash, for an hour.
    """
    key = f"propose-{salted_hmac(SALT, address).hexdigest()[:32]}"
    moments = [at for at in cache.get(key, []) if at > now.timestamp() - HOUR]
    if len(moments) >= MOST_IN_AN_HOUR:
        return False
    cache.set(key, [*moments, now.timestamp()], HOUR)
    return True
