"""Whatever people do in whatever order: one holder, and nobody reads without a ground.

People leave and come back, covers change, the family says yes, says no and takes it back, an
organisation's lock ends, the clock moves over nights, weekends and holidays. After each step the
database is compared with an oracle in plain Python, and each invariant is asked as one SQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from smartstart.base.clock import HERE
from smartstart.base.refusals import Refusal
from smartstart.circle import operations_questions as operations
from smartstart.circle import operations_sharing
from smartstart.circle.models import Basis, Ground, Question
from smartstart.people.models import Hat
from tests.circle.asking import Asking, asking
from tests.circle.question_oracle import AT_SCHOOL, COORDINATOR, OPEN, SEATED, WORKERS, Told

AT = datetime(2026, 12, 15, 14, 0, tzinfo=HERE)  # Christmas is near
EXAMPLES = int(os.environ.get("SMARTSTART_MACHINE_EXAMPLES", "40"))
STEPS = int(os.environ.get("SMARTSTART_MACHINE_STEPS", "30"))
WHO = st.sampled_from(WORKERS)
PEOPLE = st.sampled_from(sorted(AT_SCHOOL | {"willem", "wil"}))
HOURS = st.sampled_from([1, 3, 16, 24, 48, 72, 24 * 7, 24 * 14])

NO_HOLDER = (
    "SELECT count(*) FROM circle_question q WHERE q.holder IS NULL OR (q.state = 'offered') <>"
    " (q.offered_to IS NOT NULL) OR q.offered_to = q.holder OR q.cover_from > q.coordinator_from"
)
# A holder who is neither coordinator nor has, or is asked for, a ground: it was not given back.
NOT_GIVEN_BACK = (
    "SELECT count(*) FROM circle_question q WHERE q.state IN ('held', 'offered')"
    " AND q.holder <> q.coordinator AND NOT EXISTS (SELECT 1 FROM circle_ground g"
    " LEFT JOIN circle_basis b ON b.id = g.basis_id WHERE g.question_id = q.id"
    " AND g.receiver = q.holder AND (g.state IN ('granted', 'asked')"
    " OR b.ended_at IS NOT NULL))"
)


class Questions(RuleBasedStateMachine):
    home: Asking

    def __init__(self) -> None:
        super().__init__()
        self.sid = transaction.savepoint()
        self.at = AT
        self.question = self.home.ask(at=AT, with_cover=True)
        self.told = Told(
            "fatima",
            self.question.cover_from,
            self.question.coordinator_from,
            said={"fatima": "granted"},
            with_cover={"fatima"},
            covers={"fatima": "karin", "willem": "wil"},
        )

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.sid)

    def tries(self, deed: Callable[[], object]) -> bool:
        """Whether a deed was let through; one that was refused changed nothing."""
        try:
            with transaction.atomic():
                done = deed()
        except Refusal:
            return False
        return getattr(done, "won", True)

    def row(self) -> Question:
        return self.home.again(self.question)

    def moved(self) -> None:
        """Take over the moments, which have tests of their own."""
        row = self.row()
        self.told.cover_from, self.told.coordinator_from = row.cover_from, row.coordinator_from
        self.told.offer_ends_at = row.offer_ends_at

    # Who works

    @rule(who=WHO)
    def pick_up(self, who: str) -> None:
        if who in self.told.left:
            return
        offered = self.told.offered_to == who
        may = (self.told.is_offered(self.at) if offered else self.told.acts(self.at)) == who
        may = may and (self.told.may(who) if offered else self.told.may_hold(who))
        actor, ref = self.home.actor(who), self.question.ref
        assert self.tries(lambda: operations.pick_up(actor, ref, at=self.at)) == may
        if may and who != self.told.holder:
            if offered:
                self.told.holder, self.told.state, self.told.offered_to = who, "held", None
            else:
                self.told.passes(who)
        elif may:
            self.told.state, self.told.offered_to = "held", None

    @rule(who=WHO)
    def accept(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.is_offered(self.at) == who and self.told.may(who)
        actor, ref = self.home.actor(who), self.question.ref
        assert self.tries(lambda: operations.accept(actor, ref, at=self.at)) == may
        if may:
            self.told.holder, self.told.state, self.told.offered_to = who, "held", None

    @rule(who=WHO)
    def decline(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.is_offered(self.at) == who
        actor, ref = self.home.actor(who), self.question.ref
        assert self.tries(lambda: operations.decline(actor, ref, why="vol", at=self.at)) == may
        if may:
            self.told.state, self.told.offered_to = "held", None

    @rule(who=WHO)
    def promise(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.acts(self.at) == who and self.told.may_hold(who)
        actor, ref = self.home.actor(who), self.question.ref
        assert self.tries(lambda: operations.promise_today(actor, ref, at=self.at)) == may
        if may:
            self.takes(who)

    def takes(self, who: str) -> None:
        if who != self.told.holder:
            self.told.passes(who)
        else:
            self.told.state, self.told.offered_to = "held", None

    @rule(who=WHO, to=WHO)
    def offer(self, who: str, to: str) -> None:
        if who in self.told.left:
            return
        told, actor = self.told, self.home.actor(who)
        said = told.said.get(to)
        colleague = to not in told.left | {"peer"} and (to in AT_SCHOOL) == (who in AT_SCHOOL)
        near = to in SEATED or to == COORDINATOR or colleague or self.is_occupied(who, to)
        may = told.acts(self.at) == who and to != who and near
        may = may and (said is None or told.may(to)) and self.has_basis(to)
        holds = told.may_hold(who)
        may = may and (holds or (told.is_offered(self.at) is None and to != told.holder))
        ref, to_ref = self.question.ref, self.home.ref(to)
        assert self.tries(lambda: operations.offer(actor, ref, to=to_ref, at=self.at)) == may
        if not may:
            return
        if holds and (who != told.holder or told.is_offered(self.at)):
            self.takes(who)
        if said is None:
            told.said[to], told.state, told.offered_to = "asked", self.row().state, None
            assert told.state in OPEN
        else:
            told.state, told.offered_to = "offered", to

    def is_occupied(self, who: str, to: str) -> bool:
        """Somebody who left still stands in the function until it is filled again."""
        return to != "peer" and (to in AT_SCHOOL) == (who in AT_SCHOOL) and who != "peer"

    def has_basis(self, to: str) -> bool:
        return self.told.said.get(to) is not None or not (self.told.basis_ended and to in AT_SCHOOL)

    @rule(who=WHO)
    def answer(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.acts(self.at) == who and who in self.told.readers(self.at)
        actor, ref = self.home.actor(who), self.question.ref
        assert self.tries(lambda: operations.answer(actor, ref, words="Ja", at=self.at)) == may
        if may:
            self.takes(who)
            self.told.state = "answered"

    @rule(who=WHO, knows=st.booleans())
    def hands_over(self, who: str, knows: bool) -> None:
        if who in self.told.left:
            return
        actor, ref, told = self.home.actor(who), self.question.ref, self.told
        deeds = {
            True: lambda: operations.know_privately(actor, ref, at=self.at),
            False: lambda: operations.give_back(actor, ref, why="ziek", at=self.at),
        }
        offered, acted = told.is_offered(self.at), told.acts(self.at)
        done = self.tries(deeds[knows])
        if not done:
            row = self.row()
            assert acted != who or self.nobody_else(who), row.state
            return
        if knows and offered == who:
            told.state, told.offered_to = "held", None
            self.reads_no_more(who)
            return
        assert acted == who or (knows and told.holder == who)
        told.passes("wil" if who == COORDINATOR else COORDINATOR)
        self.moved()
        if knows:
            self.reads_no_more(who)
            assert told.acts(self.at) != who

    def reads_no_more(self, who: str) -> None:
        if self.told.said.get(who) in {"granted", "asked", "refused"}:
            self.told.said[who] = "withdrawn"
        self.told.loses()

    def nobody_else(self, who: str) -> bool:
        if who == COORDINATOR:
            return self.told.cover_of(who) is None or self.told.was_refused("wil")
        return COORDINATOR in self.told.left

    # The family

    @rule(who=PEOPLE, say=st.sampled_from(["yes", "no", "take_back"]))
    def family_says(self, who: str, say: str) -> None:
        ground = Ground.objects.filter(question=self.question, receiver=self.home.ref(who)).last()
        if ground is None:
            return
        deeds = {
            "yes": operations_sharing.say_yes,
            "no": operations_sharing.say_no,
            "take_back": operations_sharing.take_back,
        }
        anouk = self.home.actor("anouk")
        done = self.tries(lambda: deeds[say](anouk, ground.ref, at=self.at))
        near = who in SEATED | {self.told.holder, COORDINATOR}
        assert done == (say != "yes" or near)
        if done:
            states = {"yes": "granted", "no": "refused", "take_back": "withdrawn"}
            self.told.said[who] = states[say]
            self.told.loses()

    @precondition(lambda self: self.told.state == "answered")
    @rule(good=st.booleans())
    def asker_says(self, good: bool) -> None:
        anouk, ref = self.home.actor("anouk"), self.question.ref
        if good:
            operations.confirm(anouk, ref, at=self.at)
        else:
            operations.reopen(anouk, ref, why="nog niet", at=self.at)
        self.told.state = "closed" if good else "held"
        self.told.loses()

    # The world

    @rule(who=PEOPLE)
    def leaves_or_comes_back(self, who: str) -> None:
        hat = Hat.objects.filter(pk=self.home.kin.hats[who].pk)
        if who in self.told.left:
            hat.update(ended_at=None)
            self.told.left.discard(who)
        else:
            hat.update(ended_at=self.at)
            self.told.left.add(who)

    @rule(whose=st.sampled_from(["fatima", "daan", "willem"]), has=st.booleans())
    def cover_changes(self, whose: str, has: bool) -> None:
        cover = {"fatima": "karin", "daan": "fatima", "willem": "wil"}[whose] if has else None
        self.home.covers(whose, cover)
        self.told.covers[whose] = cover

    @rule()
    def the_lock_of_the_school_turns(self) -> None:
        ids = Ground.objects.filter(question=self.question).values("basis_id")
        school = self.home.kin.positions["fatima"].organisation.ref
        rows = Basis.objects.filter(organisation=school, pk__in=ids)
        rows.update(ended_at=None if self.told.basis_ended else self.at)
        self.told.basis_ended = not self.told.basis_ended

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    # What must hold

    @invariant()
    def the_row_is_what_everybody_believes(self) -> None:
        row = self.row()
        self.moved()
        assert self.home.name(row.holder) == self.told.holder
        assert row.state == self.told.state
        offered = self.home.name(row.offered_to) if row.offered_to else None
        assert offered == self.told.offered_to

    @invariant()
    def each_invariant_as_one_statement(self) -> None:
        with connection.cursor() as cursor:
            for statement in (NO_HOLDER, NOT_GIVEN_BACK):
                cursor.execute(statement)
                assert cursor.fetchone() == (0,), statement

    @invariant()
    def who_acts_and_who_reads_is_what_the_oracle_says(self) -> None:
        acts, readers = self.told.acts(self.at), self.told.readers(self.at)
        for who in set(WORKERS) - self.told.left:
            actor, one = self.home.actor(who), Question.objects.filter(pk=self.question.pk)
            found = one & Question.objects.acted_on_by(actor, at=self.at)
            assert found.exists() == (acts == who), (who, "acts")
            found = one & Question.objects.read_by(actor, at=self.at)
            assert found.exists() == (who in readers), (who, "reads")
            found = one & Question.objects.waiting_for(actor, at=self.at)
            assert found.exists() == (who in self.told.waits_for(self.at)), (who, "waits")


@pytest.mark.timeout(900)
def test_one_holder_and_nobody_reads_without_a_ground(db: None) -> None:
    Questions.home = asking(AT - timedelta(days=1))
    run_state_machine_as_test(
        Questions,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
