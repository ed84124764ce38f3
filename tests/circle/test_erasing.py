"""A circle ends: shown beforehand, keys destroyed a year later, nothing readable, ledger whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from smartstart.access.models import Folder
from smartstart.access.operations import finish_erasures
from smartstart.access.reading import open_for_deed
from smartstart.access.verify import verify
from smartstart.base import clock
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_erasing as erasing
from smartstart.circle.errors import SayWhatFor
from smartstart.circle.models import Circle, Entry, Part
from smartstart.circle.operations_opening import close_circle, reopen_circle
from smartstart.circle.operations_withheld import write_withheld
from smartstart.circle.states import GroundKind
from tests.circle.kin import Kin, kin

YEAR = timedelta(days=365)


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    return kin(now)


def closed(home: Kin, circle: str = "here", by: str = "anouk") -> Circle:
    return close_circle(home.actor(by), home.circles[circle].ref, at=home.at)


def folder(home: Kin, part: str) -> Folder:
    return Folder.objects.get(pk=home.parts[part].folder_id)


def test_what_will_be_erased_is_shown_beforehand(home: Kin) -> None:
    assert erasing.closed_circles() == []
    made = closed(home)

    (due,) = erasing.closed_circles()

    assert (due.circle, due.erase_on, due.folders) == (made.ref, home.today + YEAR, 3)
    assert erasing.due_on(home.today + YEAR - timedelta(days=1)) == []
    assert erasing.due_on(home.today + YEAR) == [made.ref]


def test_nothing_is_erased_a_day_too_soon_and_all_on_the_day(
    home: Kin, django_capture_on_commit_callbacks: Any
) -> None:
    entry, there = home.entry("here noor", "Zij gaapt"), home.entry("there noor", "Bij papa")
    made = closed(home)
    early = home.at + YEAR - timedelta(days=1)
    assert erasing.erase_circle(made.ref, at=early) == 0
    assert open_for_deed(entry, "words") == "Zij gaapt"

    with django_capture_on_commit_callbacks(execute=True):
        gone = erasing.erase_circle(made.ref, at=home.at + YEAR)

    assert gone == 3
    assert erasing.erase_circle(made.ref, at=home.at + YEAR) == 0
    with pytest.raises(KeyIsGone):
        open_for_deed(Entry.objects.select_related("folder").get(pk=entry.pk), "words")
    with pytest.raises(KeyIsGone):
        keyring().key(folder(home, "here household").ref)
    assert open_for_deed(there, "words") == "Bij papa"
    later = (home.at + YEAR).date()
    assert not Circle.objects.visible_to(home.actor("anouk"), on=later).exists()
    assert not Part.objects.visible_to(home.actor("anouk"), on=later).filter(circle=made).exists()
    assert verify(key=None).faults == []


def test_an_old_backup_does_not_bring_it_back(
    home: Kin, django_capture_on_commit_callbacks: Any
) -> None:
    entry = home.entry("here noor", "Zij gaapt")
    made = closed(home)
    backup = {row["id"]: row for row in Folder.objects.values()}
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_circle(made.ref, at=home.at + YEAR)
    finish_erasures()

    for old in backup.values():  # the rows as the backup has them: nothing erased yet
        Folder.objects.filter(pk=old["id"]).update(erased_at=old["erased_at"])

    with pytest.raises(KeyIsGone):
        open_for_deed(Entry.objects.select_related("folder").get(pk=entry.pk), "words")


def test_what_was_withheld_ends_with_the_circle(home: Kin) -> None:
    for name in ("fatima", "wil"):
        home.ground(name, "here noor", GroundKind.SEAT)
        home.seat(name, "here noor", called=name)
    apart = write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        words="bang",
        why="gevaar",
        other=home.receiver("wil"),
        at=home.at,
    )
    made = closed(home)

    erasing.erase_circle(made.ref, at=home.at + YEAR)

    assert Folder.objects.get(pk=apart.folder_id).erased_at is not None


def test_what_two_homes_share_stays_until_the_last_home_is_erased(home: Kin) -> None:
    first, second = closed(home), closed(home, "there", "dennis")
    erasing.erase_circle(first.ref, at=home.at + YEAR)
    assert folder(home, "school").erased_at is None

    erasing.erase_circle(second.ref, at=home.at + YEAR)

    assert folder(home, "school").erased_at is not None


def test_a_circle_that_was_opened_again_is_not_erased(home: Kin) -> None:
    made = closed(home)
    reopen_circle(home.actor("anouk"), made.ref, at=home.at + timedelta(days=300))
    assert erasing.erase_circle(made.ref, at=home.at + YEAR) == 0
    assert erasing.closed_circles() == []


def test_the_law_can_keep_it_longer_and_the_family_reads_why(home: Kin) -> None:
    made = closed(home)
    until = home.today + YEAR + timedelta(days=90)
    erasing.hold_circle(made.ref, until=until, why="De rechter vraagt dit.", at=home.at)

    assert [due.erase_on for due in erasing.closed_circles()] == [until]
    assert erasing.erase_circle(made.ref, at=home.at + YEAR + timedelta(days=90)) == 0
    reading = home.reading("anouk")
    kept = Circle.objects.visible_to(home.actor("anouk"), on=home.today)
    row = kept.select_related("folder").get(ref=made.ref)
    assert reading.text(row, "held_why") == "De rechter vraagt dit."
    assert erasing.erase_circle(made.ref, at=home.at + YEAR + timedelta(days=91)) == 3
    with pytest.raises(NotFound):
        erasing.hold_circle(made.ref, until=until, why="x", at=home.at)


def test_keeping_it_needs_a_reason_and_a_circle(home: Kin) -> None:
    made = closed(home)
    with pytest.raises(SayWhatFor):
        erasing.hold_circle(made.ref, until=home.today, why=" ", at=home.at)
    with pytest.raises(NotFound):
        erasing.hold_circle(uuid4(), until=home.today, why="x", at=home.at)


def test_the_command_shows_keeps_and_erases(home: Kin) -> None:
    made = closed(home)

    def said(*words: str) -> str:
        out = StringIO()
        call_command("circle", *words, stdout=out)
        return out.getvalue()

    assert str(made.ref) in said("due")
    assert str(home.today + YEAR) in said("due")
    until = home.today + YEAR + timedelta(days=2)
    said("hold", "--circle", str(made.ref), "--until", str(until), "--why", "Wet")
    assert said("due").count(str(until)) == 2
    with clock.fixed(home.at + YEAR):
        assert "0" in said("erase")
    assert folder(home, "here noor").erased_at is None
    with clock.fixed(home.at + YEAR + timedelta(days=3)):
        assert "1" in said("erase")
    assert folder(home, "here noor").erased_at is not None
    with pytest.raises(CommandError):
        said("hold", "--circle", str(made.ref), "--until", str(until), "--why", "Wet")
