"""Whatever people do in whatever order: nothing public rests on a voice that was taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.refusals import NotFound, Refusal
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread import queries as threads
from smartstart.thread.kinds import Kind, Lack, State
from smartstart.thread.models import Knot, PublishedWords, Tie
from smartstart.voices import (
    operations,
    operations_quotes,
    operations_story,
    queries,
    queries_story,
)
from smartstart.voices.models import Coding, Excerpt, Interview, Transcript
from smartstart.voices.states import Layer
from tests.cast import people
from tests.conftest import NOW
from tests.voices.booth import Booth

LAYERS = st.sampled_from(
    [(Layer.USE,), (Layer.USE, Layer.QUOTE), (Layer.USE, Layer.QUOTE, Layer.SHARE)]
)
RISING = [Kind.INSIGHT, Kind.HOW_MIGHT_WE, Kind.IDEA, Kind.CONCEPT]


class Consent(RuleBasedStateMachine):
    """Interviews come and go, are quoted, tied, published and taken back; days pass."""

    stories = Bundle("stories")
    pieces = Bundle("pieces")
    knots = Bundle("knots")

    def __init__(self) -> None:
        super().__init__()
        self.own_world = transaction.atomic()
        self.own_world.__enter__()
        self.booth = Booth(people(NOW))
        Pilot.objects.filter(pk=self.booth.pilot.pk).update(is_public=True)
        self.texts = 0
        self.begun = self.begin_with_something_public()

    def teardown(self) -> None:
        """Leave the house as empty as it was: each run starts from nothing."""
        transaction.set_rollback(True)
        self.own_world.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return self.booth.now.date()

    def may(self, deed: Callable[[], Any]) -> Any:
        """Do it, or be refused in words: both are fine."""
        try:
            return deed()
        except Refusal:
            return None

    def begin_with_something_public(self) -> list[Knot]:
        """Two stories with a piece each, an insight on both, a how-might-we on that, all public."""
        made = [self._tell((Layer.USE, Layer.QUOTE), 9) for _ in range(2)]
        told = [self.booth.excerpt(Transcript.objects.get(interview=s), 20, 40) for s in made]
        for piece in told:
            self._ask(piece, "approve")
        insight = self._write(Kind.INSIGHT, told[0].knot)
        assert insight is not None
        thread.tie(self.booth.nadia, told[1].knot.ref, insight.ref, at=self.booth.now)
        higher = self._write(Kind.HOW_MIGHT_WE, insight)
        assert higher is not None
        thread.publish(self.booth.nadia, higher.ref, at=self.booth.now)
        assert PublishedWords.objects.count() == 4
        return [insight, higher]

    @initialize(target=stories)
    def whose_they_are(self) -> Any:
        return multiple(*Interview.objects.all())

    @initialize(target=pieces)
    def what_was_taken_of_them(self) -> Any:
        return multiple(*Excerpt.objects.select_related("interview", "knot"))

    @initialize(target=knots)
    def what_came_of_them(self) -> Any:
        return multiple(*self.begun)

    @rule(target=stories, layers=LAYERS, days=st.integers(0, 9))
    def tell(self, layers: tuple[Layer, ...], days: int) -> Interview:
        return self._tell(layers, days)

    def _tell(self, layers: tuple[Layer, ...], days: int) -> Interview:
        self.texts += 1
        text = f"Vraag: hoe is het?\n\nIk vertel verhaal {self.texts} over thuis. Meer niet."
        transcript = self.booth.checked(text=text, layers=layers)
        interview = transcript.interview
        operations.give_consent(
            self.booth.nadia,
            interview.pk,
            layers=layers,
            keep_until=self.today + timedelta(days=days),
            at=self.booth.now,
        )
        return interview

    @rule(target=pieces, story=stories, place=st.integers(20, 30))
    def take_a_piece(self, story: Interview, place: int) -> Any:
        text = Transcript.objects.get(interview=story)
        made = self.may(lambda: self.booth.excerpt(text, place, place + 12))
        return made or multiple()

    @rule(story=stories, layers=LAYERS)
    def change_the_consent(self, story: Interview, layers: tuple[Layer, ...]) -> None:
        self.may(
            lambda: operations.give_consent(
                self.booth.teller(story),
                story.pk,
                layers=layers,
                keep_until=self.today + timedelta(days=5),
                at=self.booth.now,
            )
        )

    @rule(piece=pieces, answer=st.sampled_from(["approve", "change", "refuse", "silence"]))
    def ask(self, piece: Excerpt, answer: str) -> None:
        self._ask(piece, answer)

    def _ask(self, piece: Excerpt, answer: str) -> None:
        me, at = self.booth.teller(piece.interview), self.booth.now
        asked = self.may(lambda: operations_quotes.ask_approval(self.booth.nadia, piece.ref, at=at))
        if asked is None or answer == "silence":
            return
        answers = {
            "approve": lambda: operations_story.approve_quote(
                me, asked.ref, words=open_for_deed(asked, "proposed"), at=at
            ),
            "change": lambda: operations_story.change_quote(me, asked.ref, words="zo", at=at),
            "refuse": lambda: operations_story.refuse_quote(me, asked.ref, at=at),
        }
        self.may(answers[answer])

    @rule(target=knots, piece=pieces)
    def learn(self, piece: Excerpt) -> Any:
        return self._write(Kind.INSIGHT, piece.knot) or multiple()

    @rule(target=knots, below=knots)
    def build_on(self, below: Knot) -> Any:
        higher = RISING[min(RISING.index(Kind(below.kind)) + 1, 3)]
        return self._write(higher, below) or multiple()

    @rule(lower=pieces, upper=knots)
    def tie(self, lower: Excerpt, upper: Knot) -> None:
        nadia, at = self.booth.nadia, self.booth.now
        self.may(lambda: thread.tie(nadia, lower.knot.ref, upper.ref, at=at))

    @rule(knot=knots, piece=pieces)
    def answer_tie_and_publish(self, knot: Knot, piece: Excerpt) -> None:
        nadia, at = self.booth.nadia, self.booth.now
        self._ask(piece, "approve")
        self.may(lambda: thread.tie(nadia, piece.knot.ref, knot.ref, at=at))
        self.may(lambda: thread.publish(nadia, knot.ref, at=at))

    @rule(knot=knots)
    def look_again(self, knot: Knot) -> None:
        self.may(lambda: thread.stand_again(self.booth.nadia, knot.ref, at=self.booth.now))

    @rule(knot=knots)
    def publish(self, knot: Knot) -> None:
        nadia, at = self.booth.nadia, self.booth.now
        if knot.kind == Kind.CONCEPT:
            for lack in Lack:
                self.may(partial(thread.explain_gap, nadia, knot.ref, lack, words="x", at=at))
        self.may(lambda: thread.publish(nadia, knot.ref, at=at))

    @rule(knot=knots)
    def show_to_the_team_only(self, knot: Knot) -> None:
        self.may(lambda: thread.take_back(self.booth.nadia, knot.ref, at=self.booth.now))

    @rule(story=stories, by_the_team=st.booleans())
    def take_the_story_back(self, story: Interview, by_the_team: bool) -> None:
        who = self.booth.nadia if by_the_team else self.booth.teller(story)
        self.may(lambda: operations.withdraw_consent(who, story.pk, at=self.booth.now))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.booth.now += timedelta(days=days)

    @rule()
    def the_clock_ends_what_was_kept(self) -> None:
        for story in list(Interview.objects.values_list("ref", flat=True)):
            operations.end_what_was_kept(story, at=self.booth.now)

    def _write(self, kind: Kind, below: Knot) -> Knot | None:
        form = {"goal": "Dat het helpt"} if kind is Kind.CONCEPT else None
        made = self.may(
            lambda: thread.write(
                self.booth.nadia,
                self.booth.pilot.pk,
                kind,
                title=kind.value,
                form=form,
                rests_on=[below.ref],
                at=self.booth.now,
            )
        )
        return made.knot if made else None

    @invariant()
    def nothing_standing_rests_on_what_was_withdrawn(self) -> None:
        false = Tie.objects.exclude(lower__state=State.STANDING).filter(upper__state=State.STANDING)
        assert not false.exists()

    @invariant()
    def no_word_of_a_story_taken_back_is_public_or_kept(self) -> None:
        gone = Interview.objects.exclude(withdrawn_on=None)
        refs = set(gone.values_list("ref", flat=True))
        assert not PublishedWords.objects.filter(knot__source__in=refs).exists()
        assert not Excerpt.objects.filter(interview__in=gone).exclude(words=None).exists()
        assert not Transcript.objects.filter(interview__in=gone).exclude(text=None).exists()
        assert not Coding.objects.filter(transcript__interview__in=gone).exists()
        withdrawn = set(Knot.objects.filter(state=State.WITHDRAWN).values_list("source", flat=True))
        told = Excerpt.objects.filter(interview__in=gone)
        assert withdrawn == set(told.values_list("interview__ref", flat=True))

    @invariant()
    def the_public_reads_only_what_somebody_said_yes_to(self) -> None:
        view = threads.public_thread(self.booth.pilot.pk, on=self.today)
        for line in view.knots:
            if line.kind is not Kind.EXCERPT or not line.words.words:
                continue
            told = Excerpt.objects.select_related("interview", "approval").get(knot=line.id)
            interview = told.interview
            assert interview.use
            assert interview.quote
            assert interview.keep_until is not None
            assert self.today <= interview.keep_until
            assert told.approval.state in {"approved", "changed"}

    @invariant()
    def nobody_reads_past_the_consent(self) -> None:
        lines = queries.excerpts_in(self.booth.reading(at=self.booth.now), self.booth.pilot.pk)
        usable = Interview.objects.usable(on=self.today).values_list("pk", flat=True)
        assert {line.interview for line in lines} <= set(usable)
        for story in Interview.objects.exclude(withdrawn_on=None):
            page = queries_story.story_of(
                self.booth.reading(self.booth.teller(story), at=self.booth.now)
            )
            assert (page.said, page.led_to, page.said_back) == ((), (), ())


@pytest.mark.django_db
def test_nothing_public_rests_on_a_voice_that_was_taken_back() -> None:
    run_state_machine_as_test(
        Consent,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_key_is_destroyed_once_the_withdrawal_is_committed(real_db: object) -> None:
    booth = Booth(people(NOW))
    transcript = booth.checked()
    ref = transcript.interview.folder.ref
    assert keyring().key(ref)
    operations.withdraw_consent(booth.nadia, transcript.interview_id, at=booth.now)
    with pytest.raises(KeyIsGone):
        keyring().key(ref)
    with pytest.raises(NotFound):
        queries.checking_page(booth.reading(), transcript.pk)
