"""Whatever people do in whatever order: one holder, and nobody reads without a ground.

People leave and come back, covers change, the family says yes, says no and takes it back, an
organisation's lock ends, the clock moves over nights, weekends and holidays. After each step the
database is compared with an oracle in plain Python, and each invariant is asked as one SQL.
"""

# ruff: noqa: S608 - our own text; values come apart, as in the gate itself

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from smartstart.access.actor import Actor
from smartstart.base.clock import HERE, day_of
from smartstart.base.refusals import Refusal
from smartstart.circle import gate_questions, operations_sharing
from smartstart.circle import operations_questions as operations
from smartstart.circle.gate import stored
from smartstart.circle.models import Basis, Ground, Question
from smartstart.circle.rules import NO_END
from smartstart.people.models import Hat
from tests.circle.asking import Asking, asking
from tests.circle.question_oracle import AT_SCHOOL, COORDINATOR, OPEN, SEATED, WORKERS, Told
from tests.circle.statements import Statement

AT = datetime(2026, 12, 15, 14, 0, tzinfo=HERE)  # Christmas is near
IN_TEST = {"sqlite": 200, "postgresql": 60}[os.environ.get("SMARTSTART_TEST_ENGINE", "sqlite")]
EXAMPLES = int(os.environ.get("SMARTSTART_EXAMPLES", IN_TEST))
STEPS = 50
WHO = st.sampled_from(WORKERS)
PEOPLE = st.sampled_from(sorted(AT_SCHOOL | {"willem", "wil"}))
HOURS = st.sampled_from([1, 3, 16, 24, 48, 72, 24 * 7, 24 * 14])

NO_HOLDER = (
    "SELECT q.id FROM circle_question q WHERE q.holder IS NULL OR (q.state = 'offered') <>"
    " (q.offered_to IS NOT NULL) OR q.offered_to = q.holder OR q.cover_from > q.coordinator_from"
)
# A holder who is neither coordinator nor has, or is asked for, a ground: it was not given back.
NOT_GIVEN_BACK = (
    "SELECT q.id FROM circle_question q WHERE q.state IN ('held', 'offered')"
    " AND q.holder <> q.coordinator AND NOT EXISTS (SELECT 1 FROM circle_ground g"
    " LEFT JOIN circle_basis b ON b.id = g.basis_id WHERE g.question_id = q.id"
    " AND g.receiver = q.holder AND (g.state IN ('granted', 'asked')"
    " OR b.last_day < %(day)s))"
)
ASKED_OF_EACH = {
    "acts": gate_questions.ACTING,
    "reads": gate_questions.READ,
    "waits": gate_questions.WAITING,
}


ROW = Statement(
    "SELECT holder, state, offered_to, cover_from, coordinator_from, offer_ends_at"
    " FROM circle_question WHERE id = %(question)s"
)


def _moment(value: Any) -> Any:
    """Return a moment as everybody counts it; SQLite keeps it without its zone, in UTC."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


@cache
def looked_at(covers: frozenset[tuple[str, str]]) -> Statement:
    """Everything that is asked after a step, of everybody at once, while these cover for whom.

    Rows of who (empty: what must never be) and what. The texts are the gate's; that the querysets
    ask them is looked at once in each life.
    """
    parts = [
        f"SELECT '' AS who, '{told}' AS what FROM ({sql}) x"
        for told, sql in (("no holder", NO_HOLDER), ("not given back", NOT_GIVEN_BACK))
    ]
    for who, (what, sql) in product(WORKERS, ASKED_OF_EACH.items()):
        covered = ", ".join(f"%({one})s" for one, by in sorted(covers) if by == who)
        mine = ", ".join(filter(None, ["%(receiver)s", covered]))
        text = sql.replace("{mine}", mine).replace("{covered}", covered or "NULL")
        text = text.replace("%(receiver)s", f"%({who})s")
        parts.append(f"SELECT '{who}', '{what}' FROM ({text}) x WHERE x.id = %(question)s")
    return Statement(" UNION ALL ".join(parts))


class Questions(RuleBasedStateMachine):
    home: Asking
    actors: ClassVar[dict[str, Actor]] = {}
    refs: ClassVar[dict[str, Any]] = {}
    names: ClassVar[dict[Any, str]] = {}

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
        self.querysets_say_the_same()
        transaction.savepoint_rollback(self.sid)

    def actor(self, who: str) -> Actor:
        """The same actor all life long: who left acts no more."""
        return self.actors[who]

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
        """Take over the moments, which have tests of their own; look who holds it."""
        (row,) = ROW.rows(question=self.question.pk)
        told, names = self.told, self.names
        told.cover_from, told.coordinator_from, told.offer_ends_at = map(_moment, row[3:])
        self.seen = (names[row[0]], row[1], names.get(row[2]))

    # Who works

    @rule(who=WHO)
    def pick_up(self, who: str) -> None:
        if who in self.told.left:
            return
        offered = self.told.offered_to == who
        may = (self.told.is_offered(self.at) if offered else self.told.acts(self.at)) == who
        may = may and (self.told.may(who) if offered else self.told.may_hold(who))
        actor, ref = self.actor(who), self.question.ref
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
        actor, ref = self.actor(who), self.question.ref
        assert self.tries(lambda: operations.accept(actor, ref, at=self.at)) == may
        if may:
            self.told.holder, self.told.state, self.told.offered_to = who, "held", None

    @rule(who=WHO)
    def decline(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.is_offered(self.at) == who
        actor, ref = self.actor(who), self.question.ref
        assert self.tries(lambda: operations.decline(actor, ref, why="vol", at=self.at)) == may
        if may:
            self.told.state, self.told.offered_to = "held", None

    @rule(who=WHO)
    def promise(self, who: str) -> None:
        if who in self.told.left:
            return
        may = self.told.acts(self.at) == who and self.told.may_hold(who)
        actor, ref = self.actor(who), self.question.ref
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
        told, actor = self.told, self.actor(who)
        said = told.said.get(to)
        colleague = to not in told.left | {"peer"} and (to in AT_SCHOOL) == (who in AT_SCHOOL)
        near = to == COORDINATOR or colleague or self.is_occupied(who, to)
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
        actor, ref = self.actor(who), self.question.ref
        assert self.tries(lambda: operations.answer(actor, ref, words="Ja", at=self.at)) == may
        if may:
            self.takes(who)
            self.told.state = "answered"

    @rule(who=WHO, knows=st.booleans())
    def hands_over(self, who: str, knows: bool) -> None:
        if who in self.told.left:
            return
        actor, ref, told = self.actor(who), self.question.ref, self.told
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
        anouk = self.actor("anouk")
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
        anouk, ref = self.actor("anouk"), self.question.ref
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
        """Its last day is past, and then it is not: what was ended does not come back."""
        school = self.home.kin.positions["fatima"].organisation.ref
        last_day = NO_END if self.told.basis_ended else day_of(AT) - timedelta(days=1)
        Basis.objects.filter(organisation=school).update(last_day=last_day)
        self.told.basis_ended = not self.told.basis_ended

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    # What must hold

    @invariant()
    def the_row_is_what_everybody_believes(self) -> None:
        self.moved()
        assert self.seen == (self.told.holder, self.told.state, self.told.offered_to)

    @invariant()
    def who_acts_and_who_reads_is_what_the_oracle_says(self) -> None:
        """Each invariant as one SQL, and who acts, reads and is waited for: one statement."""
        told, at = self.told, self.at
        covers = frozenset((whose, by) for whose, by in told.covers.items() if by)
        day, moment = stored(day_of(at)), stored(at)
        found = set(
            looked_at(covers).rows(question=self.question.pk, at=moment, day=day, **self.refs)
        )
        acts = told.acts(at)
        expected = {(acts, "acts")} if acts in WORKERS else set()
        expected |= {(who, "reads") for who in told.readers(at)}
        expected |= {(who, "waits") for who in told.waits_for(at)}
        assert {one for one in found if one[0] not in told.left} == expected

    def querysets_say_the_same(self) -> None:
        """What the door itself answers, at the end of each life."""
        one = Question.objects.filter(pk=self.question.pk)
        expected = {
            "acted_on_by": {self.told.acts(self.at)},
            "read_by": self.told.readers(self.at),
            "waiting_for": self.told.waits_for(self.at),
        }
        for who, (name, them) in product(set(WORKERS) - self.told.left, expected.items()):
            rows = getattr(Question.objects, name)(self.actor(who), at=self.at)
            assert (one & rows).exists() == (who in them), (who, name)


@pytest.mark.timeout(900)
def test_one_holder_and_nobody_reads_without_a_ground(db: None) -> None:
    Questions.home = asking(AT - timedelta(days=1))
    Questions.actors = {who: Questions.home.actor(who) for who in (*WORKERS, "anouk")}
    Questions.refs = {who: stored(Questions.home.ref(who)) for who in WORKERS}
    Questions.names = {ref: who for who, ref in Questions.refs.items()}
    run_state_machine_as_test(
        Questions,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
