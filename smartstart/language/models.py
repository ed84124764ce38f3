"""Term, meaning, synonym, translation and the mark of who is hurt by a word (Woordenboek)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower, Trim
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.base.personal import Personal
from smartstart.people.models import Domain

Row = TypeVar("Row", bound=models.Model)


class Language(models.TextChoices):
    """A language that words are translated into for families."""

    ENGLISH = "en", _("English")
    TURKISH = "tr", _("Turkish")
    ARABIC = "ar", _("Arabic")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")


class Open(Guarded[Row]):
    """Rows of the dictionary: everybody may read them, visitors too."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Every row: words are shared by all. Costs nothing."""
        return self.all()


class TermQuerySet(Open["Term"]):
    """What one may ask about terms."""

    def with_counts(self) -> Self:
        """Terms with ``hurt``: how many people marked the word as hurtful."""
        return self.annotate(hurt=Count("marks"))


class Term(models.Model):
    """One word that people of different fields use (Dutch: begrip).

    ``word`` is Dutch and in lower case; ``forms`` are its other forms with spaces between, so
    that a text is searched without a dictionary. ``plain`` is what to say to a family instead.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    word = models.CharField(_("word"), max_length=60, unique=True)
    forms = models.CharField(_("other forms"), max_length=200, blank=True)
    plain = models.CharField(_("plain word"), max_length=120)
    hurt: int  # how many marks; only on rows of ``with_counts``

    objects = TermQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"word", "forms", "plain"})

    class Meta:
        verbose_name = _("term")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                name="language_a_term_is_written_in_lower_case",
                condition=Q(word=Trim(Lower("word"))) & ~Q(word=""),
            ),
            models.CheckConstraint(name="language_a_term_has_a_plain_word", condition=~Q(plain="")),
        ]


class MeaningQuerySet(Open["Meaning"]):
    """What one may ask about meanings."""


class Meaning(models.Model):
    """What a term means in one field of work (Dutch: betekenis).

    Signed by a person of that field: ``signed_by`` is the person's reference, ``signed_as`` the
    function that is shown, ``signed_on`` the day. Another text takes the signature away.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    term = models.ForeignKey(Term, models.CASCADE, related_name="meanings")
    domain = models.CharField(_("field"), max_length=16, choices=Domain.choices)
    text = models.CharField(_("meaning"), max_length=300)
    signed_by = models.UUIDField(null=True, blank=True, editable=False)
    signed_as = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True, blank=True)

    objects = MeaningQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "signed_by": Personal(
            "know which person of the field stands behind a meaning",
            "public task",
            "until the meaning changes or the account ends",
            "nobody; only the function is shown",
        ),
        "signed_as": Personal(
            "show from which function a meaning was signed",
            "public task",
            "until the meaning changes",
            "everybody",
        ),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"text"})

    class Meta:
        verbose_name = _("meaning")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(
                name="language_one_meaning_per_term_and_field", fields=["term", "domain"]
            ),
            models.CheckConstraint(
                name="language_a_meaning_is_in_a_known_field",
                condition=Q(domain__in=Domain.values),
            ),
            models.CheckConstraint(name="language_a_meaning_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="language_a_meaning_is_signed_wholly_or_not",
                condition=Q(signed_by=None, signed_as="", signed_on=None)
                | (Q(signed_by__isnull=False, signed_on__isnull=False) & ~Q(signed_as="")),
            ),
        ]


class Synonym(models.Model):
    """Another word for a term (Dutch: synoniem)."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="synonyms")
    word = models.CharField(_("word"), max_length=60)

    objects = Open["Synonym"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"word"})

    class Meta:
        verbose_name = _("synonym")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(name="language_a_synonym_stands_once", fields=["term", "word"]),
            models.CheckConstraint(
                name="language_a_synonym_is_written_in_lower_case",
                condition=Q(word=Trim(Lower("word"))) & ~Q(word=""),
            ),
        ]


class Translation(models.Model):
    """What a family calls the term in its own language (Dutch: vertaling)."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    word = models.CharField(_("word"), max_length=120)

    objects = Open["Translation"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"word"})

    class Meta:
        verbose_name = _("translation")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                name="language_one_translation_per_language", fields=["term", "language"]
            ),
            models.CheckConstraint(
                name="language_a_translation_is_in_a_known_language",
                condition=Q(language__in=Language.values) & ~Q(word=""),
            ),
        ]


class MarkQuerySet(Guarded["HurtfulMark"]):
    """What one may ask about marks: nothing but how many; see ``TermQuerySet.with_counts``."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """No row: who marked a word is told to nobody."""
        return self.none()


class HurtfulMark(models.Model):
    """Somebody of a family says that a word hurts (Dutch: pijnlijk woord).

    ``by`` is a keyed hash of person and term: one mark per person, and two marks of one person
    cannot be told to belong together.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="marks")
    by = models.UUIDField(editable=False)

    objects = MarkQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "by": Personal(
            "count each person once",
            "consent, given by marking",
            "until the person takes the mark back or the term goes",
            "nobody; only the count is shown",
        ),
    }

    class Meta:
        verbose_name = _("hurtful mark")
        constraints = [
            models.UniqueConstraint(
                name="language_one_mark_per_person_and_term", fields=["term", "by"]
            ),
        ]
