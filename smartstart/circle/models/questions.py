"""Questions in a circle: one holder each, read by a ground on that question."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Final, Self

from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.circle import gate_questions
from smartstart.circle.gate_questions import Covered
from smartstart.circle.models.door import WORDS, InFolder
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.models.words import Entry
from smartstart.circle.states import QuestionKind, Side, StepKind
from smartstart.holding.models import Climbing, HeldQuerySet, climbs_in_order

MOST_WITH_HISTORY: Final = 250_000  # characters: fifty long remarks


class QuestionQuerySet(HeldQuerySet["Question"]):
    """What one may ask about questions."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Questions whose words this actor may read at the first moment of a day: ``read_by``."""
        return self.read_by(actor, at=gate_questions.first_moment(on))

    def read_by(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """Questions whose words this actor may read now: the only read rule for questions.

        The folder's readers, the asker, and until it is answered whoever has a ground on the
        question and acts on it, or was offered it, by the clock.
        """
        read = gate_questions.questions_read(actor, at=at, covered=covered)
        return self.none() if read is None else self.filter(pk__in=read.rows())

    def acted_on_by(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """Open questions on which this actor is the one who acts now, by the clock."""
        acting = gate_questions.questions_acting(actor, at=at, covered=covered)
        return self.none() if acting is None else self.filter(pk__in=acting.rows())

    def waiting_for(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """Those, and offers to this actor; read or not (a title needs a ground)."""
        waiting = gate_questions.questions_waiting(actor, at=at, covered=covered)
        return self.none() if waiting is None else self.filter(pk__in=waiting.rows())

    def today_of(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """Those, and what this actor asked and was answered; each knows ``is_read``."""
        today = gate_questions.questions_today(actor, at=at, covered=covered)
        read = gate_questions.questions_read(actor, at=at, covered=covered)
        if today is None or read is None:
            return self.none()
        is_read = models.ExpressionWrapper(
            models.Q(pk__in=read.rows()), output_field=models.BooleanField()
        )
        return self.filter(pk__in=today.rows()).annotate(is_read=is_read)

    def titled_for(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """What waits for this actor and of which it may see the title unread, as agreed."""
        titled = gate_questions.questions_titled(actor, at=at, covered=covered)
        return self.none() if titled is None else self.filter(pk__in=titled.rows())

    def lost(self, *, at: datetime) -> Self:
        """Open questions of which the holder lost the ground to read: they go back."""
        return self.filter(pk__in=gate_questions.questions_lost(at=at).rows())

    def known_to(self, actor: Actor, *, at: datetime, covered: Covered = None) -> Self:
        """Questions that wait for this actor, that they read, or once had a hand in.

        Knowing is not reading: it gives a way to hear who has it now, and no words.
        """
        known = gate_questions.questions_known(actor, at=at, covered=covered)
        return self.none() if known is None else self.filter(pk__in=known.rows())


class Question(Climbing, Holds):
    """One question of a family or a professional, with exactly one holder (Dutch: vraag).

    ``holder``, ``asker`` and ``offered_to`` are functions or persons. ``coordinator`` is where it
    goes last. ``cover_from`` and ``coordinator_from`` are the moments from which the cover, then
    the coordinator, acts: who acts is read from the clock, the row does not change. ``about`` is
    the entry it is about. ``brought_from`` is the question without a name it was, only while the
    family has not said yes yet; its words may be long: the whole history comes along.
    """

    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    topic = models.CharField(max_length=12, choices=Side.choices, blank=True)
    title = Sealed(max_characters=160)
    words = Sealed(max_characters=MOST_WITH_HISTORY)
    asker_called = Sealed(max_characters=120)
    holder_called = Sealed(max_characters=120)
    about = models.ForeignKey(
        Entry, models.PROTECT, related_name="questions", null=True, blank=True
    )
    title_for_cover = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    brought_from = models.UUIDField(null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "title": WORDS,
        "words": WORDS,
        "asker_called": WORDS,
        "holder_called": WORDS,
    }

    class Meta(Climbing.Meta):
        constraints = [
            *Climbing.Meta.constraints,
            climbs_in_order("circle_a_question_climbs_in_order"),
        ]
        indexes = [
            models.Index(name="circle_questions_of_holder", fields=["holder", "state"]),
            models.Index(name="circle_questions_of_asker", fields=["asker", "state"]),
            models.Index(
                name="circle_questions_of_offer",
                fields=["offered_to"],
                condition=models.Q(offered_to__isnull=False),
            ),
            models.Index(
                name="circle_questions_that_climb", fields=["coordinator", "coordinator_from"]
            ),
            models.Index(
                name="circle_questions_brought",
                fields=["brought_from"],
                condition=models.Q(brought_from__isnull=False),
            ),
        ]


class OfQuestion(Guarded["Attached"]):
    """What was attached."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the question it is attached to."""
        return self.filter(question__in=Question.objects.visible_to(actor, on=on))

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Those of which the entry does not rest, or is this actor's own."""
        return self.filter(entry__in=Entry.objects.filter(unless_resting("entry", actor, on=on)))


class Attached(models.Model):
    """An entry that the family shows with a question, and no more (Dutch: bijgevoegd)."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="attached")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="shown_with")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfQuestion.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_attached_once", fields=["question", "entry"]),
        ]


class ReplyQuerySet(InFolder["Reply"]):
    """What one may ask about replies."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the question; and one's own, while the seat stands."""
        seen = self.filter(question__in=Question.objects.visible_to(actor, on=on))
        return seen.not_resting(actor, on=on)

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Of what rests only what one made oneself."""
        hangs = unless_resting("question", actor, on=on, at="question_id", by="author")
        return self.filter(hangs)


class Reply(Holds):
    """An answer to a question; "called, answer in one line" is one (Dutch: antwoord)."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="replies")
    author = models.UUIDField()
    author_called = Sealed(max_characters=120)
    words = Sealed(max_characters=5_000)
    by_phone = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": WORDS, "author_called": WORDS}


class QuestionStepQuerySet(Guarded["QuestionStep"]):
    """What one may ask about steps."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """With the question."""
        seen = self.filter(question__in=Question.objects.visible_to(actor, on=on))
        return seen.not_resting(actor, on=on)

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Of what rests only what one made oneself."""
        hangs = unless_resting("question", actor, on=on, at="question_id", by="by")
        return self.filter(hangs)


class QuestionStep(Holds):
    """One thing that happened to a question, as its people see it (Dutch: stap).

    ``by`` and ``passed_to`` are functions or persons: who once had a hand in it.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    by = models.UUIDField()
    passed_to = models.UUIDField(null=True, blank=True)
    by_called = Sealed(max_characters=120)
    to_called = Sealed(max_characters=120)
    why = Sealed(max_characters=500)
    at = models.DateTimeField()

    objects = QuestionStepQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "by_called": WORDS,
        "to_called": WORDS,
        "why": WORDS,
    }

    class Meta:
        indexes = [
            models.Index(name="circle_steps_by", fields=["by", "question"]),
            models.Index(
                name="circle_steps_passed_to",
                fields=["passed_to", "question"],
                condition=models.Q(passed_to__isnull=False),
            ),
        ]
