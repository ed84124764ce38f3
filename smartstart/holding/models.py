"""The columns of a question that somebody holds: abstract; the tables live in other rooms."""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from smartstart.access.models import Guarded
from smartstart.holding.promises import Times
from smartstart.holding.rules import UNANSWERED, Holding, State, state_on

__all__ = ["UNANSWERED", "Climbing", "Held", "HeldQuerySet", "State"]

Row = TypeVar("Row", bound=models.Model)


class HeldQuerySet(Guarded[Row]):
    """What one may ask about questions that are held; rooms add their own ``visible_to``."""

    def held_by(self, holder: object) -> Self:
        """Open questions of this holder."""
        return self.filter(holder=holder).exclude(state=State.CLOSED.value)

    def offered_to(self, somebody: object, *, at: datetime) -> Self:
        """Offers that this somebody can still accept at this moment, by the clock."""
        return self.filter(state=State.OFFERED.value, offered_to=somebody, offer_ends_at__gt=at)


class Held(models.Model):
    """A question with exactly one holder. References are persons or positions.

    ``version`` grows with every step: two people who saw the same question cannot both take a step.
    """

    holder = models.UUIDField()
    asker = models.UUIDField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in State],
        default=State.HELD.value,
    )
    version = models.PositiveBigIntegerField(default=1)
    offered_to = models.UUIDField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_offer_names_who_and_until",
                condition=Q(state="offered", offered_to__isnull=False, offer_ends_at__isnull=False)
                | ~Q(state="offered") & Q(offered_to=None, offer_ends_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_not_offered_to_its_holder",
                condition=Q(offered_to=None) | ~Q(offered_to=F("holder")),
            ),
        ]

    def state_at(self, at: datetime) -> State:
        """Where it stands at a moment: an offer ends by itself."""
        return state_on(self.holding, at)

    @property
    def holding(self) -> Holding:
        """The question as the rules see it."""
        return Holding(
            holder=self.holder,
            asker=self.asker,
            state=State(self.state),
            version=self.version,
            offered_to=self.offered_to,
            offer_ends_at=self.offer_ends_at,
        )


class Climbing(Held):
    """A held question with its promise, and the moments at which it climbs.

    ``coordinator`` is the function where it goes last. From ``cover_from`` the cover of the holder
    acts, from ``coordinator_from`` the coordinator: read from the clock (``climbing``), the row
    does not change. A room adds ``climbs_in_order(...)`` to its constraints.
    """

    coordinator = models.UUIDField()
    asked_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    cover_from = models.DateTimeField()
    coordinator_from = models.DateTimeField()
    picked_up_at = models.DateTimeField(null=True, blank=True)

    class Meta(Held.Meta):
        abstract = True

    @property
    def times(self) -> Times:
        """Its moments as the arithmetic takes them."""
        return Times(self.promised_at, self.cover_from, self.coordinator_from)

    def move(self, times: Times, *, picked_up_at: datetime | None) -> None:
        """Give it other moments, and save them."""
        self.promised_at = times.promised_at
        self.cover_from = times.cover_from
        self.coordinator_from = times.coordinator_from
        self.picked_up_at = picked_up_at
        self.save(
            update_fields=["promised_at", "cover_from", "coordinator_from", "picked_up_at"],
        )


def climbs_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a question never climbs to the coordinator before the cover."""
    return models.CheckConstraint(
        name=name,
        condition=Q(cover_from__lte=F("coordinator_from"), cover_from__gte=F("asked_at")),
    )
