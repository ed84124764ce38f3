import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.chain import beginning, next_hash
from smartstart.access.ledger import ACTION, MOST_REFERENCES, Deed, Entry, append, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.base.canonical import canonical
from smartstart.base.keyring import keyring
from smartstart.base.refusals import RulesChanged
from smartstart.base.sealing import Place, unseal

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SOMEBODY = Actor(role=Role.RESEARCHER, account=uuid4(), hat=uuid4(), person=uuid4(), assurance=2)


def whole(folder: Folder) -> list[Line]:
    """The lines of a folder, after looking that numbers, hashes and the head are right."""
    lines = list(Line.objects.filter(folder=folder).order_by("number"))
    hash_ = beginning(folder.ref)
    for number, line in enumerate(lines, start=1):
        said = json.loads(bytes(line.body))
        hash_ = next_hash(hash_, bytes(line.body))
        assert bytes(line.hash) == hash_
        assert canonical(said) == bytes(line.body)
        assert (said["number"], said["folder"]) == (number, folder.ref.hex)
        assert line.number == number
        assert datetime.fromisoformat(said["at"]) == line.at
        assert said["deed"] == line.deed
        assert said["hat"] == (line.hat.hex if line.hat else None)
    folder.refresh_from_db()
    assert (folder.height, bytes(folder.head)) == (len(lines), hash_)
    return lines


@transaction.atomic
def write_and_fail(folder: Folder) -> None:
    note(SOMEBODY, Deed.CHANGED, folders=[folder.pk], at=NOW)
    raise ZeroDivisionError


class Chains(RuleBasedStateMachine):
    """Several chains beside each other: numbers without gaps, rules that stand or do not."""

    @initialize()
    def begin(self) -> None:
        self.folders = [open_folder(FolderKind.PILOT, at=NOW) for _ in range(4)]
        self.heights: dict[int, int] = defaultdict(int)
        self.versions: dict[int, int] = defaultdict(lambda: 1)

    @rule(
        picked=st.lists(st.integers(0, 3), max_size=6),
        deed=st.sampled_from(Deed),
        seconds=st.integers(-4000, 4000),
        changed=st.sets(st.integers(0, 3), max_size=2),
    )
    def lines_are_written(
        self, picked: list[int], deed: Deed, seconds: int, changed: set[int]
    ) -> None:
        at = NOW + timedelta(seconds=seconds)
        ids = [self.folders[i].pk for i in picked]
        entries = [(id_, Entry(deed, on=(uuid4(),), why="spel")) for id_ in ids]
        append(
            SOMEBODY,
            entries,
            at=at,
            new_rules=frozenset(self.folders[i].pk for i in changed),
            stands={id_: self.versions[id_] for id_ in ids},
        )
        for id_ in ids:
            self.heights[id_] += 1
        for i in changed:
            self.versions[self.folders[i].pk] += 1

    @rule(picked=st.integers(0, 3), stale=st.integers(0, 3), off=st.sampled_from([-1, 1, 7]))
    def rules_that_do_not_stand_write_nothing(self, picked: int, stale: int, off: int) -> None:
        entry = (self.folders[picked].pk, Entry(Deed.READ))
        stands = {self.folders[stale].pk: self.versions[self.folders[stale].pk] + off}
        with pytest.raises(RulesChanged), transaction.atomic():
            append(SOMEBODY, [entry], at=NOW, stands=stands)

    @rule(picked=st.integers(0, 3))
    def a_deed_that_fails_after_its_line_leaves_no_line(self, picked: int) -> None:
        with pytest.raises(ZeroDivisionError):
            write_and_fail(self.folders[picked])

    @invariant()
    def every_chain_is_whole(self) -> None:
        for folder in getattr(self, "folders", ()):
            assert len(whole(folder)) == self.heights[folder.pk]
            assert folder.rules_version == self.versions[folder.pk]


@pytest.mark.django_db
def test_several_chains_in_any_order() -> None:
    run(
        Chains,
        settings=hypothesis_settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def folder(db: None) -> Folder:
    return open_folder(FolderKind.PILOT, at=NOW)


def test_a_line_says_what_nen_7513_asks(folder: Folder) -> None:
    actor = Actor(
        role=Role.PROJECT_LEADER,
        account=uuid4(),
        hat=uuid4(),
        person=uuid4(),
        organisation=uuid4(),
        assurance=2,
    )
    refs = [uuid4() for _ in range(60)]
    amsterdam = NOW.astimezone(timezone(timedelta(hours=1)))

    note(actor, Deed.EXPORTED, folders=[folder.pk, folder.pk], at=amsterdam, on=refs, why="export")

    (line,) = whole(folder)
    said = json.loads(bytes(line.body))
    assert UUID(said.pop("line")).version == 4
    assert said == {
        "v": 1,
        "folder": folder.ref.hex,
        "number": 1,
        "at": "2026-11-20T09:00:00.000000+00:00",
        "deed": "exported",
        "action": "R",
        "outcome": 0,
        "account": actor.account and actor.account.hex,
        "hat": actor.hat and actor.hat.hex,
        "person": actor.person and actor.person.hex,
        "role": "project_leader",
        "organisation": actor.organisation and actor.organisation.hex,
        "assurance": 2,
        "purpose": "export",
        "rules": 1,
        "on": [ref.hex for ref in refs[:MOST_REFERENCES]],
        "count": 60,
        "reason": None,
        "origin": None,
        "source": "smartstart",
    }


def test_typed_words_are_sealed_and_the_chain_holds_a_salted_hash(folder: Folder) -> None:
    words = "omdat de moeder het vroeg"
    entry = Entry(Deed.READ, reason=words, origin="192.0.2.7")
    append(SOMEBODY, [(folder.pk, entry), (folder.pk, entry)], at=NOW)

    first, second = whole(folder)
    for line in (first, second):
        said = json.loads(bytes(line.body))
        place = Place("access_line", "reason", UUID(said["line"]), folder.ref)
        opened = unseal(bytes(line.reason), keyring().key(folder.ref), place)
        assert opened[16:].decode() == words
        assert sha256(opened).hexdigest() == said["reason"]
        assert words.encode() not in bytes(line.body) + bytes(line.reason)
        assert b"192.0.2.7" not in bytes(line.body) + bytes(line.origin)
    assert json.loads(bytes(first.body))["reason"] != json.loads(bytes(second.body))["reason"]


def test_when_the_key_is_gone_the_hash_stands_alone(folder: Folder) -> None:
    keyring().destroy(folder.ref)

    note(SOMEBODY, Deed.READ, folders=[folder.pk], at=NOW, reason="te laat")

    (line,) = whole(folder)
    assert line.reason is None
    assert len(json.loads(bytes(line.body))["reason"]) == 64


def test_nothing_to_write_asks_the_store_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        append(VISITOR, [], at=NOW)

    assert len(asked) == 0


def test_a_line_costs_three_statements_or_one_journey(folder: Folder) -> None:
    other = open_folder(FolderKind.PILOT, at=NOW)
    costs = []
    for folders in ([folder.pk], [folder.pk, other.pk]):
        with CaptureQueriesContext(connection) as asked:
            note(SOMEBODY, Deed.READ, folders=folders, at=NOW)
        costs.append(len(asked))

    assert costs == ([3, 3] if connection.vendor == "sqlite" else [1, 1])


def test_a_folder_that_is_not_there_is_no_folder_to_write_in(folder: Folder) -> None:
    for entry in (Entry(Deed.READ), Entry(Deed.READ, reason="omdat")):
        with pytest.raises(RulesChanged), transaction.atomic():
            append(SOMEBODY, [(folder.pk, entry), (folder.pk + 1_000, entry)], at=NOW)
    assert Line.objects.count() == 0


@transaction.atomic
def _swallow(folder: Folder) -> None:
    Folder.objects.filter(pk=folder.pk).update(signed_height=9)
    with pytest.raises(RulesChanged):
        append(SOMEBODY, [(folder.pk, Entry(Deed.READ))], at=NOW, stands={folder.pk: 2})
    Folder.objects.get(pk=folder.pk)


def test_who_swallows_a_failed_line_cannot_commit(real_db: object) -> None:
    folder = open_folder(FolderKind.PILOT, at=NOW)
    with pytest.raises(transaction.TransactionManagementError):
        _swallow(folder)

    folder.refresh_from_db()
    assert (folder.signed_height, folder.height) == (0, 0)


def test_the_clock_set_back_leaves_the_order_as_it_is(folder: Folder) -> None:
    for at in (NOW, NOW - timedelta(hours=1), NOW + timedelta(days=1)):
        note(SOMEBODY, Deed.READ, folders=[folder.pk], at=at)

    assert [line.at for line in whole(folder)] == [
        NOW,
        NOW - timedelta(hours=1),
        NOW + timedelta(days=1),
    ]


def test_every_deed_has_a_letter_of_the_norm() -> None:
    assert {ACTION.get(deed, "U") for deed in Deed} == set("CRUDE")
    assert all(len(deed.value) <= 32 for deed in Deed)
