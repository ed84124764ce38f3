"""Region, municipality, vindplaats, pilot and the proposal it began with; who may know of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Folder, Guarded, Holds
from smartstart.access.permissions import SCOPE, Permission, Scope
from smartstart.base.once import SentOnce
from smartstart.base.personal import Personal
from smartstart.people.models import Account, Hat
from smartstart.programme.choices import (
    BEFORE_IT_IS_A_PILOT,
    Answer,
    RequestState,
    Side,
    State,
    VindplaatsKind,
)

Row = TypeVar("Row", bound=models.Model)


class Region(models.Model):
    """Municipalities that run pilots together; ``office`` gets every proposal (Dutch: regio)."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    office = models.ForeignKey(Account, models.PROTECT, related_name="+")
    is_example = models.BooleanField(default=False)

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"slug", "name"})


class Municipality(models.Model):
    """A municipality by its code of Statistics Netherlands (Dutch: gemeente)."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities")

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"code", "name"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_municipality_code_is_gm_and_four_digits",
                condition=Q(code__regex=r"^GM[0-9]{4}$"),
            ),
        ]


class Vindplaats(models.Model):
    """A place where children and families are found (Dutch: vindplaats).

    ``latitude`` and ``longitude`` are degrees (WGS 84), both or neither.
    """

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of place"), max_length=20, choices=VindplaatsKind.choices)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="places")

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"name", "address"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_place_has_both_coordinates_or_none",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.UniqueConstraint(
                name="programme_one_place_per_name_and_municipality",
                fields=["name", "municipality"],
            ),
        ]


class PilotQuerySet(Guarded["Pilot"]):
    """What one may ask about pilots."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Pilots this actor may know exist: the only read rule for pilots.

        Public ones for everyone. Others for who works in them, for the programme office, and for
        the account that proposed it. Costs one subquery and never doubles a row.
        """
        mine = Q(proposed_by__ref=actor.account) if actor.account else Q(pk__in=())
        return self.filter(Q(is_public=True) | _inside(actor, on) | mine)

    def worked_on_by(self, actor: Actor, *, on: date) -> Self:
        """Pilots whose inside this actor may read: the team and the programme office."""
        return self.filter(_inside(actor, on))


def _inside(actor: Actor, on: date) -> Q:
    """Say who works in a pilot: the hat is looked at again, so one just ended does not count."""
    if actor.may(Permission.PILOT_ACCEPT):
        return Q(pk__isnull=False)
    if SCOPE[actor.role] is not Scope.PILOT or actor.hat is None:
        return Q(pk__in=())
    worn = Hat.objects.worn_on(on).filter(ref=actor.hat, within=OuterRef("ref"))
    return Q(ref=actor.within) & Q(Exists(worn))


class Pilot(models.Model):
    """One vraagstuk taken from data and design to effect at one vindplaats (Dutch: pilot).

    ``called`` is its short name on a card. ``computed_halves`` is its stand in half steps (0 to
    10), computed from its evidence. ``version`` grows with every change that a page could show.
    ``started_on`` and ``closed_on`` are days in Europe/Amsterdam.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    folder = models.OneToOneField(Folder, models.PROTECT, related_name="+", editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="pilots")
    vindplaats = models.ForeignKey(
        Vindplaats, models.PROTECT, related_name="pilots", null=True, blank=True
    )
    slug = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    called = models.CharField(_("short name"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", null=True, blank=True
    )
    proposed_on = models.DateField()
    started_on = models.DateField(_("started on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    computed_halves = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    is_public = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)

    objects = PilotQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"slug", "called"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_pilot_stands_between_0_and_5", condition=Q(computed_halves__lte=10)
            ),
            models.CheckConstraint(
                name="programme_pilot_has_name_and_place_once_accepted",
                condition=Q(state__in=BEFORE_IT_IS_A_PILOT)
                | (Q(slug__isnull=False, vindplaats__isnull=False) & ~Q(called="")),
            ),
            models.CheckConstraint(
                name="programme_pilot_is_public_only_once_accepted",
                condition=Q(is_public=False) | ~Q(state__in=BEFORE_IT_IS_A_PILOT),
            ),
            models.CheckConstraint(
                name="programme_pilot_runs_from_a_day",
                condition=~Q(state__in=(State.RUNNING, State.CLOSED)) | Q(started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_pilot_is_closed_on_a_day_after_it_started",
                condition=Q(closed_on=None) & ~Q(state=State.CLOSED)
                | Q(
                    state=State.CLOSED,
                    closed_on__isnull=False,
                    started_on__isnull=False,
                    closed_on__gte=F("started_on"),
                ),
            ),
        ]
        indexes = [
            models.Index(name="programme_pilots_shown", fields=["is_public", "proposed_on", "id"]),
        ]


class OfPilot(Guarded[Row]):
    """Rows of a pilot that anyone who may know the pilot may read."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of pilots that this actor may know exist."""
        return self.filter(pilot__in=Pilot.objects.visible_to(actor, on=on))


def _behind_the_desk(actor: Actor, on: date, work: Permission = Permission.PILOT_WORK) -> Q:
    if not (actor.may(work) or actor.may(Permission.PILOT_ACCEPT)):
        return Q(pk__in=())
    return Q(pilot__in=Pilot.objects.worked_on_by(actor, on=on))


class InsidePilot(Guarded[Row]):
    """Rows of a pilot for its team and the programme office only."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of pilots that this actor works in; who only thinks along sees none."""
        return self.filter(_behind_the_desk(actor, on))


class ForTheLeader(Guarded[Row]):
    """Rows of a pilot for who leads it and the programme office only."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of pilots that this actor leads; all of them for the programme office."""
        return self.filter(_behind_the_desk(actor, on, Permission.PILOT_LEAD))


class PublishedOrInside(Guarded[Row]):
    """Rows of a pilot that carry their own ``is_public``."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Published rows of public pilots, and all rows of pilots that this actor works in."""
        shown = Q(is_public=True, pilot__is_public=True)
        return self.filter(shown | _behind_the_desk(actor, on))


_FROM_A_PROPOSAL = Personal(
    "call back who proposed a pilot and understand what was seen",
    "consent, by sending the form",
    "until one year after the answer",
    "the programme office; the project leader once accepted",
)


class Proposal(Holds):
    """What somebody saw returning, and how to call them back (Dutch: voorstel).

    Everything that was typed is sealed under the pilot's folder. Exactly one person holds it,
    from the first instant; ``answer_by`` is the promised day. ``answer`` is the reason given.
    """

    pilot = models.OneToOneField(Pilot, models.PROTECT, related_name="proposal")
    holder = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sees = Sealed(max_characters=4_000)
    place = Sealed(max_characters=200)
    name = Sealed(max_characters=120)
    reach = Sealed(max_characters=120)
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answer = Sealed(max_characters=2_000)

    objects = ForTheLeader["Proposal"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = dict.fromkeys(
        ("sees", "place", "name", "reach", "answer"), _FROM_A_PROPOSAL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_proposal_is_answered_with_a_reason",
                condition=Q(answered_on=None, answer=None)
                | Q(answered_on__isnull=False, answer__isnull=False),
            ),
        ]


class QuestionVersion(models.Model):
    """One wording of the question of a pilot, and the finding that changed it (Dutch: vraagstuk).

    ``finding`` is the reference of a published knot in the thread, when the change came from one.
    ``told`` says why this was a step back, when it was; it is shown, never hidden.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)
    since = models.DateField()
    changed_by = models.CharField(_("changed by"), max_length=300, blank=True)
    finding = models.UUIDField(null=True, blank=True)
    told = models.CharField(_("why this was a step back"), max_length=500, blank=True)
    is_current = models.BooleanField(default=True)

    objects = OfPilot["QuestionVersion"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"text", "changed_by", "told"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="programme_one_question_per_number", fields=["pilot", "number"]
            ),
            models.UniqueConstraint(
                name="programme_one_question_holds_now",
                fields=["pilot"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="programme_later_question_names_its_finding",
                condition=Q(number=1) | ~Q(changed_by=""),
            ),
            models.CheckConstraint(name="programme_question_says_something", condition=~Q(text="")),
        ]


class EvidenceMark(models.Model):
    """That one item of the checklist is there, since when and who says so (Dutch: bewijs).

    ``item`` is a slug of ``rules.EVIDENCE``. Taken back it stays, with the day and the reason.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="marks")
    item = models.SlugField(max_length=40)
    given_on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    note = models.CharField(_("what it is"), max_length=300, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    why_taken_back = models.CharField(max_length=300, blank=True)

    objects = OfPilot["EvidenceMark"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"item", "note", "why_taken_back"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="programme_one_standing_mark_per_item",
                fields=["pilot", "item"],
                condition=Q(taken_back_on=None),
            ),
            models.CheckConstraint(
                name="programme_mark_is_taken_back_with_a_reason",
                condition=Q(taken_back_on=None, why_taken_back="")
                | (
                    Q(taken_back_on__isnull=False, taken_back_on__gte=F("given_on"))
                    & ~Q(why_taken_back="")
                ),
            ),
        ]


class StandChange(models.Model):
    """That the computed stand of a pilot moved, on which day and why (Dutch: stoplicht).

    ``halves`` is the new stand in half steps. ``told`` is the reason; a step back always has one.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="stand_changes")
    on = models.DateField()
    halves = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    told = models.CharField(max_length=300, blank=True)

    objects = OfPilot["StandChange"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"told"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_stand_changes_between_0_and_5", condition=Q(halves__lte=10)
            ),
            models.CheckConstraint(
                name="programme_step_back_is_told",
                condition=Q(before=None) | Q(before__lte=F("halves")) | ~Q(told=""),
            ),
        ]


class Deviation(models.Model):
    """Why a person shows another stand than computed (Dutch: afwijking).

    Holds from ``from_day`` up to and including ``until``, by the clock. ``ended_on`` when somebody
    ended it earlier: that day it no longer holds.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="deviations")
    halves = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until = models.DateField(_("until and including"))
    ended_on = models.DateField(null=True, blank=True)

    objects = OfPilot["Deviation"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"reason"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_deviation_lies_between_0_and_5", condition=Q(halves__range=(0, 10))
            ),
            models.CheckConstraint(
                name="programme_deviation_has_a_reason_and_an_end",
                condition=~Q(reason="") & Q(until__gte=F("from_day")),
            ),
            models.UniqueConstraint(
                name="programme_one_deviation_at_a_time",
                fields=["pilot"],
                condition=Q(ended_on=None),
            ),
        ]


class Decision(SentOnce):
    """What must be decided, with the one person who takes it up (Dutch: besluit)."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="decisions")
    what = models.CharField(_("what must be decided"), max_length=300)
    holder = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(_("before which day"))
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("what was decided"), max_length=500, blank=True)
    is_public = models.BooleanField(default=False)

    objects = PublishedOrInside["Decision"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"what", "outcome"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_decision_is_taken_with_an_outcome",
                condition=Q(decided_on=None, outcome="")
                | (Q(decided_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="programme_decision_is_due_after_it_was_asked",
                condition=Q(due_on__gte=F("asked_on")),
            ),
        ]


class EthicsNote(SentOnce):
    """A doubt about what is right, and what the team chose (Dutch: ethische afweging)."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="ethics_notes")
    on = models.DateField()
    doubt = models.CharField(_("what we doubted"), max_length=1000)
    choice = models.CharField(_("what we chose and why"), max_length=1000)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = InsidePilot["EthicsNote"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"doubt", "choice"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_ethics_note_says_doubt_and_choice",
                condition=~Q(doubt="") & ~Q(choice=""),
            ),
        ]


class DataRequest(SentOnce):
    """Figures that a pilot asked somebody for, and what came of it (Dutch: gegevensverzoek)."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="data_requests")
    asked_of = models.CharField(_("asked of"), max_length=120)
    what = models.CharField(_("which figures"), max_length=300)
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.ASKED)
    answered_on = models.DateField(null=True, blank=True)
    ground = models.CharField(_("reason that was given"), max_length=300, blank=True)

    objects = OfPilot["DataRequest"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"asked_of", "what", "ground"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_request_is_answered_on_a_day",
                condition=Q(state=RequestState.ASKED, answered_on=None)
                | Q(
                    state__in=(RequestState.GOT, RequestState.REFUSED),
                    answered_on__isnull=False,
                    answered_on__gte=F("asked_on"),
                ),
            ),
            models.CheckConstraint(
                name="programme_request_is_refused_on_a_ground",
                condition=~Q(state=RequestState.REFUSED) | ~Q(ground=""),
            ),
        ]


class PilotFigure(SentOnce):
    """One thing a pilot knows in a number, or says it does not know (Dutch: cijfer).

    ``value`` is as it is read ("31%"), empty when unknown; then ``why_unknown`` says why. A known
    value has a source, a year and either ``low`` and ``high`` or, in words, how ``sure`` it is.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=200)
    low = models.CharField(max_length=20, blank=True)
    high = models.CharField(max_length=20, blank=True)
    sure = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    why_unknown = models.CharField(max_length=200, blank=True)

    objects = OfPilot["PilotFigure"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset(
        {"value", "words", "low", "high", "sure", "source", "why_unknown"}
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_figure_has_its_uncertainty_or_is_unknown",
                condition=(Q(value="") & ~Q(why_unknown=""))
                | (
                    ~Q(value="")
                    & ~Q(source="")
                    & Q(year__isnull=False)
                    & ((~Q(low="") & ~Q(high="")) | ~Q(sure=""))
                ),
            ),
        ]


class TookPart(models.Model):
    """How many people of one side took part, and how many heard back (Dutch: deelname)."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="took_part")
    side = models.CharField(max_length=16, choices=Side.choices)
    people = models.PositiveSmallIntegerField()
    heard_back = models.PositiveSmallIntegerField(default=0)
    rest_hears_by = models.DateField(null=True, blank=True)

    objects = OfPilot["TookPart"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="programme_one_count_per_side", fields=["pilot", "side"]),
            models.CheckConstraint(
                name="programme_no_more_heard_back_than_took_part",
                condition=Q(heard_back__lte=F("people")),
            ),
        ]


class Lesson(SentOnce):
    """What a pilot learned, and when another should think of it (Dutch: les).

    The trigger: a pilot that reached ``halves`` at a vindplaats of ``kind`` (empty: of any kind).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="lessons")
    text = models.CharField(_("what we learned"), max_length=300)
    advice = models.CharField(_("what you can do"), max_length=300, blank=True)
    halves = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=VindplaatsKind.choices, blank=True)
    learned_on = models.DateField()
    is_public = models.BooleanField(default=True)

    objects = PublishedOrInside["Lesson"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"text", "advice"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_lesson_waits_between_0_and_5",
                condition=Q(halves__range=(0, 10)) & ~Q(text=""),
            ),
        ]


class LessonAnswer(models.Model):
    """What another pilot did with a lesson, and why (Dutch: antwoord op een les)."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="answers")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="lesson_answers")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    why = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    on = models.DateField()

    objects = OfPilot["LessonAnswer"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"why"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="programme_one_answer_per_lesson_and_pilot", fields=["lesson", "pilot"]
            ),
            models.CheckConstraint(
                name="programme_lesson_is_answered_with_why", condition=~Q(why="")
            ),
        ]
