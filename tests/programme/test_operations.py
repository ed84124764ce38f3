"""Deeds on pilots: one test per refusal and one per effect."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.models import Folder, Line
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.people.models import Hat
from smartstart.programme import errors, operations, queries, rules
from smartstart.programme.choices import Answer, RequestState, Side, State, VindplaatsKind
from smartstart.programme.models import (
    DataRequest,
    Decision,
    Deviation,
    EthicsNote,
    EvidenceMark,
    Lesson,
    LessonAnswer,
    Pilot,
    PilotFigure,
    Proposal,
    QuestionVersion,
    StandChange,
    TookPart,
    Vindplaats,
)
from smartstart.programme.operations import Beginning, NewPlace, NewTown, Seen
from tests.cast import Cast

SEEN = Seen("Ouders komen drie keer met dezelfde vraag.", "De Regenboog", "Kim", "06 0000 0000")


def last_line(pilot: Pilot) -> dict[str, Any]:
    line = Line.objects.filter(folder=pilot.folder_id).order_by("-number").first()
    assert line is not None
    told: dict[str, Any] = json.loads(bytes(line.body))
    return told


def fresh(pilot: Pilot) -> Pilot:
    return Pilot.objects.select_related("folder").get(pk=pilot.pk)


def beginning(cast: Cast, called: str = "De eerste stap") -> Beginning:
    assert cast.pilot_a.vindplaats_id
    place = Vindplaats.objects.get(pk=cast.pilot_a.vindplaats_id)
    return Beginning(called, place, "Wat helpt eerder?", cast.account("nadia"))


def lesson_of(pilot: Pilot, cast: Cast, *, halves: int = 0, kind: str = "") -> Lesson:
    Pilot.objects.filter(pk=pilot.pk).update(is_public=True)
    return Lesson.objects.create(
        pilot=pilot, text=f"Les {halves} {kind}", halves=halves, kind=kind, learned_on=cast.today
    )


@pytest.fixture
def nadia(cast: Cast) -> Actor:
    return cast.actor("nadia")


@pytest.fixture
def els(cast: Cast) -> Actor:
    return cast.actor("els")


# Proposing and answering


def test_a_visitor_proposes_and_every_word_is_sealed(cast: Cast, els: Actor) -> None:
    proposal = operations.propose_pilot(VISITOR, SEEN, at=cast.now)

    stored = Proposal.objects.get(pk=proposal.pk)
    assert stored.holder == cast.account("els")
    assert stored.answer_by == cast.in_days(14)
    assert stored.pilot.state == State.PROPOSED
    assert b"Ouders" not in bytes(stored.sees)
    reading = Reading(els, at=cast.now)
    (waiting,) = queries.proposals_in(reading, on=cast.today)
    assert (waiting.sees, waiting.place, waiting.name, waiting.reach) == (
        SEEN.sees,
        SEEN.place,
        SEEN.name,
        SEEN.reach,
    )
    assert not reading.is_empty
    assert last_line(stored.pilot)["deed"] == "made"


def test_nobody_proposes_where_nobody_answers(db: None, now: datetime) -> None:
    with pytest.raises(errors.NobodyTakesProposals):
        operations.propose_pilot(VISITOR, SEEN, at=now)
    assert not Pilot.objects.exists()


def test_an_operator_proposes_nothing_and_nothing_is_no_proposal(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        operations.propose_pilot(cast.actor("sam"), SEEN, at=cast.now)
    with pytest.raises(errors.ReasonMissing):
        operations.propose_pilot(VISITOR, Seen("   "), at=cast.now)


def test_a_yes_makes_a_pilot_with_a_leader_and_a_question(cast: Cast, els: Actor) -> None:
    pilot = operations.propose_pilot(VISITOR, SEEN, at=cast.now).pilot
    before = fresh(pilot).folder.rules_version

    operations.accept_proposal(els, pilot.pk, beginning(cast), why="Past goed.", at=cast.now)

    found = fresh(pilot)
    assert (found.state, found.slug, found.called) == (
        State.ACCEPTED,
        "de-eerste-stap",
        "De eerste stap",
    )
    assert found.folder.rules_version == before + 1
    assert QuestionVersion.objects.get(pilot=pilot).text == "Wat helpt eerder?"
    hat = Hat.objects.get(within=pilot.ref)
    assert (hat.account, hat.role) == (cast.account("nadia"), Role.PROJECT_LEADER)
    assert StandChange.objects.get(pilot=pilot).halves == 0
    assert last_line(pilot)["deed"] == "approved"


def test_a_yes_adds_a_new_place_and_its_municipality_once(cast: Cast, els: Actor) -> None:
    def begin(called: str, code: str) -> Pilot:
        pilot = operations.propose_pilot(VISITOR, SEEN, at=cast.now).pilot
        place = NewPlace("De Linde", VindplaatsKind.OTHER, NewTown(code, "Goirle"), "Kerkstraat 1")
        begin = Beginning(called, place, "Wat helpt?", cast.account("nadia"))
        return operations.accept_proposal(els, pilot.pk, begin, why="Ja.", at=cast.now)

    first, second = begin("Een", "GM0785"), begin("Twee", "gm0785")
    assert first.vindplaats is not None
    assert first.vindplaats == second.vindplaats
    assert first.vindplaats.municipality.region == cast.region
    with pytest.raises(errors.CodeDoesNotFit):
        begin("Drie", "0785")
    assert Vindplaats.objects.filter(name="De Linde").count() == 1


def test_a_proposal_is_answered_once_with_a_reason_by_the_office(cast: Cast, els: Actor) -> None:
    pilot = operations.propose_pilot(cast.actor("anouk"), SEEN, at=cast.now).pilot
    with pytest.raises(NotAllowed):
        operations.decline_proposal(cast.actor("anouk"), pilot.pk, why="Nee", at=cast.now)
    with pytest.raises(NotFound):
        operations.decline_proposal(cast.actor("joke"), pilot.pk, why="Nee", at=cast.now)
    with pytest.raises(errors.ReasonMissing):
        operations.decline_proposal(els, pilot.pk, why=" ", at=cast.now)
    operations.decline_proposal(els, pilot.pk, why="Loopt al elders.", at=cast.now)
    assert fresh(pilot).state == State.DECLINED
    with pytest.raises(errors.AlreadyAnswered):
        operations.accept_proposal(els, pilot.pk, beginning(cast), why="Toch", at=cast.now)


def test_two_pilots_have_two_addresses(cast: Cast, els: Actor) -> None:
    pilot = operations.propose_pilot(VISITOR, SEEN, at=cast.now).pilot
    with pytest.raises(errors.AddressTaken), transaction.atomic():
        operations.accept_proposal(els, pilot.pk, beginning(cast, "Pilot A"), why="Ja", at=cast.now)
    assert fresh(pilot).state == State.PROPOSED


def test_a_name_without_letters_gets_an_address_by_number(cast: Cast, els: Actor) -> None:
    pilot = operations.propose_pilot(VISITOR, SEEN, at=cast.now).pilot
    operations.accept_proposal(els, pilot.pk, beginning(cast, "???"), why="Ja", at=cast.now)
    assert fresh(pilot).slug == f"pilot-{pilot.pk}"


# Running


def test_a_pilot_goes_from_accepted_to_running_to_closed(cast: Cast, nadia: Actor) -> None:
    pilot = cast.pilot_a
    with pytest.raises(errors.NotInThisState):
        operations.start_pilot(nadia, pilot.pk, at=cast.now)
    Pilot.objects.filter(pk=pilot.pk).update(state=State.ACCEPTED, started_on=None)
    with pytest.raises(errors.NotInThisState):
        operations.close_pilot(nadia, pilot.pk, at=cast.now)
    lesson = lesson_of(cast.pilot_b, cast)
    with pytest.raises(errors.LessonsWait):
        operations.start_pilot(nadia, pilot.pk, at=cast.now)
    lesson.delete()
    operations.start_pilot(nadia, pilot.pk, at=cast.now)
    assert (fresh(pilot).state, fresh(pilot).started_on) == (State.RUNNING, cast.today)
    operations.close_pilot(nadia, pilot.pk, at=cast.now)
    assert (fresh(pilot).state, fresh(pilot).closed_on) == (State.CLOSED, cast.today)


def test_showing_and_hiding_changes_who_may_read(cast: Cast, nadia: Actor, els: Actor) -> None:
    before = Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version
    operations.publish_pilot(nadia, cast.pilot_a.pk, shown=True, at=cast.now)
    assert Pilot.objects.visible_to(VISITOR, on=cast.today).get() == cast.pilot_a
    operations.publish_pilot(nadia, cast.pilot_a.pk, shown=False, at=cast.now)
    assert not Pilot.objects.visible_to(VISITOR, on=cast.today).exists()
    assert Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version == before + 2


def test_what_was_only_proposed_is_never_shown(cast: Cast, nadia: Actor) -> None:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(state=State.DECLINED, started_on=None)
    with pytest.raises(errors.NotInThisState):
        operations.publish_pilot(nadia, cast.pilot_a.pk, shown=True, at=cast.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)


# The stand


def mark_all(actor: Actor, cast: Cast, halves: int) -> None:
    for item in rules.EVIDENCE:
        if item.halves <= halves:
            operations.mark_evidence(actor, cast.pilot_a.pk, item.slug, note="", at=cast.now)


def test_the_stand_follows_the_evidence_and_keeps_its_history(cast: Cast, nadia: Actor) -> None:
    mark_all(nadia, cast, 2)
    assert fresh(cast.pilot_a).computed_halves == 2
    operations.take_back_evidence(
        nadia, cast.pilot_a.pk, "plan-made", why="Het plan klopt niet meer.", at=cast.now
    )
    assert fresh(cast.pilot_a).computed_halves == 0
    steps = StandChange.objects.filter(pilot=cast.pilot_a).order_by("id")
    assert [(step.before, step.halves, step.told) for step in steps] == [
        (0, 1, ""),
        (1, 2, ""),
        (2, 0, "Het plan klopt niet meer."),
    ]
    mark = EvidenceMark.objects.get(pilot=cast.pilot_a, item="plan-made")
    assert (mark.taken_back_on, mark.why_taken_back) == (cast.today, "Het plan klopt niet meer.")


def test_a_step_back_without_a_reason_cannot_be_stored(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StandChange.objects.create(pilot=cast.pilot_a, on=cast.today, before=4, halves=3)


def test_evidence_is_of_the_list_and_marked_once(cast: Cast, nadia: Actor) -> None:
    pilot = cast.pilot_a.pk
    with pytest.raises(errors.NoSuchEvidence):
        operations.mark_evidence(nadia, pilot, "goed-gevoel", note="", at=cast.now)
    operations.mark_evidence(nadia, pilot, "plan-made", note="", at=cast.now)
    with pytest.raises(errors.AlreadyThere):
        operations.mark_evidence(nadia, pilot, "plan-made", note="", at=cast.now)
    with pytest.raises(errors.NotThere):
        operations.take_back_evidence(nadia, pilot, "first-talks", why="Nee", at=cast.now)
    with pytest.raises(errors.ReasonMissing):
        operations.take_back_evidence(nadia, pilot, "plan-made", why="", at=cast.now)
    with pytest.raises(NotFound):
        operations.mark_evidence(cast.actor("joke"), pilot, "first-talks", note="", at=cast.now)
    with pytest.raises(NotAllowed):
        operations.mark_evidence(cast.actor("els"), pilot, "first-talks", note="", at=cast.now)


def test_no_step_up_while_a_lesson_waits(cast: Cast, nadia: Actor) -> None:
    operations.mark_evidence(nadia, cast.pilot_a.pk, "question-written", note="", at=cast.now)
    operations.mark_evidence(nadia, cast.pilot_a.pk, "place-takes-part", note="", at=cast.now)
    operations.mark_evidence(nadia, cast.pilot_a.pk, "plan-made", note="", at=cast.now)
    lesson = lesson_of(cast.pilot_b, cast)
    with pytest.raises(errors.LessonsWait):
        operations.mark_evidence(nadia, cast.pilot_a.pk, "parents-in-team", note="", at=cast.now)
    operations.answer_lesson(
        nadia, cast.pilot_a.pk, lesson.pk, answer="used", why="Dat doen we.", at=cast.now
    )
    operations.mark_evidence(nadia, cast.pilot_a.pk, "parents-in-team", note="", at=cast.now)
    assert fresh(cast.pilot_a).computed_halves == 1


def test_a_lesson_waits_on_while_a_lower_stand_is_explained(cast: Cast, nadia: Actor) -> None:
    """Found by hand: whoever explained a stand of 0 had no lesson to answer any more."""
    pilot, at = cast.pilot_a.pk, cast.now
    for item in ("question-written", "place-takes-part", "plan-made", "parents-in-team"):
        operations.mark_evidence(nadia, pilot, item, note="", at=at)
    lesson = lesson_of(cast.pilot_b, cast, halves=1)
    operations.explain_deviation(
        nadia, pilot, halves=0, reason="Nieuwe ouders.", until=cast.in_days(10), at=at
    )
    assert queries.waiting_lessons(fresh(cast.pilot_a), on=cast.today) == [lesson]
    with pytest.raises(errors.LessonsWait):
        operations.mark_evidence(nadia, pilot, "figures-asked", note="", at=at)


def test_a_deviation_shows_until_its_day_and_then_no_more(cast: Cast, nadia: Actor) -> None:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    operations.explain_deviation(
        nadia,
        cast.pilot_a.pk,
        halves=4,
        reason="Gemeten in een ander project.",
        until=cast.in_days(10),
        at=cast.now,
    )
    shown = {day: queries.cards(VISITOR, on=cast.in_days(day))[0].halves for day in (-1, 0, 10, 11)}
    assert shown == {-1: 0, 0: 4, 10: 4, 11: 0}
    assert queries.counts_of(VISITOR, on=cast.today).groups == {
        "thinking": 1,
        "trying": 0,
        "measured": 0,
    }


def test_a_deviation_has_a_reason_an_end_within_half_a_year_and_ends(
    cast: Cast, nadia: Actor
) -> None:
    pilot, at = cast.pilot_a.pk, cast.now
    for day in (-1, 200):
        with pytest.raises(errors.DayIsTooFar):
            operations.explain_deviation(
                nadia, pilot, halves=2, reason="x", until=cast.in_days(day), at=at
            )
    with pytest.raises(errors.ReasonMissing):
        operations.explain_deviation(
            nadia, pilot, halves=2, reason="", until=cast.in_days(1), at=at
        )
    with pytest.raises(errors.NotThere):
        operations.end_deviation(nadia, pilot, at=at)
    for halves in (2, 3):
        operations.explain_deviation(
            nadia, pilot, halves=halves, reason="Want", until=cast.in_days(9), at=at
        )
    assert Deviation.objects.get(pilot=pilot, ended_on=None).halves == 3
    with pytest.raises(NotAllowed):
        operations.end_deviation(cast.actor("bram"), pilot, at=at)
    operations.end_deviation(nadia, pilot, at=at)
    assert not Deviation.objects.filter(ended_on=None).exists()


# Question, figures, people


def test_a_new_question_names_its_finding_and_the_old_one_stays(cast: Cast, nadia: Actor) -> None:
    knot = uuid4()
    operations.change_question(
        nadia,
        cast.pilot_a.pk,
        text="Wat helpt ouders eerder?",
        changed_by="12 gesprekken",
        told="We begonnen opnieuw.",
        finding=knot,
        at=cast.now,
    )
    versions = QuestionVersion.objects.filter(pilot=cast.pilot_a).order_by("number")
    assert [(one.number, one.is_current, one.finding) for one in versions] == [
        (1, False, None),
        (2, True, knot),
    ]
    with pytest.raises(errors.SameQuestion):
        operations.change_question(
            nadia,
            cast.pilot_a.pk,
            text="Wat helpt ouders eerder?",
            changed_by="niets",
            at=cast.now,
        )
    with pytest.raises(errors.ReasonMissing):
        operations.change_question(
            nadia, cast.pilot_a.pk, text="Anders?", changed_by="", at=cast.now
        )
    with pytest.raises(NotAllowed):
        operations.change_question(
            cast.actor("bram"), cast.pilot_a.pk, text="Anders?", changed_by="x", at=cast.now
        )


def test_no_number_without_how_sure_it_is(cast: Cast, nadia: Actor) -> None:
    pilot, at = cast.pilot_a.pk, cast.now
    with pytest.raises(errors.FigureIncomplete):
        operations.add_figure(
            nadia, pilot, words="van de gezinnen", value="31%", source="CBS", year=2023, at=at
        )
    with pytest.raises(errors.FigureIncomplete):
        operations.add_figure(nadia, pilot, words="hoeveel kinderen wachten", at=at)
    told: dict[str, Any] = {"words": "van de gezinnen", "value": "31%", "source": "CBS", "at": at}
    with pytest.raises(errors.FigureLiesElsewhere):
        operations.add_figure(nadia, pilot, **told, low="60%", high="50%", year=2023)
    with pytest.raises(errors.FigureOfLater):
        operations.add_figure(nadia, pilot, **told, low="28%", high="34%", year=2027)
    kept = operations.add_figure(
        nadia,
        pilot,
        words="van de gezinnen",
        value="31%",
        low="28%",
        high="34%",
        source="CBS",
        year=2023,
        at=at,
    )
    operations.add_figure(nadia, pilot, words="wachttijd", why_unknown="Geweigerd.", at=at)
    assert PilotFigure.objects.filter(pilot=pilot).count() == 2
    with pytest.raises(NotFound):
        operations.remove_figure(nadia, pilot, 999_999, at=at)
    operations.remove_figure(nadia, pilot, kept.pk, at=at)
    assert PilotFigure.objects.get(pilot=pilot).value == ""


def test_nobody_hears_back_who_did_not_take_part(cast: Cast, nadia: Actor) -> None:
    with pytest.raises(errors.MoreHeardThanTookPart):
        operations.count_who_took_part(
            nadia, cast.pilot_a.pk, side="parent", people=3, heard_back=4, at=cast.now
        )
    for people in (3, 5):
        operations.count_who_took_part(
            nadia, cast.pilot_a.pk, side="parent", people=people, heard_back=2, at=cast.now
        )
    counted = TookPart.objects.get(pilot=cast.pilot_a, side=Side.PARENT)
    assert (counted.people, counted.heard_back) == (5, 2)


# Decisions, doubts, requests


def test_a_decision_has_one_holder_and_is_taken_once(cast: Cast, nadia: Actor) -> None:
    joke, at = cast.account("joke"), cast.now
    with pytest.raises(errors.DayHasPassed):
        operations.ask_decision(
            nadia,
            cast.pilot_a.pk,
            what="Door?",
            holder=joke,
            due_on=cast.in_days(-1),
            is_public=False,
            at=at,
        )
    asked = operations.ask_decision(
        nadia,
        cast.pilot_a.pk,
        what="Door?",
        holder=joke,
        due_on=cast.in_days(9),
        is_public=False,
        at=at,
    )
    with pytest.raises(NotFound):
        operations.take_decision(cast.actor("joke"), asked.pk, outcome="Ja", at=at)
    with pytest.raises(errors.ReasonMissing):
        operations.take_decision(nadia, asked.pk, outcome="", at=at)
    operations.take_decision(nadia, asked.pk, outcome="Ja", at=at)
    assert Decision.objects.get(pk=asked.pk).decided_on == cast.today
    with pytest.raises(errors.AlreadyDecided):
        operations.take_decision(nadia, asked.pk, outcome="Nee", at=at)


def test_a_doubt_is_kept_for_the_team(cast: Cast, nadia: Actor) -> None:
    operations.note_ethics(
        nadia, cast.pilot_a.pk, doubt="Mag dit?", choice="Nee, te klein.", at=cast.now
    )
    seen = EthicsNote.objects.visible_to(cast.actor("bram"), on=cast.today)
    assert seen.get().choice == "Nee, te klein."
    assert not EthicsNote.objects.visible_to(cast.actor("joke"), on=cast.today).exists()
    with pytest.raises(errors.ReasonMissing):
        operations.note_ethics(nadia, cast.pilot_a.pk, doubt="Mag dit?", choice="", at=cast.now)


def test_asked_figures_are_answered_once_and_refused_on_a_ground(cast: Cast, nadia: Actor) -> None:
    at = cast.now
    asked = operations.ask_for_figures(
        nadia, cast.pilot_a.pk, asked_of="een instelling", what="wachttijden", at=at
    )
    with pytest.raises(errors.ReasonMissing):
        operations.answer_request(nadia, asked.pk, state="refused", ground="", at=at)
    later = at + timedelta(days=12)
    operations.answer_request(nadia, asked.pk, state="refused", ground="Mag niet.", at=later)
    found = DataRequest.objects.get(pk=asked.pk)
    assert (found.state, found.ground) == (RequestState.REFUSED, "Mag niet.")
    assert rules.days_waited(found.asked_on, found.answered_on, today=cast.today) == 12
    with pytest.raises(errors.AlreadySaid):
        operations.answer_request(nadia, asked.pk, state="got", ground="", at=later)
    with pytest.raises(NotFound):
        operations.answer_request(cast.actor("joke"), asked.pk, state="got", ground="", at=at)


# Lessons


def test_lessons_wait_as_the_rule_says(cast: Cast, nadia: Actor) -> None:
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(computed_halves=4)
    made = [
        lesson_of(cast.pilot_b, cast, halves=halves, kind=kind)
        for halves in (0, 4, 5)
        for kind in ("", VindplaatsKind.PRIMARY_SCHOOL, VindplaatsKind.FOOD_BANK)
    ]
    lesson_of(cast.pilot_a, cast)
    waiting = queries.waiting_lessons(fresh(cast.pilot_a), on=cast.today)
    assert waiting == [
        lesson
        for lesson in made
        if rules.lesson_fires(
            wants=lesson.halves,
            kind=lesson.kind,
            stand=4,
            place_kind=VindplaatsKind.PRIMARY_SCHOOL,
        )
    ]


def test_a_lesson_is_answered_once_with_why_by_another_pilot(cast: Cast, nadia: Actor) -> None:
    lesson, at = lesson_of(cast.pilot_b, cast), cast.now
    mine = cast.pilot_a.pk
    with pytest.raises(errors.ReasonMissing):
        operations.answer_lesson(nadia, mine, lesson.pk, answer="wrong", why=" ", at=at)
    before = fresh(cast.pilot_b).version
    operations.answer_lesson(nadia, mine, lesson.pk, answer="wrong", why="Hier niet.", at=at)
    assert LessonAnswer.objects.get(lesson=lesson).answer == Answer.WRONG
    assert fresh(cast.pilot_b).version == before + 1
    with pytest.raises(errors.LessonDoesNotFit):
        operations.answer_lesson(nadia, mine, lesson.pk, answer="used", why="Toch.", at=at)
    own = lesson_of(cast.pilot_a, cast)
    with pytest.raises(errors.LessonDoesNotFit):
        operations.answer_lesson(nadia, mine, own.pk, answer="used", why="Zelf.", at=at)


def test_a_lesson_is_written_and_withdrawn_by_its_own_pilot(cast: Cast, nadia: Actor) -> None:
    lesson = operations.write_lesson(
        nadia, cast.pilot_a.pk, text="Meet eerst.", advice="", halves=6, kind="", at=cast.now
    )
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
    with pytest.raises(NotAllowed):
        operations.withdraw_lesson(cast.actor("joke"), lesson.pk, at=cast.now)
    operations.withdraw_lesson(nadia, lesson.pk, at=cast.now)
    assert not Lesson.objects.visible_to(VISITOR, on=cast.today).exists()


# The team


def test_a_role_in_the_team_opens_at_once_and_closes_at_once(cast: Cast, nadia: Actor) -> None:
    before = Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version
    hat = operations.add_to_team(
        nadia,
        cast.pilot_a.pk,
        cast.account("joke"),
        role=Role.FACILITATOR,
        called="begeleider",
        at=cast.now,
    )
    with pytest.raises(errors.AlreadyInTeam):
        operations.add_to_team(
            nadia,
            cast.pilot_a.pk,
            cast.account("joke"),
            role=Role.FACILITATOR,
            called="begeleider",
            at=cast.now,
        )
    cast.hats["joke"] = hat
    joke = cast.actor("joke")
    assert Pilot.objects.visible_to(joke, on=cast.today).get() == cast.pilot_a
    operations.end_in_team(nadia, cast.pilot_a.pk, hat.pk, at=cast.now)
    assert not Pilot.objects.visible_to(joke, on=cast.today).exists()
    assert Folder.objects.get(pk=cast.pilot_a.folder_id).rules_version == before + 2
    assert last_line(cast.pilot_a)["deed"] == "hat_ended"


def test_the_office_may_name_a_new_leader_and_a_team_keeps_one(
    cast: Cast, nadia: Actor, els: Actor
) -> None:
    pilot, at = cast.pilot_a.pk, cast.now
    with pytest.raises(errors.LastLeader):
        operations.end_in_team(els, pilot, cast.hats["nadia"].pk, at=at)
    operations.add_to_team(
        els,
        pilot,
        cast.account("joke"),
        role=Role.PROJECT_LEADER,
        called="projectleider",
        last_day=cast.in_days(30),
        at=at,
    )
    operations.end_in_team(els, pilot, cast.hats["nadia"].pk, at=at)
    with pytest.raises(NotFound):
        operations.end_in_team(els, pilot, cast.hats["nadia"].pk, at=at)
    with pytest.raises(NotFound):
        operations.add_to_team(
            els, pilot, cast.account("bram"), role=Role.OPERATOR, called="x", at=at
        )
    with pytest.raises(NotAllowed):
        operations.end_in_team(cast.actor("bram"), pilot, cast.hats["bram"].pk, at=at)


def test_every_deed_makes_the_pages_new(cast: Cast, nadia: Actor, now: datetime) -> None:
    seen = fresh(cast.pilot_a).version
    operations.mark_evidence(nadia, cast.pilot_a.pk, "plan-made", note="", at=now)
    assert fresh(cast.pilot_a).version == seen + 1
