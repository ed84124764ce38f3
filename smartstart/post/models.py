"""A mailbox of somebody who wants mail or notices, and what waits for it or went."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.people.models import Account
from smartstart.post import rules


class MailboxQuerySet(Guarded["Mailbox"]):
    """What one may ask about mailboxes."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Only one's own mailbox; nobody else sees where somebody reads mail."""
        return self.filter(account__ref=actor.account) if actor.account else self.none()

    def open_by(self, way: Mailbox.Way) -> Self:
        """Those that stand, by mail or by browser."""
        return self.filter(way=way, closed_at=None)

    def of(self, account: UUID, way: Mailbox.Way) -> Mailbox | None:
        """The open mailbox of an account, or None: most people have none and need none."""
        return self.open_by(way).filter(account__ref=account).select_related("folder").first()

    def of_story(self, story: UUID) -> Mailbox | None:
        """The open mailbox of who told a story and has no account, or None."""
        return self.filter(story=story, closed_at=None).select_related("folder").first()


class Mailbox(Holds):
    """Where somebody who asked for it gets mail (Dutch: brievenbus).

    ``quiet_from`` to ``quiet_until`` are hours in Europe/Amsterdam in which nothing is sent;
    ``most_a_day`` counts all kinds together. ``rhythm``: once a day, when the quiet hours end, or
    soon. ``look_at`` is when is looked again whether something new waits; ``known`` are the
    references, as hex, of what waited at the last look: that is no news. The address is under a
    key of its own. ``story`` instead of ``account``: who told a story and has a card, no account.

    ``confirmed_at``: who reads at this address said that it is theirs; before that it gets nothing
    but that question. ``way`` push: the address is that of a browser at the service of its maker;
    it stands until ``ends_at``, and while the sign-ins of the account were not ended all at once
    (``keys_version``).
    """

    class Way(models.TextChoices):
        """By what road."""

        MAIL = "mail", _("by mail")
        PUSH = "push", _("a notice on this device")

    class Rhythm(models.TextChoices):
        """How often."""

        DAILY = rules.DAILY, _("once a day, in the morning")
        SOON = rules.SOON, _("soon, at most three a day")

    account = models.ForeignKey(Account, models.PROTECT, related_name="mailboxes", null=True)
    story = models.UUIDField(null=True, blank=True, editable=False)
    language = models.CharField(max_length=5, default="nl")
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.MAIL)
    address = Sealed(_("mail address"), max_characters=rules.LONGEST_ENDPOINT)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    keys_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quiet_from = models.TimeField(default=rules.QUIET_FROM)
    quiet_until = models.TimeField(default=rules.QUIET_UNTIL)
    most_a_day = models.PositiveSmallIntegerField(default=rules.MOST_A_DAY)
    rhythm = models.CharField(max_length=5, choices=Rhythm.choices, default=Rhythm.DAILY)
    look_at = models.DateTimeField(null=True, blank=True)
    known = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MailboxQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "address": Personal(
            "tell somebody that something waits",
            "consent: the person typed it or switched it on, and can remove it",
            "until the mailbox is closed; its key is then destroyed",
            "the person; the mail server of the house, or the service of the browser's maker",
        ),
    }
    # Random references; the language of fixed sentences.
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"known", "language"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="post_one_open_mailbox",
                fields=["account", "way"],
                condition=Q(closed_at=None),
            ),
            models.UniqueConstraint(
                name="post_one_open_mailbox_of_a_story",
                fields=["story"],
                condition=Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="post_a_mailbox_is_of_an_account_or_of_a_story",
                condition=Q(account=None, story__isnull=False)
                | Q(account__isnull=False, story=None),
            ),
            models.CheckConstraint(
                name="post_a_notice_goes_to_an_account_and_ends",
                condition=Q(way="mail", ends_at=None, keys_version=None)
                | Q(
                    way="push",
                    account__isnull=False,
                    confirmed_at__isnull=False,
                    ends_at__isnull=False,
                    keys_version__isnull=False,
                ),
            ),
        ]

    @property
    def quiet(self) -> tuple[time, time]:
        """From when until when nothing is sent."""
        return self.quiet_from, self.quiet_until


class Mail(models.Model):
    """One mail, or notice of a browser, that waits, is being sent or went (Dutch: brief).

    Holds no words: ``kind`` names the template, ``about`` is the reference of what waits (of the
    mailbox itself when it tells of several), so that the same thing is not mailed twice. ``told``
    are the references, as hex, of what it counts: its link asks whether one still waits.
    ``sending`` is committed before the mail server is called: whoever finds it in that state later
    does not send it again.
    """

    class Kind(models.TextChoices):
        """The fixed set of things a mail can say."""

        SOMETHING_WAITS = "something_waits", _("something waits")
        QUESTION_WAITS = "question_waits", _("a question waits")
        STORY_CHANGED = "story_changed", _("your story")
        SIGN_IN_CHANGED = "sign_in_changed", _("your keys")
        CONFIRM_ADDRESS = "confirm_address", _("your mail address")

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.UUIDField()
    told = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"told"})  # random references

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="post_nothing_waits_twice",
                fields=["mailbox", "kind", "about"],
                condition=Q(state="waiting"),
            ),
        ]
        indexes = [models.Index(name="post_what_waits", fields=["state", "not_before"])]
