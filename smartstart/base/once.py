"""Making something once, however often it is asked with the same reference."""

from __future__ import annotations

from typing import TypeVar

from smartstart.base.refusals import NotFound

Made = TypeVar("Made")


def first_made(made: Made, *, by_me: bool) -> Made:
    """Return what the first send made; what somebody else made does not exist for this one."""
    if not by_me:
        raise NotFound
    return made
