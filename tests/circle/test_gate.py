"""The gate: by its index, for nobody who does not read families, and sealed in the tables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from smartstart.access.actor import VISITOR
from smartstart.access.explaining import explain, table_of
from smartstart.access.models import Guarded
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.circle import gate, gate_questions, operations_opening, operations_seats
from smartstart.circle.models import Circle, Member
from smartstart.circle.operations_seats import Place
from smartstart.circle.states import SeatKind
from tests.circle.worlds import OTHERS, Town, town, years_ago

pytestmark = pytest.mark.django_db
SECRETS = {
    "called": "Geheimnaam",
    "works_at": "Geheimplek",
    "work": "Geheimwerk",
    "phone": "06-geheim",
    "doing": "Geheimdoen",
}


@pytest.fixture
def place(db: None, now: datetime) -> Town:
    return town(now)


def plan(sql: str, values: Any) -> str:
    """Return how the database would answer: by which index."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a few rows are read whole otherwise
        cursor.execute(f"{explain} {sql}", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_one_decision_is_one_look_in_the_index(place: Town) -> None:
    asked = gate.predicate(
        gate.ONE_FOLDER,
        receiver=gate.stored(place.ref("anouk")),
        folder=1,
        day=gate.stored(place.today),
    )
    told = plan(asked.sql, asked.values)
    if connection.vendor == "sqlite":  # PostgreSQL takes either index while there are few rows
        assert "circle_ground_of_receiver" in told
    assert "SCAN g" not in told
    assert "Seq Scan on circle_ground" not in told


def test_all_circles_of_one_actor_are_found_by_the_index(place: Town) -> None:
    rows = Circle.objects.visible_to(place.actor("fatima"), on=place.today).values_list("pk")
    sql, values = rows.query.sql_with_params()
    told = plan(sql, values)
    assert "circle_ground_" in told  # which index: by the number of rows
    assert "SCAN g" not in told
    assert "Seq Scan on circle_ground" not in told


def test_the_questions_that_one_reads_are_found_by_the_index(place: Town) -> None:
    for who in ("anouk", "fatima"):
        asked = gate_questions.questions_read(place.actor(who), at=place.at)
        assert asked is not None
        told = plan(asked.sql, asked.values)
        made = re.findall(r"(?:CO-ROUTINE|MATERIALIZE) q\b", told)  # what was found, by an index
        assert len(re.findall(r"SCAN [giq]\b", told)) == len(made)
        assert not re.search(r"Seq Scan on circle_(question|ground)", told)


def test_who_reads_no_families_reads_nothing_and_asks_nothing(
    place: Town, django_assert_num_queries: Any
) -> None:
    circle = place.open()
    others = [place.actor(name) for name in OTHERS]
    with django_assert_num_queries(0):
        for actor in (VISITOR, *others):
            assert gate.receiver_of(actor) is None
            assert not gate.may_read(actor, circle.folder_id, at=place.at)
            assert gate.folders_read(actor, on=place.today) is None
    with pytest.raises(ValueError, match="nobody"):
        gate.folders_on(VISITOR, "development", on=place.today)


def test_a_professional_without_a_function_reads_nothing(place: Town) -> None:
    lost = replace(place.actor("fatima"), position=None)
    assert gate.receiver_of(lost) is None
    assert {role for role in Role if role in gate.FAMILY_ROLES} == {
        Role.PARENT,
        Role.YOUNG_PERSON,
        Role.SUPPORTER,
    }


def test_nothing_that_a_family_said_stands_open_in_a_table(place: Town) -> None:
    """Every word is unique; every byte of every table of the room is looked through."""
    circle = operations_opening.open_circle(
        place.actor("anouk"),
        called="Geheimthuis",
        own_name="Geheimmoeder",
        coordinator=place.ref("willem"),
        at=place.at,
    ).circle
    born = years_ago(9, place.today - timedelta(days=77))
    child = place.child(circle, "Geheimkind", born)
    operations_opening.set_address(
        place.actor("anouk"), circle.ref, words="Geheimstraat 1", is_secret=True, at=place.at
    )
    part = place.part(child, circle)
    operations_seats.offer_seat(
        place.actor("anouk"),
        part.ref,
        kind=SeatKind.INFORMAL,
        place=Place(**SECRETS),
        at=place.at,
    )
    secrets = [*SECRETS.values(), "Geheimthuis", "Geheimmoeder", "Geheimkind", "Geheimstraat"]

    kept = everything()

    assert len(kept) > 2_000
    found = [word for word in [*secrets, born.isoformat()] if word.encode() in kept]
    assert found == []
    assert Member.objects.filter(family=circle.family_id).count() == 2


def everything() -> bytes:
    """Return what every table of the room and of the ledger holds, as the database gives it."""
    tables = [
        model._meta.db_table
        for room in ("circle", "access")
        for model in apps.get_app_config(room).get_models()
    ]
    kept = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                kept += [
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                ]
    return b"\n".join(kept)


def plain(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_every_guarded_model_answers_nobody_for_a_visitor(place: Town) -> None:
    place.child(place.open(), "Noor", date(2017, 3, 4))
    for model in apps.get_app_config("circle").get_models():
        rows: Any = model._default_manager.all()
        if isinstance(rows, Guarded):
            assert not rows.visible_to(VISITOR, on=day_of(place.at)).exists(), model


def test_why_somebody_reads_is_explained_by_the_statement_itself(place: Town) -> None:
    circle = place.open()
    home = place.household(circle)
    for name, sees in (("anouk", True), ("fatima", False), ("sam", False)):
        told = explain(place.actor(name), table_of("circle.Part"), on=place.today, pk=home.pk)
        assert told.sees is sees
        assert told.rows == sees
