"""One tap from a voice to a thing, a translation for who told it, and who heard back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from smartstart.access.reading import Reading
from smartstart.base.refusals import NotFound
from smartstart.thread import operations, queries, queries_heard
from smartstart.thread.errors import CannotTieThese, TitleIsMissing, WordsAreBorrowed
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Borrowed, HeardBack, HowHeard, Translated
from smartstart.thread.operations_heard import forget, heard
from smartstart.thread.operations_taking import take_up, translate
from tests.cast import Cast
from tests.thread.yarn import Yarn

pytestmark = pytest.mark.django_db


@pytest.fixture
def yarn(cast: Cast) -> Yarn:
    return Yarn(cast)


def test_a_voice_is_taken_up_once_per_kind_and_published_only_in_own_words(yarn: Yarn) -> None:
    voice = yarn.voice()
    insight = take_up(yarn.nadia, voice.ref, Kind.INSIGHT, at=yarn.now)
    assert take_up(yarn.nadia, voice.ref, Kind.INSIGHT, at=yarn.now) == insight
    for source, kind in ((voice.ref, Kind.CONCEPT), (insight.knot.ref, Kind.IDEA)):
        with pytest.raises(CannotTieThese):
            take_up(yarn.nadia, source, kind, at=yarn.now)
    with pytest.raises(NotFound):
        take_up(yarn.nadia, uuid4(), Kind.IDEA, at=yarn.now)
    yarn.show_pilot()
    with pytest.raises(WordsAreBorrowed):
        operations.publish(yarn.nadia, insight.knot.ref, at=yarn.now)

    operations.change(yarn.nadia, insight.knot.ref, title="Ons woord", form={}, at=yarn.now)
    assert not Borrowed.objects.exists()
    operations.publish(yarn.nadia, insight.knot.ref, at=yarn.now)
    operations.change(yarn.nadia, insight.knot.ref, title="Ons woord", form={}, at=yarn.now)


def test_a_translation_is_read_while_the_dutch_is_the_same(yarn: Yarn) -> None:
    voice = yarn.voice()
    insight = yarn.write(Kind.INSIGHT, title="Zo is het", rests_on=[voice.ref]).knot.ref

    def said(language: str) -> list[tuple[str, str]]:
        found = queries.fed_by(
            yarn.nadia, on=yarn.cast.today, source=voice.source, language=language
        )
        return [(fed.title, fed.language) for fed in found]

    for title in ("So it was", "So it is"):
        translate(yarn.nadia, insight, "en", title=title, at=yarn.now)
    assert Translated.objects.count() == 1
    assert (said("en"), said("nl")) == ([("So it is", "en")], [("Zo is het", "nl")])
    operations.change(yarn.nadia, insight, title="Zo was het", form={}, at=yarn.now)
    assert said("en") == [("Zo was het", "nl")]
    for language, title in (("en", " "), ("xx", "So")):
        with pytest.raises(TitleIsMissing):
            translate(yarn.nadia, insight, language, title=title, at=yarn.now)
    for ref in (uuid4(), voice.ref):
        with pytest.raises(NotFound):
            translate(yarn.nadia, ref, "en", title="So", at=yarn.now)
    assert queries.fed_by(yarn.cast.actor("sam"), on=yarn.cast.today) == []


def test_somebody_heard_what_came_of_their_words_and_is_forgotten(yarn: Yarn) -> None:
    made, pilot = yarn.chain(), yarn.pilot.pk
    source = made["voice"].source
    assert source is not None

    def hear() -> HeardBack | None:
        return heard(pilot, source, HowHeard.SPOKEN, at=yarn.now)

    assert heard(pilot, uuid4(), HowHeard.PAGE, at=yarn.now) is None
    assert queries_heard.news_in(pilot)[source] == {
        knot.ref for kind, knot in made.items() if kind != "voice"
    }
    assert hear() == hear() == HeardBack.objects.get()
    assert queries_heard.news_in(pilot) == {}
    count = queries_heard.heard_of(pilot, [source, uuid4()])
    assert (count.people, count.heard, count.waiting) == (2, 1, 1)
    assert set(queries_heard.last_heard(pilot)) == {source}
    forget(source)
    assert hear() is not None
    view = queries.thread_of(Reading(yarn.nadia, at=yarn.now), pilot)
    assert len(view.knots) == len(made)
