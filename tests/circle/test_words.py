"""What is written: added to and never overwritten; the family's side is the family's."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import operations_words as operations
from smartstart.circle.errors import CircleIsClosed
from smartstart.circle.errors_questions import NotInThisCircle
from smartstart.circle.errors_words import (
    ItHasEnded,
    LookAgainLater,
    NotYourWords,
    WriteSomething,
)
from smartstart.circle.models import Action, Entry, OwnSide
from smartstart.circle.versions import Version, standing
from tests.circle.asking import Asking, asking

AT = datetime(2026, 11, 17, 14, 0, tzinfo=HERE)
TOMORROW = AT.date() + timedelta(days=1)


@pytest.fixture
def home(db: None) -> Asking:
    world = asking(AT)
    world.kin.ground("daan", "here noor", "seat")
    return world


def write(home: Asking, by: str = "daan", **more: object) -> Entry:
    told = {"words": "Noor las vandaag hardop.", "title": "In de klas", "at": AT}
    part = home.kin.parts["here noor"].ref
    return operations.write_entry(home.actor(by), part, **told | more)  # type: ignore[arg-type]


def words_of(home: Asking, name: str) -> list[str]:
    reading = Reading(home.actor(name), at=AT)
    rows = Entry.objects.visible_to(home.actor(name), on=AT.date()).select_related("folder")
    return reading.texts(rows.order_by("id"), "words")


def test_an_entry_is_written_once_and_leaves_a_line(home: Asking) -> None:
    form = uuid4()
    first = write(home, ref=form)
    assert write(home, ref=form) == first
    assert words_of(home, "anouk") == ["Noor las vandaag hardop."]
    line = Line.objects.filter(folder=first.folder).order_by("-number")[0]
    assert line.deed == "made"


def test_who_has_a_seat_may_write_and_reads_nothing_by_it(home: Asking) -> None:
    write(home, "fatima")
    assert words_of(home, "fatima") == []
    assert words_of(home, "anouk") == ["Noor las vandaag hardop."]
    for name in ("peer", "wil", "dennis"):
        with pytest.raises(NotFound):
            write(home, name)
    with pytest.raises(WriteSomething):
        write(home, words=" ")


def test_a_correction_adds_and_the_first_text_stays(home: Asking) -> None:
    entry = write(home)
    operations.correct_entry(home.actor("daan"), entry.ref, words="Het was gisteren.", at=AT)
    assert words_of(home, "anouk") == ["Noor las vandaag hardop.", "Het was gisteren."]
    with pytest.raises(NotYourWords):
        operations.correct_entry(home.actor("anouk"), entry.ref, words="Nee", at=AT)


def versions(entry: Entry) -> list[int]:
    rows = [entry, *entry.corrections.order_by("id")]
    told = [Version(row.pk, row.after_id) for row in rows]
    return standing(told)


def test_two_who_correct_at_once_keep_both_until_somebody_saw_both(home: Asking) -> None:
    entry = write(home)
    daan = home.actor("daan")
    one, other = (
        operations.correct_entry(daan, entry.ref, words=words, after=entry.ref, at=AT)
        for words in ("Het was gisteren.", "Het was maandag.")
    )
    assert versions(entry) == [one.pk, other.pk]
    last = operations.correct_entry(daan, one.ref, words="Maandag.", after=other.ref, at=AT)
    assert versions(entry) == [last.pk]
    assert Entry.objects.filter(corrects=entry).count() == 3


def test_what_the_writer_had_seen_is_a_text_of_this_entry(home: Asking) -> None:
    entry, another = write(home), write(home, title="Anders")
    with pytest.raises(NotFound):
        operations.correct_entry(
            home.actor("daan"), entry.ref, words="Nee", after=another.ref, at=AT
        )


@given(st.lists(st.integers(0, 10), max_size=12))
def test_nothing_that_nobody_saw_is_ever_hidden(seen: list[int]) -> None:
    told = [Version(0, None)]
    told += [Version(number, min(after, number - 1)) for number, after in enumerate(seen, 1)]
    shown = standing(told)
    assert shown
    assert len(told) - 1 in shown
    for one in told:
        hidden = one.number not in shown
        assert hidden == any(
            other.after is not None and other.number > one.number and other.after >= one.number
            for other in told
        )


def test_the_own_side_is_written_by_the_family_only(home: Asking) -> None:
    entry, form = write(home), uuid4()
    for _ in range(2):
        operations.add_own_side(
            home.actor("anouk"), entry.ref, words="Ze was moe.", at=AT, ref=form
        )
    assert OwnSide.objects.count() == 1
    for name, refused in (("daan", NotAllowed), ("fatima", NotFound), ("dennis", NotFound)):
        with pytest.raises(refused):
            operations.add_own_side(home.actor(name), entry.ref, words="Nee", at=AT)
    with pytest.raises(WriteSomething):
        operations.add_own_side(home.actor("anouk"), entry.ref, words="", at=AT)


def test_an_agreement_is_the_familys_and_an_action_has_one_who_does_it(home: Asking) -> None:
    part = home.kin.parts["here noor"].ref
    anouk, daan = home.actor("anouk"), home.actor("daan")
    agreed = operations.make_agreement(
        anouk, part, goal="Noor slaapt om negen uur", review_on=TOMORROW, at=AT
    )
    with pytest.raises(NotAllowed):
        operations.make_agreement(daan, part, goal="Nee", review_on=TOMORROW, at=AT)
    with pytest.raises(LookAgainLater):
        operations.make_agreement(anouk, part, goal="Nu", review_on=AT.date(), at=AT)
    done = operations.add_action(
        anouk,
        agreed.ref,
        responsible=home.ref("daan"),
        words="Belt de schoolarts",
        due_on=TOMORROW,
        at=AT,
    )
    own = operations.add_action(
        daan, agreed.ref, responsible=home.ref("daan"), words="Leest voor", due_on=TOMORROW, at=AT
    )
    with pytest.raises(NotAllowed):
        operations.add_action(
            daan, agreed.ref, responsible=home.ref("fatima"), words="x", due_on=TOMORROW, at=AT
        )
    for other in ("peer", "dennis"):
        with pytest.raises(NotInThisCircle):
            operations.add_action(
                anouk, agreed.ref, responsible=home.ref(other), words="x", due_on=TOMORROW, at=AT
            )
    operations.finish_action(daan, done.ref, at=AT)
    assert operations.finish_action(anouk, done.ref, at=AT + timedelta(days=1)).done_at == AT
    ended = operations.end_agreement(anouk, agreed.ref, came_out="Het hielp.", at=AT)
    assert ended.ended_at == AT
    assert Action.objects.get(pk=own.pk).ended_at == AT
    with pytest.raises(ItHasEnded):
        operations.end_agreement(anouk, agreed.ref, came_out="", at=AT)


def test_a_closed_circle_takes_no_words(home: Asking) -> None:
    entry = write(home)
    circle = home.kin.circles["here"]
    type(circle).objects.filter(pk=circle.pk).update(closed_on=home.kin.today)
    with pytest.raises(CircleIsClosed):
        write(home)
    with pytest.raises(CircleIsClosed):
        operations.correct_entry(home.actor("daan"), entry.ref, words="Nee", at=AT)
