"""Moments on the roads of several people, laid side by side with a yes of their own."""

from __future__ import annotations

from datetime import date
from typing import Final, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.permissions import Permission, Role
from smartstart.design.journeys_rules import Help
from smartstart.design.models.boards import BoardGuest
from smartstart.design.models.thinking import GuestCard, OfGuest
from smartstart.programme.models import Pilot
from smartstart.thread.kinds import State
from smartstart.thread.models import Knot
from smartstart.voices.models import Interview


class LifeEvent(models.TextChoices):
    """The events on which roads are aligned, in the order of a life."""

    PREGNANT = "pregnant", _("expecting a child")
    BORN = "born", _("the birth and the first weeks")
    FIRST_YEARS = "first_years", _("the first years at home")
    CHILDCARE = "childcare", _("to childcare or playgroup")
    SCHOOL = "school", _("to primary school")
    MOVED = "moved", _("moving house")
    MONEY = "money", _("too little money, or debts")
    WORK = "work", _("losing or finding work")
    ILL = "ill", _("illness at home")
    APART = "apart", _("parents go apart")
    LOSS = "loss", _("losing somebody")
    SECONDARY = "secondary", _("to secondary school")
    STUCK = "stuck", _("staying away from school")
    EIGHTEEN = "eighteen", _("becoming eighteen")


ORDER: Final = {event.value: place for place, event in enumerate(LifeEvent)}


class Contact(models.TextChoices):
    """With whom there was contact at a moment."""

    NOBODY = "nobody", _("nobody")
    BIRTH_CARE = "birth_care", _("midwife or maternity care")
    YOUTH_HEALTH = "youth_health", _("child health centre or school nurse")
    DOCTOR = "doctor", _("doctor or hospital")
    CHILDCARE = "childcare", _("childcare or playgroup")
    SCHOOL = "school", _("the school")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood team")
    MUNICIPALITY = "municipality", _("municipality, benefits or debt help")
    FOOD_BANK = "food_bank", _("food bank or volunteers")
    YOUTH_CARE = "youth_care", _("youth care")
    HOUSING = "housing", _("housing association")
    POLICE = "police", _("police or Veilig Thuis")


class HelpGiven(models.TextChoices):
    """What came of it."""

    FITS = Help.FITS.value, _("help that fitted")
    NO_FIT = Help.NO_FIT.value, _("help that did not fit")
    NONE = Help.NONE.value, _("no help")


class RoadYesQuerySet(Guarded["RoadYes"]):
    """What one may ask about a yes to laying roads side by side."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """One's own, and those of interviews of which this actor may know."""
        return self.filter(interview__in=Interview.objects.visible_to(actor, on=on))

    def standing(self, *, on: date) -> Self:
        """What holds on this day: not taken back, and the story itself may still be used."""
        usable = Interview.objects.usable(on=on)
        return self.filter(given_on__lte=on, taken_back_on=None, interview__in=usable)


class RoadYes(models.Model):
    """That somebody's road may be laid beside those of others (Dutch: toestemming voor een weg).

    Beside the yes to the story: its own layer, asked by itself and taken back by itself.
    ``heard_by`` is the hat that wrote it down; None when the person said it on their own page.
    """

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="road_yes")
    given_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    heard_by = models.UUIDField(null=True, editable=False)

    objects = RoadYesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="design_road_yes_is_taken_back_after_it_was_given",
                condition=Q(taken_back_on=None) | Q(taken_back_on__gte=F("given_on")),
            ),
        ]


class GuestRoadYesQuerySet(OfGuest["GuestRoadYes"]):
    """What one may ask about a yes of who thought along to laying roads side by side."""

    def standing(self, *, on: date) -> Self:
        """What holds on this day: not taken back, and this person still takes part."""
        gone = GuestCard.objects.filter(guest=OuterRef("guest"), gone_on__lte=on)
        there = self.filter(~Exists(gone), guest__is_sent_away=False)
        return there.filter(given_on__lte=on, taken_back_on=None)


class GuestRoadYes(models.Model):
    """That the road of who thought along may be laid beside others (Dutch: wegtoestemming).

    Beside the yes to thinking along: a layer of its own, as for who told a story. ``heard_by`` is
    the hat that wrote it down; None when the person said it on their own page.
    """

    guest = models.OneToOneField(BoardGuest, models.PROTECT, related_name="road_yes")
    given_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    heard_by = models.UUIDField(null=True, editable=False)

    objects = GuestRoadYesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="design_guest_road_yes_is_taken_back_after_it_was_given",
                condition=Q(taken_back_on=None) | Q(taken_back_on__gte=F("given_on")),
            ),
        ]


class MomentQuerySet(Guarded["Moment"]):
    """What one may ask about moments on a road."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Moments for who works in the pilot, while that person's own yes to it stands.

        Those of a voice that was withdrawn do not exist any more, for nobody.
        """
        if actor.role is Role.INTERVIEWEE or not actor.may(Permission.PILOT_WORK):
            return self.none()
        yes = RoadYes.objects.standing(on=on).filter(interview__ref=OuterRef("knot__source"))
        guest = GuestRoadYes.objects.standing(on=on).filter(guest__ref=OuterRef("knot__source"))
        pilots = Pilot.objects.worked_on_by(actor, on=on)
        stands = self.exclude(knot__state=State.WITHDRAWN.value)
        return stands.filter(Exists(yes) | Exists(guest), pilot__in=pilots)


class Moment(models.Model):
    """One moment on somebody's road: an event, a contact, and whether help fitted (Dutch: moment).

    ``knot`` is what the person said about it. No words of its own.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="moments")
    knot = models.ForeignKey(Knot, models.PROTECT, related_name="+")
    event = models.CharField(_("event"), max_length=12, choices=LifeEvent.choices)
    contact = models.CharField(_("contact with"), max_length=16, choices=Contact.choices)
    help = models.CharField(_("what came of it"), max_length=8, choices=HelpGiven.choices)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = MomentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_moment_per_piece_event_and_contact",
                fields=["knot", "event", "contact"],
            ),
            models.CheckConstraint(
                name="design_without_contact_no_help",
                condition=~Q(contact=Contact.NOBODY) | Q(help=HelpGiven.NONE),
            ),
        ]

    @property
    def person(self) -> UUID:
        """Whose moment this is: the voice of its knot."""
        return self.knot.source or self.knot.ref
