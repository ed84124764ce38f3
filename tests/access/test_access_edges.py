"""Edges of the ledger: who has no home to write in, and a number that is there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection

from smartstart.access import triggers
from smartstart.access.actor import VISITOR
from smartstart.access.models import Line
from smartstart.access.operations import house_folder, note_denied
from tests.access.books import SOMEBODY, Books


@pytest.mark.django_db
def test_a_denied_try_is_written_where_somebody_is_at_home_and_of_nobody_nowhere(
    now: datetime,
) -> None:
    at_home = replace(SOMEBODY, home_folder=house_folder(at=now).pk)
    for actor in (VISITOR, SOMEBODY):
        note_denied(actor, where="voices:interview", tried="/interviews/3/", at=now)
    assert not Line.objects.exists()

    note_denied(at_home, where="voices:interview", tried="/interviews/3/", at=now)
    assert Line.objects.get().deed == "denied"


@pytest.mark.usefixtures("real_db")
def test_a_number_that_stands_twice_is_named(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who drops the constraint of the table itself can write it."""
    unique = next(c for c in Line._meta.constraints if c.name == "access_one_line_per_number")
    others = [c for c in Line._meta.constraints if c is not unique]
    monkeypatch.setattr(Line._meta, "constraints", others)  # SQLite makes the table anew
    triggers.remove(connection)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Line, unique)
    books.by_hand("UPDATE access_line SET number = 2 WHERE id = %s", books.line(3).pk)

    faults = books.look().faults
    assert f"folder {books.here.ref} line 2: there twice" in faults
