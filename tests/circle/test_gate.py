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
from smartstart.circle import (
    gate,
    gate_questions,
    operations_opening,
    operations_questions,
    operations_seats,
)
from smartstart.circle.models import Circle, Member
from smartstart.circle.operations_looking_after import looked_after_by
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
        titled = gate_questions.questions_titled(place.actor(who), at=place.at)
        assert titled is not None
        told = plan(titled.sql, titled.values)
        made = re.findall(r"(?:CO-ROUTINE|MATERIALIZE) q\b", told)
        assert len(re.findall(r"SCAN [giq]\b", told)) == len(made)
        assert not re.search(r"Seq Scan on circle_(question|ground)", told)


def test_what_one_looks_after_is_found_by_the_index(place: Town) -> None:
    rows = looked_after_by(place.actor("willem"), on=place.today).values_list("pk")
    told = plan(*rows.query.sql_with_params())
    assert "circle_looked_after_by" in told
    assert not re.search(r"SCAN circle_circle|Seq Scan on circle_circle", told)


# What a house of ten thousand circles counted: nothing is offered, each has a few of everything.
COUNTED = {
    "circle_questions_of_asker": "30012 3 3",
    "circle_questions_of_holder": "30012 21 21",
    "circle_questions_of_offer": "30012 30012",  # of nothing but NULL there is no count
    "circle_questions_that_climb": "30012 4288 4288",
    "circle_question_folder_id_f9b1f8da": "30012 3",
    "circle_question_about_id_15f0deaa": "30012 30012",
    "sqlite_autoindex_circle_question_1": "30012 1",
    "circle_ground_on_question": "100040 4 3",
    "circle_ground_of_receiver": "100040 9 2",
    "circle_ground_folder_id_3a5a6c18": "100040 4",
    "circle_ground_question_id_42a123de": "100040 4",
    "circle_ground_basis_id_3333825d": "100040 3848",
    "sqlite_autoindex_circle_ground_1": "100040 1",
    "sqlite_autoindex_circle_ground_2": "100040 100040",
}


@pytest.fixture
def counted(place: Town) -> None:
    """Let SQLite believe that it counted ten thousand circles; it plans as it would there."""
    if connection.vendor == "postgresql":
        return  # it takes no counts from a test
    part = place.household(place.open())
    place.seat(part, "fatima")
    told = {"to": place.ref("fatima"), "title": "Een vraag", "words": "Kunt u meedenken?"}
    operations_questions.ask_question(place.actor("anouk"), part.ref, **told, at=place.at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for index, many in COUNTED.items():
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [many, index])
        cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.usefixtures("counted")
def test_in_a_house_of_ten_thousand_circles_no_question_is_looked_for_among_all(
    place: Town,
) -> None:
    for way in (gate_questions.questions_read, gate_questions.questions_today):
        asked = way(place.actor("fatima"), at=place.at)
        assert asked is not None
        told = plan(asked.sql, asked.values)
        assert "SCAN i" not in told
        assert "BLOOM FILTER ON g" not in told, "the filter is made from every ground of the house"
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
