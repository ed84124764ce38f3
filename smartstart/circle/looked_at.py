"""What a look was at, in words its people know: only what they may read themselves.

A reference that is not there for them (taken away, withheld, of somebody else, resting because it
names somebody) is not named and leaves no gap: it is not counted either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import models

from smartstart.access.models import Holds
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.gate import receiver_of
from smartstart.circle.models import Agreement, Entry, OwnSide, Question, Reply
from smartstart.circle.models.mentions import unless_resting

NAMED: Final = 3  # things of one moment that are named; the rest is counted
MOST: Final = 10_000  # references that are looked up for one page
Rows = dict[UUID, Holds]


class Kind(StrEnum):
    """What it was."""

    QUESTION = "question"
    REPLY = "reply"
    ENTRY = "entry"
    AGREEMENT = "agreement"
    SIDE = "side"


# Which is named first when there are many, and which field says what it is called.
NAMES: Final[dict[type[Holds], tuple[Kind, str]]] = {
    Question: (Kind.QUESTION, "title"),
    Reply: (Kind.REPLY, "author_called"),
    Entry: (Kind.ENTRY, "title"),
    Agreement: (Kind.AGREEMENT, "goal"),
    OwnSide: (Kind.SIDE, "author_called"),
}
# What rests with something else: with what, and where it says with which.
HANGS_ON: Final[dict[type[Holds], tuple[str, str]]] = {
    Reply: ("question", "question_id"),
    OwnSide: ("entry", "entry_id"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was looked at; ``is_mine``: the reader wrote or asked it."""

    kind: Kind
    words: str
    is_mine: bool


def rows(reading: Reading, folders: Collection[int], refs: Iterable[UUID]) -> Rows:
    """Return what these references are, of these folders only: one query a kind."""
    asked = sorted(refs)[:MOST]
    found: Rows = {}
    for model in NAMES:
        manager: models.Manager[Holds] = model._default_manager
        there = manager.filter(ref__in=asked, folder_id__in=folders)
        stands = there.filter(_unless_resting(model, reading)).select_related("folder")
        found |= {row.ref: row for row in stands}
    return found


def _unless_resting(model: type[Holds], reading: Reading) -> models.Q:
    """Return the condition that it does not rest, with what it hangs on, for this reader."""
    actor, on = reading.actor, day_of(reading.at)
    if model in HANGS_ON:
        what, at = HANGS_ON[model]
        return unless_resting(what, actor, on=on, at=at, by="author")
    return unless_resting(model._meta.model_name or "", actor, on=on)


def named(reading: Reading, rows: Rows, refs: Iterable[UUID]) -> tuple[tuple[Thing, ...], int]:
    """Return the first things by name, and how many more there were."""
    order = list(NAMES)
    known = sorted(
        (rows[ref] for ref in refs if ref in rows), key=lambda row: order.index(type(row))
    )
    mine = receiver_of(reading.actor)
    return tuple(_thing(reading, row, mine) for row in known[:NAMED]), max(0, len(known) - NAMED)


def _thing(reading: Reading, row: Holds, mine: UUID | None) -> Thing:
    kind, field = NAMES[type(row)]
    by = next((getattr(row, name) for name in ("asker", "author") if hasattr(row, name)), None)
    return Thing(kind, reading.text(row, field), is_mine=by is not None and by == mine)
