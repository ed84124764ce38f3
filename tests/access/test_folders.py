from datetime import datetime

import pytest
from django.db import connection

from smartstart.access import triggers
from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import open_folder


@pytest.mark.django_db
def test_three_triggers_stand_on_each_table_of_the_ledger() -> None:
    assert triggers.missing(connection) == set()


@pytest.mark.django_db
def test_a_line_is_written(now: datetime) -> None:
    folder = open_folder(FolderKind.PILOT, at=now)
    note(VISITOR, Deed.MADE, folders=[folder.pk], at=now, on=[folder.ref], reason="omdat")
    line = Line.objects.get()
    assert Folder.objects.get(pk=folder.pk).height == line.number == 1
    assert line.at == now


def test_it_commits(real_db: object, now: datetime) -> None:
    folder = open_folder(FolderKind.PILOT, at=now)
    note(VISITOR, Deed.MADE, folders=[folder.pk], at=now)
    assert Line.objects.count() == 1
