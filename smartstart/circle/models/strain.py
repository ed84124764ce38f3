"""What costs somebody strength: a line seen by who drew it, and by those this person picked."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, QuerySet, Subquery

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded, Holds
from smartstart.circle import gate
from smartstart.circle.models.family import Part, Seat
from smartstart.people.models import Position


class StrainQuerySet(Guarded["Strain"]):
    """What one may ask about these lines."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Those one drew oneself, and those that who drew them lets one see; nobody else's."""
        if actor.person is None:
            return self.none()
        picked = gate.strains_picked(actor, on=on)
        near = Q(by=actor.person)
        return self.filter(near if picked is None else near | Q(pk__in=picked.rows()))

    def drawn_in(self, home: QuerySet[Part]) -> Self:
        """Those that who lives in this home drew there, with one row for each who was picked.

        Nobody picked: one row. ``picked`` is as whom that one reads, ``picked_person`` who it is,
        ``sits_there`` who works in that function now (None: no function).
        """
        sits = Position.objects.filter(ref=models.OuterRef("readers__receiver"))
        return self.filter(folder__in=home.values("folder")).annotate(
            picked=F("readers__receiver"),
            picked_person=F("readers__person"),
            sits_there=Subquery(sits.values("occupant__person")[:1]),
        )


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


class StrainReaderQuerySet(Guarded["StrainReader"]):
    """What one may ask about who was picked to see a line."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Those one picked oneself; who was picked is not told who else was."""
        return self.none() if actor.person is None else self.filter(strain__by=actor.person)


class StrainReader(models.Model):
    """One person picked to see a line of strain, by who drew it (Dutch: meekijker).

    ``receiver`` is as whom this one reads: a function, or the person. ``person`` is the human being
    who was picked: a line does not pass to who sits in that function later.
    """

    strain = models.ForeignKey(Strain, models.CASCADE, related_name="readers")
    receiver = models.UUIDField()
    person = models.UUIDField()
    picked_at = models.DateTimeField()

    objects = StrainReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circle_picked_once_for_a_strain", fields=["strain", "receiver"]
            ),
        ]
        indexes = [models.Index(name="circle_strain_picked", fields=["receiver", "person"])]
