# ruff: noqa: S608 - the names of tables and columns are our own
"""Whoever has the database in hand changes something; ``verify`` says what and where."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from smartstart.access import triggers, witness
from smartstart.access.chain import next_hash
from smartstart.access.checkpoints import make_checkpoint, tell_witness
from smartstart.access.errors import ChainIsBroken
from smartstart.access.models import Checkpoint, FolderKind, Line
from smartstart.access.operations import erase_folder, open_folder
from smartstart.access.seals import public_pem, read_public_key
from smartstart.access.signing import KEY_FILE, PUBLIC_FILE, signing_key
from smartstart.access.verify import Report, verify
from smartstart.base.clock import HERE
from tests.access.books import SOMEBODY, Books

pytestmark = pytest.mark.usefixtures("real_db")


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


def test_a_changed_line_is_named_exactly(books: Books) -> None:
    for number in (4, 2, 5):
        books.by_hand(
            "UPDATE access_line SET body = %s, deed = 'made' WHERE id = %s",
            books.spoiled(number),
            books.line(number).pk,
        )
        report = books.look()
        assert books.named(number) + ": changed" in report.faults
    assert [fault.split(":")[0] for fault in report.faults] == [
        books.named(number) for number in (2, 4, 5)
    ]


def test_a_changed_line_with_a_hash_made_to_fit_is_found_by_the_checkpoint(books: Books) -> None:
    body = books.spoiled(3)
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
        body = books.spoiled(number) if number == first else bytes(books.line(number).body)
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
    field: Any = Line._meta.get_field(column)
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

    assert len(books.look().faults) == (9 if connection.vendor == "sqlite" else 13)


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
