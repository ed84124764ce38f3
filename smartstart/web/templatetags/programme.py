"""Template filters for pages of pilots: words of a figure, a stand and a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django import template
from django.utils.formats import date_format

from smartstart.programme import queries
from smartstart.programme.choices import Side

if TYPE_CHECKING:
    from smartstart.programme.queries.story import Figure, Stood, Took

register = template.Library()


@register.filter
def as_stand(halves: int) -> int | float:
    """Return a stand from 0 to 5."""
    return queries.as_stand(halves)


@register.filter
def last_day(history: Sequence[Stood]) -> str:
    """Return the day of the last change of the stand, in words."""
    day: date = history[-1].since
    return date_format(day, "j F Y")


@register.filter
def figure_source(figure: Figure) -> str:
    """Return the source of a known figure; nothing for one that is not known."""
    return figure.source if figure.value else ""


@register.filter
def figure_doubt(figure: Figure) -> str:
    """Return how sure a figure is, in words, or why it is not known."""
    return figure.sure if figure.value else figure.why_unknown


@register.filter
def side_words(took: Took) -> str:
    """Return from which side somebody took part, in words."""
    return str(Side(took.side).label)
