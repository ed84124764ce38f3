"""What names somebody without an account and rests: who made it reads it on, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Final, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.permissions import Permission
from smartstart.circle.gate import receiver_of

# What can rest, and by which column it says who made it.
MADE_BY: Final = {
    "entry": "author",
    "question": "asker",
    "agreement": "made_by",
    "seat": "made_by",
    "meeting": "made_by",
}


def _only(thing: str) -> Q:
    """Return the condition that a mention is of this thing and of no other."""
    return Q(**{f"{one}__isnull": one != thing for one in MADE_BY})


def unless_resting(
    what: str, actor: Actor, *, on: date, at: str = "pk", by: str | None = None
) -> Q:
    """Return the condition that a row does not rest on a day, or that this actor made it.

    ``at`` and ``by``: for a row that hangs on what rests, where it says on which, and who made it.
    """
    mentions: MentionQuerySet = apps.get_model("circle", "Mention")._default_manager.all()
    standing = mentions.standing_on(on).filter(**{what: OuterRef(at)})
    return ~Exists(standing) | Q(**{by or MADE_BY[what]: receiver_of(actor)})


class MentionQuerySet(Guarded["Mention"]):
    """What one may ask about mentions."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Of what one made oneself; the privacy officer counts them all."""
        if actor.may(Permission.LEDGER_READ):
            return self
        mine = receiver_of(actor)
        if mine is None:
            return self.none()
        made = (Q(**{f"{what}__{by}": mine}) for what, by in MADE_BY.items())
        return self.filter(reduce(or_, made))

    def rests(self, what: str, row: int, actor: Actor, *, on: date) -> bool:
        """Whether something that this actor made rests on a day, to tell them so."""
        return bool(self.resting(what, [row], actor, on=on))

    def resting(self, what: str, rows: Iterable[object], actor: Actor, *, on: date) -> set[int]:
        """Which of these things that this actor made rest on a day."""
        mine = self.visible_to(actor, on=on).standing_on(on)
        return set(mine.filter(**{f"{what}__in": rows}).values_list(f"{what}_id", flat=True))

    def standing_on(self, day: date) -> Self:
        """Those by which something rests on this day."""
        until = Q(restriction__ends_on=None) | Q(restriction__ends_on__gte=day)
        return self.filter(until, restriction__ended_at=None)


class Mention(models.Model):
    """One thing in a circle that names somebody who asked that it rests (Dutch: vermelding).

    AVG 18, for who has no account. It rests with all that hangs on it: corrections, own sides,
    answers, actions, files, what was said before. It begins and ends with its restriction.
    """

    restriction = models.ForeignKey("Restriction", models.PROTECT, related_name="mentions")
    entry = models.ForeignKey("Entry", models.PROTECT, related_name="+", null=True, blank=True)
    question = models.ForeignKey(
        "Question", models.PROTECT, related_name="+", null=True, blank=True
    )
    agreement = models.ForeignKey(
        "Agreement", models.PROTECT, related_name="+", null=True, blank=True
    )
    seat = models.ForeignKey("Seat", models.PROTECT, related_name="+", null=True, blank=True)
    meeting = models.ForeignKey("Meeting", models.PROTECT, related_name="+", null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_a_mention_is_of_one_thing",
                condition=reduce(or_, map(_only, MADE_BY)),
            ),
        ]
