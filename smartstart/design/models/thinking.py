"""What becomes of what somebody who thinks along said: into the thread, and back to that person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Role
from smartstart.base.personal import Personal
from smartstart.design.models.boards import BoardGuest, BoardNote
from smartstart.design.models.sessions import Attendance
from smartstart.design.roles import ParticipantRole
from smartstart.programme.models import InsidePilot, Pilot
from smartstart.thread.cards import Card
from smartstart.thread.models import Knot

Row = TypeVar("Row", bound=models.Model)
LONGEST_SAID: Final = 4_000

_SAID_BACK: Final = Personal(
    "let who thought along answer, and correct what was made of it",
    "consent: the person wrote it and can take it back",
    "until the person takes it back, or the session's folder is erased",
    "the team of the pilot; the person",
)


class NoteInThreadQuerySet(Guarded["NoteInThread"]):
    """What one may ask about notes in the thread."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Notes of sessions that this actor may know of."""
        return self.filter(note__in=BoardNote.objects.visible_to(actor, on=on))


class NoteInThread(models.Model):
    """That a note of a session stands in the thread, as a knot (Dutch: briefje in de draad).

    The knot's source is who wrote it. A note that was taken away and put back gets a new knot:
    what was withdrawn never stands again.
    """

    note = models.ForeignKey(BoardNote, models.PROTECT, related_name="in_thread")
    knot = models.OneToOneField(Knot, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = NoteInThreadQuerySet.as_manager()


class OfGuest(Guarded[Row]):
    """Rows about who thinks along: for the person, and for the team of the pilot."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """One's own, by one's card; and those of sessions that this actor may know of."""
        if actor.role is Role.INTERVIEWEE:
            return self.filter(guest__ref=actor.within)
        return self.filter(guest__in=BoardGuest.objects.visible_to(actor, on=on))


class GuestCard(Card):
    """The card of who thought along, to their own page (Dutch: kaart van een meedenker).

    ``gone_on``: the day on which the person took everything back.
    """

    guest = models.OneToOneField(BoardGuest, models.PROTECT, related_name="card")
    gone_on = models.DateField(null=True, blank=True)

    objects = OfGuest["GuestCard"].as_manager()


class GuestSaid(Holds):
    """What who thought along wrote back from their own page (Dutch: reactie van een meedenker)."""

    guest = models.ForeignKey(BoardGuest, models.PROTECT, related_name="said_back")
    words = Sealed(max_characters=LONGEST_SAID)
    said_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.UUIDField(null=True, editable=False)

    objects = OfGuest["GuestSaid"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": _SAID_BACK}


class GuestInvitedQuerySet(Guarded["GuestInvited"]):
    """What one may ask about invitations of people who thought along."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """One's own, by one's card; else for who may read who is invited to that session."""
        if actor.role is Role.INTERVIEWEE:
            return self.filter(guest__ref=actor.within)
        return self.filter(attendance__in=Attendance.objects.visible_to(actor, on=on))


class GuestInvited(models.Model):
    """That who thought along is invited to another session (Dutch: uitnodiging van een meedenker).

    The place has no name. Removed a week after that session: by then it has served.
    """

    guest = models.ForeignKey(BoardGuest, models.PROTECT, related_name="invited")
    attendance = models.OneToOneField(Attendance, models.CASCADE, related_name="+")

    objects = GuestInvitedQuerySet.as_manager()


class TargetGroup(models.Model):
    """How many people of one role it is about, in a pilot (Dutch: doelgroep)."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="target_groups")
    role = models.CharField(_("role"), max_length=16, choices=ParticipantRole.choices)
    people = models.PositiveIntegerField(_("how many people"))

    objects = InsidePilot["TargetGroup"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="design_one_target_per_role", fields=["pilot", "role"]),
        ]
