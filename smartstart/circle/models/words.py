"""What is written in a circle: entries, the family's own side, agreements."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.circle.models.door import WORDS, InTopic
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.states import EntryKind, Side


class EntryQuerySet(InTopic["Entry"]):
    """What one may ask about entries."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """As its topic; what rests is read by who wrote it alone."""
        seen = super().visible_to(actor, on=on)
        return seen.filter(unless_resting("entry", actor, on=on))


class Entry(Holds):
    """Something that somebody wrote about one folder (Dutch: bericht).

    ``author`` is the function or person that wrote it. ``corrects`` is the entry that this one
    adds a correction to: nothing is ever overwritten. ``after`` is what the writer had seen
    last when writing: two who correct at once make two, and both are shown.
    """

    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    topic = models.CharField(max_length=12, choices=Side.choices, blank=True)
    title = Sealed(max_characters=120)
    words = Sealed(max_characters=20_000)
    author = models.UUIDField()
    author_called = Sealed(max_characters=120)
    written_at = models.DateTimeField()
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", null=True, blank=True
    )
    after = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "title": WORDS,
        "words": WORDS,
        "author_called": WORDS,
    }

    class Meta:
        indexes = [models.Index(name="circle_entries_of_folder", fields=["folder", "written_at"])]
        constraints = [
            models.CheckConstraint(
                name="circle_an_entry_does_not_correct_itself",
                condition=Q(corrects=None) | ~Q(corrects=F("id")),
            ),
        ]


class OwnSideQuerySet(Guarded["OwnSide"]):
    """What one may ask about own sides."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the entry beside which it stands."""
        seen = self.filter(entry__in=Entry.objects.visible_to(actor, on=on))
        return seen.not_resting(actor, on=on)

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Of what rests only what one made oneself."""
        hangs = unless_resting("entry", actor, on=on, at="entry_id", by="author")
        return self.filter(hangs)


class OwnSide(Holds):
    """The family's own side of an entry; no professional can change it (Dutch: mijn kant)."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sides")
    author = models.UUIDField()
    author_called = Sealed(max_characters=120)
    words = Sealed(max_characters=5_000)
    written_at = models.DateTimeField()

    objects = OwnSideQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": WORDS, "author_called": WORDS}


class AgreementQuerySet(InTopic["Agreement"]):
    """What one may ask about agreements."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """As its topic; what rests is read by who made it alone."""
        seen = super().visible_to(actor, on=on)
        return seen.filter(unless_resting("agreement", actor, on=on))


class Agreement(Holds):
    """A goal in the family's words, with a day to look again (Dutch: afspraak)."""

    topic = models.CharField(max_length=12, choices=Side.choices, blank=True)
    goal = Sealed(max_characters=500)
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField()
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    came_out = Sealed(max_characters=2_000)

    objects = AgreementQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"goal": WORDS, "came_out": WORDS}


class ActionQuerySet(Guarded["Action"]):
    """What one may ask about actions."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the agreement it belongs to."""
        seen = self.filter(agreement__in=Agreement.objects.visible_to(actor, on=on))
        return seen.not_resting(actor, on=on)

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Of what rests only what one made oneself."""
        hangs = unless_resting("agreement", actor, on=on, at="agreement_id", by="responsible")
        return self.filter(hangs)


class Action(Holds):
    """One thing that one party does, before a day (Dutch: actie)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="actions")
    responsible = models.UUIDField()
    responsible_called = Sealed(max_characters=120)
    words = Sealed(max_characters=500)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": WORDS, "responsible_called": WORDS}
