"""Looks: the lines that say somebody read or took something along, for whom they are shown to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.ledger import Deed
from smartstart.access.models import Line

LOOKS: Final = (Deed.READ, Deed.EXPORTED)


@dataclass(frozen=True, slots=True)
class Look:
    """One line as its folder's people may see it: never from where.

    ``ref`` is random and says nothing. ``on``: what was read, 50 references at most; ``count``
    how many there were. ``why`` is the slug of the reason, or the role when there was none.
    """

    ref: UUID
    folder: int
    number: int
    at: datetime
    deed: Deed
    hat: UUID | None
    person: UUID | None
    organisation: UUID | None
    why: str
    on: tuple[UUID, ...]
    count: int


def looks(folders: Collection[int], *, since: datetime, until: datetime) -> list[Look]:
    """Return who read or exported what in these folders, oldest first; ``until`` not included.

    Who may see them is decided by the caller. One query; glances and denied tries are not looks.
    """
    lines = _lines(folders, since=since, until=until).order_by("at", "folder_id", "number")
    found: Iterable[Any] = lines.values_list("folder_id", "number", "at", "deed", "body")
    return [_look(*line) for line in found]


def hats_that_looked(
    folders: Collection[int], *, since: datetime, until: datetime
) -> frozenset[UUID]:
    """Return under which hats somebody read these folders. One query, whatever the number."""
    hats = _lines(folders, since=since, until=until).exclude(hat=None).order_by()
    return frozenset(hats.values_list("hat", flat=True).distinct())  # type: ignore[arg-type]


def _lines(folders: Collection[int], *, since: datetime, until: datetime) -> QuerySet[Line]:
    deeds = [deed.value for deed in LOOKS]
    return Line.objects.filter(folder_id__in=folders, at__gte=since, at__lt=until, deed__in=deeds)


def _look(folder: int, number: int, at: datetime, deed: str, body: bytes) -> Look:
    said = json.loads(bytes(body))
    return Look(
        ref=UUID(said["line"]),
        folder=folder,
        number=number,
        at=at,
        deed=Deed(deed),
        hat=_ref(said["hat"]),
        person=_ref(said["person"]),
        organisation=_ref(said["organisation"]),
        why=said["purpose"],
        on=tuple(UUID(ref) for ref in said["on"]),
        count=said["count"],
    )


def _ref(said: str | None) -> UUID | None:
    return UUID(said) if said else None
