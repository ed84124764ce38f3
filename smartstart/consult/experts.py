"""Three who may know: the function, where, when, how to call, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartstart.consult.models import Profile

MOST = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One function that may know, as the asker sees it."""

    position_ref: UUID
    function: str
    organisation: str
    hours: str
    phone: str
    why: str


def best_three(words: str, *, language: str, near: UUID | None, at: datetime) -> list[Match]:
    """Return three functions whose expertise shares the most words with a question."""
    asked = set(_words(words))
    filled = Profile.objects.filter(is_open=True, position__occupant__isnull=False)
    rows = filled.select_related("position__organisation").prefetch_related("expertises__sayings")
    scored = []
    for row in rows:
        known = [(len(asked & set(_known(one))), one) for one in row.expertises.all()]
        known.append((len(asked & set(_words(row.about))), None))
        score, best = max(known, key=lambda pair: pair[0], default=(0, None))
        scored.append((score, -row.pk, row, best))
    scored.sort(key=lambda one: one[:2], reverse=True)
    return [
        Match(
            row.position.ref,
            row.position.called,
            row.position.organisation.name,
            "",
            row.position.phone,
            best.short if best is not None else row.about,
        )
        for _score, _pk, row, best in scored[:MOST]
    ]


def _known(expertise: object) -> Iterator[str]:
    for said in expertise.sayings.all():  # type: ignore[attr-defined]
        yield from _words(said.words)
    yield from _words(f"{expertise.called} {expertise.about}")  # type: ignore[attr-defined]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]
