"""Lessons as everyone reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from smartstart.access.actor import Actor
from smartstart.programme import rules
from smartstart.programme.choices import Answer, VindplaatsKind
from smartstart.programme.models import Lesson

PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson: its words, when to think of it, from which pilot, and what others did with it."""

    text: str
    advice: str
    halves: int
    kind: str
    pilot: str
    slug: str
    is_example: bool
    used: int
    not_used: int
    wrong: int

    @property
    def stand(self) -> int | float:
        """From which stand (0 to 5) a pilot should think of it."""
        return rules.as_stand(self.halves)

    @property
    def kind_words(self) -> str:
        """The kind of place it is for, as a text of the catalogue; empty: any."""
        return str(VindplaatsKind(self.kind).label) if self.kind else ""


def _shown(actor: Actor, *, on: date) -> QuerySet[Lesson]:
    return Lesson.objects.visible_to(actor, on=on).filter(is_public=True, pilot__is_public=True)


def lessons_version(actor: Actor, *, on: date) -> tuple[int, str]:
    """Return how many lessons there are and a version that moves with any change. One query."""
    found = _shown(actor, on=on).aggregate(
        total=Count("pk"),
        versions=Coalesce(Sum("pilot__version"), 0),
        places=Coalesce(Sum(F("pilot__version") * F("pk")), 0),
    )
    return found["total"], f"{found['total']}-{found['versions']}-{found['places']}"


def lesson_lines(actor: Actor, *, on: date, kind: str = "", page: int = 1) -> list[LessonLine]:
    """Return one page of lessons in the order of the steps at which they matter. One query."""
    lessons = _shown(actor, on=on)
    if kind in VindplaatsKind.values:
        lessons = lessons.filter(Q(kind="") | Q(kind=kind))
    counted = lessons.annotate(
        used=Count("answers", filter=Q(answers__answer=Answer.USED)),
        not_used=Count("answers", filter=Q(answers__answer=Answer.NOT_USED)),
        wrong=Count("answers", filter=Q(answers__answer=Answer.WRONG)),
    ).order_by("halves", "-learned_on", "id")
    first = (max(page, 1) - 1) * PAGE
    return [
        LessonLine(*row[:5], row[5] or "", *row[6:])
        for row in counted.values_list(
            "text",
            "advice",
            "halves",
            "kind",
            "pilot__called",
            "pilot__slug",
            "pilot__is_example",
            "used",
            "not_used",
            "wrong",
        )[first : first + PAGE]
    ]
