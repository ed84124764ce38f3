"""Knot, tie, and the things of the thread that live in this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final, Self, TypeVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.permissions import Permission, Role
from smartstart.base.personal import Personal
from smartstart.programme.models import InsidePilot, Pilot
from smartstart.thread import walk
from smartstart.thread.kinds import RANK, Kind, Lack, State

Row = TypeVar("Row", bound=models.Model)
WORDS: Final = 2_000


class Audience(models.TextChoices):
    """Who may know of a knot: each wider one holds the ones before."""

    TEAM = "team", _("the team")
    MEEDENKERS = "meedenkers", _("the people who think along")
    PUBLIC = "public", _("everyone")


KINDS: Final = [(kind.value, kind.value) for kind in Kind]
STATES: Final = [(state.value, state.value) for state in State]


class KnotQuerySet(Guarded["Knot"]):
    """What one may ask about knots."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Knots this actor may know exist: the only read rule of the thread.

        Public ones of public pilots for everyone; all of a pilot for who works in it; what was
        opened to them for who thinks along; for who told a story what rests on it. Costs one
        subquery and never doubles a row.
        """
        public = Q(audience=Audience.PUBLIC, pilot__is_public=True)
        inside = Q(pilot__in=Pilot.objects.worked_on_by(actor, on=on))
        if actor.may(Permission.PILOT_WORK):
            return self.filter(public | inside)
        if actor.role is Role.MEEDENKER:
            return self.filter(public | inside & ~Q(audience=Audience.TEAM))
        if actor.role is Role.INTERVIEWEE and actor.within is not None:
            return self.filter(public | Q(pk__in=_fed_by(actor.within)))
        return self.filter(public)

    def fed_by(self, story: UUID) -> Self:
        """Knots of one story and all that rests on it; nothing else, also when it is public."""
        return self.filter(pk__in=_fed_by(story))


def _fed_by(story: UUID) -> RawSQL:
    return RawSQL(walk.FED_BY_SOURCE, [walk.source_value(story)])  # noqa: S611 - fixed words


class Knot(models.Model):
    """One place in the thread (Dutch: knoop). Holds no words: only what it is and how it stands.

    ``rank`` repeats the rank of ``kind`` for the constraints on ties. ``source`` is shared by knots
    that come from one voice, so that two pieces of one person count once. ``changed_at`` is when
    audience or state last changed.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="knots")
    kind = models.CharField(max_length=16, choices=KINDS)
    rank = models.PositiveSmallIntegerField(editable=False)
    source = models.UUIDField(null=True, blank=True, editable=False)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.TEAM)
    state = models.CharField(max_length=12, choices=STATES, default=State.STANDING.value)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = KnotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_rank_is_the_rank_of_the_kind",
                condition=Q(
                    *[Q(kind=kind.value, rank=rank) for kind, rank in RANK.items()],
                    _connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="thread_knot_changes_after_it_was_made",
                condition=Q(changed_at__gte=F("made_at")),
            ),
        ]
        indexes = [
            models.Index(name="thread_knots_shown", fields=["pilot", "audience", "rank"]),
            models.Index(name="thread_knots_of_a_source", fields=["source"]),
        ]


class OfKnot(Guarded[Row]):
    """Rows that borrow the rule of their knot."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of knots that this actor may know exist."""
        return self.filter(knot__in=Knot.objects.visible_to(actor, on=on))


class TieQuerySet(Guarded["Tie"]):
    """What one may ask about ties."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Ties of which this actor may know both ends."""
        knots = Knot.objects.visible_to(actor, on=on)
        return self.filter(lower__in=knots, upper__in=knots)


class Tie(models.Model):
    """That the upper knot rests on the lower one (Dutch: verbinding).

    The ranks are copies, held to the knots' own by a guard; as they rise there is no circle.
    """

    lower = models.ForeignKey(Knot, models.PROTECT, related_name="ties_up")
    upper = models.ForeignKey(Knot, models.PROTECT, related_name="ties_down")
    lower_rank = models.PositiveSmallIntegerField(editable=False)
    upper_rank = models.PositiveSmallIntegerField(editable=False)
    made_at = models.DateTimeField()

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="thread_one_tie_per_pair", fields=["lower", "upper"]),
            models.CheckConstraint(
                name="thread_tie_rises", condition=Q(lower_rank__lt=F("upper_rank"))
            ),
        ]


class Thread(models.Model):
    """The thread of one pilot as a whole (Dutch: draad).

    ``version`` grows with every change that a page could show: the ETag of public pages. Who
    changes the thread locks this row first, so that nothing is tied to what is being withdrawn.
    """

    pilot = models.OneToOneField(Pilot, models.PROTECT, related_name="thread")
    version = models.PositiveBigIntegerField(default=1)


_SHOWN: Final = Personal(
    "show where a solution comes from, in the words of who told it",
    "consent to quote, and a yes to exactly these words",
    "until it is withdrawn or no longer public; then removed at once",
    "everyone",
)


class PublishedWords(models.Model):
    """The words of a public knot as they were published (Dutch: gepubliceerde tekst).

    The only words that public pages read: written by publishing and removed by withdrawing.
    A public knot without this row shows that it is there, and no words. ``by`` is a description
    that the person agreed to ("moeder, 34 jaar"), ``gap`` why something is missing below,
    ``form`` the other fields of its fixed form as text, ``until`` the last day on which these words
    may be shown.
    """

    knot = models.OneToOneField(Knot, models.PROTECT, related_name="published")
    title = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=120, blank=True)
    gap = models.TextField(blank=True)
    form = models.JSONField(default=dict, blank=True)
    until = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()

    objects = OfKnot["PublishedWords"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": _SHOWN, "by": _SHOWN}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"title", "gap", "form"})


class GapReason(models.Model):
    """Why a concept has no voice or no figure below it yet (Dutch: reden van een gat)."""

    knot = models.ForeignKey(Knot, models.PROTECT, related_name="gap_reasons")
    lacks = models.CharField(max_length=8, choices=[(lack.value, lack.value) for lack in Lack])
    words = models.CharField(_("why it is missing"), max_length=500)
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True, blank=True)

    objects = OfKnot["GapReason"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"words"})

    class Meta:
        constraints = [
            models.UniqueConstraint(name="thread_one_reason_per_gap", fields=["knot", "lacks"]),
            models.CheckConstraint(name="thread_gap_has_a_reason", condition=~Q(words="")),
        ]


class Borrowed(models.Model):
    """That a thing says it in somebody's own words (Dutch: overgenomen woorden).

    Made with one tap from a note: it has no title of its own, its readers read what ``source``
    says, as far as they may. Gone when that knot is withdrawn, or when the team writes it in its
    own words.
    """

    knot = models.OneToOneField(Knot, models.PROTECT, related_name="borrowed")
    source = models.ForeignKey(Knot, models.PROTECT, related_name="lent")

    objects = OfKnot["Borrowed"].as_manager()


class Translated(models.Model):
    """What a thing says in another language, for who told it (Dutch: vertaling voor wie vertelde).

    Written by a person who speaks it. ``of`` is the Dutch title it was made of: when that changes
    the translation no longer shows.
    """

    class Language(models.TextChoices):
        """The languages in which one can write here, each in its own name."""

        ENGLISH = "en", "English"
        TURKISH = "tr", "Türkçe"
        ARABIC = "ar", "العربية"
        POLISH = "pl", "Polski"

    knot = models.ForeignKey(Knot, models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    title = models.CharField(_("title"), max_length=300)
    words = models.TextField(_("more words"), max_length=WORDS, blank=True)
    of = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, blank=True)

    objects = OfKnot["Translated"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"title", "words", "of"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="thread_one_translation_per_language", fields=["knot", "language"]
            ),
        ]


class HowHeard(models.TextChoices):
    """By which way somebody heard what was done with their words."""

    PAGE = "page", _("on their own page")
    LETTER = "letter", _("by letter")
    SPOKEN = "spoken", _("somebody told it")


class HeardBack(models.Model):
    """That somebody heard what was done with their words, so far (Dutch: teruggehoord).

    ``source`` is who told it, as on the knots; ``steps`` are the references, as hex, of what had
    come of it that day. No words, no name. Gone when the words are taken back.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="heard_back")
    source = models.UUIDField()
    how = models.CharField(max_length=8, choices=HowHeard.choices)
    steps = models.JSONField(default=list)
    heard_at = models.DateTimeField()
    told_by = models.UUIDField(null=True, blank=True)

    objects = InsidePilot["HeardBack"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"steps"})  # random references

    class Meta:
        indexes = [models.Index(name="thread_heard_by_whom", fields=["pilot", "source"])]


class Thing(models.Model):
    """What the things of this room have in common: a knot, a title and the team's own words."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    knot = models.OneToOneField(Knot, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=300)
    words = models.TextField(_("in your own words"), max_length=WORDS, blank=True)
    made_by = models.UUIDField(null=True, blank=True, editable=False)

    KIND: ClassVar[Kind]
    # What is told besides title and words: the name, and where its value stands.
    FORM: ClassVar[Mapping[str, str]] = {}

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"title", "words"})

    class Meta:
        abstract = True


class Insight(Thing):
    """What the team learned from voices and figures together (Dutch: inzicht)."""

    KIND = Kind.INSIGHT

    objects = OfKnot["Insight"].as_manager()


class HowMightWe(Thing):
    """A question that opens the search for a solution (Dutch: hoe-kunnen-we-vraag)."""

    KIND = Kind.HOW_MIGHT_WE

    objects = OfKnot["HowMightWe"].as_manager()


class Idea(Thing):
    """Something that might work (Dutch: idee)."""

    KIND = Kind.IDEA

    objects = OfKnot["Idea"].as_manager()


class Concept(Thing):
    """A worked-out solution in the programme's fixed form (Dutch: concept).

    ``words`` says what it is. ``question`` is the wording of the vraagstuk that it serves.
    """

    KIND = Kind.CONCEPT
    FORM = {
        "goal": "goal",
        "principles": "principles",
        "data_used": "data_used",
        "test_results": "test_results",
        "developed_with": "developed_with",
        "question": "question__text",
    }

    goal = models.TextField(_("goal"), max_length=WORDS)
    principles = models.TextField(_("principles"), max_length=WORDS, blank=True)
    data_used = models.TextField(
        _("figures and stories that were used"), max_length=WORDS, blank=True
    )
    test_results = models.TextField(_("what the tests showed"), max_length=WORDS, blank=True)
    developed_with = models.TextField(_("made together with"), max_length=WORDS, blank=True)
    question = models.ForeignKey(
        "programme.QuestionVersion", models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = OfKnot["Concept"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = Thing.no_personal_data | {
        "goal",
        "principles",
        "data_used",
        "test_results",
        "developed_with",
    }


class Prototype(Thing):
    """A first form of a concept that people can try (Dutch: prototype)."""

    KIND = Kind.PROTOTYPE

    objects = OfKnot["Prototype"].as_manager()


class Test(Thing):
    """A prototype tried with so many ``people``, of whom some ``went_on`` (Dutch: test).

    ``who`` says which sides tried it, without names; ``changed`` what became otherwise by it.
    """

    KIND = Kind.TEST
    FORM = {
        "tested_on": "tested_on",
        "who": "who",
        "people": "people",
        "went_on": "went_on",
        "changed": "changed",
    }

    who = models.CharField(_("who tried it"), max_length=200, blank=True)
    changed = models.TextField(_("what changed by it"), max_length=WORDS, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("how many tried it"), null=True, blank=True)
    went_on = models.PositiveSmallIntegerField(_("how many went on"), null=True, blank=True)

    objects = OfKnot["Test"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = Thing.no_personal_data | {"who", "changed"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_no_more_went_on_than_tried",
                condition=Q(went_on=None) | Q(went_on__lte=F("people")),
            ),
        ]


class Finding(Thing):
    """What turned out to be so, also when it is nothing (Dutch: bevinding)."""

    KIND = Kind.FINDING
    FORM = {"found_on": "found_on"}

    found_on = models.DateField(_("found on"), null=True, blank=True)

    objects = OfKnot["Finding"].as_manager()


THINGS: Final[dict[Kind, type[Thing]]] = {
    thing.KIND: thing for thing in (Insight, HowMightWe, Idea, Concept, Prototype, Test, Finding)
}
