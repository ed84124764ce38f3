# ruff: noqa: S608 - the names of tables and columns are our own
"""Whoever has the database in hand changes something; ``verify`` says what and where."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.db import connection

from smartstart.access import cuts, triggers, witness
from smartstart.access.actor import Actor
from smartstart.access.chain import next_hash
from smartstart.access.checkpoints import make_checkpoint, tell_witness
from smartstart.access.errors import ChainIsBroken, NotYetOldEnough
from smartstart.access.ledger import Deed, Entry, append, note
from smartstart.access.models import Checkpoint, Cut, Folder, FolderKind, Line
from smartstart.access.operations import erase_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.access.receipts import receipt
from smartstart.access.seals import public_pem, read_public_key
from smartstart.access.signing import KEY_FILE, PUBLIC_FILE, signing_key
from smartstart.access.verify import Report, verify
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotFound

SOMEBODY = Actor(role=Role.RESEARCHER, account=uuid4(), hat=uuid4(), assurance=2)
CHECKER = Path(__file__).parents[2] / "scripts" / "check_receipt.py"

pytestmark = pytest.mark.usefixtures("real_db")


class Books:
    """Two folders with five lines each, signed halfway and at the end, and a witness outside."""

    def __init__(self, now: datetime, outside: Path, settings: Any) -> None:
        self.now, self.settings = now, settings
        self.here, self.there = (open_folder(FolderKind.VOICE, at=now) for _ in range(2))
        for number in range(1, 6):
            self.write(self.here, number)
            self.write(self.there, number)
            if number == 3:
                make_checkpoint(at=now)
        make_checkpoint(at=now)
        self.outside = outside
        shutil.copy(settings.WITNESS_FILE, outside)
        self.key = signing_key().public_key()

    def write(self, folder: Folder, number: int) -> None:
        entry = Entry(Deed.READ, on=(uuid4(),), reason=f"reden {number}", origin="192.0.2.1")
        append(SOMEBODY, [(folder.pk, entry)], at=self.now + timedelta(seconds=number))

    def line(self, number: int, folder: Folder | None = None) -> Line:
        return Line.objects.get(folder=folder or self.here, number=number)

    def by_hand(self, statement: str, *values: Any) -> None:
        """Change the database as its owner can: without the triggers."""
        triggers.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        triggers.install(connection)

    def look(self, key: Ed25519PublicKey | None = None) -> Report:
        return verify(key=key or self.key, heard=self.outside)

    def named(self, number: int, folder: Folder | None = None) -> str:
        return f"folder {(folder or self.here).ref} line {number}"


@pytest.fixture
def books(now: datetime, tmp_path: Path, settings: Any) -> Books:
    return Books(now, tmp_path / "outside.jsonl", settings)


def test_a_ledger_that_nobody_touched_is_whole(books: Books) -> None:
    report = books.look()

    assert report == Report(lines=10, folders=2, checkpoints=2, heard=2, faults=[])
    assert report.is_whole
    assert verify(key=books.key).is_whole


def test_lines_after_the_last_checkpoint_are_followed_too(books: Books) -> None:
    books.write(books.here, 6)
    open_folder(FolderKind.PILOT, at=books.now)

    assert books.look() == Report(lines=11, folders=3, checkpoints=2, heard=2)


def test_an_empty_house_is_whole(now: datetime) -> None:
    assert verify(key=None) == Report()


def _body(books: Books, number: int) -> bytes:
    return bytes(books.line(number).body).replace(b'"read"', b'"made"')


def test_a_changed_line_is_named_exactly(books: Books) -> None:
    for number in (4, 2, 5):
        books.by_hand(
            "UPDATE access_line SET body = %s, deed = 'made' WHERE id = %s",
            _body(books, number),
            books.line(number).pk,
        )
        report = books.look()
        assert books.named(number) + ": changed" in report.faults
    assert [fault.split(":")[0] for fault in report.faults] == [
        books.named(number) for number in (2, 4, 5)
    ]


def test_a_changed_line_with_a_hash_made_to_fit_is_found_by_the_checkpoint(books: Books) -> None:
    body = _body(books, 3)
    hash_ = next_hash(bytes(books.line(2).hash), body)
    books.by_hand(
        "UPDATE access_line SET body = %s, hash = %s, deed = 'made' WHERE id = %s",
        body,
        hash_,
        books.line(3).pk,
    )

    assert books.look().faults == [
        books.named(3) + ": not what a checkpoint signed (it, or a line since the one before)"
    ]


def test_a_chain_written_again_to_its_end_is_found(books: Books) -> None:
    _write_again(books, first=2)

    faults = books.look().faults
    assert faults[0].startswith(books.named(3) + ": not what a checkpoint signed")
    assert all(books.here.ref.__str__() in fault for fault in faults)


def _write_again(books: Books, first: int) -> None:
    """Change a line and give it and all after it, and the head, hashes that fit."""
    before = bytes(books.line(first - 1).hash)
    for number in range(first, 6):
        body = _body(books, number) if number == first else bytes(books.line(number).body)
        before = next_hash(before, body)
        books.by_hand(
            "UPDATE access_line SET body = %s, hash = %s, deed = %s WHERE id = %s",
            body,
            before,
            "made" if number == first else "read",
            books.line(number).pk,
        )
    books.by_hand("UPDATE access_folder SET head = %s WHERE id = %s", before, books.here.pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deed", "made"),
        ("at", datetime(2020, 1, 1, tzinfo=HERE)),
        ("hat", None),
        ("hat", uuid4()),
        ("reason", None),
        ("origin", None),
    ],
)
def test_a_column_that_says_something_else_than_its_line(
    books: Books, column: str, value: Any
) -> None:
    field = Line._meta.get_field(column)
    ready = field.get_db_prep_save(value, connection=connection)
    books.by_hand(f"UPDATE access_line SET {column} = %s WHERE id = %s", ready, books.line(2).pk)

    assert books.look().faults == [books.named(2) + ": its columns do not say what the line says"]


def test_an_erased_folder_verifies_without_the_words(books: Books) -> None:
    erase_folder(SOMEBODY, books.here, at=books.now + timedelta(hours=1))
    books.write(books.here, 7)

    assert books.look().is_whole
    assert books.line(7).reason is None


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_missing_line_is_named(books: Books, number: int) -> None:
    books.by_hand("DELETE FROM access_line WHERE id = %s", books.line(number).pk)

    (fault,) = books.look().faults
    assert fault.startswith(f"{books.named(number)}: missing")


def test_lines_that_changed_places_are_named(books: Books) -> None:
    two, three = books.line(2), books.line(3)
    for to, number in ((two, 99), (three, 2), (two, 3)):
        books.by_hand("UPDATE access_line SET number = %s WHERE id = %s", number, to.pk)

    named = {fault.split(":")[0] for fault in books.look().faults}
    assert {books.named(2), books.named(3)} <= named


def test_a_line_in_another_chain_is_found(books: Books) -> None:
    moved = books.line(5, books.there)
    books.by_hand(
        "UPDATE access_line SET folder_id = %s, number = 6 WHERE id = %s", books.here.pk, moved.pk
    )

    faults = books.look().faults
    assert any(fault.startswith(books.named(6)) for fault in faults)
    assert any(fault.startswith(books.named(5, books.there)) for fault in faults)


def test_a_tail_cut_off_with_its_head_is_found(books: Books) -> None:
    last = books.line(3)
    books.by_hand("DELETE FROM access_line WHERE folder_id = %s AND number > 3", books.here.pk)
    books.by_hand(
        "UPDATE access_folder SET height = 3, head = %s WHERE id = %s", last.hash, books.here.pk
    )

    assert books.look().faults == [
        f"folder {books.here.ref} line 4: missing, a checkpoint signed up to line 5"
    ]


def test_a_tail_cut_off_with_its_head_and_checkpoint_is_found_by_the_witness(books: Books) -> None:
    _cut_tail(books)

    assert verify(key=books.key).is_whole
    (fault,) = books.look().faults
    assert fault.startswith("the ledger ends at checkpoint 1, the witness heard 2: an old copy")


def _cut_tail(books: Books) -> None:
    for folder in (books.here, books.there):
        hash_ = books.line(3, folder).hash
        books.by_hand("DELETE FROM access_line WHERE folder_id = %s AND number > 3", folder.pk)
        books.by_hand(
            "UPDATE access_folder SET height = 3, signed_height = 3, head = %s WHERE id = %s",
            hash_,
            folder.pk,
        )
    books.by_hand("DELETE FROM access_checkpoint WHERE number = 2")


def test_after_an_old_copy_was_put_back_nothing_new_is_signed(books: Books) -> None:
    _cut_tail(books)
    books.write(books.here, 4)

    with pytest.raises(ChainIsBroken, match="the witness holds checkpoint 2"):
        make_checkpoint(at=books.now)
    assert Checkpoint.objects.count() == 1


def test_a_head_that_says_something_else(books: Books) -> None:
    books.by_hand("UPDATE access_folder SET head = %s WHERE id = %s", b"x" * 32, books.here.pk)

    assert books.look().faults == [
        f"folder {books.here.ref} its head does not say what its last line says"
    ]


def test_a_head_that_is_higher_than_its_chain(books: Books) -> None:
    books.by_hand("UPDATE access_folder SET height = 9 WHERE id = %s", books.here.pk)

    assert books.look().faults == [f"folder {books.here.ref} line 6: missing, the head says 9"]


def test_a_folder_that_is_gone(books: Books) -> None:
    books.by_hand("DELETE FROM access_line WHERE folder_id = %s", books.here.pk)
    books.by_hand("DELETE FROM access_folder WHERE id = %s", books.here.pk)

    assert books.look().faults == [f"folder {books.here.ref}: gone"]


def test_lines_whose_folder_is_gone(books: Books) -> None:
    if connection.vendor == "sqlite":
        books.by_hand("PRAGMA foreign_keys = OFF")
        books.by_hand("DELETE FROM access_folder WHERE id = %s", books.here.pk)
        assert books.look().faults == [
            f"folder {books.here.ref}: gone",
            f"folder number {books.here.pk}: gone, its lines are still there",
        ]


def test_a_missing_trigger_is_a_fault(books: Books) -> None:
    triggers.remove(connection)

    assert len(books.look().faults) == (9 if connection.vendor == "sqlite" else 12)


def test_signed_again_with_another_key_is_found(books: Books) -> None:
    (books.settings.SIGNING_DIR / KEY_FILE).unlink()
    (books.settings.SIGNING_DIR / PUBLIC_FILE).unlink()
    other = signing_key()
    for row in Checkpoint.objects.all():
        books.by_hand(
            "UPDATE access_checkpoint SET signature = %s WHERE id = %s",
            other.sign(bytes(row.statement)),
            row.pk,
        )

    assert books.look().faults == [
        "checkpoint 1: not signed by this key",
        "checkpoint 2: not signed by this key",
    ]
    assert books.look(other.public_key()).faults == [
        "witness: checkpoint 1 is not signed by this key",
        "witness: checkpoint 2 is not signed by this key",
    ]
    assert len(verify(key=None).faults) == 2


@pytest.mark.parametrize(
    ("column", "value", "faults"),
    [
        ("size", 3, ["changed", "its root is not that of the heads it signed"]),
        ("root", b"r" * 32, ["changed", "its root is not that of the heads it signed"]),
        ("changed", b"[]", ["changed", "its root is not that of the heads it signed"]),
        ("statement", b"{}", ["changed", "not signed by this key", "not what the witness heard"]),
        ("signature", b"s" * 64, ["not signed by this key"]),
    ],
)
def test_a_changed_checkpoint_is_found(
    books: Books, column: str, value: Any, faults: list[str]
) -> None:
    books.by_hand(f"UPDATE access_checkpoint SET {column} = %s WHERE number = 2", value)

    found = [f for f in books.look().faults if f.startswith("checkpoint 2")]
    assert found[: len(faults)] == [f"checkpoint 2: {fault}" for fault in faults]


def test_a_checkpoint_taken_out_is_found(books: Books) -> None:
    books.write(books.here, 6)
    make_checkpoint(at=books.now)
    books.by_hand("DELETE FROM access_checkpoint WHERE number = 2")

    assert "checkpoint 3: the one before it is missing" in books.look().faults


def test_a_witness_whose_lines_changed_places_is_found(books: Books) -> None:
    lines = books.outside.read_bytes().splitlines(keepends=True)
    books.outside.write_bytes(b"".join(reversed(lines)))

    assert books.look().faults == ["witness: checkpoint 1 stands after 2"]


def test_a_witness_that_cannot_be_read_is_not_taken_for_silence(books: Books) -> None:
    for line in (b"[]\n", b'{"statement": 1, "signature": ""}\n', b"rubbish\n"):
        books.outside.write_bytes(line)
        with pytest.raises(ValueError):  # noqa: PT011 - also of json
            books.look()


# checkpoints and the witness


def test_nothing_changed_nothing_signed(books: Books) -> None:
    assert make_checkpoint(at=books.now) is None
    assert Checkpoint.objects.count() == len(witness.read(books.settings.WITNESS_FILE)) == 2


def test_a_witness_that_missed_some_hears_them_later(books: Books) -> None:
    file = books.settings.WITNESS_FILE
    whole = file.read_bytes()
    for left in (whole[:-40], whole.split(b"\n")[0] + b"\n", b"half"):
        file.write_bytes(left)
        assert make_checkpoint(at=books.now) is None
        assert file.read_bytes() == whole
    assert tell_witness(file) == 0


def test_a_checkpoint_that_another_job_just_made_is_left_to_it(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartstart.access import checkpoints

    books.write(books.here, 6)
    keep = checkpoints._keep

    def after_another(checkpoint: Checkpoint, moved: Any) -> None:
        monkeypatch.undo()
        make_checkpoint(at=books.now)
        keep(checkpoint, moved)

    monkeypatch.setattr(checkpoints, "_keep", after_another)

    assert make_checkpoint(at=books.now) is None
    assert books.look() == Report(lines=11, folders=2, checkpoints=3, heard=2)


def test_the_signing_key_is_made_once_and_is_the_servers_alone(books: Books) -> None:
    home = books.settings.SIGNING_DIR

    assert public_pem(signing_key().public_key()) == (home / PUBLIC_FILE).read_bytes()
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in home.iterdir()) == [KEY_FILE, PUBLIC_FILE]


def test_another_kind_of_key_is_refused(tmp_path: Path, settings: Any) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import x25519

    other = x25519.X25519PrivateKey.generate()
    settings.SIGNING_DIR.mkdir()
    (settings.SIGNING_DIR / KEY_FILE).write_bytes(
        other.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    with pytest.raises(TypeError, match="another kind"):
        signing_key()
    (tmp_path / "x.pub").write_bytes(
        other.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with pytest.raises(ValueError, match="another kind"):
        read_public_key(tmp_path / "x.pub")


def test_two_who_make_the_key_at_once_use_the_same(settings: Any) -> None:
    from smartstart.access import signing

    signing._make(settings.SIGNING_DIR)
    first = (settings.SIGNING_DIR / KEY_FILE).read_bytes()
    signing._make(settings.SIGNING_DIR)

    assert (settings.SIGNING_DIR / KEY_FILE).read_bytes() == first


# cuts


MONTHS = {59: 59, 60: 60, 61: 61}


def months_ago(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1)


@pytest.fixture
def old(now: datetime) -> Folder:
    """Six lines: 62, 61, 61, 59 and 1 month old, and today's."""
    folder = open_folder(FolderKind.VOICE, at=now)
    for months in (62, 61, 61, 59, 1, 0):
        note(SOMEBODY, Deed.READ, folders=[folder.pk], at=months_ago(now, months), reason="r")
    make_checkpoint(at=now)
    return folder


def test_month_61_is_cut_and_the_rest_verifies(old: Folder, now: datetime) -> None:
    day = cuts.youngest_day(at=now)
    (shown,) = cuts.old_lines(before=day, at=now)
    assert (shown.folder, shown.lines, shown.last_number) == (old, 3, 3)

    (made,) = cuts.cut(before=day, at=now)

    assert (made.last_number, bytes(made.last_hash)) == (3, shown.last_hash)
    assert list(Line.objects.values_list("number", flat=True)) == [4, 5, 6]
    assert verify(key=signing_key().public_key()) == Report(lines=3, folders=1, checkpoints=1)
    note(SOMEBODY, Deed.READ, folders=[old.pk], at=now)
    make_checkpoint(at=now)
    assert verify(key=signing_key().public_key()).is_whole
    assert cuts.cut(before=day, at=now) == []


def test_month_59_is_refused(old: Folder, now: datetime) -> None:
    for day in (now.date(), cuts.youngest_day(at=now) + timedelta(days=1)):
        for refused in (cuts.cut, cuts.old_lines):
            with pytest.raises(NotYetOldEnough):
                refused(before=day, at=now)
    assert Line.objects.count() == 6


def test_a_cut_of_a_whole_chain_verifies_and_goes_on(old: Folder, now: datetime) -> None:
    later = now.replace(year=now.year + 6)
    cuts.cut(before=later.date().replace(year=now.year + 1), at=later)

    assert Line.objects.count() == 0
    key = signing_key().public_key()
    assert verify(key=key) == Report(folders=1, checkpoints=1)
    note(SOMEBODY, Deed.READ, folders=[old.pk], at=later)
    assert verify(key=key).is_whole


def test_a_younger_line_keeps_the_older_ones_after_it(now: datetime) -> None:
    folder = open_folder(FolderKind.PILOT, at=now)
    for months in (70, 3, 70):
        note(SOMEBODY, Deed.READ, folders=[folder.pk], at=months_ago(now, months))
    young = open_folder(FolderKind.PILOT, at=now)
    for months in (3, 70):
        note(SOMEBODY, Deed.READ, folders=[young.pk], at=months_ago(now, months))

    cuts.cut(before=cuts.youngest_day(at=now), at=now)

    kept = list(Line.objects.order_by("id").values_list("folder", "number"))
    assert kept == [(folder.pk, 2), (folder.pk, 3), (young.pk, 1), (young.pk, 2)]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (datetime(2028, 2, 29, 12, tzinfo=HERE), date(2023, 2, 28)),
        (datetime(2028, 3, 1, 0, tzinfo=HERE), date(2023, 3, 1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=HERE), date(2021, 12, 31)),
    ],
)
def test_five_years_are_five_whole_years(today: datetime, day: date) -> None:
    assert cuts.youngest_day(at=today) == day


def test_a_forged_cut_is_found(old: Folder, now: datetime) -> None:
    line = Line.objects.get(number=3)
    Cut.objects.create(
        folder=old,
        last_number=3,
        last_hash=line.hash,
        lines_before=cuts._moment(cuts.youngest_day(at=now)),
        at=now,
        statement=b"{}",
        signature=b"s" * 64,
    )
    Line.objects.filter(number__lte=3)._raw_delete("default")

    assert verify(key=signing_key().public_key()).faults == [
        f"folder {old.ref} cut at line 3: not ours"
    ]


def test_a_cut_that_names_too_young_a_day_deletes_nothing(old: Folder, now: datetime) -> None:
    from django.db import IntegrityError, transaction

    Cut.objects.create(
        folder=old,
        last_number=4,
        last_hash=b"h" * 32,
        lines_before=months_ago(now, 59),
        at=now,
        statement=b"{}",
        signature=b"s",
    )
    for number in (3, 4):
        with pytest.raises(IntegrityError, match=triggers.SAYS), transaction.atomic():
            Line.objects.filter(number=number)._raw_delete("default")


# receipts


def _checked(text: bytes, key: bytes, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "receipt").write_bytes(text)
    (tmp_path / "key").write_bytes(key)
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(tmp_path / "receipt"), str(tmp_path / "key")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )


def test_a_receipt_is_checked_by_a_stranger(books: Books, tmp_path: Path) -> None:
    pem = public_pem(books.key)
    for number, checkpoint in ((1, 1), (3, 1), (4, 2), (5, 2)):
        done = _checked(receipt(books.here.ref, number), pem, tmp_path)
        assert done.stdout.startswith(
            f"genuine: line {number} of folder {books.here.ref.hex}, read"
        )
        assert done.stdout.strip().endswith(f"signed in checkpoint {checkpoint}")
        assert done.returncode == 0


def test_a_receipt_shows_no_other_line(books: Books) -> None:
    said = receipt(books.here.ref, 2)
    others = [line for line in Line.objects.all() if line.pk != books.line(2).pk]

    assert all(json.loads(bytes(line.body))["line"].encode() not in said for line in others)
    assert books.there.ref.hex.encode() not in said


def _spoil(name: str) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        changes: dict[str, Any] = {
            "line": said["line"].replace('"read"', '"made"'),
            "number": said["number"] + 1,
            "folder": "0" * 32,
            "before": "0" * 64,
            "after": said["after"][1:],
            "path": [],
            "statement": said["statement"].replace('"number":1', '"number":9'),
            "signature": "00" * 64,
        }
        said[name] = changes[name]

    return change


@pytest.mark.parametrize(
    "name", ["line", "number", "folder", "before", "after", "path", "statement", "signature"]
)
def test_a_spoiled_receipt_is_not_genuine(books: Books, tmp_path: Path, name: str) -> None:
    said = json.loads(receipt(books.here.ref, 2))
    _spoil(name)(said)
    done = _checked(json.dumps(said).encode(), public_pem(books.key), tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("not genuine: ")
    assert done.stdout == ""


def test_a_receipt_after_a_cut(old: Folder, now: datetime, tmp_path: Path) -> None:
    cuts.cut(before=cuts.youngest_day(at=now), at=now)
    done = _checked(receipt(old.ref, 4), public_pem(signing_key().public_key()), tmp_path)

    assert done.returncode == 0
    with pytest.raises(NotFound):
        receipt(old.ref, 3)


def test_no_receipt_of_what_is_not_there_or_not_yet_signed(books: Books) -> None:
    books.write(books.here, 6)
    for folder, number in ((uuid4(), 1), (books.here.ref, 99), (books.here.ref, 6)):
        with pytest.raises(NotFound):
            receipt(folder, number)


# the command


def command(*words: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("ledger", *words, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_the_command_verifies(books: Books, tmp_path: Path) -> None:
    key = tmp_path / "outside.pub"
    key.write_bytes(public_pem(books.key))
    asked = ("verify", "--witness", str(books.outside), "--public-key", str(key))
    code, said = command(*asked)
    assert (code, said.splitlines()[-1]) == (0, "The ledger is whole.")
    assert "10 lines in 2 folders, 2 checkpoints, 2 of them heard" in said

    books.by_hand(
        "UPDATE access_line SET body = %s WHERE id = %s", _body(books, 2), books.line(2).pk
    )
    code, said = command(*asked)
    assert code == 1
    assert said.splitlines()[0] == books.named(2) + ": changed"
    assert said.endswith("The ledger is not whole.")


def test_the_command_says_what_is_not_there(books: Books, tmp_path: Path) -> None:
    nothing, rubbish = tmp_path / "nothing", tmp_path / "rubbish"
    rubbish.write_text("rubbish")
    for asked in (
        ("verify", "--witness", str(nothing)),
        ("verify", "--public-key", str(nothing)),
        ("verify", "--public-key", str(rubbish)),
    ):
        assert command(*asked)[0] == 2
    (books.settings.SIGNING_DIR / PUBLIC_FILE).unlink()
    assert command("verify")[0] == 1


def test_the_command_signs_and_proves(books: Books, tmp_path: Path) -> None:
    assert command("checkpoint") == (0, "Nothing changed.\n")
    books.write(books.here, 6)
    assert command("checkpoint") == (0, "Checkpoint 3.\n")
    code, said = command("receipt", str(books.here.ref), "6")
    assert code == 0
    assert _checked(said.encode(), public_pem(books.key), tmp_path).returncode == 0
    assert command("receipt", str(uuid4()), "6")[0] == 1


def test_the_command_cuts(old: Folder, now: datetime) -> None:
    from smartstart.base import clock

    day = cuts.youngest_day(at=now).isoformat()
    with clock.fixed(now):
        assert command("cut", "--before", day, "--show")[1] == (
            f"folder {old.ref}: 3 lines would go\n"
        )
        assert Line.objects.count() == 6
        assert command("cut", "--before", "2026-01-01")[0] == 1
        assert command("cut", "--before", day) == (0, "Cut in 1 folders.\n")
    assert Line.objects.count() == 3
