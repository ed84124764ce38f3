"""What was learned from questions, in general words; and what waits for a second pair of eyes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission
from smartstart.base.personal import Personal
from smartstart.people.models import Domain
from smartstart.programme.models import Vindplaats

WAITING: Final = Personal(
    "let a second person see that nobody is to be known in it",
    "public task (AVG 6)",
    "until somebody from another place looked at it, 30 days at most; then the key is destroyed",
    "who wrote it; professionals of other organisations who look at it",
)


class AnswerDraftQuerySet(Guarded["AnswerDraft"]):
    """What one may ask about drafts."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Drafts of other organisations, for who answers questions; and of one's own function.

        Costs nothing. What waited too long is gone, also when no worker destroyed it yet.
        """
        if not actor.may(Permission.CONSULT_ANSWER) or actor.organisation is None:
            return self.none()
        own = Q(by=actor.position) if actor.position else Q(pk=None)
        alive = self.filter(erase_on__gt=on, folder__erased_at=None)
        return alive.filter(own | ~Q(organisation=actor.organisation))

    def to_check_by(self, actor: Actor, *, on: date) -> Self:
        """Those that this actor may decide on: never one of the own organisation."""
        return self.visible_to(actor, on=on).exclude(organisation=actor.organisation)


class AnswerDraft(Holds):
    """A general question and answer that nobody checked yet (Dutch: antwoord in wacht).

    Written anew after a question without a name, and tied to no question. ``by`` is a function,
    ``organisation`` where it belongs: who checks it is from elsewhere.
    """

    question = Sealed(max_characters=300)
    answer = Sealed(max_characters=2_000)
    domain = models.CharField(max_length=16, choices=Domain.choices)
    by = models.UUIDField()
    organisation = models.UUIDField()
    written_on = models.DateField()
    erase_on = models.DateField()

    objects = AnswerDraftQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"question": WAITING, "answer": WAITING}


class LearnedAnswerQuerySet(Guarded["LearnedAnswer"]):
    """What one may ask about the library."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Every row: two people saw that nobody is to be known in it. Costs nothing."""
        return self.all()


class LearnedAnswer(models.Model):
    """A general question with its answer, for everybody (Dutch: geleerd antwoord).

    Checked by a second person of another organisation; neither is kept, only their fields.
    """

    ref = models.UUIDField(unique=True, editable=False)
    question = models.CharField(max_length=300)
    answer = models.TextField()
    stems = models.TextField(editable=False)
    domain = models.CharField(max_length=16, choices=Domain.choices)
    checked_domain = models.CharField(max_length=16, choices=Domain.choices)
    shared_on = models.DateField()

    objects = LearnedAnswerQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"question", "answer", "stems"})

    class Meta:
        ordering = ["-shared_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="consult_a_learned_answer_has_words",
                condition=~Q(question="") & ~Q(answer=""),
            ),
        ]


class Returning(models.Model):
    """How often one question came back at one place in one month (Dutch: terugkerende vraag).

    A count and nothing else: no question, no asker, no day.
    """

    answer = models.ForeignKey(LearnedAnswer, models.CASCADE, related_name="+")
    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+")
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="consult_one_count_per_answer_place_and_month",
                fields=["answer", "place", "month"],
            ),
            models.CheckConstraint(
                name="consult_a_count_of_returning_knows_no_day", condition=Q(month__day=1)
            ),
        ]
