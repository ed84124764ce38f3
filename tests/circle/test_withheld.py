"""Withheld for somebody's safety: two people, a folder of its own, and no gap anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.reading import Reading, open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import operations_withheld as apart
from smartstart.circle import queries_withheld as queries
from smartstart.circle.errors_withheld import (
    AskedApart,
    FamilyWouldNotice,
    LookAgainSooner,
    NeedsASecond,
    SayWhyApart,
    TheOtherDecides,
)
from smartstart.circle.models import Entry, Meeting, OwnSide, Part, Withheld
from smartstart.circle.states import GroundKind, WithheldState
from tests.circle.kin import Kin, kin

CANARY = "zwarte-zwaluw-in-de-schuur"


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    made = kin(now)
    for name in ("fatima", "wil"):
        made.ground(name, "here noor", GroundKind.SEAT)
        made.seat(name, "here noor", called=name.title())
    return made


def written(home: Kin, **more: Any) -> Withheld:
    told = {"words": CANARY, "title": CANARY, "why": f"reden {CANARY}", "at": home.at}
    return apart.write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        **told | {"other": home.receiver("wil")} | more,
    )


def kept(home: Kin) -> Withheld:
    return apart.confirm_withheld(home.actor("wil"), written(home).ref, at=home.at)


def test_it_never_stands_in_the_family_folder_and_leaves_no_line_there(home: Kin) -> None:
    folder = home.parts["here noor"].folder
    before = Folder.objects.get(pk=folder.pk)

    made = kept(home)

    after = Folder.objects.get(pk=folder.pk)
    assert (after.height, after.rules_version) == (before.height, before.rules_version)
    assert made.folder.kind == FolderKind.WITHHELD
    assert made.entry.folder_id == made.folder_id
    assert Line.objects.filter(folder=made.folder).count() == 2
    assert (made.state, made.review_on) == (WithheldState.KEPT, home.today + timedelta(days=28))


def test_only_the_two_read_it(home: Kin) -> None:
    home.ground("karin", "here noor", GroundKind.SEAT)
    home.ground("noor", "here noor", GroundKind.OWN)
    made = kept(home)
    readers = ("anouk", "dennis", "noor", "ria", "karin", "daan", "willem", "peer")

    for name in readers:
        actor = home.actor(name)
        assert not Entry.objects.visible_to(actor, on=home.today).filter(pk=made.entry_id).exists()
        with pytest.raises(NotFound):
            queries.kept_one(home.reading(name), made.ref)
    for name in ("karin", "daan", "willem", "peer"):
        assert queries.kept_by(home.reading(name)) == []
    for name in ("anouk", "dennis", "noor", "ria"):
        with pytest.raises(NotFound):
            queries.kept_by(home.reading(name))
    for name in ("fatima", "wil"):
        assert queries.kept_one(home.reading(name), made.ref).words == CANARY


def test_an_entry_goes_apart_only_when_the_other_confirms(home: Kin) -> None:
    entry = home.entry("here noor", CANARY, by="fatima", title="Slapen")
    folder = home.parts["here noor"].folder
    asked = apart.withhold(
        home.actor("fatima"), entry.ref, why="Onveilig", other=home.receiver("wil"), at=home.at
    )
    sees = Entry.objects.visible_to(home.actor("anouk"), on=home.today)
    assert list(sees) == [entry]
    rules = Folder.objects.get(pk=folder.pk).rules_version
    height = Folder.objects.get(pk=folder.pk).height

    apart.confirm_withheld(home.actor("wil"), asked.ref, at=home.at)

    assert list(sees.all()) == []
    moved = Entry.objects.select_related("folder").get(pk=entry.pk)
    assert [open_for_deed(moved, name) for name in ("words", "title", "author_called")] == [
        CANARY,
        "Slapen",
        "Fatima",
    ]
    old = Folder.objects.get(pk=folder.pk)
    assert (old.rules_version, old.height) == (rules + 1, height)


def test_an_entry_is_proposed_once_and_after_a_no_to_another(home: Kin) -> None:
    fatima, wil = home.actor("fatima"), home.receiver("wil")
    home.ground("peer", "here noor", GroundKind.SEAT)
    entry = home.entry("here noor", CANARY, by="fatima", title="Slapen")

    def ask(name: str, other: UUID) -> Withheld:
        return apart.withhold(home.actor(name), entry.ref, why="Onveilig", other=other, at=home.at)

    asked = ask("fatima", wil)
    assert ask("fatima", wil) == asked
    for name, other in (("fatima", home.receiver("peer")), ("wil", home.receiver("fatima"))):
        with pytest.raises(AskedApart):
            ask(name, other)
    apart.decline_withheld(home.actor("wil"), asked.ref, why="Nee", at=home.at)
    with pytest.raises(AskedApart):
        ask("wil", home.receiver("fatima"))

    again = ask("fatima", wil)

    apart.confirm_withheld(home.actor("wil"), again.ref, at=home.at)
    assert [one.ref for one in queries.kept_by(home.reading("fatima"))] == [again.ref]
    with pytest.raises(NotFound):
        apart.held(fatima, asked.ref, at=home.at)


def test_an_answer_made_before_it_went_apart_does_not_leave(home: Kin) -> None:
    entry = home.entry("here noor", CANARY, by="fatima")
    asked = apart.withhold(
        home.actor("fatima"), entry.ref, why="Onveilig", other=home.receiver("wil"), at=home.at
    )
    reading = home.reading("anouk")
    reading.text(Entry.objects.select_related("folder").get(pk=entry.pk), "words")
    apart.confirm_withheld(home.actor("wil"), asked.ref, at=home.at)

    from smartstart.base.refusals import RulesChanged

    with pytest.raises(RulesChanged):
        reading.settle()


def test_nobody_withholds_alone(home: Kin) -> None:
    fatima = home.actor("fatima")
    for other in (home.receiver("fatima"), home.person("anouk")):
        with pytest.raises(NeedsASecond):
            written(home, other=other)
    made = written(home)
    with pytest.raises(TheOtherDecides):
        apart.confirm_withheld(fatima, made.ref, at=home.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withheld.objects.filter(pk=made.pk).update(second=made.first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withheld.objects.filter(pk=made.pk).update(said_by=home.person("anouk"))


@pytest.mark.parametrize(("name", "refusal"), [("anouk", NotAllowed), ("daan", NotFound)])
def test_who_may_not_withhold(home: Kin, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        apart.write_withheld(
            home.actor(name),
            home.parts["here noor"].ref,
            words="x",
            why="y",
            other=home.receiver("wil"),
            at=home.at,
        )


def test_what_somebody_answered_is_not_taken_away(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    side = OwnSide(
        folder=entry.folder, entry=entry, author=home.person("anouk"), written_at=home.at
    )
    side.put(words="Niet waar", author_called="Anouk")
    side.save()
    with pytest.raises(FamilyWouldNotice):
        apart.withhold(
            home.actor("fatima"), entry.ref, why="x", other=home.receiver("wil"), at=home.at
        )


def test_what_the_family_wrote_or_may_have_seen_is_not_taken_away(home: Kin) -> None:
    """Found by reading: a message that a parent had read, or had written, could vanish."""
    fatima, wil = home.actor("fatima"), home.receiver("wil")
    own = home.entry("here noor", "Ons verhaal", by="anouk")
    with pytest.raises(FamilyWouldNotice):
        apart.withhold(fatima, own.ref, why="x", other=wil, at=home.at)
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    asked = apart.withhold(fatima, entry.ref, why="x", other=wil, at=home.at)
    there = home.parts["here noor"].folder
    other = home.reading("wil")
    other.saw(there, entry.ref)
    other.settle()  # who works there may have seen it
    reading = home.reading("anouk")
    reading.saw(there, home.parts["here noor"].ref)
    reading.settle()  # she opened a page that counts what was written
    with pytest.raises(FamilyWouldNotice):
        apart.confirm_withheld(home.actor("wil"), asked.ref, at=home.at)


def test_minutes_of_a_meeting_are_not_taken_away(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    meeting = Meeting(
        folder=entry.folder,
        chair=home.person("anouk"),
        made_by=home.receiver("fatima"),
        starts_at=home.at - timedelta(hours=2),
        ends_at=home.at - timedelta(hours=1),
        minutes=entry,
    )
    meeting.put(title="Slapen", place="", chair_called="Anouk")
    meeting.save()
    with pytest.raises(FamilyWouldNotice):
        apart.withhold(
            home.actor("fatima"), entry.ref, why="x", other=home.receiver("wil"), at=home.at
        )


def test_what_was_answered_meanwhile_is_not_taken_away_either(home: Kin) -> None:
    entry = home.entry("here noor", "Ze slaapt slecht", by="fatima")
    asked = apart.withhold(
        home.actor("fatima"), entry.ref, why="x", other=home.receiver("wil"), at=home.at
    )
    question = home.question("here noor", "Klopt niet", holder="fatima")
    question.about = entry
    question.save()
    with pytest.raises(FamilyWouldNotice):
        apart.confirm_withheld(home.actor("wil"), asked.ref, at=home.at)


def test_it_never_opens_by_itself(home: Kin) -> None:
    made = kept(home)
    for days in (29, 400, 4000):
        later = home.at + timedelta(days=days)
        reading = Reading(home.actor("fatima"), at=later)
        (line,) = queries.kept_by(reading)
        assert (line.state, line.is_overdue) == (WithheldState.KEPT, True)
        seen = Entry.objects.visible_to(home.actor("anouk"), on=later.date())
        assert made.entry not in list(seen)


def test_it_is_looked_at_again_within_four_weeks(home: Kin) -> None:
    made, fatima = kept(home), home.actor("fatima")
    for days in (0, 29):
        with pytest.raises(LookAgainSooner):
            apart.review_withheld(fatima, made.ref, why="x", until=home.in_days(days), at=home.at)
    with pytest.raises(SayWhyApart):
        apart.review_withheld(fatima, made.ref, why=" ", until=home.in_days(7), at=home.at)

    again = apart.review_withheld(
        fatima, made.ref, why="Nog steeds", until=home.in_days(28), at=home.at
    )

    assert again.review_on == home.in_days(28)
    told = queries.kept_one(home.reading("wil"), made.ref)
    assert [(step.kind, step.by, step.why) for step in told.steps] == [
        ("proposed", "Fatima", ""),
        ("confirmed", "Wil", ""),
        ("reviewed", "Fatima", "Nog steeds"),
    ]


def test_both_open_it_and_then_it_stands_where_it_belongs(home: Kin) -> None:
    made = kept(home)
    apart.ask_to_open(home.actor("fatima"), made.ref, why="Het is veilig", at=home.at)
    with pytest.raises(TheOtherDecides):
        apart.confirm_opening(home.actor("fatima"), made.ref, at=home.at)

    entry = apart.confirm_opening(home.actor("wil"), made.ref, at=home.at)

    assert list(Entry.objects.visible_to(home.actor("anouk"), on=home.today)) == [entry]
    reading = home.reading("anouk")
    row = Entry.objects.select_related("folder").get(pk=entry.pk)
    assert reading.text(row, "words") == CANARY
    assert queries.kept_by(home.reading("fatima")) == []
    with pytest.raises(NotFound):
        queries.kept_one(home.reading("fatima"), made.ref)


def test_a_no_moves_nothing_and_who_wrote_it_destroys_it(home: Kin) -> None:
    made = written(home)
    with pytest.raises(TheOtherDecides):
        apart.decline_withheld(home.actor("fatima"), made.ref, why="x", at=home.at)
    apart.decline_withheld(home.actor("wil"), made.ref, why="Dit kan gewoon", at=home.at)
    with pytest.raises(TheOtherDecides):
        apart.drop_withheld(home.actor("wil"), made.ref, at=home.at)

    apart.drop_withheld(home.actor("fatima"), made.ref, at=home.at)

    row = Entry.objects.select_related("folder").get(pk=made.entry_id)
    with pytest.raises(KeyIsGone):
        open_for_deed(row, "words")
    assert queries.kept_by(home.reading("fatima")) == []


def test_sent_twice_is_written_once(home: Kin) -> None:
    from uuid import uuid4

    ref = uuid4()
    first, second = written(home, ref=ref), written(home, ref=ref)
    assert first == second
    assert Entry.objects.count() == 1


def test_nothing_of_it_lies_in_clear_in_the_store(home: Kin) -> None:
    kept(home)
    for text in _everything_stored():
        assert CANARY.encode() not in text


def _everything_stored() -> Iterator[bytes]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                yield repr([bytes(v) if isinstance(v, memoryview) else v for v in row]).encode()


def test_who_can_be_the_second(home: Kin) -> None:
    found = queries.seconds(home.actor("fatima"), home.parts["here noor"].ref, on=home.today)
    assert [one.name for one in found] == ["Wil", "Willem"]
    with pytest.raises(NotFound):
        queries.seconds(home.actor("anouk"), home.parts["here noor"].ref, on=home.today)


def test_who_helps_the_mother_herself_is_no_second_that_a_teacher_of_the_child_sees(
    home: Kin,
) -> None:
    home.seat("peer", "here anouk", called="Peer")
    found = queries.seconds(home.actor("fatima"), home.parts["here noor"].ref, on=home.today)
    assert [one.name for one in found] == ["Wil", "Willem"]
    with pytest.raises(NeedsASecond):
        written(home, other=home.receiver("peer"))


def test_the_two_see_when_each_looked(home: Kin) -> None:
    made = kept(home)
    reading = home.reading("wil", at=home.at + timedelta(minutes=5))
    queries.kept_one(reading, made.ref)
    reading.settle()

    later = home.reading("fatima", at=home.at + timedelta(minutes=9))
    told = queries.kept_one(later, made.ref)

    assert told.looked == ((home.at + timedelta(minutes=5), "Wil"),)


def test_a_part_of_the_other_home_has_no_say(home: Kin) -> None:
    made = kept(home)
    assert made.home == Part.objects.get(ref=home.parts["here noor"].ref)
    with pytest.raises(NotFound):
        apart.review_withheld(
            home.actor("dennis"), made.ref, why="x", until=home.in_days(7), at=home.at
        )
