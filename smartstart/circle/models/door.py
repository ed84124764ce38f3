"""What every guarded row of the circle borrows: the one predicate on folders."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self, TypeVar

from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.base.personal import Personal
from smartstart.circle import gate
from smartstart.circle.states import Side

Row = TypeVar("Row", bound=models.Model)

_BASIS: Final = "consent of the family, or the law named on the ground"
_KEPT: Final = "until the circle is erased, a year after it closed"
_READERS: Final = "who has a ground on the folder; shown in the kijkboek"
WORDS: Final = Personal("help one family together", _BASIS, _KEPT, _READERS)
WHO: Final = Personal("know who does what around the family", _BASIS, _KEPT, _READERS)

SAID: Final = Personal(
    "let a child be heard by whom it chose",
    "consent of the child",
    _KEPT,
    "the child; who it chose",
)
WITHHELD: Final = Personal(
    "keep somebody safe",
    "vital interest, or the duty to protect in Jeugdwet and Wmo",
    _KEPT,
    "the two people who keep it",
)
HOME: Final = Personal(
    "find the way home, for who lives there", _BASIS, _KEPT, "the family members of this home"
)


class InFolder(Guarded[Row]):
    """Rows that lie in a folder: read by who reads the whole folder."""

    whole: ClassVar[bool] = True

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows in the folders on which this actor has a ground on this day. One subquery."""
        folders = gate.folders_read(actor, on=on, whole=self.whole)
        return self.none() if folders is None else self.filter(folder_id__in=folders.rows())


class InTopic(Guarded[Row]):
    """Rows with a topic: read by who reads the whole folder, or this topic of it."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows in whole folders, and of a topic those with that topic. One subquery a topic."""
        whole = gate.folders_read(actor, on=on)
        if whole is None:
            return self.none()
        read = Q(folder_id__in=whole.rows())
        for topic in Side.values:
            folders = gate.folders_on(actor, topic, on=on)
            read |= Q(topic=topic, folder_id__in=folders.rows())
        return self.filter(read)
