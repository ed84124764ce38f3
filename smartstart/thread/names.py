"""What the kinds and columns of a thread are called, on a screen and in a command."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy, pgettext_lazy

from smartstart.thread.kinds import Column, Kind

KINDS: Final = {
    Kind.EXCERPT: gettext_lazy("Voice"),
    Kind.ANSWER: gettext_lazy("Voice"),
    Kind.NOTE: gettext_lazy("Voice"),
    Kind.FIGURE: gettext_lazy("Figure"),
    Kind.INSIGHT: gettext_lazy("Insight"),
    Kind.HOW_MIGHT_WE: pgettext_lazy("of a thread", "Question"),
    Kind.IDEA: gettext_lazy("Idea"),
    Kind.CONCEPT: gettext_lazy("Solution"),
    Kind.PROTOTYPE: gettext_lazy("First form"),
    Kind.TEST: pgettext_lazy("of a solution", "Tried out"),
    Kind.INDICATOR: gettext_lazy("Measured"),
    Kind.FINDING: gettext_lazy("Found"),
}
COLUMNS: Final = {
    Column.SOURCES: gettext_lazy("Voices and figures"),
    Column.INSIGHTS: gettext_lazy("Insight"),
    Column.HOW_MIGHT_WE: gettext_lazy("How might we…"),
    Column.SOLUTIONS: gettext_lazy("Solution"),
    Column.TESTED: gettext_lazy("Tried and measured"),
}
