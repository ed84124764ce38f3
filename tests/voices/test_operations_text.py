import re

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from smartstart.access.models import Line
from smartstart.access.reading import open_for_deed
from smartstart.base.files.errors import FileRefused
from smartstart.base.refusals import NotFound
from smartstart.voices import operations, operations_text
from smartstart.voices.errors import CodingIsOutsideTheText, ConsentDoesNotReach
from smartstart.voices.models import Coding, Pseudonym, Transcript
from smartstart.voices.refusals import (
    NotEverythingIsDecided,
    ProposalsAreNotReady,
    SayThatYouChecked,
    StretchesOverlap,
    TextIsAlreadyWorkedOn,
)
from smartstart.voices.states import InterviewState, Layer
from tests.voices.booth import TEXT, Booth, hat_of

pytestmark = pytest.mark.django_db


def test_a_text_is_stored_sealed_and_names_are_asked_for_by_reference(booth: Booth) -> None:
    transcript = booth.imported()
    assert open_for_deed(transcript, "original") == TEXT
    assert b"voorbij" not in bytes(transcript.original or b"")
    asked = DBTaskResult.objects.get()
    assert asked.args_kwargs == {"args": [transcript.ref.hex], "kwargs": {}}


def test_the_same_file_again_changes_nothing_and_another_takes_its_place(booth: Booth) -> None:
    first = booth.imported()
    booth.imported(first.interview)
    assert DBTaskResult.objects.count() == 1
    operations_text.propose_pseudonyms(first.ref, at=booth.now)
    again = booth.imported(first.interview, text="Heel iets anders hier. Echt waar.")
    assert again.pk == first.pk
    assert Pseudonym.objects.count() == 0
    assert open_for_deed(Transcript.objects.get(), "original").startswith("Heel iets")


def test_no_text_without_a_consent_that_stands(booth: Booth) -> None:
    with pytest.raises(ConsentDoesNotReach):
        booth.imported(booth.plan())
    with pytest.raises(NotFound):
        operations_text.import_transcript(
            booth.cast.actor("joke"),
            booth.agreed().pk,
            content=TEXT.encode(),
            called="a.txt",
            at=booth.now,
        )


def test_a_file_that_is_refused_leaves_nothing(booth: Booth) -> None:
    interview = booth.agreed()
    with pytest.raises(FileRefused):
        operations_text.import_transcript(
            booth.nadia, interview.pk, content=b"\x00\x01\x02", called="a.txt", at=booth.now
        )
    assert Transcript.objects.count() == 0


def test_a_checked_text_is_not_replaced(booth: Booth) -> None:
    transcript = booth.checked()
    booth.imported(transcript.interview)
    with pytest.raises(TextIsAlreadyWorkedOn):
        booth.imported(transcript.interview, text="Een ander verhaal, met andere woorden.")


def test_names_are_proposed_once(booth: Booth) -> None:
    transcript = booth.proposed()
    found = Pseudonym.objects.count()
    assert found > 0
    assert transcript.proposed_by == "rules"
    assert operations_text.propose_pseudonyms(transcript.ref, at=booth.now) == 0
    assert Pseudonym.objects.count() == found


def test_no_names_are_looked_for_in_a_story_that_was_taken_back(booth: Booth) -> None:
    transcript = booth.imported()
    operations.withdraw_consent(booth.nadia, transcript.interview_id, at=booth.now)
    assert operations_text.propose_pseudonyms(transcript.ref, at=booth.now) == 0


def test_a_person_decides_each_name_and_says_it_is_checked(booth: Booth) -> None:
    waiting = booth.imported()
    with pytest.raises(ProposalsAreNotReady):
        operations_text.finish_pseudonyms(booth.nadia, waiting.pk, checked=True, at=booth.now)
    operations_text.propose_pseudonyms(waiting.ref, at=booth.now)
    refs = list(Pseudonym.objects.order_by("start").values_list("ref", flat=True))
    operations_text.reject(booth.bram, waiting.pk, pseudonyms=refs[:1], at=booth.now)
    with pytest.raises(NotEverythingIsDecided):
        operations_text.finish_pseudonyms(booth.bram, waiting.pk, checked=True, at=booth.now)
    operations_text.confirm(
        booth.bram, waiting.pk, pseudonyms=refs[1:], replacement="[dochter]", at=booth.now
    )
    with pytest.raises(SayThatYouChecked):
        operations_text.finish_pseudonyms(booth.bram, waiting.pk, checked=False, at=booth.now)
    done = operations_text.finish_pseudonyms(booth.bram, waiting.pk, checked=True, at=booth.now)
    assert open_for_deed(done, "text") == TEXT.replace("Fleur", "[dochter]")
    assert done.length == len(TEXT) + 4
    assert done.original is None
    assert done.interview.state in {InterviewState.TOLD, InterviewState.PLANNED}
    with pytest.raises(TextIsAlreadyWorkedOn):
        operations_text.reject(booth.bram, waiting.pk, pseudonyms=refs, at=booth.now)


def test_a_person_replaces_what_nobody_proposed_everywhere_or_nowhere(booth: Booth) -> None:
    transcript = booth.proposed()
    nadia, at = booth.nadia, booth.now
    first, second, _ = (found.span() for found in re.finditer("keer", TEXT))
    before = Pseudonym.objects.count()

    def replace(*stretches: tuple[int, int]) -> list[Pseudonym]:
        return operations_text.add_pseudonyms(
            nadia, transcript.pk, stretches, replacement="[aantal]", at=at
        )

    for wrong in ((5, 5), (0, len(TEXT) + 1), (-1, 3)):
        with pytest.raises(CodingIsOutsideTheText):
            replace(first, wrong)
    with pytest.raises(StretchesOverlap):
        replace(first, (first[0] + 1, first[1] + 1))
    assert Pseudonym.objects.count() == before

    lines = Line.objects.filter(folder=transcript.folder_id)
    told = lines.count()
    made = replace(first, second)
    assert [(row.start, row.end) for row in made] == [first, second]
    assert [open_for_deed(row, "replacement") for row in made] == ["[aantal]"] * 2
    assert lines.count() == told + 1
    with pytest.raises(StretchesOverlap):
        replace((second[1] - 1, second[1] + 1))
    assert Pseudonym.objects.count() == before + 2


def test_the_database_refuses_a_coding_before_the_text_is_checked(booth: Booth) -> None:
    done = booth.round()
    waiting = booth.proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.bulk_create(
            [
                Coding(
                    round=done,
                    transcript=waiting,
                    folder=waiting.folder,
                    code=booth.code(),
                    coder=hat_of(booth.nadia),
                    start=0,
                    end=1,
                    made_at=booth.now,
                )
            ]
        )


def test_a_smaller_consent_stops_what_follows(booth: Booth) -> None:
    transcript = booth.proposed(layers=[Layer.USE])
    operations.withdraw_consent(booth.nadia, transcript.interview_id, at=booth.now)
    with pytest.raises(NotFound):
        operations_text.finish_pseudonyms(booth.nadia, transcript.pk, checked=True, at=booth.now)
