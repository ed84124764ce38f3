from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartstart.access.ledger import Deed
from smartstart.access.models import Line
from smartstart.base.refusals import NotAllowed, NotFound, RulesChanged
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread import queries as threads
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Audience, Knot
from smartstart.voices import (
    exchange,
    export,
    operations,
    operations_quotes,
    operations_story,
    queries,
    queries_story,
)
from smartstart.voices.errors import NothingToExport
from smartstart.voices.states import Layer, QuoteState
from tests.voices.booth import Booth

pytestmark = pytest.mark.django_db


def test_a_list_of_interviews_is_a_glance_and_a_page_is_a_look(booth: Booth) -> None:
    interview = booth.agreed()
    reading = booth.reading()
    assert [line.described for line in queries.interviews_in(reading, booth.pilot.pk)] == [
        "moeder, 34 jaar"
    ]
    reading.settle()
    reading = booth.reading()
    assert queries.interview_page(reading, interview.pk).with_whom == "Anouk Verzonnen"
    reading.settle()
    deeds = Line.objects.filter(folder=interview.folder).order_by("number")
    assert list(deeds.values_list("deed", flat=True))[-2:] == [Deed.GLANCED, Deed.READ]


@pytest.mark.parametrize("name", ["joke", "ada", "petra", "anouk", "sam", "els"])
def test_nobody_else_reads_any_of_it(booth: Booth, name: str) -> None:
    transcript = booth.proposed()
    done = booth.round()
    for ask in (
        lambda: queries.interview_page(booth.reading(name), transcript.interview_id),
        lambda: queries.checking_page(booth.reading(name), transcript.pk),
        lambda: queries.coding_page(booth.reading(name), done.ref),
        lambda: queries_story.story_of(booth.reading(name)),
    ):
        with pytest.raises(NotFound):
            ask()


def test_the_checking_page_shows_what_each_proposal_covers(booth: Booth) -> None:
    transcript = booth.proposed()
    page = queries.checking_page(booth.reading(), transcript.pk)
    assert [line.words for line in page.pseudonyms] == ["De Wit", "Fleur"]
    assert page.left == 2
    assert page.proposed_by == "rules"
    with pytest.raises(NotFound):
        queries.checking_page(booth.reading(), booth.checked().pk)


def test_a_page_made_before_a_withdrawal_never_leaves_after_it(booth: Booth) -> None:
    round_ = booth.round()
    reading = booth.reading()
    assert "voorbij lopen" in queries.coding_page(reading, round_.ref).text
    operations.withdraw_consent(booth.bram, round_.transcript.interview_id, at=booth.now)
    with pytest.raises(RulesChanged):
        reading.settle()
    with pytest.raises(NotFound):
        queries.coding_page(booth.reading(), round_.ref)


def test_a_thread_page_made_before_a_withdrawal_never_leaves_after_it(booth: Booth) -> None:
    excerpt = booth.excerpt()
    reading = booth.reading()
    assert threads.thread_of(reading, booth.pilot.pk).knots[0].words.words
    operations.withdraw_consent(booth.bram, excerpt.interview_id, at=booth.now)
    with pytest.raises(RulesChanged):
        reading.settle()


def test_consent_ends_by_the_day_without_any_work(booth: Booth) -> None:
    round_ = booth.round()
    late = booth.reading(at=booth.now + timedelta(days=366))
    with pytest.raises(NotFound):
        queries.coding_page(late, round_.ref)
    assert queries.excerpts_in(late, booth.pilot.pk) == []


def test_own_story_shows_what_it_led_to_and_nothing_of_others(booth: Booth) -> None:
    mine, other = booth.excerpt(), booth.excerpt()
    operations_quotes.ask_approval(booth.nadia, mine.ref, at=booth.now)
    thread.write(
        booth.nadia,
        booth.pilot.pk,
        Kind.INSIGHT,
        title="Mensen durven niet",
        rests_on=[mine.knot.ref, other.knot.ref],
        at=booth.now,
    )
    thread.write(
        booth.nadia,
        booth.pilot.pk,
        Kind.INSIGHT,
        title="Van een ander",
        rests_on=[other.knot.ref],
        at=booth.now,
    )
    story = queries_story.story_of(booth.reading(booth.teller(mine.interview)))
    assert [(fed.title, fed.others) for fed in story.led_to] == [("Mensen durven niet", 1)]
    assert [line.state for line in story.said] == [QuoteState.ASKED]
    assert story.waiting == 1
    operations_story.withdraw_story(booth.teller(mine.interview), at=booth.now)
    after = queries_story.story_of(booth.reading(booth.teller(mine.interview)))
    assert (after.is_withdrawn, after.said, after.led_to) == (True, (), ())


def test_what_leaves_is_what_may_be_used_and_shared(booth: Booth) -> None:
    with pytest.raises(NothingToExport):
        export.export_codebook(booth.reading(), booth.pilot.pk)
    shared, kept = booth.checked(), booth.checked(layers=[Layer.USE])
    for transcript in (shared, kept):
        booth.put(booth.round(transcript, coders=["nadia"]), 41, 75)
    gone = booth.checked()
    operations.withdraw_consent(booth.nadia, gone.interview_id, at=booth.now)

    reading = booth.reading()
    project = exchange.read_project(export.export_project(reading, booth.pilot.pk))
    picked = [one for source in project.sources for one in source.selections]
    guids = [one.guid for one in picked] + [c.guid for one in picked for c in one.codings]
    assert len(guids) == len(set(guids)) > 0, "a guid stands once in a file"
    reading.settle()
    assert [len(source.selections) for source in project.sources] == [1, 1]
    assert {source.name for source in project.sources} == {"Gesprek 1", "Gesprek 2"}
    lines = Line.objects.filter(deed=Deed.EXPORTED)
    assert {line.folder_id for line in lines} == {
        shared.folder_id,
        kept.folder_id,
        booth.pilot.folder_id,
    }
    abroad = export.project_of(booth.reading(), booth.pilot.pk, to_share=True)
    assert [source.guid for source in abroad.sources] == [shared.ref]
    table = export.export_fragments(booth.reading(), booth.pilot.pk).decode("utf-8-sig")
    assert table.count("ging eerst twee keer voorbij lopen") == 2
    assert b"Schaamte" in export.export_codebook(booth.reading(), booth.pilot.pk)
    with ZipFile(BytesIO(export.export_project(booth.reading(), booth.pilot.pk))) as archive:
        assert archive.testzip() is None


def test_a_facilitator_may_not_export(booth: Booth) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        export.export_project(booth.reading("els"), booth.pilot.pk)


@pytest.mark.parametrize("codings", [2, 40])
def test_the_coding_page_costs_the_same_however_much_is_coded(booth: Booth, codings: int) -> None:
    round_ = booth.round()
    for place in range(codings):
        booth.put(round_, place, place + 3)
    reading = booth.reading()
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.coding_page(reading, round_.ref).codings) == codings
    assert len(asked) == 7


@pytest.mark.parametrize("knots", [1, 12])
def test_a_thread_costs_the_same_however_long_it_is(booth: Booth, knots: int) -> None:
    excerpt = booth.excerpt()
    for _ in range(knots):
        thread.write(
            booth.nadia,
            booth.pilot.pk,
            Kind.INSIGHT,
            title="x",
            rests_on=[excerpt.knot.ref],
            at=booth.now,
        )
    reading = booth.reading()
    with CaptureQueriesContext(connection) as inside:
        threads.thread_of(reading, booth.pilot.pk)
    Pilot.objects.filter(pk=booth.pilot.pk).update(is_public=True)
    Knot.objects.update(audience=Audience.PUBLIC)
    with CaptureQueriesContext(connection) as public:
        threads.public_thread(booth.pilot.pk, on=booth.cast.today)
    assert (len(inside), len(public)) == (8, 3)
