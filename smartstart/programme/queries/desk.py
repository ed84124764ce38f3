"""What the team of a pilot and the programme office work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.people.models import Hat
from smartstart.programme import errors, rules
from smartstart.programme.choices import State
from smartstart.programme.models import (
    DataRequest,
    Decision,
    EthicsNote,
    EvidenceMark,
    Lesson,
    Municipality,
    Pilot,
    PilotFigure,
    Proposal,
    QuestionVersion,
    Vindplaats,
)
from smartstart.programme.operations.learning import lessons_waiting
from smartstart.programme.queries.cards import with_stand


@dataclass(frozen=True, slots=True)
class Desk:
    """The first page of who leads a pilot: where it stands and what waits."""

    pilot: Pilot
    halves: int
    question: str
    lacking: list[rules.Item]
    lessons: list[Lesson]
    decisions: list[Decision]
    requests: list[DataRequest]

    @property
    def stand(self) -> int | float:
        """The stand from 0 to 5 as it is shown."""
        return rules.as_stand(self.halves)

    @property
    def stand_words(self) -> str:
        """What the stand means, as a text of the catalogue."""
        return rules.STAND_WORDS[self.halves]


@dataclass(frozen=True, slots=True)
class Step:
    """One half step of the checklist with its items, each with its mark or None."""

    halves: int
    words: str
    items: list[tuple[rules.Item, EvidenceMark | None]]

    @property
    def stand(self) -> int | float:
        """The half step from 0 to 5."""
        return rules.as_stand(self.halves)


def home_of(actor: Actor, *, on: date) -> Pilot | None:
    """Return the pilot this actor works in, or None. One query."""
    if actor.within is None:
        return None
    return Pilot.objects.worked_on_by(actor, on=on).filter(ref=actor.within).first()


def pilot_at_work(reading: Reading, slug: str, *, on: date) -> Pilot:
    """Return a pilot this actor works in or accepts, with its stand. One query.

    What is read of its inside leaves a glance in the pilot's chain. Raises NotFound.
    """
    actor = reading.actor
    if not (actor.may(Permission.PILOT_WORK) or actor.may(Permission.PILOT_ACCEPT)):
        raise NotFound
    pilots = Pilot.objects.worked_on_by(actor, on=on).filter(slug=slug)
    found = with_stand(pilots, on=on).select_related("vindplaats__municipality", "folder").first()
    if found is None:
        raise NotFound
    reading.saw(found.folder, found.ref, deed=Deed.GLANCED)
    return found


def pilot_of_team(reading: Reading, slug: str, *, on: date) -> Pilot:
    """Return a pilot in whose team this actor works: what the programme office does not read.

    One query; a glance in the pilot's chain. Raises NotFound.
    """
    if not reading.actor.may(Permission.PILOT_WORK):
        raise NotFound
    return pilot_at_work(reading, slug, on=on)


def desk_of(reading: Reading, slug: str, *, on: date) -> Desk:
    """Return where a pilot stands and what waits. Six queries. Raises NotFound."""
    pilot = pilot_at_work(reading, slug, on=on)
    question = QuestionVersion.objects.filter(pilot=pilot, is_current=True).first()
    given = {mark.item for mark in _marks(pilot)}
    return Desk(
        pilot=pilot,
        halves=getattr(pilot, "shown", pilot.computed_halves),
        question=question.text if question else "",
        lacking=rules.lacking_for_next(given),
        lessons=list(lessons_waiting(pilot, on=on)),
        decisions=list(decisions_of(pilot).filter(decided_on=None)),
        requests=list(requests_of(pilot).filter(answered_on=None)),
    )


def _marks(pilot: Pilot) -> QuerySet[EvidenceMark]:
    return EvidenceMark.objects.filter(pilot=pilot, taken_back_on=None).select_related("by")


def checklist_of(pilot: Pilot) -> list[Step]:
    """Return the whole checklist with what was marked, from 0 to 5. One query."""
    marks = {mark.item: mark for mark in _marks(pilot)}
    return [
        Step(
            halves,
            rules.STAND_WORDS[halves],
            [(item, marks.get(item.slug)) for item in rules.EVIDENCE if item.halves == halves],
        )
        for halves in range(rules.HIGHEST + 1)
    ]


def decisions_of(pilot: Pilot) -> QuerySet[Decision]:
    """Return the decisions of a pilot at work, the first due first."""
    return Decision.objects.filter(pilot=pilot).select_related("holder").order_by("due_on", "id")


def requests_of(pilot: Pilot) -> QuerySet[DataRequest]:
    """Return the figures a pilot at work asked for, oldest first."""
    return DataRequest.objects.filter(pilot=pilot).order_by("asked_on", "id")


def decision_of(pilot: Pilot, decision_id: int) -> Decision:
    """Return one decision of a pilot at work. Raises NotFound."""
    found = decisions_of(pilot).filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    return found


def request_of(pilot: Pilot, request_id: int) -> DataRequest:
    """Return one request for figures of a pilot at work. Raises NotFound."""
    found = requests_of(pilot).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def ethics_of(pilot: Pilot) -> list[EthicsNote]:
    """Return the ethics log of a pilot at work, newest first."""
    notes = EthicsNote.objects.filter(pilot=pilot).select_related("by")
    return list(notes.order_by("-on", "-id"))


def figures_of(pilot: Pilot) -> list[PilotFigure]:
    """Return the figures of a pilot at work, in their order."""
    return list(PilotFigure.objects.filter(pilot=pilot).order_by("place", "id"))


def lessons_of(pilot: Pilot) -> list[Lesson]:
    """Return what a pilot at work learned, newest first."""
    return list(Lesson.objects.filter(pilot=pilot).order_by("-learned_on", "-id"))


def waiting_lessons(pilot: Pilot, *, on: date) -> list[Lesson]:
    """Return the lessons of others that wait for an answer of a pilot at work."""
    return list(lessons_waiting(pilot, on=on))


def waiting_lesson(pilot: Pilot, lesson_id: int, *, on: date) -> Lesson:
    """Return a lesson that waits for an answer of a pilot at work. Raises LessonDoesNotFit."""
    found = lessons_waiting(pilot, on=on).filter(pk=lesson_id).first()
    if found is None:
        raise errors.LessonDoesNotFit
    return found


def team_of(pilot: Pilot, *, on: date) -> list[Hat]:
    """Return who has a role in a pilot at work today, leader first."""
    return [hat for hat in roles_in(pilot, on=on) if not hat.sleeps]


def roles_in(pilot: Pilot, *, on: date) -> list[Hat]:
    """Return the roles in a pilot at work today, those that sleep too, leader first."""
    held = Hat.objects.held_on(on).filter(within=pilot.ref).select_related("account")
    return list(held.order_by("role", "account__shown_as", "id"))


def vindplaatsen(actor: Actor) -> QuerySet[Vindplaats]:
    """Return the places a pilot can begin at, for the programme office. Raises NotFound."""
    _office_only(actor)
    return Vindplaats.objects.select_related("municipality").order_by("municipality__name", "name")


def municipalities(actor: Actor, pilot_id: int) -> QuerySet[Municipality]:
    """Return the municipalities of a proposal's region, for the programme office.

    Raises NotFound.
    """
    _office_only(actor)
    return Municipality.objects.filter(region__pilots=pilot_id).order_by("name")


def _office_only(actor: Actor) -> None:
    """Proposals do not exist for others."""
    if not actor.may(Permission.PILOT_ACCEPT):
        raise NotFound


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as the programme office reads it.

    ``answered_on``, ``answer`` (the reason to tell who proposed it) and, after a yes, ``slug`` and
    ``called`` of the pilot say what came of it.
    """

    pilot_id: int
    sees: str
    place: str
    name: str
    reach: str
    proposed_on: date
    answer_by: date
    holder: str
    answered_on: date | None
    answer: str
    slug: str | None
    called: str


def proposals_in(reading: Reading, *, on: date) -> list[Waiting]:
    """Return the proposals that wait for an answer, oldest first. One query. Raises NotFound."""
    _office_only(reading.actor)
    found = (
        Proposal.objects.visible_to(reading.actor, on=on)
        .filter(pilot__state=State.PROPOSED)
        .select_related("folder", "pilot", "holder")
        .order_by(F("pilot__proposed_on"), "id")
    )
    return [_waiting(reading, proposal) for proposal in found]


def proposals_answered(reading: Reading, *, on: date) -> list[Waiting]:
    """Return the answered proposals whose words are still kept, last answer first.

    The proposer is called back; a year after the answer the words go. One query. Raises NotFound.
    """
    _office_only(reading.actor)
    found = (
        Proposal.objects.visible_to(reading.actor, on=on)
        .filter(answered_on__isnull=False, sees__isnull=False)
        .select_related("folder", "pilot", "holder")
        .order_by("-answered_on", "-id")
    )
    return [_waiting(reading, proposal) for proposal in found]


def proposal_to_answer(reading: Reading, pilot_id: int, *, on: date) -> Waiting:
    """Return one proposal, answered or not. One query. Raises NotFound."""
    _office_only(reading.actor)
    found = (
        Proposal.objects.visible_to(reading.actor, on=on)
        .filter(pilot_id=pilot_id)
        .select_related("folder", "pilot", "holder")
        .first()
    )
    if found is None:
        raise NotFound
    return _waiting(reading, found)


def _waiting(reading: Reading, proposal: Proposal) -> Waiting:
    return Waiting(
        pilot_id=proposal.pilot_id,
        sees=reading.text(proposal, "sees"),
        place=reading.text(proposal, "place"),
        name=reading.text(proposal, "name"),
        reach=reading.text(proposal, "reach"),
        proposed_on=proposal.pilot.proposed_on,
        answer_by=proposal.answer_by,
        holder=proposal.holder.shown_as,
        answered_on=proposal.answered_on,
        answer=reading.text(proposal, "answer"),
        slug=proposal.pilot.slug,
        called=proposal.pilot.called,
    )
