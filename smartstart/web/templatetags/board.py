"""Drawing on boards."""

from __future__ import annotations

from typing import Final

from django import template

register = template.Library()
MOST: Final = 60


@register.filter
def times(count: int) -> range:
    """Return something to walk over so many times, at most what fits on a screen."""
    return range(min(count, MOST))
