"""What somebody asks under the law about their own data, with a clock of one month."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.circle.models.door import WORDS, InFolder
from smartstart.circle.models.family import Family, Part
from smartstart.circle.states import Right, RightState

ASKED = Personal(
    "answer what somebody asks about their own data",
    "legal duty (AVG 12 to 20)",
    "two years after the answer",
    "who asked it; the privacy officer",
)


class RightsRequestQuerySet(Guarded["RightsRequest"]):
    """What one may ask about requests."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """One's own; the privacy officer sees all."""
        if actor.may(Permission.LEDGER_READ):
            return self
        if actor.is_visitor or actor.person is None:
            return self.none()
        return self.filter(asked_by=actor.person)

    def open(self) -> Self:
        """Those that wait for an answer, the first to answer first."""
        return self.filter(state=RightState.ASKED).order_by("answer_by", "pk")


class RightsRequest(Holds):
    """One request about one's own data (Dutch: verzoek over eigen gegevens).

    Lies in a folder of its own. ``asked_by`` None: somebody without an account, for whom the
    privacy officer wrote it down; ``name`` and ``reach`` are theirs then, and ``code_hash`` is of
    the code on the letter with which they read the answer. ``part`` is about whom it
    is, one's own or of a child one decides about, where a circle holds it. ``answer_by`` is a month
    after it was asked, two more when ``longer_why`` says why.
    """

    kind = models.CharField(max_length=10, choices=Right.choices)
    asked_by = models.UUIDField(null=True, blank=True)
    part = models.ForeignKey(Part, models.PROTECT, related_name="+", null=True, blank=True)
    name = Sealed(max_characters=120)
    reach = Sealed(max_characters=200)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    words = Sealed(max_characters=5_000)
    asked_on = models.DateField()
    answer_by = models.DateField()
    longer_why = Sealed(max_characters=1_000)
    is_longer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RightState.choices, default=RightState.ASKED)
    answer = Sealed(max_characters=5_000)
    answered_on = models.DateField(null=True, blank=True)

    objects = RightsRequestQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "name": ASKED,
        "reach": ASKED,
        "code_hash": ASKED,
        "words": ASKED,
        "longer_why": ASKED,
        "answer": ASKED,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_request_per_folder", fields=["folder"]),
            models.UniqueConstraint(
                name="circle_one_request_per_code",
                fields=["code_hash"],
                condition=~Q(code_hash=""),
            ),
            models.CheckConstraint(
                name="circle_a_request_is_answered_after_it_was_asked",
                condition=Q(answer_by__gt=F("asked_on")),
            ),
            models.CheckConstraint(
                name="circle_an_answered_request_says_when",
                condition=Q(state="asked", answered_on=None)
                | ~Q(state="asked") & Q(answered_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="circle_requests_of_person", fields=["asked_by", "state"]),
            models.Index(name="circle_requests_to_answer", fields=["state", "answer_by"]),
        ]


class RestrictionQuerySet(InFolder["Restriction"]):
    """What one may ask about restrictions: the family of the folder; the privacy officer all."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Of the folders one reads; the privacy officer sees all: they begin and end them."""
        return self if actor.may(Permission.LEDGER_READ) else super().visible_to(actor, on=on)

    def running(self) -> Self:
        """Those that stand now."""
        return self.filter(ended_at=None)

    def standing_on(self, day: date) -> Self:
        """Those by which no organisation reads on this day."""
        return self.running().filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Restriction(Holds):
    """Nobody of an organisation reads a folder now, because somebody asked it (Dutch: rust).

    AVG 18. The gate knows of it: while it runs no function reads this folder by any ground. The
    family reads on, and reads ``why``. ``request`` is what was asked; ``ends_on`` the day that the
    family was told beforehand on which it ends (third paragraph). For who has no account it lies
    in the folder of the request, and what rests are its ``mentions``: all that ``named`` stands in
    of one ``family``.
    """

    request = models.OneToOneField(RightsRequest, models.PROTECT, related_name="restriction")
    why = Sealed(max_characters=1_000)
    named = Sealed(max_characters=120)
    family = models.ForeignKey(Family, models.PROTECT, related_name="+", null=True, blank=True)
    begun_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"why": WORDS, "named": ASKED}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circle_one_restriction_runs_per_folder",
                fields=["folder"],
                condition=Q(ended_at=None),
            ),
        ]
