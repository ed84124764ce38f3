"""The kinds of knots, how they stand, what may be missing, and the columns they are drawn in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a knot stands for, from what people said and what figures say up to what was found."""

    EXCERPT = "excerpt"
    FIGURE = "figure"
    ANSWER = "answer"
    NOTE = "note"
    INSIGHT = "insight"
    HOW_MIGHT_WE = "how_might_we"
    IDEA = "idea"
    CONCEPT = "concept"
    PROTOTYPE = "prototype"
    TEST = "test"
    INDICATOR = "indicator"
    FINDING = "finding"


class State(StrEnum):
    """How a knot stands."""

    STANDING = "standing"
    WEAKENED = "weakened"
    WITHDRAWN = "withdrawn"


class Lack(StrEnum):
    """What a concept may lack below it."""

    VOICE = "voice"
    FIGURE = "figure"


class Column(StrEnum):
    """The five columns in which a thread is drawn, left to right."""

    SOURCES = "sources"
    INSIGHTS = "insights"
    HOW_MIGHT_WE = "how_might_we"
    SOLUTIONS = "solutions"
    TESTED = "tested"


# A tie goes from a lower to a strictly higher rank: so no knot can ever rest on itself.
RANK: Final[dict[Kind, int]] = {
    Kind.EXCERPT: 10,
    Kind.FIGURE: 10,
    Kind.ANSWER: 10,
    Kind.NOTE: 10,
    Kind.INSIGHT: 20,
    Kind.HOW_MIGHT_WE: 30,
    Kind.IDEA: 40,
    Kind.CONCEPT: 50,
    Kind.PROTOTYPE: 60,
    Kind.TEST: 70,
    Kind.INDICATOR: 80,
    Kind.FINDING: 90,
}

COLUMN: Final[dict[Kind, Column]] = {
    Kind.EXCERPT: Column.SOURCES,
    Kind.FIGURE: Column.SOURCES,
    Kind.ANSWER: Column.SOURCES,
    Kind.NOTE: Column.SOURCES,
    Kind.INSIGHT: Column.INSIGHTS,
    Kind.HOW_MIGHT_WE: Column.HOW_MIGHT_WE,
    Kind.IDEA: Column.SOLUTIONS,
    Kind.CONCEPT: Column.SOLUTIONS,
    Kind.PROTOTYPE: Column.SOLUTIONS,
    Kind.TEST: Column.TESTED,
    Kind.INDICATOR: Column.TESTED,
    Kind.FINDING: Column.TESTED,
}

VOICES: Final = frozenset({Kind.EXCERPT, Kind.ANSWER, Kind.NOTE})
NEEDS_BOTH: Final = frozenset({Kind.CONCEPT})
