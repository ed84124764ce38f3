"""Why something may be read: the organisation's lock, the ground, and what each decider said."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from smartstart.access.actor import Actor
from smartstart.access.models import Folder, Guarded
from smartstart.circle import gate
from smartstart.circle.models.door import InFolder
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.regimes import Regime
from smartstart.circle.rules import NO_END
from smartstart.circle.states import Answer, GroundKind, GroundState, Side
from smartstart.holding.models import UNANSWERED


class BasisQuerySet(Guarded["Basis"]):
    """What one may ask about bases."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """All, for who takes part in a circle or looks after privacy: they are no family data."""
        return self.none() if actor.is_visitor else self

    def running_on(self, day: date) -> Self:
        """Bases that run on this day."""
        return self.filter(from_day__lte=day, last_day__gte=day, ended_at=None)


class Basis(models.Model):
    """On what an organisation takes part at all: agreement and article (Dutch: basis).

    The first of the two locks, set once per organisation. ``last_day`` is included; ``ended_at``
    stops it at once.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.UUIDField()
    regime = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Regime])
    article = models.CharField(max_length=80)
    agreement = models.CharField(max_length=120)
    from_day = models.DateField()
    last_day = models.DateField(default=NO_END)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BasisQuerySet.as_manager()

    no_personal_data = frozenset({"article", "agreement"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_basis_ends_after_it_begins", condition=Q(last_day__gte=F("from_day"))
            ),
        ]


def unless_answered(question: str) -> Q:
    """Rows on no question, or on one without its answer yet: ``question`` is the column."""
    return Q(**{question: None}) | Q(**{f"{question}__state__in": UNANSWERED})


class GroundQuerySet(InFolder["Ground"]):
    """What one may ask about grounds."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Grounds on the folders this actor reads, those for oneself, and those one must decide."""
        receiver = gate.receiver_of(actor)
        folders = gate.folders_read(actor, on=on)
        if receiver is None or folders is None:
            return self.none()
        deciding = ConsentAnswer.objects.filter(person=receiver, ended_at=None)
        return self.filter(
            Q(folder_id__in=folders.rows())
            | Q(receiver=receiver)
            | Q(pk__in=deciding.values("ground_id"))
        )

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Without those on a question that rests, but for who asked it."""
        rests = unless_resting("question", actor, on=on, at="question_id", by="question__asker")
        return self.filter(rests)

    def still_asked(self) -> Self:
        """Those that wait for a yes, and not on a question that has its answer."""
        return self.filter(unless_answered("question"), state=GroundState.ASKED)

    def standing_on(self, day: date) -> Self:
        """Grounds on which both locks are open on this day."""
        runs = Q(basis=None) | Q(
            basis__from_day__lte=day, basis__last_day__gte=day, basis__ended_at=None
        )
        states = [GroundState.GRANTED, GroundState.INFORMED]
        return self.filter(runs, state__in=states, from_day__lte=day, last_day__gte=day)


class Ground(models.Model):
    """Why one receiver may read one folder, or one question in it (Dutch: grondslag).

    ``receiver`` is a function or a person. ``question`` None: the whole folder (``topic`` narrows
    it to one side). ``basis`` is the organisation's lock; ``state`` the family's, counted from
    the answers of all who must decide. Both days are included; ages are days here, so that no
    birth date is needed to decide. ``with_cover``: the family agreed that the cover reads too
    when the question climbs. ``must``: told because the law decides; ``purpose`` is then the slug
    of that law. ``apart`` is the question about it when those who decide do not agree.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    folder = models.ForeignKey(Folder, models.PROTECT, related_name="+")
    receiver = models.UUIDField()
    kind = models.CharField(max_length=10, choices=GroundKind.choices)
    topic = models.CharField(max_length=12, choices=Side.choices, blank=True)
    question = models.ForeignKey(
        "circle.Question", models.PROTECT, related_name="grounds", null=True, blank=True
    )
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="grounds", null=True, blank=True)
    purpose = models.CharField(max_length=40)
    from_day = models.DateField()
    last_day = models.DateField(default=NO_END)
    state = models.CharField(
        max_length=10, choices=GroundState.choices, default=GroundState.NOT_ASKED
    )
    given_by = models.UUIDField(null=True, blank=True)
    with_cover = models.BooleanField(default=False)
    apart = models.OneToOneField(
        "circle.Question", models.PROTECT, related_name="+", null=True, blank=True
    )
    must = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = GroundQuerySet.as_manager()

    no_personal_data = frozenset({"purpose"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_ground_ends_after_it_begins", condition=Q(last_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="circle_a_ground_that_must_is_told_and_not_asked",
                condition=Q(must=False) & ~Q(state="informed") | Q(must=True, state="informed"),
            ),
            models.CheckConstraint(
                name="circle_a_question_ground_names_its_question",
                condition=~Q(kind="question") | Q(question__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="circle_ground_of_receiver", fields=["receiver", "folder"]),
            models.Index(name="circle_ground_on_question", fields=["question", "receiver"]),
        ]


class ConsentAnswerQuerySet(Guarded["ConsentAnswer"]):
    """What one may ask about answers."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Answers on grounds that this actor sees."""
        return self.filter(ground__in=Ground.objects.visible_to(actor, on=on))


class ConsentAnswer(models.Model):
    """What one person who must decide said to one ground (Dutch: ja of nee).

    ``person`` is a person, or the function of a guardian. The ground's state is counted from all
    that have not ended; one ends when this person no longer decides.
    """

    ground = models.ForeignKey(Ground, models.PROTECT, related_name="answers")
    person = models.UUIDField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circle_one_answer_per_person_and_ground",
                fields=["ground", "person"],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [models.Index(name="circle_answer_of_person", fields=["person", "ground"])]
