"""Account, organisation, position and hat."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.models import Folder
from smartstart.access.permissions import Role
from smartstart.base.personal import Personal


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
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What somebody signs in with (Dutch: account). Has no e-mail address and needs none.

    ``shown_as`` is the name that others see; ``person`` is the reference by which rooms know
    the human being. ``is_example`` marks an invented person of an example database.
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


class HatQuerySet(models.QuerySet["Hat"]):
    """What one may ask about hats."""

    def worn_on(self, day: date) -> Self:
        """Hats that are valid on this day; the first and the last day count."""
        return self.filter(from_day__lte=day).filter(Q(last_day=None) | Q(last_day__gte=day))


class Hat(models.Model):
    """In which capacity an account acts: one role, for one organisation or pilot (Dutch: pet).

    ``within`` is the reference of the pilot or interview the role is for. ``last_day`` is the
    last day it may be worn, Europe/Amsterdam; None: until it is ended.
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

    objects = HatQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"called", "place"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_hat_ends_after_it_begins",
                condition=Q(last_day=None) | Q(last_day__gte=F("from_day")),
            ),
            models.UniqueConstraint(
                name="people_one_open_hat_per_role_and_place",
                fields=["account", "role", "organisation", "within"],
                condition=Q(last_day=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="people_hats_within", fields=["within", "role"])]
