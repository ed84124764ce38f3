"""Whether somebody was heard: for themselves, in a folder of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smartstart.access.fields import Sealed
from smartstart.access.models import Holds
from smartstart.base.personal import Personal
from smartstart.circle.models.door import InFolder
from smartstart.circle.models.family import Circle

HEARD = Personal(
    "let somebody see for themselves whether they are heard",
    "consent: one tap, or none",
    "until the circle is erased, a year after it closed",
    "who said it",
)


class HeardQuerySet(InFolder["Heard"]):
    """What one may ask about being heard: only who said it has a ground."""


class Heard(Holds):
    """What somebody of a family answered to "was I heard?", once a month (Dutch: gehoord).

    ``month`` is its first day. An empty ``answer``: rather not said now, and not asked again that
    month. Nobody else reads it, and it is counted nowhere yet.
    """

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    by = models.UUIDField()
    month = models.DateField()
    answer = Sealed(max_characters=10)
    said_at = models.DateTimeField()

    objects = HeardQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"answer": HEARD}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_heard_once_a_month", fields=["by", "month"]),
            models.UniqueConstraint(name="circle_one_heard_per_folder", fields=["folder"]),
        ]
