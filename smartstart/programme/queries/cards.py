"""Pilots as cards: one statement for the counts, one for a page of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from smartstart.access.actor import Actor
from smartstart.base.refusals import NotFound
from smartstart.programme import rules
from smartstart.programme.choices import BEFORE_IT_IS_A_PILOT, State
from smartstart.programme.models import Pilot, PilotQuerySet, Proposal, TookPart

PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One pilot on a card. ``kind`` is of its place; ``heard`` counts who heard back."""

    slug: str
    name: str
    place: str
    kind: str
    question: str
    halves: int
    heard: int
    is_example: bool

    @property
    def stand(self) -> int | float:
        """The stand from 0 to 5."""
        return rules.as_stand(self.halves)

    @property
    def stand_words(self) -> str:
        """What the stand means, as a text of the catalogue."""
        return rules.STAND_WORDS[self.halves]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pilots there are under each filter, and a version that moves with any change."""

    total: int
    groups: dict[str, int]
    version: str


def with_stand(pilots: PilotQuerySet, *, on: date) -> PilotQuerySet:
    """Add ``shown``: the stand in half steps as it is shown on this day. One join, no query."""
    holds = Q(deviations__ended_on=None, deviations__from_day__lte=on, deviations__until__gte=on)
    return pilots.annotate(
        explained=FilteredRelation("deviations", condition=holds),
        shown=Coalesce("explained__halves", "computed_halves"),
    )


def _begun(actor: Actor, *, on: date) -> PilotQuerySet:
    pilots = Pilot.objects.visible_to(actor, on=on).exclude(state__in=BEFORE_IT_IS_A_PILOT)
    return with_stand(pilots, on=on)


def counts_of(actor: Actor, *, on: date) -> Counts:
    """Return how many pilots an actor may read about, by filter. One query."""
    found = _begun(actor, on=on).aggregate(
        total=Count("pk"),
        versions=Coalesce(Sum("version"), 0),
        places=Coalesce(Sum(F("version") * F("pk")), 0),
        **{name: Count("pk", filter=Q(shown__range=reach)) for name, reach in rules.GROUPS.items()},
    )
    return Counts(
        total=found["total"],
        groups={name: found[name] for name in rules.GROUPS},
        version=f"{found['total']}-{found['versions']}-{found['places']}",
    )


def cards(
    actor: Actor, *, on: date, group: str = "", page: int = 1, size: int = PAGE
) -> list[Card]:
    """Return one page of pilots as cards, in the order of their proposals. One query."""
    pilots = _begun(actor, on=on)
    if group in rules.GROUPS:
        pilots = pilots.filter(Q(shown__range=rules.GROUPS[group]))
    heard = (
        TookPart.objects.filter(pilot=OuterRef("pk"))
        .order_by()
        .values("pilot")
        .annotate(all=Sum("heard_back"))
        .values("all")
    )
    rows = pilots.annotate(
        holding=FilteredRelation("questions", condition=Q(questions__is_current=True)),
        question=F("holding__text"),
        heard=Coalesce(Subquery(heard, output_field=IntegerField()), 0),
        town=F("vindplaats__municipality__name"),
        kind=F("vindplaats__kind"),
    ).order_by("proposed_on", "id")
    first = (max(page, 1) - 1) * size
    values = rows.values_list(
        "slug", "called", "town", "kind", "question", "shown", "heard", "is_example"
    )
    return [Card(row[0] or "", *row[1:]) for row in values[first : first + size]]


@dataclass(frozen=True, slots=True)
class Followed:
    """What anybody with the address of a proposal may know: no word that was typed."""

    proposed_on: date
    answer_by: date
    holder: str
    face: str
    state: State
    slug: str


def proposal_seen_by(ref: UUID) -> Followed:
    """Return where a proposal stands, for who kept its address. One query. Raises NotFound."""
    found = Proposal.objects.filter(ref=ref).select_related("pilot", "holder").first()
    if found is None:
        raise NotFound
    pilot = found.pilot
    return Followed(
        proposed_on=pilot.proposed_on,
        answer_by=found.answer_by,
        holder=found.holder.shown_as,
        face=found.holder.face,
        state=State(pilot.state),
        slug=(pilot.slug or "") if pilot.is_public else "",
    )
