"""A brake on guessing: so many wrong tries in a while, and the door stays shut that long."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from django.conf import settings
from django.core.cache import cache

MOST_TRIES: Final = 10
WHILE_SECONDS: Final = 15 * 60


def is_shut(keyed_by: str) -> bool:
    """Whether there were too many wrong tries by this key (a network address) lately."""
    return int(cache.get(_name(keyed_by), 0)) >= MOST_TRIES


def count_wrong(keyed_by: str) -> None:
    """Count one wrong try."""
    name = _name(keyed_by)
    if not cache.add(name, 1, WHILE_SECONDS):
        cache.set(name, int(cache.get(name, 0)) + 1, WHILE_SECONDS)


def _name(keyed_by: str) -> str:
    """Return the name under which it is kept: a keyed hash, so no address stands in the table."""
    key = settings.SECRET_KEY.encode()
    return "story-" + hmac.new(key, keyed_by.encode(), hashlib.sha256).hexdigest()
