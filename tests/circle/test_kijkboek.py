"""Who looked: everything a family may know of it, and nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Line
from smartstart.access.operations import note_denied
from smartstart.access.reading import Reading
from smartstart.access.signing import public_pem, signing_key
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.circle.models import Part
from smartstart.circle.queries_kijkboek import (
    Because,
    LookedBook,
    looked_in,
    looked_this_week,
    receipts_of,
)
from smartstart.circle.scene import scene
from smartstart.circle.states import GroundKind, SeatKind
from smartstart.circle.weeks import Week
from tests.circle.kin import Kin, kin


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    return kin(now)


def book(home: Kin, name: str, *, circle: str = "here", week: Week | None = None) -> LookedBook:
    reading = home.reading(name)
    return looked_in(reading, home.circles[circle].ref, week or Week.of(home.today))


def names(found: LookedBook) -> list[tuple[str, int]]:
    return [(looker.name, looker.times) for looker in found.lookers]


def check(proof: Any) -> str:
    """Ask the stand-alone checker what a receipt proves."""
    spec = spec_from_file_location(
        "checker", Path(__file__).parents[2] / "scripts/check_receipt.py"
    )
    assert spec is not None
    assert spec.loader is not None
    checker = module_from_spec(spec)
    spec.loader.exec_module(checker)
    return str(checker.check(proof, public_pem(signing_key().public_key())))


def hours(home: Kin, number: float) -> datetime:
    return home.at - timedelta(hours=number)


def test_a_look_is_told_with_who_how_often_and_for_which_question(home: Kin) -> None:
    asked = home.question("here noor", "Slapen", holder="fatima")
    reply = home.reply(asked, "Vertel eens.", by="daan")
    home.seat("fatima", "here noor", called="Fatima van school", face="fatima")
    home.reads("fatima", asked, at=hours(home, 48))
    home.reads("fatima", reply, at=hours(home, 2))

    found = book(home, "anouk")

    assert names(found) == [("Fatima van school", 2)]
    (fatima,) = found.lookers
    assert (fatima.reason.because, fatima.reason.words) == (Because.QUESTION, "Slapen")
    assert fatima.work == "gedragscoach"
    assert [[(thing.kind.value, thing.words, thing.is_mine) for thing in one.things]
            for one in fatima.moments] == [
        [("question", "Slapen", True)],
        [("reply", "Daan", False)],
    ]  # fmt: skip
    assert [part.called for part in found.parts] == ["", "Anouk", "Noor", "Noor"]
    assert looked_this_week(home.actor("anouk"), found.circle, at=home.at) == 1


def test_of_two_questions_the_one_that_was_read_most_is_the_reason(home: Kin) -> None:
    """Found by hand: nine looks at one question were told as looks at the other, read once."""
    often = home.question("here noor", "Slapen", holder="fatima")
    once = home.question("here noor", "Rekenen", holder="fatima")
    for at, row in ((8, often), (6, once), (4, often)):
        home.reads("fatima", row, at=hours(home, at))
    (fatima,) = book(home, "anouk").lookers
    assert fatima.reason.words == "Slapen"

    home.reads("fatima", once, at=hours(home, 2))
    (fatima,) = book(home, "anouk").lookers
    assert fatima.reason.words == "Rekenen"


def test_whose_yes_let_somebody_look(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    given = home.ground("daan", "here noor", GroundKind.SEAT, given_by=home.person("anouk"))
    home.reads("daan", entry, at=hours(home, 1))

    (daan,) = book(home, "anouk").lookers

    assert daan.reason.because is Because.YES
    assert (daan.reason.on, daan.reason.is_mine) == (given.made_at, True)


def test_who_stood_in_says_for_whom(home: Kin) -> None:
    asked = home.question("here noor", "Slapen", holder="fatima")
    home.reads("karin", asked, at=hours(home, 1))

    (karin,) = book(home, "anouk").lookers

    assert (karin.name, karin.reason.because, karin.reason.words) == (
        "Karin",
        Because.COVER,
        "Fatima",
    )


def test_police_are_told_by_function_without_name_or_face(home: Kin) -> None:
    asked = home.question("here noor", "Fietsen", holder="peer")
    home.seat("peer", "here noor", called="Peer Jansen", face="daan", kind=SeatKind.QUESTION_ONLY)
    home.reads("peer", asked, at=hours(home, 1))

    found = book(home, "anouk")

    (peer,) = found.lookers
    assert (peer.name, peer.face, peer.domain) == ("", "", "police_justice")
    assert "Peer" not in repr(found)


def test_a_seat_that_ended_is_still_told(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    seat = home.seat("daan", "here noor", called="Daan de Vries")
    home.reads("daan", entry, at=hours(home, 1))
    seat.ended_at = home.at
    seat.save()

    assert names(book(home, "anouk")) == [("Daan de Vries", 1)]


def test_a_successor_does_not_get_the_looks_of_who_went_before(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    home.seat("daan", "here noor", called="Joris")
    home.reads("daan", entry, at=hours(home, 1))
    home.positions["daan"].occupant = None
    home.positions["daan"].save()

    assert names(book(home, "anouk")) == [("Daan", 1)]


def test_family_members_do_not_see_each_other_and_each_their_own(home: Kin) -> None:
    entry = home.entry("school", "Rapport")
    home.ground("noor", "school", GroundKind.OWN)
    home.ground("noor", "here household", GroundKind.HOME)
    for number, name in enumerate(("anouk", "dennis", "noor")):
        home.reads(name, entry, at=hours(home, number + 1))

    told = {name: book(home, name) for name in ("anouk", "noor")}
    assert {name: (names(found), found.mine) for name, found in told.items()} == {
        "anouk": ([], 1),
        "noor": ([], 1),
    }
    assert looked_this_week(home.actor("anouk"), home.circles["here"].ref, at=home.at) == 0


def test_a_grandmother_who_reads_along_is_told(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    home.ground("ria", "here noor", GroundKind.SEAT)
    home.reads("ria", entry, at=hours(home, 1))

    assert names(book(home, "anouk")) == [("Ria", 1)]


def test_nothing_of_the_other_home_is_told(home: Kin) -> None:
    there = home.entry("there noor", "Bij papa")
    household = home.entry("there household", "Wij")
    for number, row in enumerate((there, household)):
        home.reads("fatima", row, at=hours(home, number + 1))

    found = book(home, "anouk")

    assert (found.lookers, found.before, found.mine) == ((), 0, 0)
    with pytest.raises(NotFound):
        book(home, "anouk", circle="there")
    assert names(book(home, "dennis", circle="there")) == [("Fatima", 2)]


def test_glances_denied_tries_and_deeds_are_no_looks(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    reading = home.reading("fatima")
    reading.saw(entry.folder, entry.ref, deed=Deed.GLANCED)
    reading.settle()
    fatima = home.actor("fatima")
    note_denied(fatima, where="circle:page", tried="/circles/", at=home.at)
    note(fatima, Deed.MADE, folders=[entry.folder_id], at=home.at, on=[entry.ref])

    assert book(home, "anouk").lookers == ()


def test_from_where_somebody_looked_is_nowhere(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    reading = Reading(home.actor("fatima"), at=hours(home, 1), origin="203.0.113.77")
    reading.text(type(entry).objects.select_related("folder").get(pk=entry.pk), "words")
    reading.settle()

    assert "203.0.113" not in repr(book(home, "anouk"))


def test_what_is_not_there_any_more_is_not_named_and_not_counted(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", title="Slapen")
    other = home.entry("there noor", "Elders", title="Elders")
    reading = home.reading("fatima", at=hours(home, 1))
    reading.saw(entry.folder, entry.ref, other.ref, home.parts["here noor"].ref)
    reading.settle()

    (fatima,) = book(home, "anouk").lookers

    (moment,) = fatima.moments
    assert ([thing.words for thing in moment.things], moment.further) == (["Slapen"], 0)


@pytest.mark.parametrize("name", ["fatima", "willem", "ria", "dennis", "peer"])
def test_who_is_not_of_this_home_has_no_such_page(home: Kin, name: str) -> None:
    home.ground("fatima", "here noor", GroundKind.SEAT)
    home.ground("ria", "here household", GroundKind.SEAT)
    with pytest.raises(NotFound):
        book(home, name)
    with pytest.raises(NotFound):
        looked_this_week(home.actor(name), home.circles["here"].ref, at=home.at)


def test_who_stands_beside_a_parent_and_is_a_parent_elsewhere_has_no_such_page(home: Kin) -> None:
    home.ground("dennis", "here household", GroundKind.BESIDE)
    with pytest.raises(NotFound):
        book(home, "dennis")


def test_a_week_begins_on_monday_at_midnight_here(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    monday = Week.of(home.today)
    home.reads("fatima", entry, at=monday.since)
    home.reads("karin", entry, at=monday.since - timedelta(microseconds=1))

    this, last = book(home, "anouk"), book(home, "anouk", week=monday.before)

    assert names(this) == [("Fatima", 1)]
    assert this.before == 1
    assert names(last) == [("Karin", 1)]
    assert day_of(monday.since).weekday() == 0


def test_the_page_costs_the_same_however_much_was_looked_at(home: Kin) -> None:
    def looked() -> int:
        with CaptureQueriesContext(connection, ) as asked:  # fmt: skip
            book(home, "anouk")
        return len(asked)

    entries = [home.entry("here noor", f"Bericht {number}") for number in range(12)]
    home.reads("fatima", entries[0], at=hours(home, 20))
    one = looked()
    for name in ("fatima", "karin", "daan", "peer"):
        for number, entry in enumerate(entries):
            home.reads(name, entry, at=hours(home, number + 1))

    assert looked() == one


def test_more_looks_than_are_shown_are_counted(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    for number in range(23):
        home.reads("fatima", entry, at=hours(home, number / 10))

    (fatima,) = book(home, "anouk").lookers

    assert (fatima.times, len(fatima.moments), fatima.further) == (23, 20, 3)


def test_the_page_itself_is_no_look_for_the_other_parent(home: Kin) -> None:
    asked = home.question("school", "Rekenen", holder="fatima")
    home.reads("fatima", asked, at=hours(home, 1))
    reading = home.reading("anouk")
    looked_in(reading, home.circles["here"].ref, Week.of(home.today))
    reading.settle()

    theirs = book(home, "dennis", circle="there")

    assert names(theirs) == [("Fatima", 1)]
    assert theirs.mine == 0


@pytest.mark.parametrize(
    ("part", "looked", "shown"),
    [
        ("here noor", ["fatima", "anouk"], ["fatima", "anouk"]),
        # Where another of the family reads too, lines of one's own would count theirs.
        ("school", ["dennis", "fatima", "anouk"], ["fatima"]),
        ("here household", ["noor", "fatima", "anouk"], ["fatima"]),
    ],
)
def test_receipts_hold_what_was_shown_and_no_line_of_the_other_parent(
    home: Kin, part: str, looked: list[str], shown: list[str]
) -> None:
    entry = home.entry(part, "Rapport")
    home.ground("noor", "here household", GroundKind.HOME)
    for number, name in enumerate(looked):
        home.reads(name, entry, at=hours(home, 3 - number))
    week, mine = Week.of(home.today), home.parts[part].ref
    here = home.circles["here"].ref
    assert json.loads(receipts_of(home.reading("anouk"), here, mine, week)) == []
    make_checkpoint(at=home.at)

    proofs = json.loads(receipts_of(home.reading("anouk"), here, mine, week))

    lines = [json.loads(proof["line"]) for proof in proofs]
    assert [line["person"] for line in lines] == [home.person(name).hex for name in shown]
    assert home.person("dennis").hex not in json.dumps(proofs)
    assert all(check(proof).startswith("genuine") for proof in proofs)


def test_a_page_of_one_home_is_no_line_of_what_two_homes_share(home: Kin) -> None:
    """Found by hand: the number of such a line told one parent how often the other was here."""
    there = home.parts["school"].folder_id
    before = list(Line.objects.filter(folder=there).values_list("pk", flat=True))
    for name, circle in (("dennis", "there"), ("anouk", "here")):
        reading = home.reading(name)
        assert "Noor" in [one.called for one in scene(reading, home.circles[circle].ref).parts]
        reading.settle()
        reading = home.reading(name)
        looked_in(reading, home.circles[circle].ref, Week.of(home.today))
        reading.settle()
    assert list(Line.objects.filter(folder=there).values_list("pk", flat=True)) == before


@pytest.mark.parametrize("name", ["dennis", "fatima", "ria"])
def test_receipts_of_a_folder_are_for_its_family_only(home: Kin, name: str) -> None:
    here, week = home.circles["here"].ref, Week.of(home.today)
    mine, theirs = home.parts["here noor"].ref, home.parts["there noor"].ref
    for reading, part in ((home.reading(name), mine), (home.reading("anouk"), theirs)):
        with pytest.raises(NotFound):
            receipts_of(reading, here, part, week)


def test_a_part_of_a_member_carries_the_reason_of_the_law(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht")
    told: dict[str, Any] = {"must": True, "state": "informed"}
    home.ground("wil", "here noor", GroundKind.SEAT, **told)
    home.reads("wil", entry, at=hours(home, 1))

    (wil,) = book(home, "anouk").lookers

    assert wil.reason.because is Because.MUST
    assert Part.objects.get(ref=wil.part) == home.parts["here noor"]
