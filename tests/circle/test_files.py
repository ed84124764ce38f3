"""Files beside words: who reads the words reads the file, sealed on disk, gone with the key."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from smartstart.access.models import Line
from smartstart.base.files.kinds import FileKind
from smartstart.base.files.washing import Washed
from smartstart.base.refusals import NotAllowed, NotFound, RulesChanged
from smartstart.circle import operations_files, operations_said, queries_files, queries_said
from smartstart.circle import operations_questions as questions
from smartstart.circle.errors import CircleIsClosed
from smartstart.circle.errors_withheld import FamilyWouldNotice
from smartstart.circle.errors_words import (
    EnoughFiles,
    ItHasEnded,
    NoMoreRoom,
    NotYourWords,
    TooMuchAtOnce,
)
from smartstart.circle.export import as_json, export_of
from smartstart.circle.export_sheet import as_sheet
from smartstart.circle.models import Attachment, Entry, Reply
from smartstart.circle.operations_erasing import erase_circle
from smartstart.circle.operations_opening import close_circle
from smartstart.circle.operations_withheld import withhold
from smartstart.circle.operations_words import correct_entry
from smartstart.circle.states import GroundKind, GroundState, SeatKind
from tests.circle.asking import Asking, asking

LETTER = b"%PDF-1.4 brief van de dokter"
PDF = Washed(FileKind.PDF, LETTER)


@pytest.fixture
def home(db: None, now: datetime) -> Asking:
    return asking(now)


def attach(home: Asking, beside: str, row: Any, by: str, **more: Any) -> Attachment:
    told: dict[str, Any] = {"file": PDF, "called": "Brief van de dokter", "at": home.at} | more
    return operations_files.attach_file(home.actor(by), beside, row.ref, **told)


def opens(home: Asking, name: str, file: Attachment, *, at: datetime | None = None) -> bool:
    """Whether somebody gets the file; then the line stands in the ledger."""
    reading = home.kin.reading(name, at=at or home.at)
    try:
        kind, content = queries_files.file_itself(reading, file.ref, is_shown=False)
    except NotFound:
        return False
    reading.settle()
    assert (kind, content) == (FileKind(file.kind), LETTER)
    return True


def who_opens(home: Asking, file: Attachment) -> set[str]:
    return {name for name in home.at_work() if opens(home, name, file)}


def on_disk() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def test_who_reads_the_words_opens_the_file_and_each_time_is_a_line(home: Asking) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    file = attach(home, "entry", entry, "anouk")
    home.kin.ground("daan", "here noor", GroundKind.SEAT)

    assert who_opens(home, file) == {"anouk", "daan"}

    taken = Line.objects.filter(folder=entry.folder, deed="exported")
    assert {line.hat for line in taken} == {home.kin.hats[n].ref for n in ("anouk", "daan")}
    (sealed,) = on_disk()
    assert LETTER not in sealed.read_bytes()
    (line,) = queries_files.files_of_entry(home.kin.reading("daan", at=home.at), entry.ref)
    assert (line.called, line.by, line.size_bytes) == ("Brief van de dokter", "Anouk", len(LETTER))


def test_a_file_comes_along_with_a_question_until_it_is_answered(home: Asking) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    shown = attach(home, "entry", entry, "anouk")
    other = attach(home, "entry", home.kin.entry("here noor", "Iets anders.", by="anouk"), "anouk")
    question = home.ask(attach=[entry.ref])
    asked = attach(home, "question", question, "anouk")

    for file in (shown, asked):
        assert who_opens(home, file) == {"anouk", "fatima"}
    assert who_opens(home, other) == {"anouk"}
    reading = home.kin.reading("fatima", at=home.at)
    files = queries_files.files_with_question(reading, question.ref)
    assert [line.ref for line in files] == [shown.ref, asked.ref]

    questions.answer(home.actor("fatima"), question.ref, words="Ik bel je.", at=home.at)

    for file in (shown, asked):
        assert who_opens(home, file) == {"anouk"}
    reply = Reply.objects.get(question=question)
    answered = attach(home, "answer", reply, "fatima")
    assert who_opens(home, answered) == {"anouk"}
    with pytest.raises(NotFound):
        attach(home, "answer", reply, "anouk")
    questions.confirm(home.actor("anouk"), question.ref, at=home.at)
    for beside, row, by in (("question", question, "anouk"), ("answer", reply, "fatima")):
        with pytest.raises(ItHasEnded):
            attach(home, beside, row, by)


def test_whose_yes_was_taken_back_adds_nothing_more_to_an_answer(home: Asking) -> None:
    """Found by a new user: a file came into the folder as late as one liked."""
    question = home.ask()
    questions.answer(home.actor("fatima"), question.ref, words="Ik bel je.", at=home.at)
    home.say(question, "fatima", GroundState.WITHDRAWN)

    with pytest.raises(ItHasEnded):
        attach(home, "answer", Reply.objects.get(question=question), "fatima")


def test_only_beside_ones_own_words_and_in_a_circle_that_runs(home: Asking) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    home.kin.ground("daan", "here noor", GroundKind.SEAT)
    question = home.ask()
    for beside, row, by, why in (
        ("entry", entry, "daan", NotYourWords),
        ("entry", entry, "dennis", NotFound),
        ("question", question, "fatima", NotYourWords),
        ("question", question, "peer", NotFound),
        ("letter", entry, "anouk", NotFound),
    ):
        with pytest.raises(why):
            attach(home, beside, row, by)
    close_circle(home.actor("anouk"), home.kin.circles["here"].ref, at=home.at)
    with pytest.raises(CircleIsClosed):
        attach(home, "entry", entry, "anouk")
    assert (Attachment.objects.count(), on_disk()) == (0, [])


def test_sent_twice_it_stands_there_once_and_there_is_an_end_to_it(
    home: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    form = entry.ref
    first = attach(home, "entry", entry, "anouk", ref=form)
    assert attach(home, "entry", entry, "anouk", ref=form) == first
    for _number in range(operations_files.MOST_FILES - 1):
        attach(home, "entry", entry, "anouk")
    with pytest.raises(EnoughFiles):
        attach(home, "entry", entry, "anouk")
    monkeypatch.setattr(operations_files, "MOST_BYTES", len(LETTER) * operations_files.MOST_FILES)
    more = home.kin.entry("here noor", "En nog iets.", by="anouk")
    with pytest.raises(NoMoreRoom):
        attach(home, "entry", more, "anouk")
    assert len(on_disk()) == Attachment.objects.count() == operations_files.MOST_FILES


def test_one_takes_ones_own_file_away_and_nobody_elses(
    home: Asking, django_capture_on_commit_callbacks: Any
) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    file = attach(home, "entry", entry, "anouk")
    home.kin.ground("daan", "here noor", GroundKind.SEAT)
    with pytest.raises(NotAllowed):
        operations_files.take_file_away(home.actor("daan"), file.ref, at=home.at)
    reading = home.kin.reading("daan")
    assert queries_files.file_itself(reading, file.ref, is_shown=False)[1] == LETTER
    with django_capture_on_commit_callbacks(execute=True):
        operations_files.take_file_away(home.actor("anouk"), file.ref, at=home.at)
    with pytest.raises(RulesChanged):  # an answer that was being made does not leave any more
        reading.settle()
    assert (who_opens(home, file), on_disk()) == (set(), [])
    assert Line.objects.filter(folder=entry.folder, deed="removed").count() == 1


def test_a_file_goes_with_its_key_and_what_has_no_row_is_swept(
    home: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations_files, "SWEPT_AFTER_SECONDS", 0)
    gone = attach(home, "entry", home.kin.entry("here noor", "Weg", by="anouk"), "anouk")
    stays = attach(home, "entry", home.kin.entry("there noor", "Hier", by="dennis"), "dennis")
    with transaction.atomic():  # a file of something that was not kept after all
        attach(home, "entry", gone.entry, "anouk")
        transaction.set_rollback(True)
    assert len(on_disk()) == 3
    close_circle(home.actor("anouk"), home.kin.circles["here"].ref, at=home.at)
    assert operations_files.sweep_files() == 1
    erase_circle(home.kin.circles["here"].ref, at=home.at + timedelta(days=366))

    assert operations_files.sweep_files() == 1
    assert [path.name.partition(".")[0] for path in on_disk()] == [stays.ref.hex]
    assert who_opens(home, gone) == set()


def test_the_export_holds_what_the_reader_sees_and_the_files_themselves(
    home: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(home, "entry", home.kin.entry("here noor", "Slaapt", by="anouk"), "anouk")
    attach(home, "entry", home.kin.entry("there noor", "Daar", by="dennis"), "dennis")
    circle = home.kin.circles["here"].ref

    packed = queries_files.all_files(home.kin.reading("anouk", at=home.at), circle)

    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        (name,) = package.namelist()
        assert package.read(name) == LETTER
    found = export_of(home.kin.reading("anouk", at=home.at), circle)
    assert as_json(found).decode().count("Brief van de dokter") == 1
    assert [piece.heading for piece in as_sheet(found).pieces].count(
        "Bijlage: Brief van de dokter"
    ) == 1
    with pytest.raises(NotFound):
        queries_files.all_files(home.kin.reading("dennis", at=home.at), circle)
    monkeypatch.setattr(queries_files, "MOST_AT_ONCE", 1)
    with pytest.raises(TooMuchAtOnce):
        queries_files.all_files(home.kin.reading("anouk", at=home.at), circle)


def test_what_has_a_file_beside_it_was_seen_and_is_not_withheld_afterwards(home: Asking) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="daan")
    home.kin.ground("daan", "here noor", GroundKind.SEAT)
    attach(home, "entry", entry, "daan")
    with pytest.raises(FamilyWouldNotice):
        withhold(home.actor("daan"), entry.ref, why="gevaar", other=home.ref("karin"), at=home.at)


def test_a_file_beside_a_correction_stands_on_the_same_page(home: Asking) -> None:
    entry = home.kin.entry("here noor", "Zij slaapt slecht.", by="anouk")
    added = correct_entry(home.actor("anouk"), entry.ref, words="Soms goed.", at=home.at)
    file = attach(home, "entry", added, "anouk")
    reading = home.kin.reading("anouk", at=home.at)
    assert [one.ref for one in queries_files.files_of_entry(reading, entry.ref)] == [file.ref]


def test_words_of_one_home_lead_back_to_that_home_also_for_who_lives_in_two(home: Asking) -> None:
    made = home.kin
    for where in ("here", "there"):
        made.ground("noor", f"{where} household", "home")
        made.ground("noor", f"{where} noor", "own")
    for where in ("here", "there"):
        entry = made.entry(f"{where} noor", "Van mij.", by="noor")
        place = queries_files.place_of(made.reading("noor"), "entry", entry.ref)
        assert place.circle == made.circles[where].ref


def test_what_a_child_draws_goes_to_whom_it_chose(home: Asking) -> None:
    home.kin.seat("ria", "here household", called="Oma Ria", kind=SeatKind.INFORMAL)
    home.kin.ground("noor", "here household", GroundKind.HOME)
    said = operations_said.say(
        home.actor("noor"), home.ref("ria"), words="", files=[PDF], at=home.at
    )
    file = Attachment.objects.get()
    assert who_opens(home, file) == {"noor", "ria"}
    (told,) = queries_said.said_to(home.kin.reading("ria", at=home.at))
    assert [one.ref for one in told.files] == [file.ref]
    with pytest.raises(NotAllowed):
        operations_files.take_file_away(home.actor("noor"), file.ref, at=home.at)
    reading = home.kin.reading("ria", at=home.at)
    assert queries_files.file_itself(reading, file.ref, is_shown=True)[1] == LETTER
    entry = home.kin.entry("here household", "Thuis", by="anouk")
    beside = attach(home, "entry", entry, "anouk")
    with pytest.raises(NotFound):
        queries_files.file_itself(home.kin.reading("anouk", at=home.at), beside.ref, is_shown=True)
    assert said.folder_id == file.folder_id


def test_a_file_stands_beside_one_thing(home: Asking) -> None:
    entry: Entry = home.kin.entry("here noor", "Slaapt", by="anouk")
    file = attach(home, "entry", entry, "anouk")
    for change in ({"entry": None}, {"question": home.ask()}, {"size_bytes": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=file.pk).update(**change)
