"""What is paid to whom for a session, and what a municipality said about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.design.models.sessions import DesignSession
from smartstart.design.states import AllowanceForm, Per
from smartstart.programme.models import Municipality

_PAID: Final = Personal(
    "pay somebody the allowance of a design session, once",
    "agreement with who takes part",
    "one year after the session, then removed; who pays keeps the books of the payer",
    "who pays: the project leader",
)


class AllowanceQuerySet(Guarded["Allowance"]):
    """What one may ask about allowances."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Allowances of sessions of the pilot in which this actor pays; nobody else's."""
        if not actor.may(Permission.ALLOWANCE_PAY) or actor.within is None:
            return self.none()
        sessions = DesignSession.objects.visible_to(actor, on=on)
        return self.filter(session__in=sessions.filter(pilot__ref=actor.within))


class Allowance(Holds):
    """What one person gets for taking part (Dutch: vergoeding).

    The folder is the ``pay_folder`` of the session. No row points at who took part: the name is
    written here anew. The amount is the session's, equal for all.
    """

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="allowances")
    number = models.PositiveSmallIntegerField()
    name = Sealed(max_characters=120)
    how = Sealed(max_characters=200)
    form = models.CharField(_("in which form"), max_length=8, choices=AllowanceForm.choices)
    paid_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = AllowanceQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"name": _PAID, "how": _PAID}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_allowance_per_number", fields=["session", "number"]
            ),
        ]


class AmountQuerySet(Guarded["AmountToKnow"]):
    """What one may ask about amounts that a municipality told."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Every amount, for who works in a pilot: they are no secret and nobody's own."""
        works = actor.may(Permission.PILOT_WORK) or actor.may(Permission.PILOT_ACCEPT)
        return self.all() if works else self.none()

    def known_on(self, day: date) -> Self:
        """Amounts that hold on this day."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), from_day__lte=day)


class AmountToKnow(models.Model):
    """Up to where money does not count for who gets benefits here (Dutch: bedrag om te weten).

    Always with days and a source: a municipality said it. The house itself knows none.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    cents = models.PositiveIntegerField()
    per = models.CharField(max_length=8, choices=Per.choices)
    from_day = models.DateField(_("holds from"))
    last_day = models.DateField(_("holds until"), null=True, blank=True)
    source = models.CharField(_("who said it, and where it stands"), max_length=300)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = AmountQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"source"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="design_amount_has_a_source_and_days",
                condition=~Q(source="") & (Q(last_day=None) | Q(last_day__gte=F("from_day"))),
            ),
        ]

    @property
    def euros(self) -> Decimal:
        """The amount in euros."""
        return Decimal(self.cents) / 100
