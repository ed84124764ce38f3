"""What was learned from questions, in general words; and what waits for a second pair of eyes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

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
        """Every row that stands; what a reader reported also for who decides. Costs nothing.

        Two people saw that nobody is to be known in it. Somebody who still recognises a human being
        takes it away at once, until it was looked at.
        """
        return self.all() if may_decide(actor) else self.standing()

    def standing(self) -> Self:
        """Rows that nobody reported, or that somebody looked at since and let stand."""
        return self.filter(Q(reported_at=None) | Q(looked_at__isnull=False))

    def to_decide(self) -> Self:
        """Rows of which the last report was not looked at yet."""
        return self.filter(Q(looked_at=None) | Q(looked_at__lt=F("reported_at"))).exclude(
            reported_at=None
        )


def may_decide(actor: Actor) -> bool:
    """Whether this actor decides about an answer that a reader reported."""
    is_office = actor.may(Permission.CONSULT_FIGURES)
    return is_office or (actor.may(Permission.CONSULT_ANSWER) and actor.position is not None)


class LearnedAnswer(models.Model):
    """A general question with its answer, for everybody (Dutch: geleerd antwoord).

    Checked by a second person of another organisation; neither is kept, only their fields.
    ``reported_at``: a reader recognised somebody in it, kept nowhere who; ``looked_at``: somebody
    looked at it after a report and let it stand.
    """

    ref = models.UUIDField(unique=True, editable=False)
    question = models.CharField(max_length=300)
    answer = models.TextField()
    stems = models.TextField(editable=False)
    domain = models.CharField(max_length=16, choices=Domain.choices)
    checked_domain = models.CharField(max_length=16, choices=Domain.choices)
    shared_on = models.DateField()
    reported_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = LearnedAnswerQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"question", "answer", "stems"})

    class Meta:
        ordering = ["-shared_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="consult_a_learned_answer_has_words",
                condition=~Q(question="") & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="consult_only_what_was_reported_is_looked_at",
                condition=Q(looked_at=None) | Q(reported_at__isnull=False),
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


class ReturningTold(models.Model):
    """How often a question came back at a place, as it is told (Dutch: getelde terugkeer).

    Written anew once a day, and only what is not too little to tell: who looks each hour learns
    nothing from the difference.
    """

    answer = models.ForeignKey(LearnedAnswer, models.CASCADE, related_name="+")
    place = models.ForeignKey(Vindplaats, models.PROTECT, related_name="+")
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="consult_told_once_per_answer_and_place", fields=["answer", "place"]
            ),
        ]
