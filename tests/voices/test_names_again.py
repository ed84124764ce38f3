"""Names that were looked for by rules alone are looked for again, with the list of names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.models import Line
from smartstart.access.reading import open_for_deed
from smartstart.base import clock
from smartstart.base.refusals import NotFound
from smartstart.jobs import worker
from smartstart.voices import operations_text
from smartstart.voices.models import Pseudonym, Transcript
from smartstart.voices.refusals import ListOfNamesIsNotReady, NamesAreReleased
from smartstart.voices.rules import Span, collide, found_again
from tests.cast import signed_in
from tests.language.processes import Helper, running, shared_tables
from tests.voices.booth import Booth

TALK = """Gisteren belde Fatima. Daarna deed mevrouw De Wit open.

In Heusden was het druk. Fatima kwam ook, en daarna mevrouw De Wit."""


@pytest.fixture
def full_helper(settings: Any) -> Iterator[Helper]:
    """A real helper with its tables, where the house looks for it."""
    cache, _progress = shared_tables()
    with running(cache, ready=True) as helper:
        settings.LANGUAGE_SOCKET = helper.socket
        yield helper


def words_of(transcript: Transcript) -> dict[str, set[tuple[str, str]]]:
    """What may point at somebody, with what stands instead and how it was answered."""
    text, told = open_for_deed(transcript, "original"), dict[str, set[tuple[str, str]]]()
    for row in Pseudonym.objects.filter(transcript=transcript).select_related("folder"):
        said = (row.state, open_for_deed(row, "replacement"))
        told.setdefault(text[row.start : row.end], set()).add(said)
    return told


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_a_second_search_adds_names_and_keeps_every_answer(
    booth: Booth, full_helper: Helper, settings: Any
) -> None:
    settings.LANGUAGE_SOCKET, there = full_helper.folder / "nobody", full_helper.socket
    transcript = booth.proposed(text=TALK)
    assert words_of(transcript) == {"De Wit": {("proposed", "[persoon 1]")}}
    with pytest.raises(ListOfNamesIsNotReady):
        operations_text.look_again(booth.nadia, transcript.pk, at=booth.now)
    refs = list(Pseudonym.objects.order_by("start").values_list("ref", flat=True))
    operations_text.confirm(
        booth.nadia, transcript.pk, pseudonyms=refs[:1], replacement="[persoon 1]", at=booth.now
    )

    settings.LANGUAGE_SOCKET = there
    nadia = signed_in(booth.cast, "nadia")
    with clock.fixed(booth.now):
        assert "Zoek nog eens met de lijst met namen" in page_of(nadia, transcript)
        nadia.post(reverse("voices:look_again", args=[transcript.interview_id]))
        assert "We zoeken naar namen." in page_of(nadia, transcript)
        worker.do_all_waiting()
        assert "vaste regels" not in page_of(nadia, transcript)

    assert words_of(transcript) == {
        "De Wit": {("confirmed", "[persoon 1]"), ("proposed", "[persoon 1]")},
        "Fatima": {("proposed", "[persoon 2]")},
        "Heusden": {("proposed", "[plaats 1]")},
    }
    assert Pseudonym.objects.filter(ref__in=refs).count() == len(refs)
    lines = Line.objects.filter(folder=transcript.folder_id).count()
    again = operations_text.look_again(booth.nadia, transcript.pk, at=booth.now)
    assert again.proposed_by == "full"
    assert Line.objects.filter(folder=transcript.folder_id).count() == lines


def page_of(client: Client, transcript: Transcript) -> str:
    return client.get(reverse("voices:names", args=[transcript.interview_id])).content.decode()


@pytest.mark.django_db
def test_who_may_not_decide_names_looks_for_none(booth: Booth) -> None:
    transcript = booth.proposed()
    with pytest.raises(NotFound):
        operations_text.look_again(booth.cast.actor("joke"), transcript.pk, at=booth.now)
    done = booth.checked()
    with pytest.raises(NamesAreReleased):
        operations_text.look_again(booth.nadia, done.pk, at=booth.now)


# The arithmetic of it -----------------------------------------------------------------------------

LABELS = st.sampled_from(["[persoon 1]", "[persoon 2]", "[plaats 1]", "[leeftijd]", "Anna"])


@st.composite
def stretches(draw: st.DrawFn) -> dict[Span, str]:
    """Stretches that share no character, each with words."""
    edges = sorted(draw(st.sets(st.integers(0, 30), max_size=8)))
    spans = zip(edges[::2], edges[1::2], strict=False)
    return {span: draw(LABELS) for span in spans}


TEXT = "Anna en Bo, daarna Cas en Dee."


@given(stretches(), stretches(), st.sets(st.integers(0, 3)))
def test_nothing_of_a_person_is_touched_and_nothing_is_found_twice(
    found: dict[Span, str], there: dict[Span, str], chosen: set[int]
) -> None:
    spans = list(there)
    decided = {span: there[span] for place, span in enumerate(spans) if place in chosen}
    waiting = {span: there[span] for span in spans if span not in decided}

    again = found_again(TEXT, found, decided=decided, waiting=waiting)

    assert again.dropped <= waiting.keys() - found.keys()
    left = [span for span in there if span not in again.dropped]
    added = [new.span for new in again.added]
    assert not collide(added, left)
    covered = {place for span in (*left, *added) for place in range(*span)}
    names = {place for span in found for place in range(*span) if TEXT[place].isupper()}
    assert names <= covered, "every name that was found stands somewhere"
    assert {span for span in found if not collide([span], left)} <= set(added)
    for new in again.added:
        if new.words in decided.values() and new.words.endswith(("1]", "2]")):
            same = {found.get(other) for other in decided if decided[other] == new.words}
            assert found[new.find] in same, "no name gets the words of another"


def test_of_a_find_that_reaches_over_an_answer_the_rest_waits() -> None:
    again = found_again(
        TEXT, {(0, 10): "[persoon 1]"}, decided={(8, 10): "Bo"}, waiting={(5, 7): "[x]"}
    )

    assert [(new.span, new.words) for new in again.added] == [((0, 7), "[persoon 1]")]
    assert again.dropped == {(5, 7)}
