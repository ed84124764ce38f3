"""What happened to a question, for everybody who reads its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.circle.models import Question, QuestionStep
from smartstart.circle.question_steps import me


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; ``why`` as it was written."""

    kind: str
    by: str
    to: str
    why: str
    at: datetime
    by_me: bool
    to_me: bool


def steps_of(reading: Reading, row: Question) -> tuple[Step, ...]:
    """Return what happened to a question whose words are read, oldest first. One query."""
    mine = me(reading.actor)
    steps = QuestionStep.objects.filter(question=row).select_related("folder").order_by("id")
    rows = steps.not_resting(reading.actor, on=day_of(reading.at))
    return tuple(
        Step(
            step.kind,
            reading.text(step, "by_called"),
            reading.text(step, "to_called"),
            reading.text(step, "why"),
            step.at,
            step.by == mine,
            step.passed_to == mine,
        )
        for step in rows
    )
