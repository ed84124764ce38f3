"""What the page of a story shows, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.base.refusals import NotFound
from smartstart.thread.kinds import Kind, State
from smartstart.thread.queries import Fed
from smartstart.voices.queries_story import SaidLine, Story
from smartstart.voices.states import QuoteState
from smartstart.web.thread.public import leader_of
from smartstart.web.thread.words import whole_question

MADE: Final = frozenset({Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT, Kind.PROTOTYPE})
TRIED: Final = frozenset({Kind.TEST, Kind.INDICATOR, Kind.FINDING})
ANSWERS: Final = {
    QuoteState.APPROVED: gettext_lazy("You said: yes, this is fine."),
    QuoteState.CHANGED: gettext_lazy("You said it in your own words."),
    QuoteState.REFUSED: gettext_lazy("You said: rather not. We do not show it."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of what I said: the words as they would stand, and my answer."""

    words: str
    ref: UUID | None
    waits: bool
    answered: str


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came of it, with who else said so."""

    title: str
    words: str
    others: str
    doubt: str
    language: str = "nl"


def page_of(told: Story, *, on: date) -> dict[str, Any]:
    """Return the parts of the page."""
    return {
        "told": told,
        "said": [said(line) for line in told.said],
        "hears": who_hears(told, on=on),
        **came_of(told.led_to),
    }


def came_of(led_to: Sequence[Fed]) -> dict[str, list[Came]]:
    """Return what came of words, by step: learned, made, tried."""
    return {
        "learned": [came(fed) for fed in led_to if fed.kind is Kind.INSIGHT],
        "made": [came(fed) for fed in led_to if fed.kind in MADE],
        "tried": [came(fed) for fed in led_to if fed.kind in TRIED],
    }


def said(line: SaidLine) -> Said:
    """Return one piece as it would stand, and how I answered."""
    return Said(
        words=line.shown,
        ref=line.approval,
        waits=line.state is QuoteState.ASKED,
        answered=str(ANSWERS[line.state]) if line.state in ANSWERS else "",
    )


def came(fed: Fed) -> Came:
    """Return something that came of the story."""
    others = ngettext(
        "%(n)s other person said this too.", "%(n)s other people said this too.", fed.others
    ) % {"n": fed.others}
    return Came(
        title=_title(fed),
        words=fed.words,
        others=others if fed.others and fed.kind is Kind.INSIGHT else "",
        doubt=_("We look whether this still holds.") if fed.state is State.WEAKENED else "",
        language=fed.language,
    )


def _title(fed: Fed) -> str:
    if not fed.title:
        return _("We took it up in the words in which it was said.")
    is_dutch_question = fed.kind is Kind.HOW_MIGHT_WE and fed.language == "nl"
    return whole_question(fed.title) if is_dutch_question else fed.title


def who_hears(told: Story, *, on: date) -> str:
    """Return the name of who reads what is said back: the person who leads the pilot."""
    return leader_of(told.pilot, on=on)


def line_of(told: Story, ref: UUID) -> SaidLine:
    """Return the piece that a question is about. Raises NotFound."""
    found = next((line for line in told.said if line.approval == ref), None)
    if found is None:
        raise NotFound
    return found
