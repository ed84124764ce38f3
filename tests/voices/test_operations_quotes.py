from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from smartstart.access.errors import TooLong
from smartstart.access.reading import open_for_deed
from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread import queries as threads
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Knot
from smartstart.voices import operations, operations_quotes, operations_story
from smartstart.voices.errors import (
    CodingIsOutsideTheText,
    ConsentDoesNotReach,
    QuoteIsNotApproved,
)
from smartstart.voices.models import Excerpt, QuoteApproval
from smartstart.voices.queries import agreed_and_not_shown
from smartstart.voices.refusals import (
    QuoteIsNotYetAnswered,
    TextIsNotChecked,
    WordsHaveChanged,
    WriteSomething,
)
from smartstart.voices.states import Layer, QuoteState
from tests.voices.booth import Booth, nobody

pytestmark = pytest.mark.django_db
WORDS = "ging eerst twee keer voorbij lopen"


def insight(booth: Booth, excerpt: Excerpt) -> Knot:
    Pilot.objects.filter(pk=booth.pilot.pk).update(is_public=True)
    return thread.write(
        booth.nadia,
        booth.pilot.pk,
        Kind.INSIGHT,
        title="Mensen durven niet",
        rests_on=[excerpt.knot.ref],
        at=booth.now,
    ).knot


def shown(booth: Booth) -> list[tuple[str, str]]:
    view = threads.public_thread(booth.pilot.pk, on=booth.cast.today)
    return [(knot.words.words, knot.words.by) for knot in view.knots if knot.kind is Kind.EXCERPT]


def test_an_excerpt_is_a_piece_without_blanks_and_the_same_again_is_the_same(booth: Booth) -> None:
    transcript = booth.checked()
    excerpt = booth.excerpt(transcript)
    assert open_for_deed(excerpt, "words") == WORDS
    assert (excerpt.start, excerpt.end) == (41, 75)
    assert excerpt.knot.source == transcript.interview.ref
    assert booth.excerpt(transcript).pk == excerpt.pk
    assert Knot.objects.count() == 1


def test_an_excerpt_lies_in_a_checked_text_and_is_not_too_long(booth: Booth) -> None:
    transcript = booth.checked(text="Vraag: ja?\n\n" + "Antwoord zonder naam. " * 300)
    for start, end in ((0, transcript.length + 1), (10, 12), (4, 4)):
        with pytest.raises(CodingIsOutsideTheText):
            booth.excerpt(transcript, start, end)
    with pytest.raises(TooLong):
        booth.excerpt(transcript, 0, 4_002)
    with pytest.raises(TextIsNotChecked):
        booth.excerpt(booth.proposed())
    assert Knot.objects.count() == 0


def test_only_words_of_the_piece_are_asked_and_only_with_a_yes_to_quoting(booth: Booth) -> None:
    excerpt = booth.excerpt()
    with pytest.raises(QuoteIsNotApproved):
        operations_quotes.ask_approval(
            booth.nadia, excerpt.ref, words="iets heel anders", at=booth.now
        )
    quiet = booth.excerpt(booth.checked(layers=[Layer.USE]))
    with pytest.raises(ConsentDoesNotReach):
        operations_quotes.ask_approval(booth.nadia, quiet.ref, at=booth.now)
    with pytest.raises(NotFound):
        operations_quotes.ask_approval(booth.cast.actor("joke"), excerpt.ref, at=booth.now)


def test_asking_twice_is_once_and_asking_anew_hides_what_was_shown(booth: Booth) -> None:
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    first = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, first.ref, words=WORDS, at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    assert shown(booth) == [(WORDS, "moeder, 34 jaar")]
    operations_quotes.ask_approval(booth.nadia, excerpt.ref, words="voorbij lopen", at=booth.now)
    assert QuoteApproval.objects.get().state == QuoteState.ASKED
    assert shown(booth) == [("", "")]


def test_a_yes_is_to_the_words_that_were_read(booth: Booth) -> None:
    """The team asks other words while somebody still has the old page open."""
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, words="ging", at=booth.now)
    operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    with pytest.raises(WordsHaveChanged):
        operations_story.approve_quote(me, asked.ref, words="ging", at=booth.now)
    assert QuoteApproval.objects.get().state == QuoteState.ASKED
    with pytest.raises(QuoteIsNotYetAnswered):
        thread.publish(booth.nadia, knot.ref, at=booth.now)


def test_a_yes_to_ones_own_words_keeps_them(booth: Booth) -> None:
    """The page shows one's own words after changing them; a yes there is about those."""
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.change_quote(me, asked.ref, words="ik liep\nlangs", at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words="ik liep\r\nlangs", at=booth.now)
    assert QuoteApproval.objects.get().state == QuoteState.CHANGED
    assert shown(booth) == [("ik liep\nlangs", "moeder, 34 jaar")]
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    assert shown(booth) == [("", "")]
    waits = [excerpt.knot.ref]
    assert agreed_and_not_shown(booth.nadia, booth.pilot.pk, on=booth.cast.today) == waits
    stranger = booth.cast.actor("joke")
    assert agreed_and_not_shown(stranger, booth.pilot.pk, on=booth.cast.today) == []
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    assert shown(booth) == [(WORDS, "moeder, 34 jaar")]
    assert agreed_and_not_shown(booth.nadia, booth.pilot.pk, on=booth.cast.today) == []


def test_nothing_is_published_on_a_quote_without_an_answer(booth: Booth) -> None:
    excerpt = booth.excerpt()
    knot = insight(booth, excerpt)
    with pytest.raises(QuoteIsNotYetAnswered):
        thread.publish(booth.nadia, knot.ref, at=booth.now)
    operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    with pytest.raises(QuoteIsNotYetAnswered):
        thread.publish(booth.nadia, knot.ref, at=booth.now)
    assert shown(booth) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [("approve", WORDS), ("change", "ik liep langs"), ("refuse", ""), ("no quoting", "")],
)
def test_what_is_shown_is_what_the_person_said(booth: Booth, answer: str, words: str) -> None:
    layers = [Layer.USE] if answer == "no quoting" else [Layer.USE, Layer.QUOTE]
    excerpt = booth.excerpt(booth.checked(layers=layers))
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    if answer != "no quoting":
        asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
        if answer == "change":
            operations_story.change_quote(me, asked.ref, words=words, at=booth.now)
        else:
            answers: dict[str, Callable[..., Any]] = {
                "approve": partial(operations_story.approve_quote, words=WORDS),
                "refuse": operations_story.refuse_quote,
            }
            answers[answer](me, asked.ref, at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    assert shown(booth) == [(words, "moeder, 34 jaar" if words else "")]


@pytest.mark.parametrize("later", ["refuse", "change", "no quoting", "withdraw"])
def test_a_later_no_is_gone_on_the_next_request(booth: Booth, later: str) -> None:
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    before = threads.version_of(booth.pilot.pk)
    assert shown(booth) == [(WORDS, "moeder, 34 jaar")]
    if later == "refuse":
        operations_story.refuse_quote(me, asked.ref, at=booth.now)
    elif later == "change":
        operations_story.change_quote(me, asked.ref, words="anders", at=booth.now)
    elif later == "no quoting":
        operations.give_consent(
            me,
            excerpt.interview_id,
            layers=[Layer.USE],
            keep_until=booth.until,
            at=booth.now,
        )
    else:
        operations_story.withdraw_story(me, at=booth.now)
    assert shown(booth) == [("", "")]
    assert threads.version_of(booth.pilot.pk) > before


def test_a_yes_from_before_a_no_to_quoting_does_not_come_back(booth: Booth) -> None:
    """After a new yes to quoting each quote is asked the person again."""
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    for who, layers in ((booth.nadia, [Layer.USE]), (me, [Layer.USE, Layer.QUOTE])):
        operations.give_consent(
            who, excerpt.interview_id, layers=layers, keep_until=booth.until, at=booth.now
        )
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    assert shown(booth) == [("", "")]
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    assert shown(booth) == [(WORDS, "moeder, 34 jaar")]


def test_words_are_shown_until_the_last_day_and_not_after(booth: Booth) -> None:
    excerpt = booth.excerpt()
    knot, me = insight(booth, excerpt), booth.teller(excerpt.interview)
    asked = operations_quotes.ask_approval(booth.nadia, excerpt.ref, at=booth.now)
    operations_story.approve_quote(me, asked.ref, words=WORDS, at=booth.now)
    thread.publish(booth.nadia, knot.ref, at=booth.now)
    soon = booth.cast.in_days(3)
    operations.give_consent(
        me,
        excerpt.interview_id,
        layers=[Layer.USE, Layer.QUOTE],
        keep_until=soon,
        at=booth.now,
    )

    def words(day: int) -> str:
        view = threads.public_thread(booth.pilot.pk, on=booth.cast.in_days(day))
        return view.knot(excerpt.knot.ref).words.words

    assert [words(3), words(4)] == [WORDS, ""]


def test_one_answers_about_ones_own_words_only(booth: Booth) -> None:
    mine, other = booth.excerpt(), booth.excerpt()
    asked = operations_quotes.ask_approval(booth.nadia, mine.ref, at=booth.now)
    stranger = booth.teller(other.interview)
    for actor, ref in ((stranger, asked.ref), (booth.nadia, asked.ref), (stranger, nobody())):
        with pytest.raises(NotFound):
            operations_story.approve_quote(actor, ref, words=WORDS, at=booth.now)
    with pytest.raises(WriteSomething):
        operations_story.change_quote(
            booth.teller(mine.interview), asked.ref, words=" ", at=booth.now
        )
    assert QuoteApproval.objects.get().state == QuoteState.ASKED
