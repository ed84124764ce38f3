"""What is withheld for somebody's safety: in a folder of its own, by two people, till they open it.

Nothing of it stands in the folder where it would have been: no row, no line, no number.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.circle.models.door import WITHHELD, InFolder
from smartstart.circle.models.family import Part
from smartstart.circle.models.words import Entry
from smartstart.circle.states import WithheldState, WithheldStepKind


class WithheldQuerySet(InFolder["Withheld"]):
    """What one may ask about what is withheld: only the two who keep it have a ground."""

    def overdue_on(self, day: date) -> Self:
        """What should have been looked at again before this day."""
        return self.filter(review_on__lt=day, state__in=[WithheldState.KEPT, WithheldState.OPENING])

    def asked_of(self, actor: Actor) -> Self:
        """What this actor was asked to be the second for: who, when, and not a word more."""
        if not actor.may(Permission.CIRCLE_WITHHOLD) or actor.position is None:
            return self.none()
        return self.filter(third=actor.position)


class Withheld(Holds):
    """One entry that the family does not see now, for somebody's safety (Dutch: apart gehouden).

    ``home`` is the part it is about; ``about`` its name, so that nothing is read there to show
    this. ``first`` and ``second`` are functions; ``said_by`` is who
    made the last proposal, which the other confirms. ``third`` was asked to take the place of
    ``leaves``, who stays one of the two until the third says yes. ``review_on``: the day before
    which both look at it again, 28 days at most; when it passes nothing opens, it only shows.
    """

    home = models.ForeignKey(Part, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="withheld")
    first = models.UUIDField()
    second = models.UUIDField()
    said_by = models.UUIDField()
    third = models.UUIDField(null=True, blank=True)
    leaves = models.UUIDField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=WithheldState.choices, default=WithheldState.PROPOSED
    )
    about = Sealed(max_characters=120)
    reason = Sealed(max_characters=2_000)
    review_on = models.DateField()
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = WithheldQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"about": WITHHELD, "reason": WITHHELD}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_withheld_per_folder", fields=["folder"]),
            models.UniqueConstraint(
                name="circle_one_withheld_per_entry",
                fields=["entry"],
                condition=~Q(state="dropped"),
            ),
            models.CheckConstraint(
                name="circle_two_people_withhold", condition=~Q(first=F("second"))
            ),
            models.CheckConstraint(
                name="circle_one_of_the_two_proposes",
                condition=Q(said_by=F("first")) | Q(said_by=F("second")),
            ),
            models.CheckConstraint(
                name="circle_a_third_takes_the_place_of_one_of_the_two",
                condition=Q(third=None, leaves=None)
                | Q(third__isnull=False)
                & (Q(leaves=F("first")) | Q(leaves=F("second")))
                & ~Q(third=F("first"))
                & ~Q(third=F("second")),
            ),
            models.CheckConstraint(
                name="circle_what_is_opened_says_when",
                condition=Q(state="opened", opened_at__isnull=False)
                | ~Q(state="opened") & Q(opened_at=None),
            ),
        ]
        indexes = [
            models.Index(name="circle_withheld_to_review", fields=["state", "review_on"]),
            models.Index(name="circle_withheld_third", fields=["third"]),
        ]


class WithheldStepQuerySet(Guarded["WithheldStep"]):
    """What one may ask about steps."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With what it is about."""
        return self.filter(withheld__in=Withheld.objects.visible_to(actor, on=on))


class WithheldStep(Holds):
    """One thing that one of the two did with it, and why (Dutch: stap apart)."""

    withheld = models.ForeignKey(Withheld, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=WithheldStepKind.choices)
    by = models.UUIDField()
    by_called = Sealed(max_characters=120)
    why = Sealed(max_characters=2_000)
    at = models.DateTimeField()

    objects = WithheldStepQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"by_called": WITHHELD, "why": WITHHELD}
