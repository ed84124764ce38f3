"""Files beside what was written, asked, answered or said."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.clock import day_of
from smartstart.base.personal import Personal
from smartstart.circle.gate_questions import first_moment
from smartstart.circle.models.door import WORDS
from smartstart.circle.models.mentions import Mention
from smartstart.circle.models.questions import Attached, Question, Reply
from smartstart.circle.models.said import Said
from smartstart.circle.models.words import Entry
from smartstart.circle.states import AttachmentKind


class AttachmentQuerySet(Guarded["Attachment"]):
    """What one may ask about files."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Files that this actor may read at the first moment of a day: ``read_by``."""
        return self.read_by(actor, at=first_moment(on))

    def read_by(self, actor: Actor, *, at: datetime) -> Self:
        """With what they stand beside: who reads the words reads the file, and nobody else.

        An entry that is shown with a question brings its files along, as long as it is shown.
        """
        on = day_of(at)
        asked = Question.objects.read_by(actor, at=at)
        shown = Attached.objects.filter(question__in=asked, ended_at=None)
        resting = Mention.objects.standing_on(on).exclude(entry=None)
        return self.filter(
            Q(entry__in=Entry.objects.visible_to(actor, on=on))
            | Q(entry__in=shown.values("entry")) & ~Q(entry__in=resting.values("entry"))
            | Q(question__in=asked)
            | Q(reply__in=Reply.objects.filter(question__in=asked).not_resting(actor, on=on))
            | Q(said__in=Said.objects.visible_to(actor, on=on))
        )


class Attachment(Holds):
    """A file that somebody put beside their own words (Dutch: bijlage).

    It stands beside exactly one entry, question, answer or thing a child said, in the same folder.
    The file lies on disk, sealed under the folder's key; ``called`` is what its giver calls it,
    never the name that the file had. It is washed: nothing unseen is in it.
    """

    has_file = True

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="attachments", null=True, blank=True
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="attachments", null=True, blank=True
    )
    reply = models.ForeignKey(
        Reply, models.PROTECT, related_name="attachments", null=True, blank=True
    )
    said = models.ForeignKey(
        Said, models.PROTECT, related_name="attachments", null=True, blank=True
    )
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices)
    called = Sealed(max_characters=80)
    size_bytes = models.PositiveIntegerField()
    author = models.UUIDField()
    author_called = Sealed(max_characters=120)
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"called": WORDS, "author_called": WORDS}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_a_file_stands_beside_one_thing",
                condition=(
                    Q(entry__isnull=False, question=None, reply=None, said=None)
                    | Q(entry=None, question__isnull=False, reply=None, said=None)
                    | Q(entry=None, question=None, reply__isnull=False, said=None)
                    | Q(entry=None, question=None, reply=None, said__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="circle_a_file_is_not_empty", condition=Q(size_bytes__gt=0)
            ),
        ]
