"""The store full, locked, gone, or changed by hand: a page that keeps what was typed."""

from __future__ import annotations

import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client

from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.signing import signing_key
from smartstart.access.verify import verify
from smartstart.base.keyring import keyring
from smartstart.base.refusals import TryLater
from smartstart.programme.models import Proposal
from tests.cast import Cast, people

WORDS, TYPED = "mijn zoon slaapt op de bank", "wat ik net typte"
pytestmark = [pytest.mark.urls("tests.access.door_addresses"), pytest.mark.usefixtures("real_db")]


class House:
    """Somebody signed in, with a page to read and a form to send."""

    def __init__(self, now: datetime) -> None:
        cast: Cast = people(now)
        self.row = Proposal(
            pilot=cast.pilot_a,
            folder=open_folder(FolderKind.PILOT, at=now),
            holder=cast.account("els"),
            answer_by=cast.today,
        )
        self.row.put(sees=WORDS)
        self.row.save()
        self.client = Client()
        self.client.force_login(cast.account("nadia"))

    def send(self) -> Any:
        return self.client.post(f"/trial/story/{self.row.pk}/", {"words": TYPED})

    def is_refused_kindly(self) -> None:
        answer = self.send()
        page = answer.content.decode()
        assert answer.status_code == 503
        assert TYPED in page
        assert WORDS not in page
        assert answer["Cache-Control"] == "no-store, private"

    def works(self) -> None:
        before = Line.objects.count()
        answer = self.send()
        assert (answer.status_code, answer.content.decode()) == (200, WORDS)
        assert Line.objects.count() == before + 1
        assert verify(key=signing_key().public_key()).faults == []


@pytest.fixture
def house(now: datetime) -> House:
    return House(now)


def _run(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def full() -> Iterator[None]:
    """No page more: what SQLite says when the disk is full."""
    (pages,) = _run("PRAGMA page_count")
    _run(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        _run("PRAGMA max_page_count = 1073741823")


def test_a_full_store_refuses_and_goes_on_when_there_is_room(house: House) -> None:
    if connection.vendor == "sqlite":
        house.works()
        with full():
            assert any(house.send().status_code == 503 for _ in range(2_000))
            house.is_refused_kindly()
        house.works()


@contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Somebody else holds what a line needs; we wait only shortly."""
    if connection.vendor == "sqlite":
        with patient(0.05):
            other = sqlite3.connect(str(django_settings.DATABASES["default"]["NAME"]))
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.rollback()
                other.close()
    else:
        other_connection = connections.create_connection("default")
        with other_connection.cursor() as cursor:
            other_connection.set_autocommit(False)
            cursor.execute("SELECT 1 FROM access_folder WHERE id = %s FOR UPDATE", [folder.pk])
            _run("SET lock_timeout = '50ms'")
            try:
                yield
            finally:
                other_connection.rollback()
                other_connection.close()
                _run("SET lock_timeout = 0")


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """Wait this long for the write lock of SQLite."""
    options = connections["default"].settings_dict["OPTIONS"]
    before = options["timeout"]
    options["timeout"] = seconds
    connection.close()
    try:
        yield
    finally:
        options["timeout"] = before
        connection.close()


def test_a_locked_store_is_a_page_and_goes_on_when_free(house: House) -> None:
    with locked(house.row.folder):
        house.is_refused_kindly()
    house.works()


@contextmanager
def gone() -> Iterator[None]:
    """The store is not where it was: the file moved, or no server behind the address."""
    place = connections["default"].settings_dict
    key, nowhere = (
        ("NAME", "/nowhere/at/all.sqlite3")
        if connection.vendor == "sqlite"
        else ("HOST", "/nowhere/at/all")
    )
    before = place[key]
    connection.close()
    place[key] = nowhere
    try:
        yield
    finally:
        connection.close()
        place[key] = before


def test_a_store_that_is_gone_is_a_page_and_goes_on_when_back(house: House) -> None:
    house.works()
    with gone():
        house.is_refused_kindly()
    house.works()


def test_a_server_that_cuts_the_line_is_a_page(house: House) -> None:
    if connection.vendor == "postgresql":
        house.works()
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        other.close()
        house.is_refused_kindly()
        connection.close()
        house.works()


def test_a_full_disk_under_the_keyring_makes_no_half_key(now: datetime, settings: Any) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    folder = open_folder(FolderKind.VOICE, at=now)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        with pytest.raises(TryLater):
            keyring().create(Folder().ref)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)

    files = [path for path in Path(settings.KEYRING_DIR).rglob("*") if path.is_file()]
    assert [path.stem for path in files] == [folder.ref.hex]


def _bytes_changed(name: str, old: bytes, new: bytes) -> None:
    content = Path(name).read_bytes()
    assert content.count(old) == 1
    Path(name).write_bytes(content.replace(old, new))


def test_a_line_changed_by_hand_in_the_file_is_named(now: datetime) -> None:
    if connection.vendor == "sqlite":
        folder = open_folder(FolderKind.PILOT, at=now)
        for why in ("one", "two", "three"):
            note(VISITOR, Deed.READ, folders=[folder.pk], at=now, why=f"reason-{why}")
        _run("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        name = str(django_settings.DATABASES["default"]["NAME"])
        _bytes_changed(name, b"reason-two", b"reason-owt")

        assert verify(key=None).faults == [f"folder {folder.ref} line 2: changed"]


@pytest.mark.parametrize("hours", [-1, -24, 24 * 365])
def test_a_clock_that_was_set_wrong_leaves_the_ledger_whole(
    house: House, hours: int, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    from datetime import timedelta

    from smartstart.base import clock

    house.works()
    with clock.fixed(now + timedelta(hours=hours)):
        house.send()
    house.works()
