"""One question, one holder: what each deed does, refuses, and who then acts and reads."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE
from smartstart.base.once import SentBefore
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import errors_questions as errors
from smartstart.circle import operations_questions as operations
from smartstart.circle import operations_seats, operations_sharing
from smartstart.circle.errors import BasisIsMissing, CircleIsClosed
from smartstart.circle.models import Attached, Basis, ConsentAnswer, Question, Reply, Seat
from smartstart.circle.states import Answer, GroundState
from smartstart.holding.errors import SayWhyNot, SomeoneWasFaster
from tests.circle.asking import Asking, asking

FAMILY = {"anouk"}


@pytest.fixture
def home(db: None) -> Asking:
    return asking(datetime(2026, 11, 17, 14, 0, tzinfo=HERE))


def later(days: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, 17 + days, hour, 0, tzinfo=HERE)


def test_asking_gives_a_holder_a_ground_and_a_promise(home: Asking) -> None:
    question = home.ask()

    assert (home.name(question.holder), home.name(question.asker)) == ("fatima", "anouk")
    assert question.promised_at == later(3, 14)
    assert (question.cover_from, question.coordinator_from) == (later(3, 14), later(7, 14))
    ground = home.ground(question, "fatima")
    assert (ground.state, ground.kind) == (GroundState.GRANTED, "question")
    assert ground.basis is not None
    said = ConsentAnswer.objects.filter(ground=ground).values_list("person", "answer")
    assert dict(said) == {home.ref("anouk"): Answer.YES}
    assert home.acting(question, at=home.at) == {"fatima"}
    assert home.reading(question, at=home.at) == FAMILY | {"fatima"}
    assert home.steps(question) == ["asked"]


def test_the_words_are_read_through_a_reading_only(home: Asking) -> None:
    question = home.ask()
    reading = Reading(home.actor("fatima"), at=home.at)
    found = Question.objects.read_by(home.actor("fatima"), at=home.at).select_related("folder")
    assert reading.text(found.get(pk=question.pk), "words") == "Noor slaapt pas om elf uur."
    reading.settle()
    line = Line.objects.filter(folder=question.folder).order_by("-number")[0]
    assert line.deed == "read"


def test_a_question_climbs_by_the_clock_alone(home: Asking) -> None:
    question = home.ask(with_cover=True)
    moments = [later(3, 13), later(3, 14), later(7, 13), later(7, 14)]

    assert [home.acting(question, at=at) for at in moments] == [
        {"fatima"},
        {"karin"},
        {"karin"},
        {"willem"},
    ]
    assert [home.reading(question, at=at) for at in moments] == [
        FAMILY | {"fatima"},
        FAMILY | {"fatima", "karin"},
        FAMILY | {"fatima", "karin"},
        FAMILY | {"fatima", "willem"},
    ]


def test_a_cover_reads_no_words_without_the_familys_yes(home: Asking) -> None:
    question = home.ask()
    assert home.acting(question, at=later(3, 15)) == {"karin"}
    assert home.reading(question, at=later(3, 15)) == FAMILY | {"fatima"}


def test_an_empty_function_climbs_at_once(home: Asking) -> None:
    question = home.ask()
    home.leaves("fatima")
    assert home.acting(question, at=home.at) == {"karin"}
    home.covers("fatima", None)
    assert home.acting(question, at=home.at) == {"willem"}
    home.leaves("willem")
    assert home.acting(question, at=home.at) == {"wil"}


def test_a_cover_who_left_covers_nobody(home: Asking) -> None:
    question = home.ask()
    home.leaves("karin")
    assert home.acting(question, at=later(3, 15)) == {"fatima"}
    assert home.acting(question, at=later(7, 15)) == {"willem"}


def test_a_lost_ground_gives_the_question_to_the_coordinator(home: Asking) -> None:
    question = home.ask(with_cover=True)
    home.say(question, "fatima", GroundState.WITHDRAWN)

    assert home.acting(question, at=home.at) == {"willem"}
    assert home.reading(question, at=home.at) == FAMILY
    given = operations.give_back_lost(home.actor("anouk"), [question.folder_id], at=home.at)
    assert given == [question]
    assert home.name(home.again(question).holder) == "willem"
    assert home.acting(question, at=home.at) == {"willem"}
    assert home.reading(question, at=home.at) == FAMILY
    assert operations.give_back_lost(home.actor("anouk"), [question.folder_id], at=home.at) == []


def test_taking_back_a_yes_gives_the_question_back_in_the_same_deed(home: Asking) -> None:
    question = home.ask(with_cover=True)
    ground = home.ground(question, "fatima")
    operations_sharing.take_back(home.actor("anouk"), ground.ref, at=later(1))

    assert home.name(home.again(question).holder) == "willem"
    assert home.steps(question) == ["asked", "given_back"]
    assert home.reading(question, at=later(1)) == FAMILY
    operations.ask_family(home.actor("willem"), question.ref, at=later(1))
    asked = home.ground(question, "willem")
    operations_sharing.say_yes(home.actor("anouk"), asked.ref, at=later(1))
    assert home.reading(question, at=later(1)) == FAMILY | {"willem"}


def test_a_seat_that_ends_gives_the_question_back(home: Asking) -> None:
    question = home.ask()
    seat = Seat.objects.get(who=home.ref("fatima"))
    operations_seats.end_seat(home.actor("anouk"), seat.ref, at=later(1))
    assert home.name(home.again(question).holder) == "willem"
    assert home.reading(question, at=later(1)) == FAMILY


def test_a_basis_that_ends_gives_the_question_back_too(home: Asking) -> None:
    question = home.ask()
    Basis.objects.filter(pk=home.ground(question, "fatima").basis_id).update(ended_at=home.at)
    assert home.acting(question, at=home.at) == {"willem"}
    assert home.reading(question, at=home.at) == FAMILY


def test_who_is_not_in_the_circle_is_not_asked(home: Asking) -> None:
    for name in ("peer", "wil", "dennis"):
        with pytest.raises(errors.NotInThisCircle):
            home.ask(to=name)
    with pytest.raises(errors.AskYourself):
        home.ask(to="anouk")
    with pytest.raises(errors.WriteYourQuestion):
        home.ask(words="  ")
    with pytest.raises(NotFound):
        home.ask(part="there noor")
    with pytest.raises(NotFound):
        home.ask(by="peer")
    assert not Question.objects.exists()


def test_a_closed_circle_takes_no_question(home: Asking) -> None:
    circle = home.kin.circles["here"]
    type(circle).objects.filter(pk=circle.pk).update(closed_on=home.kin.today)
    with pytest.raises(CircleIsClosed):
        home.ask()


def test_without_the_organisations_lock_nobody_is_asked(home: Asking) -> None:
    Basis.objects.update(ended_at=home.at)
    with pytest.raises(BasisIsMissing):
        home.ask()


def test_a_form_sent_twice_asks_once(home: Asking) -> None:
    ref = home.kin.family.ref
    first = home.ask(ref=ref)
    assert home.ask(ref=ref) == first
    assert Question.objects.count() == 1
    with pytest.raises(SentBefore):
        home.ask(by="fatima", to="daan", ref=ref)


def test_what_is_attached_lies_in_the_same_part(home: Asking) -> None:
    story = home.kin.entry("here noor", "Wat Noor helpt")
    own = home.kin.entry("here anouk", "Mijn eigen schuld")
    with pytest.raises(errors.AttachedElsewhere):
        home.ask(attach=[story.ref, own.ref])
    question = home.ask(attach=[story.ref])
    assert [one.entry for one in Attached.objects.filter(question=question)] == [story]


def test_a_teacher_asks_and_the_family_says_yes_first(home: Asking) -> None:
    question = home.ask(by="daan", to="fatima")

    assert home.ground(question, "fatima").state == GroundState.ASKED
    assert home.acting(question, at=home.at) == {"fatima"}
    assert home.reading(question, at=home.at) == FAMILY | {"daan"}
    with pytest.raises(errors.TheFamilyThinks):
        operations.answer(home.actor("fatima"), question.ref, words="Bel me", at=home.at)
    home.say(question, "fatima", GroundState.GRANTED)
    operations.answer(home.actor("fatima"), question.ref, words="Bel me", at=home.at)
    assert home.reading(question, at=home.at) == FAMILY | {"daan"}
    operations.confirm(home.actor("daan"), question.ref, at=home.at)
    assert home.again(question).state == "closed"


def test_after_the_answer_the_receiver_reads_nothing(home: Asking) -> None:
    question = home.ask(with_cover=True)
    reply = operations.answer(
        home.actor("fatima"), question.ref, words=" Gebeld. ", by_phone=True, at=later(1)
    )

    assert (reply.by_phone, reply.author) == (True, home.ref("fatima"))
    assert home.acting(question, at=later(13)) == set() == home.waiting(question, at=later(13))
    assert home.reading(question, at=later(1)) == FAMILY
    operations.reopen(home.actor("anouk"), question.ref, why="Ze slaapt nog niet", at=later(2))
    assert home.acting(question, at=later(2)) == {"fatima"}
    assert home.reading(question, at=later(2)) == FAMILY | {"fatima"}
    assert home.again(question).promised_at > later(6)
    operations.answer(home.actor("fatima"), question.ref, words="Kom maandag", at=later(6))
    operations.confirm(home.actor("anouk"), question.ref, at=later(6))
    assert home.steps(question) == ["asked", "answered", "reopened", "answered", "confirmed"]
    assert home.again(question).ended_at == later(6)


def test_an_answer_sent_twice_is_one_answer(home: Asking) -> None:
    question, form = home.ask(), home.kin.family.ref
    for _ in range(2):
        operations.answer(
            home.actor("fatima"), question.ref, words="Gebeld.", reply=form, at=later(1)
        )
    assert Reply.objects.count() == 1
    with pytest.raises(errors.ItIsDone):  # by hand: "somebody else takes care of it", to oneself
        operations.answer(home.actor("fatima"), question.ref, words="Ook dit.", at=later(1))


def test_only_who_acts_answers_and_only_who_asks_closes(home: Asking) -> None:
    question = home.ask()
    with pytest.raises(errors.NotYours):
        operations.answer(home.actor("willem"), question.ref, words="Ik", at=home.at)
    for name in ("daan", "peer", "dennis", "noor"):
        with pytest.raises(NotFound):
            operations.answer(home.actor(name), question.ref, words="Ik", at=home.at)
    with pytest.raises(errors.WriteYourAnswer):
        operations.answer(home.actor("fatima"), question.ref, words=" ", at=home.at)
    with pytest.raises(SomeoneWasFaster):
        operations.confirm(home.actor("anouk"), question.ref, at=home.at)
    operations.answer(home.actor("fatima"), question.ref, words="Ja", at=home.at)
    for deed in (operations.confirm, operations.reopen):
        with pytest.raises(NotAllowed):
            deed(home.actor("fatima"), question.ref, at=home.at, **_why(deed))
    with pytest.raises(SayWhyNot):
        operations.reopen(home.actor("anouk"), question.ref, why="", at=home.at)


def _why(deed: object) -> dict[str, str]:
    return {"why": "nee"} if deed is operations.reopen else {}


def test_picking_up_says_so_and_a_second_tap_says_nothing(home: Asking) -> None:
    question = home.ask()
    taken = operations.pick_up(home.actor("fatima"), question.ref, at=later(1))
    assert (taken.won, taken.question.picked_up_at) == (True, later(1))
    assert operations.pick_up(home.actor("fatima"), question.ref, at=later(1)).won
    assert home.steps(question) == ["asked", "accepted"]
    assert home.again(question).cover_from == question.cover_from


def test_the_cover_picks_up_and_holds_it_with_the_familys_yes(home: Asking) -> None:
    question = home.ask(with_cover=True)
    at = later(3, 15)
    assert operations.pick_up(home.actor("karin"), question.ref, at=at).won
    late = operations.pick_up(home.actor("fatima"), question.ref, at=at)

    assert not late.won
    assert home.name(late.question.holder) == "karin"
    assert home.acting(question, at=at) == {"karin"}
    assert home.reading(question, at=at) == FAMILY | {"karin"}
    assert home.again(question).promised_at == question.promised_at
    assert home.again(question).cover_from == later(7, 15)


def test_a_cover_without_a_yes_picks_up_and_the_family_is_asked(home: Asking) -> None:
    question = home.ask()
    at = later(3, 15)
    operations.pick_up(home.actor("karin"), question.ref, at=at)
    assert home.acting(question, at=at) == {"karin"}
    assert home.ground(question, "karin").state == GroundState.ASKED
    assert home.reading(question, at=at) == FAMILY


def test_calling_today_moves_the_climb_to_the_next_morning(home: Asking) -> None:
    question = home.ask(with_cover=True)
    operations.promise_today(home.actor("fatima"), question.ref, at=later(1))

    assert home.again(question).promised_at == later(1, 17)
    assert home.acting(question, at=later(1, 18)) == {"fatima"}
    assert home.acting(question, at=later(2)) == {"karin"}
    assert home.steps(question) == ["asked", "promised"]
    with pytest.raises(errors.NotYours):
        operations.promise_today(home.actor("fatima"), question.ref, at=later(2))


def test_giving_on_counts_when_the_other_says_yes(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    question = home.ask()
    operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))

    assert home.acting(question, at=later(1)) == {"fatima"}
    assert home.waiting(question, at=later(1)) == {"fatima", "daan"}
    operations.decline(
        home.actor("daan"), question.ref, why="Hier weet ik te weinig van", at=later(1)
    )
    assert home.waiting(question, at=later(1)) == {"fatima"}
    operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    taken = operations.accept(home.actor("daan"), question.ref, at=later(1))
    assert taken.won
    assert home.acting(question, at=later(1)) == {"daan"}
    assert home.reading(question, at=later(1)) == FAMILY | {"daan"}
    again = operations.accept(home.actor("fatima"), question.ref, at=later(1))
    assert (again.won, home.name(again.question.holder)) == (False, "daan")


def test_an_offer_ends_by_the_clock(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    question = home.ask()
    operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    assert home.waiting(question, at=later(2)) == {"fatima", "daan"}
    assert home.waiting(question, at=later(3, 11)) == {"fatima"}
    taken = operations.accept(home.actor("daan"), question.ref, at=later(3, 11))
    assert (taken.won, home.name(taken.question.holder)) == (False, "fatima")


def test_who_may_not_read_is_not_offered_it_the_family_is_asked(home: Asking) -> None:
    question = home.ask()
    asked = operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))

    assert asked.state == "held"
    assert home.ground(question, "daan").state == GroundState.ASKED
    assert home.waiting(question, at=later(1)) == {"fatima"}
    assert home.steps(question) == ["asked", "family_asked"]
    with pytest.raises(errors.TheFamilyThinks):
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    home.say(question, "daan", GroundState.REFUSED)
    with pytest.raises(errors.TheFamilySaidNo):
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    home.say(question, "daan", GroundState.GRANTED)
    operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    assert home.waiting(question, at=later(1)) == {"fatima", "daan"}


def test_nothing_is_offered_outside_the_circle(home: Asking) -> None:
    question = home.ask()
    with pytest.raises(errors.NotInThisCircle):
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("peer"), at=later(1))
    with pytest.raises(errors.AskYourself):
        operations.offer(home.actor("fatima"), question.ref, to=home.ref("fatima"), at=later(1))
    with pytest.raises(SayWhyNot):
        operations.give_back(home.actor("fatima"), question.ref, why=" ", at=later(1))


def test_giving_back_goes_to_who_looks_after_the_circle(home: Asking) -> None:
    question = home.ask(with_cover=True)
    operations.give_back(home.actor("fatima"), question.ref, why="Ik ben weg", at=later(1))
    assert home.acting(question, at=later(1)) == {"willem"}
    assert home.reading(question, at=later(1)) == FAMILY | {"willem"}
    assert home.again(question).picked_up_at is None
    operations.give_back(home.actor("willem"), question.ref, why="Ik ook", at=later(1))
    assert home.acting(question, at=later(1)) == {"wil"}


def test_who_knows_the_family_privately_is_rid_of_it_in_one_tap(home: Asking) -> None:
    question = home.ask()
    operations.know_privately(home.actor("fatima"), question.ref, at=later(1))
    assert home.acting(question, at=later(1)) == {"willem"}
    assert home.reading(question, at=later(1)) == FAMILY
    operations.know_privately(home.actor("willem"), question.ref, at=later(1))
    assert home.acting(question, at=later(1)) == {"wil"}
    home.covers("willem", None)
    assert home.steps(question) == ["asked", "knows", "knows"]


def test_who_knows_the_family_privately_reads_nothing_in_this_home_any_more(home: Asking) -> None:
    home.kin.ground("fatima", "here noor", "seat")
    home.kin.ground("fatima", "here anouk", "seat")
    first, other = home.ask(), home.ask(part="here anouk", title="Een brief")
    operations.know_privately(home.actor("fatima"), first.ref, at=later(1))
    assert home.reading(first, at=later(1)) == FAMILY
    assert home.reading(other, at=later(1)) == FAMILY
    assert home.name(home.again(other).holder) == "willem"


def test_nobody_is_left_without_somebody_to_take_over(home: Asking) -> None:
    question = home.ask(to="willem")
    home.covers("willem", None)
    with pytest.raises(errors.NobodyToTakeOver):
        operations.know_privately(home.actor("willem"), question.ref, at=later(1))
    assert home.acting(question, at=later(13)) == {"willem"}


def test_who_is_offered_it_and_knows_the_family_declines_with_it(home: Asking) -> None:
    home.kin.ground("daan", "here noor", "seat")
    question = home.ask()
    operations.offer(home.actor("fatima"), question.ref, to=home.ref("daan"), at=later(1))
    operations.know_privately(home.actor("daan"), question.ref, at=later(1))
    assert home.waiting(question, at=later(1)) == {"fatima"}
    assert home.steps(question) == ["asked", "offered", "knows"]


def test_the_coordinator_asks_the_family_to_read(home: Asking) -> None:
    question = home.ask()
    at = later(7, 15)
    operations.ask_family(home.actor("willem"), question.ref, at=at)
    assert home.ground(question, "willem").state == GroundState.ASKED
    home.say(question, "willem", GroundState.GRANTED)
    assert home.reading(question, at=at) == FAMILY | {"fatima", "willem"}
    operations.answer(home.actor("willem"), question.ref, words="Ik kom langs", at=at)
    assert home.name(home.again(question).holder) == "willem"


def test_every_deed_leaves_a_line_and_the_reason_is_sealed(home: Asking) -> None:
    question = home.ask()
    before = Line.objects.filter(folder=question.folder).count()
    operations.give_back(home.actor("fatima"), question.ref, why="Ik ben ziek", at=later(1))
    assert Line.objects.filter(folder=question.folder).count() == before + 1
    step = question.steps.get(kind="given_back")
    assert b"Ik ben ziek" not in bytes(step.why or b"")


def test_in_the_summer_a_question_to_a_school_climbs_before_september(home: Asking) -> None:
    at = datetime(2027, 7, 26, 10, 0, tzinfo=HERE)
    question = home.ask(at=at)
    assert question.coordinator_from == at + timedelta(days=7)
    assert home.acting(question, at=at + timedelta(days=7)) == {"willem"}
