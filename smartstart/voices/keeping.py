"""How long a story may be kept, and on which days a conversation can be (decision 0014)."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.utils.formats import date_format

from smartstart.voices.refusals import KeptTooLong, KeptTooShort, TalkIsTooFarAway
from smartstart.voices.rules import years_on

TOLD_AT_MOST_YEARS_AGO: Final = 10
PLANNED_AT_MOST_YEARS_AHEAD: Final = 2


def last_day(talk_on: date, *, first_yes: date | None) -> date:
    """Return the last day to which a yes can reach, counted from the talk or a later first yes.

    A next yes never moves it: who said yes once is not kept for ever by saying it again.
    """
    begins = max(talk_on, first_yes or talk_on)
    return years_on(begins, settings.SMARTSTART_STORY_KEPT_YEARS)


def require_day_to_keep(day: date, *, last: date, today: date, stands: date | None = None) -> None:
    """Let only a last day through that can be; ``stands`` is one from before this rule.

    Raises KeptTooShort or KeptTooLong.
    """
    if day < today:
        raise KeptTooShort
    if day > last and day != stands:
        raise KeptTooLong(years=settings.SMARTSTART_STORY_KEPT_YEARS, day=_in_words(last))


def require_day_to_talk(day: date, *, today: date) -> None:
    """Let only a day through on which a conversation was or can be. Raises TalkIsTooFarAway."""
    first = years_on(today, -TOLD_AT_MOST_YEARS_AGO)
    last = years_on(today, PLANNED_AT_MOST_YEARS_AHEAD)
    if not first <= day <= last:
        raise TalkIsTooFarAway(first=_in_words(first), last=_in_words(last))


def _in_words(day: date) -> str:
    return date_format(day, "j F Y")
