"""A meeting that a child or parent chairs, and what people say before it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.circle.models.door import WORDS, InFolder
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.models.words import Entry


class MeetingQuerySet(InFolder["Meeting"]):
    """What one may ask about meetings."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """As its folder; what rests is seen by who planned it alone."""
        seen = super().visible_to(actor, on=on)
        return seen.filter(unless_resting("meeting", actor, on=on))


class Meeting(Holds):
    """People of a circle who sit together (Dutch: overleg).

    ``chair`` is somebody of the family. ``place`` is in words and leaves this page in no file.
    There is no meeting before the meeting: whoever reads the folder sees every one of them.
    ``minutes``: what was said, kept last.
    """

    chair = models.UUIDField()
    made_by = models.UUIDField(editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = Sealed(max_characters=120)
    place = Sealed(max_characters=200)
    chair_called = Sealed(max_characters=120)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    minutes = models.ForeignKey(Entry, models.PROTECT, related_name="+", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "title": WORDS,
        "place": WORDS,
        "chair_called": WORDS,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_meeting_ends_after_it_begins",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
        ]
        indexes = [models.Index(name="circle_meetings_of_folder", fields=["folder", "starts_at"])]


class BeforehandQuerySet(Guarded["Beforehand"]):
    """What one may ask about what was said before."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the meeting; of what rests only what one said oneself."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(actor, on=on))
        return seen.filter(unless_resting("meeting", actor, on=on, at="meeting_id", by="by"))


class Beforehand(Holds):
    """What somebody says before a meeting, also who cannot come (Dutch: vooraf gezegd)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="answers")
    by = models.UUIDField()
    by_called = Sealed(max_characters=120)
    comes = models.BooleanField()
    words = Sealed(max_characters=2_000)
    said_at = models.DateTimeField()

    objects = BeforehandQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"by_called": WORDS, "words": WORDS}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circle_one_answer_before_a_meeting", fields=["meeting", "by"]
            ),
        ]
