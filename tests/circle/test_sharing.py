"""Two locks, one yes of everybody who decides, and taking it back: the next read is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from smartstart.access.models import Folder
from smartstart.access.reading import Reading
from smartstart.base.refusals import NotAllowed, NotFound, RulesChanged
from smartstart.circle import errors, gate, operations_authority, operations_sharing
from smartstart.circle.errors_questions import NotYours
from smartstart.circle.models import (
    Basis,
    Circle,
    ConsentAnswer,
    Ground,
    Member,
    Part,
    Question,
    Reply,
)
from smartstart.circle.operations_questions import answer
from smartstart.circle.regimes import Regime
from smartstart.circle.rules import birthday
from smartstart.circle.states import (
    Answer,
    AuthorityKind,
    GroundKind,
    GroundState,
    QuestionKind,
    SeatKind,
    Side,
)
from tests.circle.worlds import Town, agree, town, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


@pytest.fixture
def circle(place: Town) -> Circle:
    return place.open()


@pytest.fixture
def child(place: Town, circle: Circle) -> Member:
    return place.child(circle, "Noor", years_ago(9, place.today))


@pytest.fixture
def noor(place: Town, circle: Circle, child: Member) -> Part:
    part = place.part(child, circle)
    place.seat(part, "fatima")
    return part


def reads(place: Town, name: str, part: Part) -> bool:
    return gate.may_read(place.actor(name), part.folder_id, at=place.at)


def say(place: Town, name: str, said: str, ground: Ground) -> Ground:
    deed = {
        "yes": operations_sharing.say_yes,
        "no": operations_sharing.say_no,
        "back": operations_sharing.take_back,
    }[said]
    return deed(place.actor(name), ground.ref, at=place.at)


def together(place: Town, circle: Circle, child: Member, name: str = "bas") -> None:
    """Let a second parent with authority live there."""
    place.adult(circle, name)
    operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref(name),
        kind=AuthorityKind.PARENT,
        at=place.at,
    )


def version(part: Part) -> int:
    return Folder.objects.get(pk=part.folder_id).rules_version


def test_a_mother_who_decides_alone_says_yes_by_asking(place: Town, noor: Part) -> None:
    before = version(noor)
    ground = place.ask(noor, "fatima")

    assert (ground.state, ground.kind) == (GroundState.GRANTED, GroundKind.SEAT)
    assert reads(place, "fatima", noor)
    assert version(noor) == before + 1
    assert not reads(place, "karin", noor)


def test_a_professional_asks_and_reads_nothing_until_the_yes(place: Town, noor: Part) -> None:
    place.ask(noor, "fatima")
    place.seat(noor, "daan")
    before = version(noor)
    ground = place.ask(noor, "daan", by="fatima")

    assert ground.state == GroundState.ASKED
    assert not reads(place, "daan", noor)
    assert version(noor) == before
    say(place, "anouk", "yes", ground)
    assert reads(place, "daan", noor)
    assert version(noor) == before + 1


def test_taking_back_is_refused_at_the_next_read_and_throws_away_the_one_being_made(
    place: Town, noor: Part
) -> None:
    ground = place.ask(noor, "fatima")
    reading = Reading(place.actor("fatima"), at=place.at)
    seen = Part.objects.visible_to(place.actor("fatima"), on=place.today)
    row = seen.select_related("folder").get(pk=noor.pk)
    assert reading.text(row, "called") == "Noor"
    other = version(place.household(noor.circle))  # type: ignore[arg-type]

    say(place, "anouk", "back", ground)

    with pytest.raises(RulesChanged):
        reading.settle()
    assert not reads(place, "fatima", noor)
    assert not seen.exists()
    assert version(place.household(noor.circle)) == other  # type: ignore[arg-type]


def test_who_took_it_back_may_say_yes_again(place: Town, noor: Part) -> None:
    ground = place.ask(noor, "fatima")
    say(place, "anouk", "back", ground)
    assert say(place, "anouk", "yes", ground).state == GroundState.GRANTED
    assert reads(place, "fatima", noor)


def test_a_topic_opens_that_topic_and_no_more(place: Town, noor: Part) -> None:
    place.ask(noor, "fatima", topic=Side.DEVELOPMENT)
    on = place.today
    whole = gate.folders_read(place.actor("fatima"), on=on)
    assert whole is not None
    assert reads(place, "fatima", noor)
    assert not Part.objects.filter(folder_id__in=whole.rows()).exists()
    for topic in Side.values:
        found = gate.folders_on(place.actor("fatima"), topic, on=on)
        opened = Part.objects.filter(folder_id__in=found.rows()).exists()
        assert opened == (topic == Side.DEVELOPMENT)


@pytest.mark.parametrize(("hers", "his"), list(product(["yes", "no", "back", None], repeat=2)))
def test_both_parents_must_say_yes(
    place: Town, circle: Circle, child: Member, noor: Part, hers: str | None, his: str | None
) -> None:
    place.ask(noor, "fatima")
    place.seat(noor, "daan")
    together(place, circle, child)
    ground = place.ask(noor, "daan", by="fatima") if reads(place, "fatima", noor) else None
    if ground is None:
        first = Ground.objects.get(receiver=place.ref("fatima"))
        say(place, "bas", "yes", first)
        ground = place.ask(noor, "daan", by="fatima")
    for name, said in (("anouk", hers), ("bas", his)):
        if said is not None:
            say(place, name, said, ground)

    assert reads(place, "daan", noor) == (hers == his == "yes")


def test_a_second_parent_is_asked_about_what_was_agreed_before(
    place: Town, circle: Circle, child: Member, noor: Part
) -> None:
    ground = place.ask(noor, "fatima")
    before = version(noor)
    together(place, circle, child)

    ground.refresh_from_db()
    assert ground.state == GroundState.ASKED
    assert not reads(place, "fatima", noor)
    assert version(noor) > before
    say(place, "bas", "yes", ground)
    assert reads(place, "fatima", noor)


def test_parents_apart_get_one_question_that_the_coordinator_holds(
    place: Town, circle: Circle, child: Member, noor: Part
) -> None:
    together(place, circle, child)
    ground = place.ask(noor, "fatima")
    say(place, "bas", "no", ground)
    say(place, "anouk", "back", ground)
    say(place, "anouk", "yes", ground)

    question = Question.objects.get()
    ground.refresh_from_db()
    assert ground.apart == question
    assert (question.kind, question.holder) == (QuestionKind.APART, place.ref("willem"))
    waiting = Question.objects.waiting_for(place.actor("willem"), at=place.at)
    assert list(waiting) == [question]
    for name in ("anouk", "bas", "willem", "fatima"):
        seen = Question.objects.read_by(place.actor(name), at=place.at).exists()
        assert seen == (name in {"anouk", "bas"})
    told = {"words": "Gebeld, wij praten donderdag.", "at": place.at}
    with pytest.raises((NotFound, NotYours)):
        answer(place.actor("fatima"), question.ref, **told)
    given = answer(place.actor("willem"), question.ref, **told, by_phone=True)
    for name in ("anouk", "bas", "willem", "fatima"):
        seen = Reply.objects.visible_to(place.actor(name), on=place.today).filter(pk=given.pk)
        assert seen.exists() == (name in {"anouk", "bas"}), name


def test_who_decides_from_a_later_day_is_asked_anew_on_that_day(
    place: Town, circle: Circle, child: Member, noor: Part
) -> None:
    ground = place.ask(noor, "fatima")
    place.adult(circle, "bas")
    operations_authority.state_authority(
        place.actor("anouk"),
        circle.ref,
        child.ref,
        who=place.ref("bas"),
        kind=AuthorityKind.PARENT,
        from_day=place.today + timedelta(days=2),
        at=place.at,
    )
    assert reads(place, "fatima", noor)
    place.later(1)
    assert reads(place, "fatima", noor)
    place.later(1)
    assert not reads(place, "fatima", noor)
    with pytest.raises(errors.GroundIsOver):
        say(place, "anouk", "yes", ground)
    again = place.ask(noor, "fatima")
    assert again.state == GroundState.ASKED
    say(place, "bas", "yes", again)
    assert reads(place, "fatima", noor)


def test_when_who_said_no_decides_no_more_nothing_opens_by_it(
    place: Town, circle: Circle, child: Member, noor: Part
) -> None:
    together(place, circle, child)
    ground = place.ask(noor, "fatima")
    say(place, "bas", "no", ground)
    theirs = child.authorities.get(who=place.ref("bas"))

    operations_authority.end_authority(
        place.actor("bas"), theirs.ref, last_day=place.today - timedelta(days=1), at=place.at
    )

    ground.refresh_from_db()
    assert ground.state == GroundState.ASKED
    said = ConsentAnswer.objects.filter(ground=ground).values_list("person", "answer", "ended_at")
    assert {(who, answer, ended is None) for who, answer, ended in said} == {
        (place.ref("anouk"), Answer.ASKED, True),
        (place.ref("bas"), Answer.NO, False),
    }
    assert not reads(place, "fatima", noor)
    say(place, "anouk", "yes", ground)
    assert reads(place, "fatima", noor)


@pytest.mark.parametrize("age", [12, 16])
def test_a_yes_ends_the_day_before_the_child_gets_a_say(
    place: Town, circle: Circle, age: int
) -> None:
    born = years_ago(age, place.today + timedelta(days=30))
    child = place.child(circle, "Noor", born)
    place.move_in(circle, child, "noor")
    part = place.part(child, circle)
    place.seat(part, "daan")
    ground = place.ask(part, "daan")
    if age == 16:
        assert ground.state == GroundState.ASKED
        say(place, "noor", "yes", ground)

    assert ground.last_day == birthday(born, age) - timedelta(days=1)
    place.later(29)
    assert reads(place, "daan", part)
    place.later(1)
    assert not reads(place, "daan", part)
    with pytest.raises(errors.GroundIsOver):
        say(place, "anouk", "yes", ground)


def test_from_sixteen_the_young_person_decides_alone(place: Town, circle: Circle) -> None:
    child = place.child(circle, "Noor", years_ago(16, place.today))
    place.move_in(circle, child, "noor")
    part = place.part(child, circle)
    place.seat(part, "daan", by="noor")
    ground = place.ask(part, "daan", by="noor")

    assert ground.state == GroundState.GRANTED
    assert ground.last_day == birthday(years_ago(16, place.today), 18) - timedelta(days=1)
    with pytest.raises(NotFound):
        say(place, "anouk", "back", ground)


def test_a_parent_without_authority_reads_only_what_was_granted(
    place: Town, circle: Circle, child: Member, noor: Part
) -> None:
    place.adult(circle, "bas")
    assert not reads(place, "bas", noor)
    ground = place.ask(noor, "bas")
    assert ground.kind == GroundKind.BESIDE
    assert reads(place, "bas", noor)
    with pytest.raises(NotAllowed):
        say(place, "bas", "no", ground)


def test_the_household_is_shared_by_every_adult_who_lives_there(
    place: Town, circle: Circle
) -> None:
    home = place.household(circle)
    place.seat(home, "fatima")
    ground = place.ask(home, "fatima")
    assert reads(place, "fatima", home)

    place.adult(circle, "bas")

    assert not reads(place, "fatima", home)
    say(place, "bas", "yes", ground)
    assert reads(place, "fatima", home)


def test_a_parents_own_matters_are_shared_by_that_parent_alone(place: Town, circle: Circle) -> None:
    me = Member.objects.get(family=circle.family_id, is_child=False)
    place.adult(circle, "bas")
    own = place.part(me, circle)
    place.seat(own, "daan")
    place.ask(own, "daan")
    assert {n for n in place.actors if reads(place, n, own)} == {"anouk", "daan"}


def test_the_organisations_lock_closes_at_once_for_all_its_people(
    place: Town, circle: Circle, noor: Part
) -> None:
    place.ask(noor, "fatima")
    place.seat(noor, "daan")
    place.ask(noor, "daan")
    before, home = version(noor), version(place.household(circle))
    basis = Basis.objects.get(organisation=place.organisations["school"].ref)

    with pytest.raises(NotAllowed):
        operations_sharing.end_basis(place.actor("fatima"), basis.ref, at=place.at)
    operations_sharing.end_basis(place.actor("ada"), basis.ref, at=place.at)

    assert not reads(place, "fatima", noor)
    assert reads(place, "daan", noor)
    assert (version(noor), version(place.household(circle))) == (before + 1, home)
    operations_sharing.set_basis(
        place.actor("petra"),
        place.organisations["school"].ref,
        regime=Regime.YOUTH_CARE,
        article="Jeugdwet 7.3.11",
        agreement="Afspraak 2027",
        at=place.at,
    )
    assert not reads(place, "fatima", noor)


def test_a_basis_that_is_over_by_the_clock_closes_by_itself(now: datetime) -> None:
    place = town(now, takes_part=False)
    agree(place.organisations["school"], on=place.today, last_day=place.today)
    circle = place.open()
    part = place.part(place.child(circle, "Noor", years_ago(9, place.today)), circle)
    place.seat(part, "fatima")
    place.ask(part, "fatima")
    assert reads(place, "fatima", part)
    place.later(1)
    assert not reads(place, "fatima", part)


def test_who_has_no_seat_is_not_asked_for(place: Town, noor: Part) -> None:
    with pytest.raises(errors.NotOfThisHome):
        place.ask(noor, "daan")


def test_what_was_asked_is_not_asked_twice(place: Town, noor: Part) -> None:
    place.ask(noor, "fatima")
    with pytest.raises(errors.AskedAlready):
        place.ask(noor, "fatima")


def test_a_day_that_is_over_and_nobody_who_decides_are_refused(
    place: Town, circle: Circle, noor: Part
) -> None:
    with pytest.raises(errors.DayIsOver):
        place.ask(noor, "fatima", until=place.today - timedelta(days=1))
    lonely = place.child(circle, "Sem", years_ago(13, place.today), mine=None)
    place.move_in(circle, lonely, "sem")
    part = place.part(lonely, circle)
    place.seat(part, "daan", by="sem")
    with pytest.raises(errors.NobodyDecides):
        place.ask(part, "daan", by="sem")


@pytest.mark.parametrize("name", ["ria", "karin", "dennis", "sam", "rik", "petra", "ada"])
def test_nobody_outside_asks_or_answers(place: Town, noor: Part, name: str) -> None:
    ground = place.ask(noor, "fatima")
    with pytest.raises(NotFound):
        place.ask(noor, "fatima", by=name)
    for said in ("yes", "no", "back"):
        with pytest.raises((NotFound, NotAllowed)):
            say(place, name, said, ground)


def test_a_confidant_reads_until_the_last_day_of_the_seat(place: Town, circle: Circle) -> None:
    me = Member.objects.get(family=circle.family_id, is_child=False)
    own = place.part(me, circle)
    place.beside(own, "ria", days=10)
    ground = place.ask(own, "ria", until=place.today + timedelta(days=100))

    assert ground.last_day == place.today + timedelta(days=10)
    place.later(10)
    assert reads(place, "ria", own)
    place.later(1)
    assert not reads(place, "ria", own)


def test_what_must_is_told_and_takes_no_answer(place: Town, noor: Part) -> None:
    place.ask(noor, "fatima")
    place.seat(noor, "gerda")
    told = operations_sharing.inform(
        place.actor("fatima"),
        noor.ref,
        receiver=place.ref("gerda"),
        law="supervision_order",
        at=place.at,
        until=place.today + timedelta(days=30),
    )
    assert (told.must, told.state) == (True, GroundState.INFORMED)
    assert reads(place, "gerda", noor)
    for said in ("yes", "no", "back"):
        with pytest.raises(errors.ThisMust):
            say(place, "anouk", said, told)


def test_nobody_tells_more_than_they_read(place: Town, noor: Part) -> None:
    place.ask(noor, "fatima", topic=Side.DEVELOPMENT)
    place.seat(noor, "gerda")
    told = {"receiver": place.ref("gerda"), "at": place.at}
    with pytest.raises(NotAllowed):
        operations_sharing.inform(place.actor("fatima"), noor.ref, law="court", **told)
    with pytest.raises(NotAllowed):
        operations_sharing.inform(place.actor("anouk"), noor.ref, law="court", **told)
    with pytest.raises(errors.LawIsNotKnown):
        operations_sharing.inform(
            place.actor("fatima"), noor.ref, law="nice", topic=Side.DEVELOPMENT, **told
        )


def test_what_both_homes_share_is_decided_by_both(place: Town, circle: Circle) -> None:
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.other_home(circle, [child], "dennis")
    school = place.part(child, None)
    place.seat(school, "fatima")
    ground = place.ask(school, "fatima")
    assert not reads(place, "fatima", school)
    say(place, "dennis", "yes", ground)
    assert reads(place, "fatima", school)


def test_what_is_shared_in_one_home_is_not_asked_in_the_other(place: Town, circle: Circle) -> None:
    child = place.child(circle, "Noor", years_ago(9, place.today))
    place.other_home(circle, [child], "dennis")
    here = place.part(child, circle)
    place.seat(here, "fatima")
    ground = place.ask(here, "fatima")
    assert ground.state == GroundState.GRANTED
    assert not Ground.objects.visible_to(place.actor("dennis"), on=place.today).filter(pk=ground.pk)


def test_born_on_29_february_the_edge_is_that_day_again(place: Town, circle: Circle) -> None:
    place.at = datetime(2028, 2, 28, 22, 30, tzinfo=place.at.tzinfo)
    child = place.child(circle, "Noor", date(2016, 2, 29))
    part = place.part(child, circle)
    place.seat(part, "daan", kind=SeatKind.TOPIC_READER)
    ground = place.ask(part, "daan")
    assert ground.last_day == date(2028, 2, 28)
