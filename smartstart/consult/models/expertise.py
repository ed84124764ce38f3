"""Expertise, how people say it, and what each position knows, where and when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.base.personal import Personal
from smartstart.people.models import Domain, Position
from smartstart.programme.models import Municipality, Vindplaats

Row = TypeVar("Row", bound=models.Model)

LONGEST_SAYING = 160  # characters


class ForEverybody(Guarded[Row]):
    """Rows that everybody may read: no row is about a family or names a person."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Every row, for visitors too. Costs nothing."""
        return self.all()


class Language(models.TextChoices):
    """A language in which a saying is written or a question can be answered."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    TURKISH = "tr", _("Turkish")
    ARABIC = "ar", _("Arabic")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")


class Expertise(models.Model):
    """Something that somebody can know much about (Dutch: expertise).

    ``key`` never changes: the data files and the questions that score the ranking know it.
    ``about`` says in plain Dutch what it is; ``short`` fits behind "Weet veel van". ``words`` are
    single words that belong to it, with spaces between.
    """

    key = models.SlugField(max_length=40, unique=True)
    called = models.CharField(_("expertise"), max_length=80)
    short = models.CharField(_("knows much about"), max_length=80)
    about = models.CharField(_("what it is"), max_length=400)
    domain = models.CharField(_("field"), max_length=16, choices=Domain.choices)
    words = models.TextField(_("words of the field"), blank=True)

    objects = ForEverybody["Expertise"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset(
        {"key", "called", "short", "about", "words"}
    )

    class Meta:
        verbose_name = _("expertise")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="consult_an_expertise_is_in_a_known_field",
                condition=Q(domain__in=Domain.values),
            ),
            models.CheckConstraint(
                name="consult_an_expertise_has_words",
                condition=~Q(called="") & ~Q(short="") & ~Q(about=""),
            ),
        ]


class Saying(models.Model):
    """How somebody would say it who never heard the word for it (Dutch: gewone woorden).

    ``learned``: a person took it from a question that was answered or passed on and wrote it anew
    without anything that says who it was; ``learned_by`` is the function that did, as a reference.
    """

    expertise = models.ForeignKey(Expertise, models.CASCADE, related_name="sayings")
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    words = models.CharField(_("everyday words"), max_length=LONGEST_SAYING)
    learned = models.BooleanField(default=False, editable=False)
    learned_by = models.UUIDField(null=True, blank=True, editable=False)

    objects = ForEverybody["Saying"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "learned_by": Personal(
            "know which function stands behind words that everybody's question is compared with",
            "public task",
            "until the words are removed",
            "who keeps the list of expertises",
        ),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"words"})

    class Meta:
        verbose_name = _("everyday words")
        constraints = [
            models.UniqueConstraint(
                name="consult_a_saying_stands_once_per_expertise", fields=["expertise", "words"]
            ),
            models.CheckConstraint(
                name="consult_a_saying_has_words_in_a_known_language",
                condition=~Q(words="") & Q(language__in=Language.values),
            ),
            models.CheckConstraint(
                name="consult_a_learned_saying_has_somebody_behind_it",
                condition=Q(learned=False, learned_by=None)
                | Q(learned=True, learned_by__isnull=False),
            ),
        ]


class Profile(models.Model):
    """What a position knows, and when one can count on an answer (Dutch: profiel).

    ``answers_within`` is the promise in working minutes. ``languages`` are codes with spaces
    between. ``is_open``: takes questions now. ``version``: the edition in which it last changed.
    """

    position = models.OneToOneField(Position, models.PROTECT, related_name="profile")
    expertises = models.ManyToManyField(Expertise, related_name="profiles")
    about = models.CharField(_("in own words"), max_length=400, blank=True)
    languages = models.CharField(_("languages"), max_length=40, default="nl")
    answers_within = models.PositiveIntegerField(_("answers within (minutes)"), default=480)
    is_open = models.BooleanField(_("takes questions"), default=True)
    version = models.PositiveBigIntegerField(default=0, editable=False, db_index=True)

    objects = ForEverybody["Profile"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "about": Personal(
            "find who knows about a question",
            "agreement with the organisation",
            "until changed",
            "who asks a question",
        ),
        "languages": Personal(
            "answer in the asker's language",
            "agreement with the organisation",
            "until changed",
            "who asks a question",
        ),
    }

    class Meta:
        verbose_name = _("profile")
        constraints = [
            models.CheckConstraint(
                name="consult_a_promise_to_answer_is_some_minutes",
                condition=Q(answers_within__gt=0),
            ),
        ]


class OpenHours(models.Model):
    """A stretch of the week in which a position answers questions (Dutch: spreekuur).

    ``weekday`` 0 is Monday; times are Europe/Amsterdam, ``closes`` not included. Without any row
    a position is there in office hours. ``place`` and ``door``: where parents find who is in then;
    whoever names a place is shown on the page of that place.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+", null=True, blank=True)
    door = models.CharField(_("which door or room"), max_length=40, blank=True)

    objects = ForEverybody["OpenHours"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"door"})

    class Meta:
        verbose_name = _("hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="consult_hours_are_on_a_day_of_the_week", condition=Q(weekday__lte=6)
            ),
            models.CheckConstraint(
                name="consult_a_door_is_at_a_place", condition=Q(door="") | Q(place__isnull=False)
            ),
            models.CheckConstraint(
                name="consult_hours_close_after_they_open", condition=Q(closes__gt=F("opens"))
            ),
            models.UniqueConstraint(
                name="consult_hours_begin_once", fields=["profile", "weekday", "opens"]
            ),
        ]


class Reach(models.Model):
    """Where a position works: one place or one municipality (Dutch: werkgebied).

    Without any row it is the municipality of its organisation; when that has none, the region.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reaches")
    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+", null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ForEverybody["Reach"].as_manager()

    class Meta:
        verbose_name = _("area of work")
        constraints = [
            models.CheckConstraint(
                name="consult_a_reach_is_one_place_or_one_municipality",
                condition=Q(place=None, municipality__isnull=False)
                | Q(place__isnull=False, municipality=None),
            ),
            models.UniqueConstraint(
                name="consult_a_reach_stands_once", fields=["profile", "place", "municipality"]
            ),
        ]


class Edition(models.Model):
    """How often what is ranked for a question has changed: one row (Dutch: uitgave).

    Whoever ranks keeps everything in memory and reads only the profiles newer than ``number``.
    Another ``ref`` is another database: then everything is read anew.
    """

    ref = models.UUIDField(default=uuid4, editable=False)
    number = models.PositiveBigIntegerField(default=0)

    objects = ForEverybody["Edition"].as_manager()

    class Meta:
        verbose_name = _("edition")
        constraints = [
            models.CheckConstraint(name="consult_there_is_one_edition", condition=Q(pk=1)),
        ]
