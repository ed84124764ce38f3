"""Somebody said that an adult lives in this home no more: in the folder of who said it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded, Holds
from smartstart.circle.models.family import Circle, Member
from smartstart.circle.models.questions import Question
from smartstart.circle.states import LeavingState, Paper


class LeavingQuerySet(Guarded["Leaving"]):
    """What one may ask about who was said to have left."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the question about it, which lies with who asked it; never who it is about."""
        return self.filter(question__in=Question.objects.visible_to(actor, on=on))


class Leaving(Holds):
    """One adult of a home said that another lives there no more (Dutch: vertrek).

    The folder is the own part of who said it: who it is about does not read there. Whoever holds
    ``question`` decides, on paper they saw themselves (no copy is kept); until then all stays.
    """

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    question = models.OneToOneField(Question, models.PROTECT, related_name="leaving")
    state = models.CharField(
        max_length=10, choices=LeavingState.choices, default=LeavingState.ASKED
    )
    paper = models.CharField(max_length=10, choices=Paper.choices, blank=True)
    seen_by = models.UUIDField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_who_left_was_seen_to_leave_on_paper",
                condition=~Q(state="left")
                | Q(seen_by__isnull=False, seen_on__isnull=False) & ~Q(paper=""),
            ),
            models.UniqueConstraint(
                name="circle_one_leaving_at_a_time",
                fields=["circle", "member"],
                condition=Q(state="asked"),
            ),
        ]
