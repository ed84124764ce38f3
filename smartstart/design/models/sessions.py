"""A design session: its agenda, who leads it, who was invited and who was there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Folder, Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.design.roles import ParticipantRole
from smartstart.design.states import Answer, SessionState, SpokenLanguage, Step
from smartstart.people.models import Hat
from smartstart.programme.models import InsidePilot, Pilot

Row = TypeVar("Row", bound=models.Model)

MOST_PLACES: Final = 60
LONGEST_PART_MINUTES: Final = 240

_WHO: Final = Personal(
    "invite somebody to a design session and know who is there",
    "consent of who was invited",
    "one year after the session, then removed",
    "the project leader; the two who lead the session",
)
_NEED: Final = Personal(
    "let somebody take part who needs something for it",
    "explicit consent of who takes part",
    "one week after the session, then removed",
    "the two who lead the session",
)


class DesignSessionQuerySet(InsidePilot["DesignSession"]):
    """What one may ask about design sessions: the team of the pilot and the programme office."""

    def guests_shown_to(self, actor: Actor, *, on: date) -> Self:
        """Sessions of which this actor may read who was invited: who leads pilot or session."""
        visible = self.visible_to(actor, on=on)
        led = Q(pilot__ref=actor.within) if actor.may(Permission.PILOT_LEAD) else Q(pk__in=())
        return visible.filter(led | _led_by(actor))

    def led_by(self, actor: Actor, *, on: date) -> Self:
        """Sessions that this actor is one of the two facilitators of."""
        return self.visible_to(actor, on=on).filter(_led_by(actor))


def _led_by(actor: Actor) -> Q:
    hats = [actor.hat] if actor.hat else []
    return Q(pk__in=Facilitator.objects.filter(hat__ref__in=hats).values("session"))


class DesignSession(Holds):
    """People of a pilot who design something together, in one step (Dutch: designsessie).

    The folder holds who takes part and what they say. ``pay_folder`` holds what is paid to whom:
    it has another key. ``starts_at`` is UTC; screens say it in Europe/Amsterdam.
    ``allowance_cents`` is what each person gets, whatever their role; 0 when nobody gets money.
    """

    pay_folder = models.OneToOneField(Folder, models.PROTECT, related_name="+", editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="design_sessions")
    number = models.PositiveIntegerField()
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("where"), max_length=200)
    way_there = models.CharField(_("how one gets there"), max_length=300, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=SpokenLanguage.choices, default=SpokenLanguage.DUTCH
    )
    interpreter = models.BooleanField(_("an interpreter comes along"), default=False)
    childcare = models.BooleanField(_("somebody looks after children"), default=False)
    travel_paid = models.BooleanField(_("travel is paid"), default=False)
    allowance_cents = models.PositiveIntegerField(default=0)
    voucher = models.BooleanField(_("a voucher may be chosen"), default=True)
    state = models.CharField(
        max_length=8, choices=SessionState.choices, default=SessionState.PLANNED
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = DesignSessionQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"title", "place", "way_there"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_session_per_number", fields=["pilot", "number"]
            ),
            models.CheckConstraint(
                name="design_session_has_a_title_and_a_place",
                condition=~Q(title="") & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="design_session_opens_before_it_is_done",
                condition=Q(state=SessionState.PLANNED, opened_at=None, done_at=None)
                | Q(state=SessionState.OPEN, opened_at__isnull=False, done_at=None)
                | Q(state=SessionState.DONE, opened_at__isnull=False, done_at__gte=F("opened_at")),
            ),
        ]

    @property
    def euros(self) -> Decimal:
        """What each person gets, in euros."""
        return Decimal(self.allowance_cents) / 100


class OfSession(Guarded[Row]):
    """Rows of a session for who may know of the session."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of sessions that this actor may know of."""
        return self.filter(session__in=DesignSession.objects.visible_to(actor, on=on))


class OfGuests(Guarded[Row]):
    """Rows about who takes part, for who leads the pilot and the two who lead the session."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of sessions of which this actor may read who was invited."""
        return self.filter(session__in=DesignSession.objects.guests_shown_to(actor, on=on))


class AgendaPart(models.Model):
    """A timed piece of the agenda, with what a facilitator says and does (Dutch: agendaonderdeel).

    ``script`` is plain text for who never did this before. ``began_at`` and ``ended_at`` say how it
    went on the evening itself; at most one part runs.
    """

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    script = models.TextField(_("script"), max_length=4_000, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfSession["AgendaPart"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"title", "script"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_part_per_number", fields=["session", "number"]
            ),
            models.UniqueConstraint(
                name="design_one_part_runs_at_a_time",
                fields=["session"],
                condition=Q(began_at__isnull=False, ended_at=None),
            ),
            models.CheckConstraint(
                name="design_part_takes_some_minutes",
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_PART_MINUTES) & ~Q(title=""),
            ),
            models.CheckConstraint(
                name="design_part_ends_after_it_began",
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
            ),
        ]


class Facilitator(models.Model):
    """One of the two who prepare and lead a session (Dutch: begeleider)."""

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="facilitators")
    number = models.PositiveSmallIntegerField()
    hat = models.ForeignKey(Hat, models.PROTECT, related_name="+")

    objects = OfSession["Facilitator"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_facilitator_per_number", fields=["session", "number"]
            ),
            models.UniqueConstraint(
                name="design_two_facilitators_are_two_people", fields=["session", "hat"]
            ),
            models.CheckConstraint(
                name="design_session_is_led_by_two_at_most", condition=Q(number__in=(1, 2))
            ),
        ]


class SessionInvitation(Holds):
    """An invitation to people of one role (Dutch: uitnodiging voor een sessie).

    Either so many ``places`` by a ``way`` without names ("via de school"), or one place for
    somebody with a name (``contact``) and how to reach them (``reach``), sealed.
    """

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(_("role"), max_length=16, choices=ParticipantRole.choices)
    places = models.PositiveSmallIntegerField(_("how many"), default=1)
    way = models.CharField(_("by which way"), max_length=120, blank=True)
    contact = Sealed(max_characters=120)
    reach = Sealed(max_characters=200)
    sent_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = OfGuests["SessionInvitation"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"contact": _WHO, "reach": _WHO}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"way"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_invitation_per_number", fields=["session", "number"]
            ),
            models.CheckConstraint(
                name="design_invitation_is_for_a_few_or_one_name",
                condition=Q(places__gte=1, places__lte=MOST_PLACES)
                & (Q(contact=None) | Q(places=1)),
            ),
        ]


class Attendance(Holds):
    """One place at a session, and whether somebody sat there (Dutch: aanwezigheid).

    ``code_hash`` is of the code on the printed card: with it somebody answers without an account.
    ``came`` is None until the evening. ``children`` counts who comes along to be looked after.
    """

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="attendances")
    invitation = models.ForeignKey(SessionInvitation, models.PROTECT, related_name="attendances")
    number = models.PositiveSmallIntegerField()
    name = Sealed(max_characters=120)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.UNKNOWN)
    answered_at = models.DateTimeField(null=True, blank=True)
    children = models.PositiveSmallIntegerField(default=0)
    ride = models.BooleanField(default=False)
    came = models.BooleanField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)

    objects = OfGuests["Attendance"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"name": _WHO}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"code_hash"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_place_per_number", fields=["session", "number"]
            ),
            models.UniqueConstraint(
                name="design_one_place_per_code",
                fields=["code_hash"],
                condition=~Q(code_hash=""),
            ),
            models.CheckConstraint(
                name="design_who_came_came_at_a_moment",
                condition=Q(came=True, came_at__isnull=False)
                | (Q(came=False) | Q(came=None)) & Q(came_at=None),
            ),
        ]


class NeedQuerySet(Guarded["Need"]):
    """What one may ask about what people need."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Needs of sessions that this actor leads; nobody else reads them."""
        return self.filter(session__in=DesignSession.objects.led_by(actor, on=on))


class Need(Holds):
    """What somebody needs to take part (Dutch: toegankelijkheidswens)."""

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="needs")
    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="need")
    words = Sealed(max_characters=500)
    told_at = models.DateTimeField()

    objects = NeedQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": _NEED}
