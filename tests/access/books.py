"""A small signed ledger to spoil: two folders, five lines each, a witness outside."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from smartstart.access import triggers
from smartstart.access.actor import Actor
from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.ledger import Deed, Entry, append
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder
from smartstart.access.permissions import Role
from smartstart.access.signing import signing_key
from smartstart.access.verify import Report, verify

SOMEBODY = Actor(role=Role.RESEARCHER, account=uuid4(), hat=uuid4(), assurance=2)


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

    def spoiled(self, number: int) -> bytes:
        """The bytes of a line, saying that something was made where it was read."""
        return bytes(self.line(number).body).replace(b'"read"', b'"made"')

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


def months_ago(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1)
