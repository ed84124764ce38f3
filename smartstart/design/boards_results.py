"""What a vote came to, in words: per role, small roles together, the whole first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from smartstart.design.boards_kinds import Kind
from smartstart.design.boards_rules import TOGETHER
from smartstart.design.roles import ParticipantRole

Given = Mapping[str, Mapping[str, int]]
GROUPS: Final = (*ParticipantRole.values, TOGETHER)


@dataclass(frozen=True, slots=True)
class Part:
    """How much one group gave: a role, or small ones together."""

    group: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Dots:
    """How much a note got, per group that gave something."""

    parts: tuple[Part, ...] = ()

    @property
    def all(self) -> int:
        """What every group gave."""
        return sum(part.count for part in self.parts)

    def of(self, group: str) -> int:
        """What one group gave."""
        return sum(part.count for part in self.parts if part.group == group)

    def __str__(self) -> str:
        """Return the whole and its parts: "9 (parent 5, together 4)"."""
        parts = ", ".join(f"{part.words} {part.count}" for part in self.parts)
        return f"{self.all} ({parts})" if parts else "0"


def words_of(group: str) -> str:
    """Return what a group is called."""
    return _("together") if group == TOGETHER else str(ParticipantRole(group).label)


def dots_of(given: Given, value: str) -> Dots:
    """Return how often a value was given, per group, in the order of the roles."""
    counts = ((group, given.get(group, {}).get(value, 0)) for group in GROUPS)
    return Dots(tuple(Part(group, words_of(group), count) for group, count in counts if count))


def votes_of(kind: Kind, given: Given) -> tuple[tuple[str, Dots], ...]:
    """Return per value to choose from what a note got; of dots and places one without words."""
    if len(kind.values) < 2 or kind.ranks:
        return (("", dots_of(given, "1")),)
    return tuple((str(words), dots_of(given, str(value))) for value, words in kind.values)
