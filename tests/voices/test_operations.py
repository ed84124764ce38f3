from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from smartstart.access.actor import Actor
from smartstart.access.ledger import Deed
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.base import clock, guards
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.jobs import worker
from smartstart.voices import operations, operations_quotes, operations_story, tasks
from smartstart.voices.guards import GUARDS
from smartstart.voices.models import (
    Coding,
    Consent,
    Excerpt,
    Interview,
    Pseudonym,
    QuoteApproval,
    SaidBack,
    Transcript,
)
from smartstart.voices.refusals import (
    KeptTooShort,
    StoryWasTakenBack,
    ThePersonChoseLess,
    UseIsNeeded,
)
from smartstart.voices.states import InterviewState, Layer
from tests.voices.booth import Booth

pytestmark = pytest.mark.django_db


def test_the_guards_stand_after_all_migrations() -> None:
    assert guards.missing(connection, GUARDS) == set()


def test_planning_opens_a_voice_of_its_own(booth: Booth) -> None:
    first, second = booth.plan(), booth.plan()
    assert (first.number, second.number) == (1, 2)
    assert first.folder.kind == FolderKind.VOICE
    assert first.folder_id != second.folder_id
    assert b"Anouk" not in bytes(first.with_whom or b"")
    assert Line.objects.get(folder=first.folder).deed == Deed.MADE


@pytest.mark.parametrize("name", ["joke", "ada", "petra", "anouk", "sam"])
def test_who_does_not_work_in_the_pilot_finds_no_interview(booth: Booth, name: str) -> None:
    interview = booth.agreed()
    actor = booth.cast.actor(name)
    with pytest.raises(NotFound):
        operations.plan_interview(
            actor,
            booth.pilot.pk,
            with_whom="x",
            described="y",
            planned_on=booth.cast.today,
            at=booth.now,
        )
    with pytest.raises(NotFound):
        operations.withdraw_consent(actor, interview.pk, at=booth.now)


def test_the_programme_office_knows_the_pilot_and_no_interview(booth: Booth) -> None:
    interview, els = booth.agreed(), booth.cast.actor("els")
    with pytest.raises(NotAllowed):
        operations.plan_interview(
            els,
            booth.pilot.pk,
            with_whom="x",
            described="y",
            planned_on=booth.cast.today,
            at=booth.now,
        )
    with pytest.raises(NotFound):
        operations.withdraw_consent(els, interview.pk, at=booth.now)


def test_consent_is_layered_and_every_word_of_it_is_kept(booth: Booth) -> None:
    interview = booth.agreed(layers=[Layer.USE, Layer.QUOTE])
    operations.give_consent(
        booth.teller(interview),
        interview.pk,
        layers=[Layer.USE],
        keep_until=booth.until,
        at=booth.now,
    )
    interview.refresh_from_db()
    assert (interview.use, interview.quote, interview.share) == (True, False, False)
    said = list(interview.consents.order_by("number").values_list("number", "quote", "heard_by"))
    assert said == [(1, True, booth.nadia.hat), (2, False, None)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(interview=interview).update(quote=True)


def test_quoting_needs_using_and_a_day_to_come(booth: Booth) -> None:
    interview = booth.plan()
    with pytest.raises(UseIsNeeded):
        operations.give_consent(
            booth.nadia, interview.pk, layers=[Layer.QUOTE], keep_until=booth.until, at=booth.now
        )
    with pytest.raises(KeptTooShort):
        operations.give_consent(
            booth.nadia,
            interview.pk,
            layers=[Layer.USE],
            keep_until=booth.cast.today - timedelta(days=1),
            at=booth.now,
        )
    assert Consent.objects.count() == 0


def test_nobody_changes_the_consent_of_another(booth: Booth) -> None:
    mine, other = booth.agreed(), booth.agreed()
    with pytest.raises(NotFound):
        operations.give_consent(
            booth.teller(mine), other.pk, layers=[Layer.USE], keep_until=booth.until, at=booth.now
        )


def test_taking_back_empties_everything_and_leaves_a_tombstone(booth: Booth) -> None:
    transcript = booth.checked()
    round_ = booth.round(transcript)
    booth.put(round_, 40, 75, memo="hierover praten")
    excerpt = booth.excerpt(transcript)
    operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    interview = Interview.objects.get()
    operations_story.say_back(booth.teller(interview), words="Dank je", at=booth.now)
    key = keyring().key(interview.folder.ref)

    fallen = operations.withdraw_consent(booth.nadia, interview.pk, at=booth.now)

    assert (fallen.withdrawn, fallen.weakened) == (1, 0)
    interview.refresh_from_db()
    assert interview.state == InterviewState.WITHDRAWN
    assert (interview.with_whom, interview.described) == (None, None)
    assert Coding.objects.count() == Pseudonym.objects.count() == SaidBack.objects.count() == 0
    kept = Transcript.objects.values_list("name", "original", "text", "fingerprint").get()
    assert [*kept] == [None] * 4
    assert Excerpt.objects.get().words is None
    assert [*QuoteApproval.objects.values_list("proposed", "answer").get()] == [None] * 2
    assert interview.consents.get(withdrawn=True).number == 2
    assert len(key) == 32
    voice_lines = Line.objects.filter(folder=interview.folder).order_by("number")
    assert voice_lines.last().deed == Deed.CONSENT_WITHDRAWN  # type: ignore[union-attr]


def test_a_second_time_there_is_nothing_left_to_do(booth: Booth) -> None:
    interview = booth.agreed()
    operations.withdraw_consent(booth.nadia, interview.pk, at=booth.now)
    lines = Line.objects.count()
    fallen = operations.withdraw_consent(booth.nadia, interview.pk, at=booth.now)
    assert (fallen.withdrawn, fallen.weakened, Line.objects.count()) == (0, 0, lines)
    with pytest.raises(StoryWasTakenBack):
        operations.give_consent(
            booth.nadia, interview.pk, layers=[Layer.USE], keep_until=booth.until, at=booth.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.update(withdrawn_on=None, state=InterviewState.PLANNED)


def test_what_was_kept_ends_by_the_day_and_then_by_the_clock(booth: Booth) -> None:
    interview = booth.agreed(until=booth.cast.today)
    assert operations.end_what_was_kept(interview.ref, at=booth.now) is None
    later = booth.now + timedelta(days=1)
    assert operations.end_what_was_kept(interview.ref, at=later) is not None
    interview.refresh_from_db()
    assert interview.withdrawn_on == booth.cast.in_days(1)
    assert operations.end_what_was_kept(interview.ref, at=later) is None


def test_one_story_that_cannot_end_keeps_no_other_waiting(booth: Booth) -> None:
    stuck, other = (booth.agreed(until=booth.cast.today) for _ in range(2))

    def refuse(execute: Any, sql: str, told: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "voices_interview"') and told[-1] == stuck.pk:
            raise DatabaseError("the row is damaged")
        return execute(sql, told, many, context)

    with clock.fixed(booth.now + timedelta(days=1)):
        with connection.execute_wrapper(refuse):
            assert tasks.end_what_was_kept.call() == 2
            worker.do_all_waiting()
        failed = DBTaskResult.objects.get(status="FAILED")
        assert "the row is damaged" in failed.traceback
        assert failed.args_kwargs["args"] == [stuck.ref.hex]
        assert ended(stuck, other) == [False, True]

        assert tasks.end_what_was_kept.call() == 1
        worker.do_all_waiting()
        assert ended(stuck, other) == [True, True]


def ended(*interviews: Interview) -> list[bool]:
    for interview in interviews:
        interview.refresh_from_db()
    return [interview.withdrawn_on is not None for interview in interviews]


def test_keys_that_were_left_are_destroyed(booth: Booth) -> None:
    interview, other = booth.agreed(), booth.agreed()
    Folder.objects.filter(pk=interview.folder_id).update(erased_at=booth.now)
    assert tasks.end_what_was_kept.call() == 0
    with pytest.raises(KeyIsGone):
        keyring().key(interview.folder.ref)
    assert keyring().key(other.folder.ref)


def test_the_team_cannot_widen_what_the_person_chose_themself(booth: Booth) -> None:
    interview = booth.agreed()

    def say(who: Actor, layers: tuple[Layer, ...], days: int) -> Interview:
        until = booth.cast.in_days(days)
        return operations.give_consent(
            who, interview.pk, layers=layers, keep_until=until, at=booth.now
        )

    say(booth.teller(interview), (Layer.USE,), 100)
    for layers, days in (((Layer.USE, Layer.QUOTE), 100), ((Layer.USE,), 101)):
        with pytest.raises(ThePersonChoseLess):
            say(booth.nadia, layers, days)
    assert say(booth.nadia, (Layer.USE,), 50).keep_until == booth.cast.in_days(50)
    with pytest.raises(ThePersonChoseLess):
        say(booth.nadia, (Layer.USE, Layer.SHARE), 50)
    assert say(booth.teller(interview), (Layer.USE, Layer.SHARE), 200).share
    assert say(booth.nadia, (Layer.USE, Layer.SHARE), 200).share
