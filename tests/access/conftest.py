"""What the tests of the ledger share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind
from smartstart.access.operations import open_folder
from tests.access.books import SOMEBODY, Books, months_ago


@pytest.fixture
def books(now: datetime, tmp_path: Path, settings: Any) -> Books:
    return Books(now, tmp_path / "outside.jsonl", settings)


@pytest.fixture
def old(now: datetime) -> Folder:
    """Six lines: 62, 61, 61, 59 and 1 month old, and today's."""
    folder = open_folder(FolderKind.VOICE, at=now)
    for months in (62, 61, 61, 59, 1, 0):
        note(SOMEBODY, Deed.READ, folders=[folder.pk], at=months_ago(now, months), reason="r")
    make_checkpoint(at=now)
    return folder
