"""Edges of the thread: what is sent twice, what is not there, and what asks nothing."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.access.permissions import Role
from smartstart.access.reading import Reading
from smartstart.base.once import SentBefore
from smartstart.base.refusals import NotFound
from smartstart.thread import operations, queries
from smartstart.thread.kinds import Kind, State
from smartstart.thread.models import Audience, Knot
from tests.cast import Cast
from tests.thread.yarn import Yarn

pytestmark = pytest.mark.django_db


@pytest.fixture
def yarn(cast: Cast) -> Yarn:
    return Yarn(cast)


def test_a_thing_sent_twice_is_one_and_of_who_sent_it_first(yarn: Yarn) -> None:
    ref, pilot, kind, at = uuid4(), yarn.pilot.pk, Kind.INSIGHT, yarn.now
    first = operations.write(yarn.nadia, pilot, kind, title="Een deur", ref=ref, at=at)
    lines = Line.objects.count()

    assert operations.write(yarn.nadia, pilot, kind, title="Een deur", ref=ref, at=at) == first
    assert (Knot.objects.count(), Line.objects.count()) == (1, lines)
    with pytest.raises(SentBefore):
        operations.write(yarn.cast.actor("bram"), pilot, kind, title="Een deur", ref=ref, at=at)
    with pytest.raises(SentBefore):
        operations.write(yarn.nadia, pilot, Kind.IDEA, title="Een deur", ref=ref, at=at)


def test_opening_to_who_thinks_along_never_takes_from_the_public(yarn: Yarn) -> None:
    knot = yarn.published_chain()["concept"]
    assert operations.open_to_meedenkers(yarn.nadia, knot.ref, at=yarn.now).audience == "public"
    assert Knot.objects.get(pk=knot.pk).audience == Audience.PUBLIC

    team = yarn.write(Kind.INSIGHT).knot
    opened = operations.open_to_meedenkers(yarn.nadia, team.ref, at=yarn.now)
    assert opened.audience == Audience.MEEDENKERS


def test_what_was_withdrawn_has_no_kind_to_ask_words_of(yarn: Yarn) -> None:
    made = yarn.chain()
    made["idea"].state = State.WITHDRAWN.value
    knots = [made["insight"], made["idea"], made["concept"]]

    assert operations.by_kind(knots) == {
        Kind.INSIGHT: [made["insight"].pk],
        Kind.CONCEPT: [made["concept"].pk],
    }


def test_the_drawing_tells_its_gaps_and_knows_no_other_knot(yarn: Yarn) -> None:
    made = yarn.chain()
    view = queries.thread_of(Reading(yarn.nadia, at=yarn.now), yarn.pilot.pk)

    assert [line.ref for line in view.gaps] == [made["concept"].ref]
    assert view.knot(made["idea"].ref).kind is Kind.IDEA
    with pytest.raises(NotFound):
        view.knot(uuid4())


def test_a_thing_is_found_by_its_knot_and_a_voice_is_no_thing_of_this_room(yarn: Yarn) -> None:
    made, on = yarn.chain(), yarn.cast.today

    assert queries.thing(yarn.nadia, made["idea"].ref, on=on).knot == made["idea"]
    for ref in (made["voice"].ref, uuid4()):
        with pytest.raises(NotFound):
            queries.thing(yarn.nadia, ref, on=on)
    with pytest.raises(NotFound):
        queries.thing(yarn.cast.actor("joke"), made["idea"].ref, on=on)


def test_who_told_a_story_is_told_what_came_of_it_and_nobody_else(yarn: Yarn) -> None:
    source, on = yarn.chain()["voice"].source, yarn.cast.today
    teller = Actor(role=Role.INTERVIEWEE, within=source, person=source)

    assert [fed.title for fed in queries.fed_by(teller, on=on)] == [
        "insight",
        "how_might_we",
        "idea",
        "concept",
    ]
    assert queries.fed_by(replace(teller, within=None), on=on) == []
    assert queries.fed_by(replace(teller, within=uuid4()), on=on) == []
