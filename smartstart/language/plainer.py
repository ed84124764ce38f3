"""Hints for who writes: what can be said shorter or plainer, each with words to use instead.

Only the writer sees them. They say something of a text, never of a person, and are kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartstart.language.plain import Kind, RareOf, measure

WHY: Final[dict[Kind, str | Promise]] = {
    Kind.LONG_SENTENCE: _("This is long for one sentence. Cut it in two:"),
    Kind.FORMAL: _("This sounds like an office. Say:"),
    Kind.FORBIDDEN: _("Many people find this an unpleasant word. Say:"),
    Kind.PASSIVE: _("Here nobody does it. Say who does."),
    Kind.LONG_WORD: _("This is a long word. Say it in two or three short ones."),
    Kind.RARE: _("Not everybody knows this word. Say what you mean by it."),
}
LONG_WITHOUT_CUT: Final = _("This is long for one sentence. Make two of it.")
LONGEST_SHOWN: Final = 80  # characters


@dataclass(frozen=True, slots=True)
class Hint:
    """A stretch as it was written, what is hard about it, and what to say instead or nothing."""

    shown: str
    why: str | Promise
    instead: str


def hints(text: str, *, rare_of: RareOf | None = None) -> Iterator[Hint]:
    """Tell what can be said plainer, each stretch once, in text order; see ``measure``."""
    told: set[str] = set()
    for hard in measure(text, for_families=True, rare_of=rare_of).hard:
        shown = " ".join(text[hard.start : hard.end].split())
        if shown in told:
            continue
        told.add(shown)
        is_cut = hard.kind != Kind.LONG_SENTENCE or hard.instead
        why = WHY[hard.kind] if is_cut else LONG_WITHOUT_CUT
        yield Hint(_short(shown), why, hard.instead)


def _short(shown: str) -> str:
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"
