"""Account, organisation, position and hat."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Final, Self, TypeVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Folder, Guarded
from smartstart.access.permissions import Permission, Role
from smartstart.base.personal import Personal
from smartstart.people import rules

Row = TypeVar("Row", bound=models.Model)
OWN_ROLES: Final = frozenset({Role.ADMINISTRATOR, Role.PROFESSIONAL})  # an organisation gives these


class Domain(models.TextChoices):
    """The field in which an organisation works; words differ between them."""

    EDUCATION = "education", _("education")
    YOUTH_CARE = "youth_care", _("youth care")
    HEALTH = "health", _("health")
    MUNICIPALITY = "municipality", _("municipality")
    POLICE_JUSTICE = "police_justice", _("police and justice")
    SAFETY = "safety", _("safety")
    INCOME_DEBT = "income_debt", _("income and debt")
    WELFARE = "welfare", _("welfare")


class Organisation(models.Model):
    """A party that people work for (Dutch: organisatie)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    folder = models.OneToOneField(Folder, models.PROTECT, related_name="+", editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    domain = models.CharField(_("field"), max_length=16, choices=Domain.choices)
    municipality_code = models.CharField(_("municipality code"), max_length=6, blank=True)

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"name", "municipality_code"})


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; a name is enough."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Account:
        """Make an account; without a password it signs in by code, card or passkey only."""
        account = self.model(username=username.lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by user name; capitals make no difference."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """What somebody signs in with (Dutch: account). Has no e-mail address and needs none.

    ``shown_as`` is the name that others see; ``person`` is the reference by which rooms know
    the human being. ``is_example`` marks an invented person of an example database.
    ``keys_version`` grows when all sign-ins must end at once: sessions carry it in their hash.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    shown_as = models.CharField(_("name that others see"), max_length=80)
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)
    names_hidden = models.BooleanField(default=False)
    face = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="nl")
    made_at = models.DateTimeField(auto_now_add=True)
    keys_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    EMAIL_FIELD = ""

    personal_data: ClassVar[dict[str, Personal]] = {
        "username": Personal(
            "sign in",
            "agreement with the organisation or the family",
            "until the account ends, then one month",
            "the person; the administrator who invited them",
        ),
        "shown_as": Personal(
            "tell others who they deal with",
            "agreement",
            "until the account ends, then as the ledger needs it",
            "those who share a pilot or a circle with the person",
        ),
        "password": Personal("sign in (argon2 hash)", "agreement", "until changed", "nobody"),
        "face": Personal(
            "recognise somebody", "consent", "until removed", "those who share a pilot or circle"
        ),
        "language": Personal(
            "answer in the right language", "agreement", "until the account ends", "the person"
        ),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_user_name_has_no_capitals", condition=Q(username=Lower("username"))
            ),
        ]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must carry to stand; another password or version ends it."""
        value = f"{self.password}|{self.keys_version}"
        return salted_hmac(
            "smartstart.people.sign_in", value, secret=secret, algorithm="sha256"
        ).hexdigest()


class OfOrganisation(Guarded[Row]):
    """Rows of one organisation: seen by those who manage its people, and by nobody else."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of the organisation that this actor administers. Costs no query of its own."""
        if not actor.may(Permission.PEOPLE_MANAGE) or actor.organisation is None:
            return self.none()
        return self.filter(organisation__ref=actor.organisation)


class PositionQuerySet(OfOrganisation["Position"]):
    """What one may ask about positions."""


class Position(models.Model):
    """A function at an organisation, with an occupant and a named cover (Dutch: functie)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    called = models.CharField(_("function"), max_length=80)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    occupant = models.ForeignKey(
        Account, models.PROTECT, related_name="positions", null=True, blank=True
    )
    cover = models.ForeignKey(Account, models.PROTECT, related_name="covers", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "phone": Personal(
            "reach the function",
            "agreement with the organisation",
            "until changed",
            "everyone in a pilot or circle with it",
        ),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"called"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_cover_is_somebody_else",
                condition=Q(occupant=None) | Q(cover=None) | ~Q(occupant=F("cover")),
            ),
        ]


class HatQuerySet(OfOrganisation["Hat"]):
    """What one may ask about hats."""

    def worn_on(self, day: date) -> Self:
        """Hats that are valid on this day; the first and the last day count, an ended one not."""
        return self.held_on(day).filter(ended_at=None)

    def held_on(self, day: date) -> Self:
        """Hats worn on this day, and those that sleep: still somebody's, opening nothing."""
        running = Q(last_day=None) | Q(last_day__gte=day)
        kept = Q(ended_at=None) | Q(sleeps=True)
        return self.filter(running, kept, from_day__lte=day)

    def to_wake_by(self, actor: Actor, *, on: date) -> Self:
        """Sleeping hats of others that this actor may wake: the only rule for waking.

        The programme office wakes any. Who leads a pilot wakes those of that pilot, and of the
        programme office: it may have one person only. An administrator wakes another of the same
        organisation. Costs no query of its own.
        """
        others = self.held_on(on).filter(sleeps=True, account__is_active=True)
        others = others.exclude(account__ref=actor.account)
        if actor.may(Permission.PILOT_ACCEPT):
            return others
        if actor.may(Permission.PEOPLE_MANAGE) and actor.organisation is not None:
            here = others.filter(organisation__ref=actor.organisation, within=None)
            return here.filter(role=Role.ADMINISTRATOR.value)
        if not actor.may(Permission.PILOT_LEAD) or actor.within is None:
            return self.none()
        return others.filter(Q(within=actor.within) | Q(role=Role.PROGRAMME_OFFICE.value))


def _one_open_hat() -> list[models.UniqueConstraint]:
    """Return "one open hat per role and place", told four times: SQLite takes every NULL as new."""
    running = Q(last_day=None, ended_at=None)
    kinds = {
        "people_one_open_hat_per_role": ([], Q(organisation=None, within=None)),
        "people_one_open_hat_per_organisation": (["organisation"], Q(within=None)),
        "people_one_open_hat_per_pilot": (["within"], Q(organisation=None)),
        "people_one_open_hat_per_organisation_and_pilot": (["organisation", "within"], Q()),
    }
    return [
        models.UniqueConstraint(
            name=name, fields=["account", "role", *where], condition=running & empty
        )
        for name, (where, empty) in kinds.items()
    ]


class Hat(models.Model):
    """In which capacity an account acts: one role, for one organisation or pilot (Dutch: pet).

    ``within`` is the reference of the pilot or interview the role is for. ``last_day`` is the
    last day it may be worn, Europe/Amsterdam; None: until it is ended. ``ended_at`` is the moment
    somebody ended it: from then on it is not worn, whatever ``last_day`` says. One that ``sleeps``
    was ended by a deed at the server, until somebody it concerns says that this is the person.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="hats")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hats", null=True, blank=True
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="hats", null=True, blank=True
    )
    within = models.UUIDField(null=True, blank=True)
    called = models.CharField(_("what it is called on the screen"), max_length=80)
    place = models.CharField(_("for what or where"), max_length=120, blank=True)
    from_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    sleeps = models.BooleanField(default=False, editable=False)

    objects = HatQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"called", "place"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_hat_ends_after_it_begins",
                condition=Q(last_day=None) | Q(last_day__gte=F("from_day")),
            ),
            models.CheckConstraint(
                name="people_sleeping_hat_is_not_worn",
                condition=Q(sleeps=False) | Q(ended_at__isnull=False),
            ),
            *_one_open_hat(),
        ]
        indexes = [models.Index(name="people_hats_within", fields=["within", "role"])]


class CodeKind(models.TextChoices):
    """What a code is for."""

    CARD = "card", _("card")
    RESTORE = "restore", _("lost phone")


class Code(models.Model):
    """A printed code with which an account signs in beside its user name (Dutch: code).

    A card is used as often as needed until it ends; a code after a lost phone once. The code
    itself is kept nowhere, only its hash. Wrong tries are counted by the brakes, per user name.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="codes")
    kind = models.CharField(max_length=8, choices=CodeKind.choices)
    hash = models.CharField(max_length=128, editable=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    personal_data: ClassVar[dict[str, Personal]] = {
        "hash": Personal("sign in with a card", "agreement", "until the code ends", "nobody"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="people_one_open_code_per_account",
                fields=["account"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="people_code_ends_after_it_was_made", condition=Q(until__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="people_used_code_is_over",
                condition=Q(used_at=None) | Q(kind="restore", ended_at__isnull=False),
            ),
        ]


class InvitationQuerySet(OfOrganisation["Invitation"]):
    """What one may ask about invitations."""


class Invitation(models.Model):
    """A place offered in one organisation, in one role, to one person, once (Dutch: uitnodiging).

    ``number`` finds it and is printed in front of the code; of the code only the hash is kept.
    ``until``: taken up before this moment or not at all. ``hat`` is what it became.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="invitations", null=True, blank=True
    )
    called = models.CharField(_("what it is called on the screen"), max_length=80)
    shown_as = models.CharField(_("name that others see"), max_length=80)
    hat_until = models.DateField(_("last day"), null=True, blank=True)
    number = models.CharField(max_length=6, unique=True, editable=False)
    hash = models.CharField(max_length=128, editable=False)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    hat = models.OneToOneField(
        Hat, models.PROTECT, related_name="invitation", null=True, blank=True
    )
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "shown_as": Personal(
            "know who is invited",
            "agreement with the organisation",
            "until the invitation is taken up or ends, then one month",
            "the administrator of the organisation",
        ),
        "hash": Personal("take up the invitation", "agreement", "until it ends", "nobody"),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"called", "number"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_taken_invitation_has_its_hat",
                condition=Q(used_at=None, hat=None) | Q(used_at__isnull=False, hat__isnull=False),
            ),
            models.CheckConstraint(
                name="people_invitation_is_taken_or_ended_not_both",
                condition=Q(used_at=None) | Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="people_invitation_is_taken_in_time",
                condition=Q(used_at=None) | Q(used_at__lt=F("until")),
            ),
            models.CheckConstraint(
                name="people_invitation_tries_are_limited",
                condition=Q(tries__lte=rules.MOST_TRIES),
            ),
            models.CheckConstraint(
                name="people_organisation_gives_its_own_roles",
                condition=Q(role__in=["administrator", "professional"]),
            ),
        ]


class RestoreQuerySet(Guarded["Restore"]):
    """What one may ask about restoring."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Those of the actor's own organisation and pilot: they are asked to be the second person.

        Also, for the programme office, those of everybody with a role that an organisation does
        not give, and for who leads a pilot those of the programme office. One subquery.
        """
        if actor.hat is None:
            return self.none()
        known = ~Q(within=None) & Q(within=actor.within)
        if actor.may(Permission.PILOT_ACCEPT):
            known = ~Q(within=None, role__in=OWN_ROLES)
        elif actor.may(Permission.PILOT_LEAD):
            known |= Q(role=Role.PROGRAMME_OFFICE.value)
        near = Q(account__in=Hat.objects.held_on(on).filter(known).values("account"))
        if actor.organisation is not None:
            near |= Q(organisation__ref=actor.organisation)
        return self.filter(near)

    def open_at(self, moment: datetime) -> Self:
        """Those that can still be confirmed."""
        return self.filter(confirmed_at=None, ended_at=None, until__gt=moment)


class Restore(models.Model):
    """Getting back in after a lost phone: in person, by two people (Dutch: herstel).

    One asks, another confirms within thirty minutes, each with their own sign-in; neither is
    the person it is for.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="restores")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RestoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_restore_is_for_somebody_else",
                condition=~Q(asked_by=F("account"))
                & (Q(confirmed_by=None) | ~Q(confirmed_by=F("account"))),
            ),
            models.CheckConstraint(
                name="people_restore_needs_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="people_restore_is_confirmed_in_time",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__lt=F("until"), confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_open_restore_per_account",
                fields=["account"],
                condition=Q(confirmed_at=None, ended_at=None),
            ),
        ]


class SignIn(models.Model):
    """One sign-in of an account, on one device, until it ends (Dutch: aanmelding).

    ``form_mark`` is a digest of the secret that every form of this sign-in carries: it says whose
    form comes in after the session ended. Rows go a day after the session.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    form_mark = models.CharField(max_length=64, db_index=True, editable=False)
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()

    personal_data: ClassVar[dict[str, Personal]] = {
        "device": Personal(
            "recognise your own sign-ins and end them",
            "agreement",
            "a day after the sign-in ended",
            "the person",
        ),
        "session_key": Personal("end a sign-in", "agreement", "a day after it ended", "nobody"),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"form_mark"})
