"""Term, meaning, synonym, translation, the mark of who is hurt by a word, and what is proposed."""

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
from smartstart.access.permissions import Permission
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

    ``word`` is Dutch and in lower case; ``forms`` are ways of writing it that no rule gives, with
    spaces between and ``_`` for a space inside one. ``plain`` is what to say to a family instead.
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

    @property
    def other_forms(self) -> tuple[str, ...]:
        """The ways of writing that no rule gives."""
        return tuple(form.replace("_", " ") for form in self.forms.split())


class MeaningQuerySet(Open["Meaning"]):
    """What one may ask about meanings."""


class Meaning(models.Model):
    """What a term means in one field of work (Dutch: betekenis).

    ``source`` is where it can be checked, noted on the day ``source_on``. Signed by a person of
    that field: ``signed_by`` is the person's reference, ``signed_as`` the function that is shown,
    ``signed_on`` the day. Another text takes the signature away.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    term = models.ForeignKey(Term, models.CASCADE, related_name="meanings")
    domain = models.CharField(_("field"), max_length=16, choices=Domain.choices)
    text = models.CharField(_("meaning"), max_length=300)
    source = models.CharField(_("source"), max_length=160, blank=True)
    source_on = models.DateField(_("source noted on"), null=True, blank=True)
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
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"text", "source"})

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
                name="language_a_source_was_noted_on_a_day",
                condition=Q(source="", source_on=None)
                | (~Q(source="") & Q(source_on__isnull=False)),
            ),
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


class MarkQuerySet(Guarded[Row]):
    """What one may ask about marks and votes: how many, with the term or the proposal."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """No row: who marked a word or voted is told to nobody."""
        return self.none()


class HurtfulMark(models.Model):
    """Somebody of a family says that a word hurts (Dutch: pijnlijk woord).

    ``by`` is a keyed hash of person and term: one mark per person, and two marks of one person
    cannot be told to belong together.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="marks")
    by = models.UUIDField(editable=False)

    objects = MarkQuerySet["HurtfulMark"].as_manager()

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


class WordEdition(models.Model):
    """Which state the dictionary is in (Dutch: uitgave van het woordenboek).

    One row. Whatever changes what a text is searched for gives it another ``ref``, so that a
    process that knows the dictionary by heart sees with one question that it must learn again.
    """

    ref = models.UUIDField(default=uuid4, editable=False)

    objects = Open["WordEdition"].as_manager()

    class Meta:
        verbose_name = _("edition")
        constraints = [
            models.CheckConstraint(name="language_there_is_one_edition", condition=Q(pk=1)),
        ]


class About(models.TextChoices):
    """What somebody proposes for the dictionary."""

    WORD = "word", _("a word that is missing")
    MEANING = "meaning", _("a better meaning")
    PLAIN = "plain", _("another word instead")


class Outcome(models.TextChoices):
    """What became of a proposal."""

    WAITS = "waits", _("waits for an answer")
    TAKEN = "taken", _("stands in the dictionary")
    NOT_TAKEN = "not_taken", _("does not come in")


class WordProposalQuerySet(Guarded["WordProposal"]):
    """What one may ask about proposals."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """The keeper of the words sees all; who signed in what the keeper looked at before.

        A visitor sees what stands in the dictionary by now. Costs nothing.
        """
        if actor.may(Permission.TERM_KEEP):
            return self.all()
        if actor.is_visitor:
            return self.filter(outcome=Outcome.TAKEN)
        return self.filter(~Q(outcome=Outcome.WAITS) | Q(shown_on__isnull=False))


class WordProposal(models.Model):
    """What somebody would change in the dictionary (Dutch: woordvoorstel).

    About a new ``word``, or about a ``term`` that is there. ``text`` is the meaning, or the other
    word. It is not kept who proposed it: who says that a word hurts may stay unknown. Anybody may
    write anything: until the day ``shown_on`` only the keeper of the words reads it.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    about = models.CharField(_("about"), max_length=8, choices=About.choices)
    term = models.ForeignKey(Term, models.CASCADE, null=True, blank=True, related_name="proposals")
    word = models.CharField(_("word"), max_length=60, blank=True)
    domain = models.CharField(_("field"), max_length=16, choices=Domain.choices, blank=True)
    text = models.CharField(_("proposal"), max_length=300)
    proposed_on = models.DateField(_("proposed on"))
    shown_on = models.DateField(_("shown to others on"), null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITS)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = WordProposalQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"word", "text", "why"})

    class Meta:
        verbose_name = _("proposal for the dictionary")
        ordering = ["proposed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="language_a_proposal_names_a_new_word_or_a_term",
                condition=(Q(about=About.WORD, term=None) & ~Q(word=""))
                | (Q(about__in=[About.MEANING, About.PLAIN], term__isnull=False, word="")),
            ),
            models.CheckConstraint(
                name="language_a_proposed_meaning_is_of_a_field",
                condition=~Q(about=About.MEANING, domain=""),
            ),
            models.CheckConstraint(name="language_a_proposal_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="language_a_decision_on_words_has_a_day_and_a_reason",
                condition=Q(outcome=Outcome.WAITS, decided_on=None, why="")
                | (~Q(outcome=Outcome.WAITS) & Q(decided_on__isnull=False) & ~Q(why="")),
            ),
        ]


class WordVote(models.Model):
    """Somebody agrees with a proposal (Dutch: stem voor een woord).

    ``by`` is a keyed hash of person and proposal: one vote per person, and two votes of one person
    cannot be told to belong together.
    """

    proposal = models.ForeignKey(WordProposal, models.CASCADE, related_name="votes_cast")
    by = models.UUIDField(editable=False)

    objects = MarkQuerySet["WordVote"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "by": Personal(
            "count each person once",
            "consent, given by voting",
            "until the person takes the vote back or the proposal goes",
            "nobody; only the count is shown",
        ),
    }

    class Meta:
        verbose_name = _("vote for a word")
        constraints = [
            models.UniqueConstraint(
                name="language_one_vote_per_person_and_proposal", fields=["proposal", "by"]
            ),
        ]
