from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base import guards
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.thread import operations, queries
from smartstart.thread.errors import (
    CannotTieThese,
    GapIsNotExplained,
    NothingIsMissing,
    PilotIsNotPublic,
    RestsOnNothing,
    RestsOnWithdrawn,
    TitleIsMissing,
)
from smartstart.thread.guards import GUARDS
from smartstart.thread.kinds import Kind, Lack, State
from smartstart.thread.models import Audience, Knot, PublishedWords, Tie
from tests.cast import Cast
from tests.thread.yarn import Yarn

pytestmark = pytest.mark.django_db


@pytest.fixture
def yarn(cast: Cast) -> Yarn:
    return Yarn(cast)


def test_the_guards_stand_after_all_migrations() -> None:
    assert guards.missing(connection, GUARDS) == set()


def test_a_thing_is_written_and_tied_and_leaves_one_line(yarn: Yarn) -> None:
    voice = yarn.voice()
    before = Line.objects.count()
    insight = yarn.write(Kind.INSIGHT, rests_on=[voice.ref])
    assert Tie.objects.get().lower == voice
    assert insight.knot.rank == 20
    assert Line.objects.count() == before + 1


def test_a_thing_has_a_title_and_a_concept_a_goal(yarn: Yarn) -> None:
    with pytest.raises(TitleIsMissing):
        yarn.write(Kind.INSIGHT, title="  ")
    with pytest.raises(TitleIsMissing):
        yarn.write(Kind.CONCEPT, form={"goal": " "})
    assert Knot.objects.count() == 0


@pytest.mark.parametrize("name", ["joke", "ada", "petra", "anouk", "sam"])
def test_who_does_not_work_in_the_pilot_finds_nothing(yarn: Yarn, name: str) -> None:
    insight = yarn.write(Kind.INSIGHT)
    with pytest.raises(NotFound):
        operations.write(
            yarn.cast.actor(name), yarn.pilot.pk, Kind.INSIGHT, title="Iets", at=yarn.now
        )
    with pytest.raises(NotFound):
        operations.publish(yarn.cast.actor(name), insight.knot.ref, at=yarn.now)


def test_a_researcher_writes_and_does_not_publish(yarn: Yarn) -> None:
    bram = yarn.cast.actor("bram")
    insight = operations.write(bram, yarn.pilot.pk, Kind.INSIGHT, title="Iets", at=yarn.now)
    with pytest.raises(NotAllowed):
        operations.publish(bram, insight.knot.ref, at=yarn.now)


def test_ties_only_rise(yarn: Yarn) -> None:
    insight, idea = yarn.write(Kind.INSIGHT), yarn.write(Kind.IDEA)
    with pytest.raises(CannotTieThese):
        operations.tie(yarn.nadia, idea.knot.ref, insight.knot.ref, at=yarn.now)
    with pytest.raises(CannotTieThese):
        operations.tie(yarn.nadia, idea.knot.ref, idea.knot.ref, at=yarn.now)


def test_a_tie_made_twice_is_one(yarn: Yarn) -> None:
    insight, idea = yarn.write(Kind.INSIGHT), yarn.write(Kind.IDEA)
    for _ in range(2):
        operations.tie(yarn.nadia, insight.knot.ref, idea.knot.ref, at=yarn.now)
    assert Tie.objects.count() == 1


@pytest.mark.parametrize(("lower_rank", "upper_rank"), [(10, 50), (20, 40), (20, 20)])
def test_the_database_refuses_a_tie_with_false_ranks(
    yarn: Yarn, lower_rank: int, upper_rank: int
) -> None:
    low, up = yarn.write(Kind.INSIGHT).knot, yarn.write(Kind.CONCEPT).knot
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.bulk_create(
            [
                Tie(
                    lower=up if lower_rank == 20 and upper_rank == 40 else low,
                    upper=up,
                    lower_rank=lower_rank,
                    upper_rank=upper_rank,
                    made_at=yarn.now,
                )
            ]
        )


def test_the_database_refuses_a_tie_between_pilots(yarn: Yarn) -> None:
    low = yarn.write(Kind.INSIGHT).knot
    other = operations.new_knot(yarn.cast.pilot_b, Kind.IDEA, at=yarn.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(lower=low, upper=other, lower_rank=20, upper_rank=40, made_at=yarn.now)


def test_the_database_keeps_the_withdrawn_withdrawn_and_the_kind_as_it_is(yarn: Yarn) -> None:
    voice = yarn.voice()
    operations.withdraw_knots([voice.pk], at=yarn.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Knot.objects.filter(pk=voice.pk).update(state=State.STANDING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Knot.objects.filter(pk=voice.pk).update(kind=Kind.IDEA, rank=40)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedWords.objects.create(knot=voice, words="toch", published_at=yarn.now)


def test_withdrawing_weakens_all_that_rests_on_it_and_nothing_else(yarn: Yarn) -> None:
    chain, apart = yarn.chain(), yarn.write(Kind.INSIGHT, rests_on=[yarn.voice().ref])
    version = queries.version_of(yarn.pilot.pk)
    fallen = operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    assert (fallen.withdrawn, fallen.weakened) == (1, 4)
    assert fallen.pilots == {yarn.pilot.pk}
    states = dict(Knot.objects.values_list("kind", "state").exclude(pk=apart.knot.pk))
    assert states[Kind.CONCEPT] == states[Kind.INSIGHT] == State.WEAKENED
    apart.knot.refresh_from_db()
    assert apart.knot.state == State.STANDING
    assert queries.version_of(yarn.pilot.pk) == version + 1
    assert operations.withdraw_knots([chain["voice"].pk], at=yarn.now).withdrawn == 0


def test_nothing_new_is_tied_to_what_was_withdrawn(yarn: Yarn) -> None:
    chain = yarn.chain()
    operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    with pytest.raises(RestsOnWithdrawn):
        yarn.write(Kind.INSIGHT, rests_on=[chain["voice"].ref])
    idea = yarn.write(Kind.IDEA, rests_on=[chain["insight"].ref])
    idea.knot.refresh_from_db()
    assert idea.knot.state == State.WEAKENED


def test_a_weakened_insight_stands_again_only_on_what_stands(yarn: Yarn) -> None:
    chain, second = yarn.chain(), yarn.voice()
    operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    with pytest.raises(RestsOnWithdrawn):
        operations.stand_again(yarn.nadia, chain["concept"].ref, at=yarn.now)
    with pytest.raises(RestsOnNothing):
        operations.stand_again(yarn.nadia, chain["insight"].ref, at=yarn.now)
    operations.tie(yarn.nadia, second.ref, chain["insight"].ref, at=yarn.now)
    knot = operations.stand_again(yarn.nadia, chain["insight"].ref, at=yarn.now)
    assert knot.state == State.STANDING
    assert list(Tie.objects.filter(upper=knot).values_list("lower", flat=True)) == [second.pk]


def test_untying_leaves_it_weakened_until_somebody_looks(yarn: Yarn) -> None:
    chain = yarn.chain()
    operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    operations.untie(yarn.nadia, chain["voice"].ref, chain["insight"].ref, at=yarn.now)
    chain["insight"].refresh_from_db()
    assert chain["insight"].state == State.WEAKENED
    with pytest.raises(NotFound):
        operations.untie(yarn.nadia, chain["voice"].ref, chain["insight"].ref, at=yarn.now)


def test_publishing_asks_for_a_public_pilot_ground_and_reasons(yarn: Yarn) -> None:
    chain = yarn.chain()
    concept = chain["concept"].ref
    with pytest.raises(PilotIsNotPublic):
        operations.publish(yarn.nadia, concept, at=yarn.now)
    yarn.show_pilot()
    with pytest.raises(RestsOnNothing):
        operations.publish(yarn.nadia, yarn.write(Kind.IDEA).knot.ref, at=yarn.now)
    with pytest.raises(GapIsNotExplained):
        operations.publish(yarn.nadia, concept, at=yarn.now)
    with pytest.raises(NothingIsMissing):
        operations.explain_gap(yarn.nadia, concept, Lack.VOICE, words="Wel", at=yarn.now)
    with pytest.raises(TitleIsMissing):
        operations.explain_gap(yarn.nadia, concept, Lack.FIGURE, words=" ", at=yarn.now)
    operations.explain_gap(yarn.nadia, concept, Lack.FIGURE, words="Niemand telt dit.", at=yarn.now)
    operations.publish(yarn.nadia, concept, at=yarn.now)
    assert set(Knot.objects.values_list("audience", flat=True)) >= {Audience.PUBLIC}
    shown = PublishedWords.objects.get(knot__ref=concept)
    assert (shown.title, shown.gap) == ("concept", "Niemand telt dit.")


def test_nothing_is_published_that_rests_on_a_withdrawn_voice(yarn: Yarn) -> None:
    chain = yarn.chain()
    yarn.show_pilot()
    operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    with pytest.raises(RestsOnWithdrawn):
        operations.publish(yarn.nadia, chain["insight"].ref, at=yarn.now)


def test_what_is_public_stays_as_published_until_published_again(yarn: Yarn) -> None:
    insight = yarn.write(Kind.INSIGHT, rests_on=[yarn.voice().ref]).knot
    yarn.show_pilot()
    operations.publish(yarn.nadia, insight.ref, at=yarn.now)
    operations.change(yarn.nadia, insight.ref, title="Anders", form={"words": "x"}, at=yarn.now)
    assert yarn.public_titles() == ["insight"]
    operations.publish(yarn.nadia, insight.ref, at=yarn.now)
    assert yarn.public_titles() == ["Anders"]


def test_taking_back_hides_all_that_rests_on_it(yarn: Yarn) -> None:
    chain = yarn.published_chain()
    operations.take_back(yarn.nadia, chain["idea"].ref, at=yarn.now)
    assert yarn.public_titles() == ["insight", "how_might_we"]


def test_after_withdrawing_the_public_sees_weakened_and_a_tombstone(yarn: Yarn) -> None:
    chain = yarn.published_chain()
    operations.withdraw_knots([chain["voice"].pk], at=yarn.now)
    view = queries.public_thread(yarn.pilot.pk, on=yarn.cast.today)
    assert [knot.state for knot in view.knots] == [State.WITHDRAWN, *[State.WEAKENED] * 4]
    assert view.knots[0].words.words == ""
    assert view.knot(chain["insight"].ref).support.voices == 0
    assert view.knot(chain["insight"].ref).support.of_voices == 1


def test_who_thinks_along_sees_what_was_opened_to_them(yarn: Yarn) -> None:
    chain = yarn.chain()
    maria = yarn.meedenker()
    assert queries.thread_of(Reading(maria, at=yarn.now), yarn.pilot.pk).knots == ()
    operations.open_to_meedenkers(yarn.nadia, chain["insight"].ref, at=yarn.now)
    view = queries.thread_of(Reading(maria, at=yarn.now), yarn.pilot.pk)
    assert [knot.words.title for knot in view.knots] == ["insight"]


def test_changing_needs_a_title_and_an_existing_thing(yarn: Yarn, now: datetime) -> None:
    insight = yarn.write(Kind.INSIGHT).knot
    with pytest.raises(TitleIsMissing):
        operations.change(yarn.nadia, insight.ref, title="", form={}, at=now)
    with pytest.raises(NotFound):
        operations.change(yarn.nadia, uuid4(), title="x", form={}, at=now)
    with pytest.raises(NotFound):
        operations.change(yarn.nadia, yarn.voice().ref, title="x", form={}, at=now)
