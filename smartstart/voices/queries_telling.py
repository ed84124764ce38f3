"""Who told a story and has not heard yet what was done with it, and how each wants to hear."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.programme.models import Pilot
from smartstart.thread.models import HeardBack, HowHeard, Thread
from smartstart.thread.queries_heard import HeardCount, heard_of, last_heard, news_in
from smartstart.voices.models import Interview
from smartstart.voices.states import TellBy


@dataclass(frozen=True, slots=True)
class TellLine:
    """One person with how they want to hear, how many new steps wait, and when they last heard."""

    id: int
    number: int
    described: str
    tell_by: TellBy
    news: int
    has_card: bool
    heard_at: datetime | None
    heard_how: HowHeard | None


@dataclass(frozen=True, slots=True)
class TellingPage:
    """Everyone of a pilot who told a story: who waits for news first, then by number."""

    lines: tuple[TellLine, ...]
    count: HeardCount

    @property
    def waiting(self) -> tuple[TellLine, ...]:
        """For whom there is something new."""
        return tuple(line for line in self.lines if line.news)

    @property
    def told(self) -> tuple[TellLine, ...]:
        """For whom there is nothing new."""
        return tuple(line for line in self.lines if not line.news)


def telling_page(reading: Reading, pilot_id: int) -> TellingPage:
    """Return who of a pilot waits to hear. For who plans its interviews; empty for others.

    Cost: seven queries, however many people. Raises NotFound.
    """
    on = day_of(reading.at)
    pilot = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    if not reading.actor.may(Permission.VOICE_PLAN, within=pilot.ref):
        return TellingPage((), HeardCount(0, 0))
    visible = Interview.objects.visible_to(reading.actor, on=on).usable(on=on)
    rows = visible.filter(pilot=pilot, planned_on__lte=on).select_related("folder", "card")
    told = list(rows.order_by("number"))
    names = reading.texts(told, "described")
    news, last = news_in(pilot.pk), last_heard(pilot.pk)
    lines = []
    for row, described in zip(told, names, strict=True):
        before = last.get(row.ref)
        lines.append(
            TellLine(
                id=row.pk,
                number=row.number,
                described=described,
                tell_by=TellBy(row.tell_by),
                news=len(news.get(row.ref, ())),
                has_card=hasattr(row, "card"),
                heard_at=before.heard_at if before else None,
                heard_how=HowHeard(before.how) if before else None,
            )
        )
    return TellingPage(tuple(lines), heard_of(pilot.pk, [row.ref for row in told]))


def heard_in(pilot_id: int, *, on: date) -> HeardCount:
    """Return how many told their story in a pilot and how many heard back: a number, no names."""
    rows = Interview.objects.usable(on=on).filter(pilot_id=pilot_id, planned_on__lte=on)
    return heard_of(pilot_id, list(rows.values_list("ref", flat=True)))


def told_in(pilot_id: int, *, on: date) -> QuerySet[Pilot]:
    """Return the row of a pilot with the version of its thread, and who told and heard back.

    ``drawn`` (the version), ``people`` and ``heard``: public pages ask them with the rest.
    """
    told = Interview.objects.usable(on=on).filter(pilot_id=OuterRef("pk"), planned_on__lte=on)
    heard = told.filter(Exists(HeardBack.objects.filter(source=OuterRef("ref"))))
    version = Thread.objects.filter(pilot_id=OuterRef("pk")).values("version")
    return Pilot.objects.filter(pk=pilot_id).annotate(
        drawn=Coalesce(Subquery(version), 0),
        people=Coalesce(Subquery(_counted(told)), 0),
        heard=Coalesce(Subquery(_counted(heard)), 0),
    )


def _counted(rows: QuerySet[Interview]) -> QuerySet[Interview, Any]:
    return rows.order_by().values("pilot").annotate(n=Count("pk")).values("n")


def news_for(stories: Collection[UUID], *, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return per story what came of it and was not heard: for mail, references only.

    A story that may not be used today has no news. Three queries a pilot.
    """
    rows = Interview.objects.usable(on=on).filter(ref__in=stories)
    pilots: dict[int, set[UUID]] = {}
    for ref, pilot_id in rows.values_list("ref", "pilot_id"):
        pilots.setdefault(pilot_id, set()).add(ref)
    found: dict[UUID, frozenset[UUID]] = {}
    for pilot_id, mine in pilots.items():
        found |= {voice: refs for voice, refs in news_in(pilot_id).items() if voice in mine}
    return found
