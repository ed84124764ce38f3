"""Old lines go by a signed cut; a receipt is checked by a stranger; the command does both."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from smartstart.access import cuts, triggers
from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.errors import NotYetOldEnough
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Cut, Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.receipts import receipt
from smartstart.access.seals import public_pem
from smartstart.access.signing import PUBLIC_FILE, signing_key
from smartstart.access.verify import Report, verify
from smartstart.base.clock import HERE
from smartstart.base.refusals import NotFound
from tests.access.books import SOMEBODY, Books, months_ago

CHECKER = Path(__file__).parents[2] / "scripts" / "check_receipt.py"

pytestmark = pytest.mark.usefixtures("real_db")


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
    assert (code, said.splitlines()[-1]) == (0, "Het logboek is heel.")
    assert "10 regels in 2 mappen. 2 ijkpunten, 2 daarvan gehoord." in said

    books.by_hand(
        "UPDATE access_line SET body = %s WHERE id = %s", books.spoiled(2), books.line(2).pk
    )
    code, said = command(*asked)
    assert code == 1
    assert said.splitlines()[0] == books.named(2) + ": changed"
    assert "Het logboek is niet heel." in said


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
    assert command("checkpoint") == (0, "Er is niets veranderd.\n")
    books.write(books.here, 6)
    assert command("checkpoint") == (0, "IJkpunt 3 is ondertekend.\n")
    code, said = command("receipt", str(books.here.ref), "6")
    assert code == 0
    assert _checked(said.encode(), public_pem(books.key), tmp_path).returncode == 0
    assert command("receipt", str(uuid4()), "6")[0] == 1


def test_the_command_cuts(old: Folder, now: datetime) -> None:
    from smartstart.base import clock

    day = cuts.youngest_day(at=now).isoformat()
    with clock.fixed(now):
        assert command("cut", "--before", day, "--show")[1] == (
            f"map {old.ref}: er zouden 3 regels weggaan\n"
        )
        assert Line.objects.count() == 6
        assert command("cut", "--before", "2026-01-01")[0] == 1
        assert command("cut", "--before", day) == (0, "In 1 mappen zijn oude regels weg.\n")
    assert Line.objects.count() == 3
