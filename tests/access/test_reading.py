import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from smartstart.access.actor import Actor
from smartstart.access.errors import NotText, SecondFactorNeeded, TooLong
from smartstart.access.ledger import Deed
from smartstart.access.models import FAMILY_KINDS, Folder, FolderKind, Line, put_all
from smartstart.access.operations import (
    change_rules,
    erase_folder,
    finish_erasures,
    house_folder,
    open_folder,
)
from smartstart.access.reading import (
    FolderCameLater,
    Reading,
    ReadingIsClosed,
    in_transaction,
    open_for_deed,
)
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.refusals import NotFound, RulesChanged
from smartstart.base.sealing import SealIsBroken, seal
from smartstart.programme.models import Pilot, Proposal
from tests.cast import Cast, people, pilot

Made = Callable[..., Proposal]


@pytest.fixture
def made(cast: Cast) -> Made:
    """A row with sealed words; its folder is a voice's, so two factors are needed."""

    def make(words: str = "mijn verhaal", kind: FolderKind = FolderKind.VOICE) -> Proposal:
        row = Proposal(
            pilot=pilot(f"p{uuid4().hex[:8]}", cast.region, now=cast.now),
            folder=open_folder(kind, at=cast.now),
            holder=cast.account("els"),
            answer_by=cast.today,
        )
        row.put(sees=words, name="Anouk")
        row.save()
        return Proposal.objects.select_related("folder").get(pk=row.pk)

    return make


def read(cast: Cast, name: str = "nadia", assurance: int = 2) -> Reading:
    return Reading(cast.actor(name, assurance=assurance), at=cast.now, origin="192.0.2.9")


def said(line: Line) -> dict[str, object]:
    found: dict[str, object] = json.loads(bytes(line.body))
    return found


def test_what_is_read_leaves_one_line_per_folder(cast: Cast, made: Made) -> None:
    first, second = made("een"), made("twee")
    reading = read(cast)

    assert reading.text(first, "sees") == "een"
    assert reading.text(first, "name") == "Anouk"
    assert reading.texts([second, first], "sees") == ["twee", "een"]
    assert reading.text(second, "answer") == ""
    assert Line.objects.count() == 0
    reading.settle()

    lines = {line.folder_id: said(line) for line in Line.objects.all()}
    assert lines.keys() == {first.folder_id, second.folder_id}
    assert lines[first.folder_id]["on"] == [first.ref.hex]
    assert lines[second.folder_id]["deed"] == "read"


def test_nothing_read_leaves_no_line_and_asks_nothing(cast: Cast) -> None:
    reading = read(cast)
    with CaptureQueriesContext(connection) as asked:
        reading.settle()

    assert reading.is_empty
    assert len(asked) == 0


@pytest.mark.parametrize("kind", FolderKind)
def test_what_families_told_needs_two_factors(cast: Cast, made: Made, kind: FolderKind) -> None:
    if kind is FolderKind.HOUSE:
        return
    row = made(kind=kind)
    reading = read(cast, assurance=1)
    if kind in FAMILY_KINDS:
        for way in (lambda: reading.text(row, "sees"), lambda: reading.saw(row.folder, row.ref)):
            with pytest.raises(SecondFactorNeeded):
                way()
        assert reading.is_empty
    else:
        assert reading.text(row, "sees") == "mijn verhaal"


def test_rules_that_change_before_the_answer_leaves_stop_it(cast: Cast, made: Made) -> None:
    row = made()
    reading = read(cast)
    reading.text(row, "sees")
    change_rules([row.folder_id])

    with pytest.raises(RulesChanged):
        reading.settle()
    assert Line.objects.count() == 0


def test_what_an_answer_only_relies_on_stops_it_too(cast: Cast, made: Made) -> None:
    row = made()
    reading = read(cast)
    reading.relies_on(row.pilot.folder)
    reading.text(row, "sees")
    change_rules([row.pilot.folder_id])

    with pytest.raises(RulesChanged):
        reading.settle()
    assert Line.objects.count() == 0


def test_what_is_only_relied_on_leaves_no_line(cast: Cast, made: Made) -> None:
    row = made()
    reading = read(cast)
    reading.relies_on(row.folder)
    reading.settle()

    assert not reading.is_empty
    assert Line.objects.count() == 0


def test_two_versions_of_the_rules_in_one_answer_stop_it(cast: Cast, made: Made) -> None:
    row = made()
    reading = read(cast)
    reading.text(row, "sees")
    change_rules([row.folder_id])
    later = Proposal.objects.select_related("folder").get(pk=row.pk)

    with pytest.raises(RulesChanged):
        reading.text(later, "sees")


def test_a_hat_that_ended_while_reading_stops_the_answer(cast: Cast, made: Made) -> None:
    row = made()
    home = house_folder(at=cast.now)
    nadia = cast.actor("nadia")
    actor = Actor(
        role=nadia.role,
        hat=nadia.hat,
        within=nadia.within,
        home_folder=home.pk,
        home_rules=home.rules_version,
        assurance=2,
    )
    still, ended = Reading(actor, at=cast.now), Reading(actor, at=cast.now)
    assert still.text(row, "sees") == ended.text(row, "sees")
    still.settle()
    change_rules([home.pk])

    with pytest.raises(RulesChanged):
        ended.settle()
    home.refresh_from_db()
    mixed = Reading(actor, at=cast.now)
    mixed.saw(home)
    with pytest.raises(RulesChanged):
        mixed.settle()
    assert Line.objects.count() == 1


def test_a_folder_that_came_later_than_the_decision_is_refused(cast: Cast, made: Made) -> None:
    row = Proposal.objects.get(pk=made().pk)
    for way in (
        lambda: read(cast).text(row, "sees"),
        lambda: read(cast).texts([row], "sees"),
    ):
        with pytest.raises(FolderCameLater, match="Proposal"):
            way()


def test_after_the_answer_settled_nothing_can_be_read(cast: Cast, made: Made) -> None:
    row = made()
    settled, closed = read(cast), read(cast)
    settled.text(row, "sees")
    settled.settle()
    closed.text(row, "sees")
    closed.close()

    for reading in (settled, closed):
        with pytest.raises(ReadingIsClosed):
            reading.text(row, "sees")
    closed.settle()
    assert Line.objects.count() == 1


def test_a_glance_is_one_line_per_hat_folder_and_day(cast: Cast, made: Made) -> None:
    row = made()
    days = [cast.now, cast.now + timedelta(hours=1), cast.now + timedelta(days=1)]
    for name in ("nadia", "bram"):
        for at in days:
            reading = Reading(cast.actor(name), at=at)
            reading.text(row, "name", deed=Deed.GLANCED)
            reading.settle()

    glances = [(line.hat, line.at) for line in Line.objects.order_by("number")]
    nadia, bram = cast.hats["nadia"].ref, cast.hats["bram"].ref
    assert glances == [(nadia, days[0]), (nadia, days[2]), (bram, days[0]), (bram, days[2])]


def test_a_glance_without_a_hat_is_a_line_each_time(cast: Cast, made: Made) -> None:
    row = made()
    actor = Actor(role=cast.actor("nadia").role, assurance=2)
    for _ in range(2):
        reading = Reading(actor, at=cast.now)
        reading.text(row, "name", deed=Deed.GLANCED)
        reading.settle()

    assert Line.objects.count() == 2


def test_an_erased_folder_is_closed_at_once(cast: Cast, made: Made) -> None:
    row = made()
    before = read(cast)
    before.text(row, "sees")
    key = keyring().key(row.folder.ref)

    erase_folder(cast.actor("nadia"), row.folder, at=cast.now)

    with pytest.raises(RulesChanged):
        before.settle()
    erased = Proposal.objects.select_related("folder").get(pk=row.pk)
    assert keyring().key(row.folder.ref) == key  # the transaction of this test never commits
    for way in (
        lambda: read(cast).text(erased, "sees"),
        lambda: open_for_deed(erased, "sees"),
        lambda: erased.put(sees="nieuw"),
        lambda: put_all([erased], "sees", ["nieuw"]),
    ):
        with pytest.raises(KeyIsGone):
            way()
    assert [line.deed for line in Line.objects.all()] == ["erased"]
    assert finish_erasures() == 1
    with pytest.raises(KeyIsGone):
        keyring().key(row.folder.ref)


def test_the_key_goes_when_the_erasure_committed(real_db: object, now: datetime) -> None:
    cast_now = people(now)
    folder = open_folder(FolderKind.VOICE, at=cast_now.now)
    with pytest.raises(ZeroDivisionError):
        _erase_and_fail(cast_now, folder)
    assert keyring().key(folder.ref)

    erase_folder(cast_now.actor("nadia"), folder, at=cast_now.now)
    with pytest.raises(KeyIsGone):
        keyring().key(folder.ref)
    folder.refresh_from_db()
    assert (folder.erased_at, folder.rules_version) == (cast_now.now, 2)


@transaction.atomic
def _erase_and_fail(cast: Cast, folder: Folder) -> None:
    erase_folder(cast.actor("nadia"), folder, at=cast.now)
    raise ZeroDivisionError


def test_a_token_in_another_row_or_column_does_not_open(cast: Cast, made: Made) -> None:
    one, other = made("van de een"), made("van de ander")
    Proposal.objects.filter(pk=other.pk).update(sees=one.sees, place=one.name)
    moved = Proposal.objects.select_related("folder").get(pk=other.pk)

    for field in ("sees", "place"):
        with pytest.raises(SealIsBroken):
            read(cast).text(moved, field)


def test_operations_open_words_without_a_line_of_reading(cast: Cast, made: Made) -> None:
    row = made("werk")

    assert open_for_deed(row, "sees") == "werk"
    assert open_for_deed(row, "answer") == ""
    assert Line.objects.count() == 0


def test_only_sealed_bytes_come_into_the_table(cast: Cast, made: Made) -> None:
    row = made()
    for clear in (b"clear words", b"", b"\x01short"):
        with pytest.raises(ValueError, match="sealed bytes only"), transaction.atomic():
            Proposal.objects.filter(pk=row.pk).update(sees=clear)
    row.sees = seal(b"goed", row.folder.key(), row.sealed_at("sees"))
    row.save()

    assert read(cast).text(row, "sees") == "goed"


def test_put_says_what_is_wrong_with_a_text(cast: Cast, made: Made) -> None:
    row = made()
    with pytest.raises(TooLong) as refusal:
        row.put(place="x" * 201)
    assert refusal.value.details == {"most": 200}
    with pytest.raises(NotText):
        row.put(place="half \ud83d teken")
    with pytest.raises(TypeError, match="not a sealed field"):
        row.put(answer_by="2026-01-01")
    row.put(place="x" * 200, sees=None)

    assert (row.sees, open_for_deed(row, "place")) == (None, "x" * 200)


def test_put_all_seals_row_by_row(cast: Cast, made: Made) -> None:
    rows = [made(), made()]
    put_all([rows[0], rows[1], rows[0]], "place", ["a", "b", "c"])

    assert [open_for_deed(row, "place") for row in rows] == ["c", "b"]


@pytest.mark.parametrize("pk", [0, -1, 2**63, 10**40])
def test_what_one_may_not_see_does_not_exist(cast: Cast, made: Made, pk: int) -> None:
    nadia, joke = cast.actor("nadia"), cast.actor("joke")
    own = Pilot.objects.visible_to(nadia, on=cast.today)

    assert own.one(cast.pilot_a.pk) == own.one(cast.pilot_a.pk, lock=True) == cast.pilot_a
    with pytest.raises(NotFound):
        Pilot.objects.visible_to(joke, on=cast.today).one(cast.pilot_a.pk, lock=True)
    with pytest.raises(NotFound):
        own.one(pk)


def test_a_model_without_a_rule_says_so(cast: Cast) -> None:
    from smartstart.access.models import Guarded

    with pytest.raises(NotImplementedError, match="Proposal has no access rule"):
        Guarded(Proposal).visible_to(cast.actor("nadia"), on=cast.today)


def test_a_test_s_own_transaction_does_not_count(cast: Cast) -> None:
    assert not in_transaction()
    with transaction.atomic():
        assert in_transaction()


def test_there_is_one_house_folder(cast: Cast) -> None:
    assert house_folder(at=cast.now) == house_folder(at=cast.now)
    assert Folder.objects.filter(kind=FolderKind.HOUSE).count() == 1


def test_two_who_open_the_house_folder_at_once_get_the_same(real_db: object, now: datetime) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: _house(now), range(16)))

    assert found == {Folder.objects.get().pk}


def _house(now: datetime) -> int:
    try:
        return house_folder(at=now).pk
    finally:
        connection.close()
