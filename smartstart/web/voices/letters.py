"""The letter to somebody who told a story: the same as on their own page, to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from smartstart.thread.kinds import Kind
from smartstart.thread.queries import Fed
from smartstart.voices.queries_story import Story
from smartstart.web.thread.public import leader_of
from smartstart.web.thread.words import whole_question

_MADE = frozenset({Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT, Kind.PROTOTYPE})
_TRIED = frozenset({Kind.TEST, Kind.INDICATOR, Kind.FINDING})


RIGHT_TO_LEFT: Final = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Part:
    """Something that came of the story, in the language in which somebody wrote it."""

    title: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says: no name in it, and no word that tells what site this is."""

    said: tuple[str, ...]
    learned: tuple[Part, ...]
    made: tuple[Part, ...]
    tried: tuple[Part, ...]
    by: str
    address: str
    language: str = "nl"

    @property
    def direction(self) -> str:
        """Which way the language is written."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of the story yet: then there is nothing to send."""
        return not (self.learned or self.made or self.tried)


def letter_of(told: Story, *, on: date, address: str) -> Letter:
    """Return the letter about a story, as it stands today, in its language.

    The fixed sentences are written by people; what came of it too, or it stands in Dutch.
    """
    with translation.override(told.language):
        return _letter(told, on=on, address=address)


def _letter(told: Story, *, on: date, address: str) -> Letter:
    return Letter(
        said=tuple(line.shown for line in told.said),
        learned=_of(told, frozenset({Kind.INSIGHT})),
        made=_of(told, _MADE),
        tried=_of(told, _TRIED),
        by=leader_of(told.pilot, on=on),
        address=address.partition("://")[2],
        language=told.language,
    )


def _of(told: Story, kinds: frozenset[Kind]) -> tuple[Part, ...]:
    return tuple(
        Part(_title(fed), fed.words, fed.language if fed.title else told.language)
        for fed in told.led_to
        if fed.kind in kinds
    )


def _title(fed: Fed) -> str:
    if not fed.title:
        return _("We took it up in the words in which it was said.")
    is_dutch_question = fed.kind is Kind.HOW_MIGHT_WE and fed.language == "nl"
    return whole_question(fed.title) if is_dutch_question else fed.title
