"""Questions without a name, with their answers, and what is counted of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.consult import gate
from smartstart.consult.states import AskerKind, RemarkKind, TurnKind
from smartstart.holding.models import Climbing, HeldQuerySet, climbs_in_order
from smartstart.holding.predicates import first_moment
from smartstart.people.models import Domain, Position
from smartstart.programme.models import Vindplaats

_BASIS: Final = "public task, or the legitimate interest of who asks (AVG 6)"
_KEPT: Final = "30 days after it closed, half a year at most; then the key is destroyed"
_READERS: Final = "who asked, who holds it or was offered it, who was drawn in"
WORDS: Final = Personal("answer a question without a name", _BASIS, _KEPT, _READERS)


class Team(models.Model):
    """Who looks after questions at a place, or wherever no other team does (Dutch: team op maat).

    ``coordinator`` is the function to which an unanswered question climbs last.
    """

    place = models.OneToOneField(
        Vindplaats, models.PROTECT, related_name="team", null=True, blank=True
    )
    is_for_the_rest = models.BooleanField(default=False)
    coordinator = models.ForeignKey(Position, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consult_a_team_has_a_place_or_the_rest",
                condition=Q(place=None, is_for_the_rest=True)
                | Q(place__isnull=False, is_for_the_rest=False),
            ),
            models.UniqueConstraint(
                name="consult_one_team_for_the_rest",
                fields=["is_for_the_rest"],
                condition=Q(is_for_the_rest=True),
            ),
        ]


class TallyQuerySet(Guarded["Tally"]):
    """What one may ask about tallies."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """All of them, for who tells the figures; they leave only counted (``queries_figures``)."""
        return self.all() if actor.may(Permission.CONSULT_FIGURES) else self.none()


class Tally(models.Model):
    """What is counted of one question, joined to nothing and nobody (Dutch: telling).

    ``month`` is the first day of the month in which it was asked. ``minutes`` are until the first
    useful answer; None: there was none. ``domain`` is the field of who answered. ``quarters_back``
    are quarters of an hour of school given back, as the asker said. ``expired``: those who were
    asked let it lie, so that it climbed by the clock or was never answered. ``first_elsewhere``:
    those who were asked first passed it on, and somebody else answered.
    """

    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+", null=True, blank=True)
    month = models.DateField()
    asker_kind = models.CharField(max_length=12, choices=AskerKind.choices)
    domain = models.CharField(max_length=16, choices=Domain.choices, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    declines = models.PositiveSmallIntegerField(default=0)
    climbed = models.BooleanField(default=False)
    expired = models.BooleanField(default=False)
    first_elsewhere = models.BooleanField(default=False)
    at_the_place = models.BooleanField(default=False)
    helped = models.BooleanField(null=True, blank=True)
    to_circle = models.BooleanField(default=False)
    quarters_back = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consult_a_tally_knows_no_day", condition=Q(month__day=1)),
        ]


class ExchangeQuerySet(HeldQuerySet["Exchange"]):
    """What one may ask about exchanges."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Exchanges whose words this actor may read at the first moment of a day."""
        return self.read_by(actor, at=first_moment(on))

    def alive(self, at: datetime) -> Self:
        """Those whose text still stands at a moment, also when no worker destroyed the rest."""
        return self.filter(erase_at__gt=at, folder__erased_at=None)

    def read_by(self, actor: Actor, *, at: datetime) -> Self:
        """Exchanges whose words this actor may read now: the only read rule of this room.

        The asker, the holder, who acts in the holder's place by the clock, who was offered it while
        the offer stands, and who was drawn in.
        """
        read = gate.exchanges_read(actor, at=at)
        return self.none() if read is None else self.alive(at).filter(pk__in=read.rows())

    def acted_on_by(self, actor: Actor, *, at: datetime) -> Self:
        """Open exchanges on which this actor is the one who acts now, by the clock."""
        acting = gate.exchanges_acting(actor, at=at)
        return self.none() if acting is None else self.alive(at).filter(pk__in=acting.rows())

    def waiting_for(
        self, actor: Actor, *, at: datetime, covered: Sequence[UUID] | None = None
    ) -> Self:
        """Those, what is offered to this actor, and what it was drawn into and said nothing of."""
        waiting = gate.exchanges_waiting(actor, at=at, covered=covered)
        return self.none() if waiting is None else self.alive(at).filter(pk__in=waiting.rows())

    def took_part(self, actor: Actor, *, at: datetime) -> Self:
        """Those this actor asked, answered or was drawn into: each of them it reads."""
        part = gate.exchanges_took_part(actor, at=at)
        return self.none() if part is None else self.alive(at).filter(pk__in=part.rows())

    def known_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those this actor reads or once had a hand in: to hear who has it now, without words."""
        known = gate.exchanges_known(actor, at=at)
        return self.none() if known is None else self.alive(at).filter(pk__in=known.rows())


class Exchange(Climbing, Holds):
    """One question without a name, with its answers and one holder (Dutch: uitwisseling).

    ``holder``, ``offered_to`` and ``coordinator`` are functions. ``asker`` is a function, or for
    who asks by code the question's own reference: nothing else tells who that is. ``erase_at`` is
    the moment from which nobody reads it any more, whether or not the key is gone yet.
    """

    asker_kind = models.CharField(max_length=12, choices=AskerKind.choices)
    words = Sealed(max_characters=2_000)
    language = models.CharField(max_length=5, default="nl")
    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_at = models.DateTimeField()
    tally = models.OneToOneField(Tally, models.SET_NULL, related_name="+", null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": WORDS}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"language"})

    class Meta(Climbing.Meta):
        constraints = [
            *Climbing.Meta.constraints,
            climbs_in_order("consult_a_question_climbs_in_order"),
            models.CheckConstraint(
                name="consult_a_question_goes_after_it_was_asked",
                condition=Q(erase_at__gt=F("asked_at")),
            ),
        ]
        indexes = [
            models.Index(name="consult_of_holder", fields=["holder", "state"]),
            models.Index(name="consult_of_asker", fields=["asker", "state"]),
            # Of most questions this is NULL: counted along, a database would rather read all rows.
            models.Index(
                name="consult_of_offer",
                fields=["offered_to"],
                condition=Q(offered_to__isnull=False),
            ),
            models.Index(name="consult_that_climb", fields=["coordinator", "state"]),
            models.Index(name="consult_to_erase", fields=["erase_at"]),
        ]


class AskerCard(models.Model):
    """The code with which who asked comes back; only its hash is kept (Dutch: vraagkaart)."""

    exchange = models.OneToOneField(Exchange, models.CASCADE, related_name="card")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)

    personal_data: ClassVar[dict[str, Personal]] = {
        "code_hash": Personal("come back to one's own question", _BASIS, _KEPT, "nobody"),
    }


class Offer(models.Model):
    """That a function was asked beside the holder, until when it may say yes (Dutch: aanbod)."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="offers")
    position = models.UUIDField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="consult_one_offer_per_function", fields=["exchange", "position"]
            ),
        ]
        indexes = [models.Index(name="consult_offers_to", fields=["position", "ended_at"])]


class DrawnIn(models.Model):
    """A function that was asked to think along with the holder (Dutch: meedenkende)."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="drawn_in")
    position = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consult_drawn_in_once", fields=["exchange", "position"]),
        ]
        indexes = [models.Index(name="consult_drawn_in_of", fields=["position"])]


class OfExchange(Guarded["Remark"]):
    """What was said in an exchange."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the exchange."""
        return self.filter(exchange__in=Exchange.objects.visible_to(actor, on=on))


class Remark(Holds):
    """Something said in an exchange: an answer, a question back, advice, thanks (Dutch: opmerking).

    ``author`` is a function, or the reference of who asks by code. ``by_phone``: it was said by
    phone, and this is the line about it.
    """

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind.choices)
    author = models.UUIDField()
    words = Sealed(max_characters=5_000)
    by_phone = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    objects = OfExchange.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": WORDS}


class TurnQuerySet(Guarded["Turn"]):
    """What one may ask about turns."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the exchange."""
        return self.filter(exchange__in=Exchange.objects.visible_to(actor, on=on))


class Turn(Holds):
    """One thing that happened to a question, as its people see it (Dutch: beurt)."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=12, choices=TurnKind.choices)
    by = models.UUIDField()
    passed_to = models.UUIDField(null=True, blank=True)
    why = Sealed(max_characters=500)
    at = models.DateTimeField()

    objects = TurnQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"why": WORDS}

    class Meta:
        indexes = [
            models.Index(name="consult_turns_by", fields=["by", "exchange"]),
            models.Index(
                name="consult_turns_passed_to",
                fields=["passed_to", "exchange"],
                condition=models.Q(passed_to__isnull=False),
            ),
        ]
