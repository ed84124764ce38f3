"""What costs somebody strength: a line that only who drew it sees."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded, Holds
from smartstart.circle.models.family import Seat


class StrainQuerySet(Guarded["Strain"]):
    """What one may ask about these lines."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Those one drew oneself; nobody else ever knows of one."""
        return self.none() if actor.person is None else self.filter(by=actor.person)


class Strain(Holds):
    """Working with this one costs me strength: who drew it sees it (Dutch: kost kracht).

    The folder is the own part of who drew it. It holds no words and stands until it is taken away.
    """

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    by = models.UUIDField()
    drawn_at = models.DateTimeField()

    objects = StrainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_strain_per_seat", fields=["by", "seat"]),
        ]
