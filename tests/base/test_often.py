"""What is asked often is planned once for a connection, and again when the plan is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from smartstart.base.often import asked_often
from tests.engines import Store

MANY = "SELECT count(*) FROM people_account WHERE username <> %s"
KEPT = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


def ask() -> int:
    with asked_often() as cursor:
        cursor.execute(MANY, ["niemand"])
        return int(cursor.fetchone()[0])


def plans() -> int:
    """How many plans of it this connection keeps; SQLite keeps its own."""
    if connection.vendor != "postgresql":
        return 1
    with connection.cursor() as cursor:
        cursor.execute(KEPT, ["%people_account%"])
        return int(cursor.fetchone()[0])


def said(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_asked_again_it_is_one_plan(real_db: Store) -> None:
    assert [ask() for _ in range(3)] == [0, 0, 0]
    assert plans() == 1


def test_it_answers_after_whatever_takes_its_plan_away(real_db: Store) -> None:
    assert ask() == 0
    if connection.vendor == "postgresql":
        said("DEALLOCATE ALL")
        assert ask() == 0
        said("DISCARD ALL")
        assert ask() == 0
    said("ALTER TABLE people_account ADD COLUMN tried integer")  # as a migration would
    assert ask() == 0
    connection.close()
    assert ask() == 0
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert ask() == 0
    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic():
            said("SELECT 1 FROM nowhere")
        assert ask() == 0
    assert plans() == 1


def test_behind_a_pooler_no_plan_is_kept(real_db: Store, settings: Any) -> None:
    settings.SMARTSTART_POOLER = True
    assert ask() == 0
    if connection.vendor == "postgresql":
        assert plans() == 0


def test_it_is_counted_as_every_statement(real_db: Store, django_assert_num_queries: Any) -> None:
    ask()
    with django_assert_num_queries(1):
        ask()
