"""What a child says to somebody it chose itself, in a folder of its own."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Holds
from smartstart.base.personal import Personal
from smartstart.circle.models.door import SAID, InFolder
from smartstart.circle.states import Answer


class SaidQuerySet(InFolder["Said"]):
    """What one may ask about what a child said: the child and who it chose have a ground."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """What this actor said or was told; a function came to nobody who took it over later."""
        mine = Q(heard_by=None) | ~Q(to=actor.position) | Q(heard_by=actor.person)
        return self.told_to(actor, on=on).filter(mine)

    def told_to(self, actor: Actor, *, on: date) -> Self:
        """Also what was told to who was in this function before: to count, not to read."""
        return super().visible_to(actor, on=on)


class Said(Holds):
    """Something a child said to one person, and what that person said back (Dutch: gezegd).

    ``by`` is the child, ``to`` the function or person it chose, ``heard_by`` who was in that
    function then: who comes after them reads nothing of it (decision 0024). ``fine``: what the
    child thinks of the answer. Nothing is kept before the child sends it.
    """

    by = models.UUIDField()
    to = models.UUIDField()
    heard_by = models.UUIDField(null=True, blank=True, editable=False)
    by_called = Sealed(max_characters=120)
    to_called = Sealed(max_characters=120)
    words = Sealed(max_characters=5_000)
    said_at = models.DateTimeField()
    answer = Sealed(max_characters=2_000)
    answered_at = models.DateTimeField(null=True, blank=True)
    fine = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    objects = SaidQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "by_called": SAID,
        "to_called": SAID,
        "words": SAID,
        "answer": SAID,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_said_per_folder", fields=["folder"]),
            models.CheckConstraint(
                name="circle_a_child_thinks_of_an_answer_that_is_there",
                condition=Q(fine="") | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="circle_said_by_child", fields=["by", "said_at"]),
            models.Index(name="circle_said_to", fields=["to", "answered_at"]),
        ]
