"""Why somebody at work looks: whether the question or meeting they came from is still theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.base.clock import day_of
from smartstart.circle.models import Meeting, Part, Question


class Why(StrEnum):
    """Why somebody at work looks, as the ledger keeps it. Values are for ever.

    The first four are seen from where they are; the others somebody said in one tap.
    """

    QUESTION = "question"
    MEETING = "meeting"
    WORK = "work"
    OWN = "own"
    TALK = "talk"
    ASKED = "asked"
    COVERS = "covers"
    AGREED = "agreed"


SAID: Final = (Why.TALK, Why.ASKED, Why.COVERS, Why.AGREED)


def homes_of(folders: Collection[int]) -> set[str]:
    """Return of which homes these folders are, as keys to compare; what two homes share is its own.

    One query, none when there are no folders.
    """
    if not folders:
        return set()
    parts = Part.objects.filter(folder__in=folders).values_list("circle_id", "family_id")
    return {f"home {circle}" if circle else f"family {family}" for circle, family in parts}


def still_counts(actor: Actor, why: Why, ref: UUID | None, *, at: datetime) -> bool:
    """Whether a reason still holds: a question or meeting that this actor still reads.

    What was said in one tap holds as long as the visit. One query at most.
    """
    if ref is None:
        return why in SAID
    if why is Why.QUESTION:
        return Question.objects.read_by(actor, at=at).filter(ref=ref).exists()
    seen = Meeting.objects.visible_to(actor, on=day_of(at))
    return why is Why.MEETING and seen.filter(ref=ref, cancelled_at=None).exists()
