"""Edges of the programme: what is not there, what is empty, and what two did at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from smartstart.access.actor import VISITOR
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.programme import errors, operations, queries, rules
from smartstart.programme.choices import Answer, VindplaatsKind
from smartstart.programme.models import (
    DataRequest,
    Decision,
    Lesson,
    LessonAnswer,
    Municipality,
    Pilot,
    Vindplaats,
)
from smartstart.programme.operations import NewPlace, NewTown
from smartstart.programme.operations.placing import place_for
from smartstart.programme.queries import desk
from tests.cast import Cast
from tests.programme.test_operations import lesson_of

# Rules


def test_a_pilot_with_all_evidence_lacks_nothing_more() -> None:
    every = {item.slug for item in rules.EVIDENCE}
    assert rules.lacking_for_next(every) == []
    last = rules.EVIDENCE[-1]
    assert rules.lacking_for_next(every - {last.slug}) == [last]


def test_an_item_of_the_list_is_called_by_its_name() -> None:
    item = rules.EVIDENCE[0]
    assert queries.evidence_called(item.slug) == item
    with pytest.raises(NotFound):
        queries.evidence_called("no-such-item")


# Places


def test_a_known_place_stays_what_it_is(cast: Cast) -> None:
    assert cast.pilot_a.vindplaats_id
    place = Vindplaats.objects.get(pk=cast.pilot_a.vindplaats_id)
    assert place_for(place, cast.region) is place


def test_a_place_has_a_name_and_so_has_its_town(cast: Cast) -> None:
    town = Municipality.objects.get()
    made = place_for(NewPlace(" Het huis ", VindplaatsKind.PRIMARY_SCHOOL, town), cast.region)
    assert (made.name, made.municipality) == ("Het huis", town)
    for place in (
        NewPlace("  ", VindplaatsKind.PRIMARY_SCHOOL, town),
        NewPlace("Het huis", VindplaatsKind.PRIMARY_SCHOOL, NewTown("GM0001", " ")),
    ):
        with pytest.raises(errors.NameMissing):
            place_for(place, cast.region)
    assert Municipality.objects.count() == 1


# Who acts


def test_a_visitor_is_no_account(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        operations.pilots.account_of(VISITOR)
    assert operations.pilots.account_of(cast.actor("nadia")) == cast.account("nadia")


def test_a_team_that_is_nobody_has_nobody_to_choose_from(cast: Cast) -> None:
    nadia, on = cast.actor("nadia"), cast.today
    assert cast.account("bram") in queries.people_to_choose(nadia, on=on)
    assert list(queries.people_to_choose(replace(nadia, account=None), on=on)) == []


@pytest.mark.parametrize("name", ["anouk", "ada", "sam"])
def test_who_works_in_no_pilot_chooses_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(NotFound):
        queries.people_to_choose(cast.actor(name), on=cast.today)


def test_somebody_is_found_by_user_name_while_they_are_here(cast: Cast) -> None:
    assert queries.somebody_called(" NADIA ") == cast.account("nadia")
    assert queries.somebody_called("nobody") is None
    nadia = cast.account("nadia")
    nadia.is_active = False
    nadia.save()
    assert queries.somebody_called("nadia") is None


# The desk


def test_what_is_of_another_pilot_is_not_on_this_desk(cast: Cast) -> None:
    asked = {"pilot": cast.pilot_b, "asked_on": cast.today}
    els = cast.account("els")
    decision = Decision.objects.create(what="Wie?", holder=els, due_on=cast.today, **asked)
    request = DataRequest.objects.create(asked_of="GGD", what="bezoek", **asked)
    assert desk.decision_of(cast.pilot_b, decision.pk) == decision
    assert desk.request_of(cast.pilot_b, request.pk) == request
    with pytest.raises(NotFound):
        desk.decision_of(cast.pilot_a, decision.pk)
    with pytest.raises(NotFound):
        desk.request_of(cast.pilot_a, request.pk)


def test_a_lesson_waits_until_it_is_answered(cast: Cast) -> None:
    lesson, on = lesson_of(cast.pilot_b, cast), cast.today
    assert desk.waiting_lesson(cast.pilot_a, lesson.pk, on=on) == lesson
    with pytest.raises(errors.LessonDoesNotFit):
        desk.waiting_lesson(cast.pilot_b, lesson.pk, on=on)


def test_a_proposal_that_is_not_there_is_not_shown(cast: Cast) -> None:
    reading = Reading(cast.actor("els"), at=cast.now)
    with pytest.raises(NotFound):
        desk.proposal_to_answer(reading, cast.pilot_a.pk, on=cast.today)


def test_two_answers_to_one_lesson_at_one_moment_are_one(cast: Cast) -> None:
    """The second of two that looked at the same time is told, by the database."""
    lesson = lesson_of(cast.pilot_b, cast)

    def first(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if sql.startswith('INSERT INTO "programme_lessonanswer"') and not done:
            done.append(True)
            LessonAnswer.objects.create(
                lesson=lesson,
                pilot=cast.pilot_a,
                answer=Answer.USED,
                why="Ik was eerst.",
                by=cast.account("bram"),
                on=cast.today,
            )
        return execute(sql, params, many, context)

    done: list[bool] = []
    with connection.execute_wrapper(first), pytest.raises(errors.LessonDoesNotFit):
        operations.answer_lesson(
            cast.actor("nadia"),
            cast.pilot_a.pk,
            lesson.pk,
            answer="used",
            why="Ik ook.",
            at=cast.now,
        )
    assert done == [True]


# What everyone reads


def test_cards_are_shown_by_how_far_pilots_are(cast: Cast) -> None:
    Pilot.objects.filter(pk__in=[cast.pilot_a.pk, cast.pilot_b.pk]).update(is_public=True)
    first, last = min(rules.GROUPS.values()), max(rules.GROUPS.values())
    Pilot.objects.filter(pk=cast.pilot_a.pk).update(computed_halves=first[0])
    Pilot.objects.filter(pk=cast.pilot_b.pk).update(computed_halves=last[1])

    def shown(group: str) -> list[str]:
        return [card.slug for card in queries.cards(VISITOR, on=cast.today, group=group)]

    named = {reach: name for name, reach in rules.GROUPS.items()}
    assert shown("") == shown("no such group") == ["pilot-a", "pilot-b"]
    assert (shown(named[first]), shown(named[last])) == (["pilot-a"], ["pilot-b"])


def test_lessons_are_shown_for_a_kind_of_place_and_for_any(cast: Cast) -> None:
    kinds = ["", VindplaatsKind.PRIMARY_SCHOOL, VindplaatsKind.values[-1]]
    any_, school, other = (lesson_of(cast.pilot_b, cast, kind=str(kind)).pk for kind in kinds)

    def shown(kind: str) -> set[int]:
        texts = {line.text for line in queries.lesson_lines(VISITOR, on=cast.today, kind=kind)}
        return set(Lesson.objects.filter(text__in=texts).values_list("pk", flat=True))

    assert shown("") == shown("no such kind") == {any_, school, other}
    assert shown(str(VindplaatsKind.PRIMARY_SCHOOL)) == {any_, school}
    lines = queries.lesson_lines(VISITOR, on=cast.today)
    words = {line.kind: line.kind_words for line in lines}
    assert words[""] == ""
    assert words[str(kinds[1])] == str(VindplaatsKind.PRIMARY_SCHOOL.label)


def test_a_lesson_of_a_pilot_that_is_not_public_is_nobodys(cast: Cast) -> None:
    lesson_of(cast.pilot_b, cast)
    assert len(queries.lesson_lines(VISITOR, on=cast.today)) == 1
    Pilot.objects.filter(pk=cast.pilot_b.pk).update(is_public=False)
    assert queries.lesson_lines(VISITOR, on=cast.today) == []
