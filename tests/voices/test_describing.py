"""How somebody is shown beside their words: never by name, and changed when it is wrong."""

from __future__ import annotations

import pytest

from smartstart.access.actor import Actor
from smartstart.base.refusals import NotAllowed, NotFound, Refusal
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind
from smartstart.thread.models import PublishedWords, Thread
from smartstart.voices import operations, operations_quotes, operations_story
from smartstart.voices.describing import names_of
from smartstart.voices.models import Interview
from smartstart.voices.refusals import NameStandsInIt, SayHowToShowThem, StoryWasTakenBack
from tests.voices.booth import Booth


@pytest.mark.parametrize(
    ("with_whom", "names"),
    [
        ("Anouk Verzonnen", {"anouk", "verzonnen"}),
        ("Mevrouw De Wit", {"wit"}),
        ("Anouk de Wit uit Tilburg", {"anouk", "wit"}),
        ("moeder van Sem", {"sem"}),
        ("een vader van het schoolplein in Tilburg", set()),
        ("J. van 't Hof-Bakker", {"hof-bakker"}),
        ("Çiğdem Öz", {"çiğdem"}),
        ("", set()),
    ],
)
def test_what_names_somebody_in_how_the_team_wrote_them_down(
    with_whom: str, names: set[str]
) -> None:
    assert names_of(with_whom) == names


@pytest.mark.django_db
@pytest.mark.parametrize("described", ["Anouk, moeder", "moeder (VERZONNEN)", "moeder: anouk"])
def test_nobody_is_planned_under_their_own_name(booth: Booth, described: str) -> None:
    """Found by hand: 'Christel, gedragscoach' was kept, and would stand beside each quote."""
    with pytest.raises(NameStandsInIt):
        booth.plan(described=described)
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_who_is_called_otherwise_is_so_beside_public_words_at_once(booth: Booth) -> None:
    """Found by hand: the page of a story asks to say that it is wrong, and nobody could mend it."""
    booth.pilot.is_public = True
    booth.pilot.save()
    approval = operations_quotes.ask_approval(booth.nadia, booth.excerpt().ref, at=booth.now)
    interview = approval.excerpt.interview
    words = booth.reading().text(approval, "proposed")
    operations_story.approve_quote(booth.teller(interview), approval.ref, words=words, at=booth.now)
    knot = approval.excerpt.knot
    rests = [knot.ref]
    made = thread.write(
        booth.nadia, booth.pilot.pk, Kind.INSIGHT, title="Wachten", rests_on=rests, at=booth.now
    )
    thread.publish(booth.nadia, made.knot.ref, at=booth.now)
    version = Thread.objects.get(pilot=booth.pilot).version

    operations.call_otherwise(booth.nadia, interview.pk, described=" ouder ", at=booth.now)

    said = dict(PublishedWords.objects.values_list("knot__kind", "by"))
    assert said == {Kind.EXCERPT.value: "ouder", Kind.INSIGHT.value: ""}
    assert Thread.objects.get(pilot=booth.pilot).version == version + 1, "no kept page stays"
    interview = Interview.objects.select_related("folder").get(pk=interview.pk)
    assert booth.reading().text(interview, "described") == "ouder"


@pytest.mark.django_db
def test_calling_somebody_otherwise_is_refused_in_a_sentence(booth: Booth) -> None:
    interview = booth.agreed()

    def call(actor: Actor, described: str, number: int = interview.pk) -> type[Refusal]:
        with pytest.raises(Refusal) as refused:
            operations.call_otherwise(actor, number, described=described, at=booth.now)
        return refused.type

    assert call(booth.nadia, "moeder", 0) is NotFound
    assert call(booth.cast.actor("joke"), "moeder") is NotFound
    assert call(booth.teller(interview), "moeder") is NotAllowed
    assert call(booth.nadia, "  ") is SayHowToShowThem
    assert call(booth.nadia, "Anouk, 34") is NameStandsInIt
    operations.withdraw_consent(booth.nadia, interview.pk, at=booth.now)
    assert call(booth.nadia, "moeder") is StoryWasTakenBack
