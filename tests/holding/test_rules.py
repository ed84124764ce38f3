"""One question, one holder, whatever anybody tries in whatever order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from smartstart.holding import rules
from smartstart.holding.rules import Holding, Impossible, State

PEOPLE = [UUID(int=number) for number in range(1, 5)]
WHO = st.sampled_from(PEOPLE)
STEPS = ("accept", "decline", "answer", "confirm", "reopen", "pick_up", "end")


class OneHolder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(2026, 11, 20, tzinfo=UTC)
        self.question = Holding(holder=PEOPLE[0], asker=PEOPLE[3])
        self.accepted_by = PEOPLE[0]

    @rule(to=WHO, hours=st.integers(-1, 5))
    def offer(self, to: UUID, hours: int) -> None:
        before, open_before = self.question, rules.state_on(self.question, self.at)
        try:
            ends = self.at + timedelta(hours=hours)
            self.question = rules.offer(before, to=to, ends_at=ends, at=self.at)
        except Impossible:
            assert open_before is not State.HELD or to == before.holder or hours <= 0
        else:
            assert self.question.holder == before.holder

    @rule(step=st.sampled_from(STEPS), who=WHO)
    def step(self, step: str, who: UUID) -> None:
        before, at = self.question, self.at
        steps = {
            "accept": lambda: rules.accept(before, by=who, at=at),
            "decline": lambda: rules.decline(before, by=who, at=at),
            "answer": lambda: rules.answer(before, by=who, at=at),
            "confirm": lambda: rules.confirm(before, by=who),
            "reopen": lambda: rules.reopen(before, by=who),
            "pick_up": lambda: rules.pick_up(before, by=who),
            "end": lambda: rules.end(before, by=who),
        }
        try:
            self.question = steps[step]()
        except Impossible:
            return
        assert self.question.version == before.version + 1
        allowed = {"accept": before.offered_to, "decline": before.offered_to, "pick_up": who}
        assert who == allowed.get(step, before.holder if step == "answer" else before.asker)
        if step in {"accept", "pick_up"}:
            self.accepted_by = who

    @rule(hours=st.integers(0, 6))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @invariant()
    def the_holder_is_who_last_accepted(self) -> None:
        assert self.question.holder == self.accepted_by

    @invariant()
    def an_offer_that_is_over_is_held_again(self) -> None:
        ends = self.question.offer_ends_at
        if ends is not None and ends <= self.at:
            assert rules.state_on(self.question, self.at) is State.HELD
        assert rules.is_open(self.question) == (self.question.state is not State.CLOSED)


TestOneHolder = OneHolder.TestCase
TestOneHolder.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
