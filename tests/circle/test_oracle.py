"""Every read rule of the circle against the oracle: every viewer, every row, on every edge."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.base.clock import day_of
from smartstart.circle import gate, gate_questions
from smartstart.circle.models import Question
from smartstart.people.models import Account, Hat, Organisation, Position
from tests.circle import oracle
from tests.circle.oracle import Facts, Viewer
from tests.circle.small_world import SmallWorld, small_world

SEEDS = range(int(os.environ.get("SMARTSTART_WORLDS", "1")))  # `make soak` asks for many
EDGES = [timedelta(days=days) for days in (-1, 0, 1)]


def guarded() -> dict[str, type[models.Model]]:
    """All models of the room that have a read rule."""
    return {
        model.__name__: model
        for model in apps.get_app_config("circle").get_models()
        if isinstance(model._default_manager.all(), Guarded)
    }


def facts(at: datetime) -> Facts:
    """Read the tables and give them to the oracle as plain records."""
    tables = {**guarded(), "Position": Position, "Hat": Hat}
    tables |= {"Account": Account, "Organisation": Organisation}
    records = {
        name: [SimpleNamespace(**row) for row in model._default_manager.values()]
        for name, model in tables.items()
    }
    return Facts(records, at=at, today=day_of(at))


def pairs(made: SmallWorld) -> list[tuple[Actor, Viewer]]:
    """Everybody who looks, as the house knows them and as the oracle does."""
    names = ("person", "position", "organisation")
    return [
        (
            Actor(assurance=2, **told),
            Viewer(told["role"].value, **{name: told.get(name) for name in names}),
        )
        for told in made.viewers
    ]


def differing(told: Facts, actor: Actor, viewer: Viewer) -> list[str]:
    """Return what querysets and oracle do not agree about, for one viewer on one day."""
    found = []
    for name, model in guarded().items():
        rows: Any = model._default_manager.all()
        answer = set(rows.visible_to(actor, on=told.today).values_list("pk", flat=True))
        rule = oracle.RULES[name]
        expected = {row.id for row in told.tables[name] if rule(told, viewer, row)}
        found += [
            f"{name} {pk}: {viewer.role} {'sees' if pk in answer else 'does not see'} it"
            for pk in answer ^ expected
        ]
    return found


def test_every_guarded_model_has_a_rule_in_the_oracle() -> None:
    assert set(guarded()) == set(oracle.RULES)


@pytest.mark.django_db
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_small_world_whole(seed: int, now: datetime) -> None:
    """Made once for all that is asked of it: making it costs as much as asking."""
    made = small_world(seed, now)
    the_querysets_answer_as_the_oracle(made, now)
    one_decision_answers_as_the_oracle(made, now)
    questions_answer_as_the_oracle_at_every_moment(made, now)


def the_querysets_answer_as_the_oracle(made: SmallWorld, now: datetime) -> None:
    asked, different = 0, []
    for edge in EDGES:
        told = facts(gate_questions.first_moment(day_of(now + edge)))
        assert {name for name in guarded() if not told.tables[name]} == set()
        for actor, viewer in pairs(made):
            different += differing(told, actor, viewer)
            asked += sum(len(told.tables[name]) for name in guarded())
    assert different[:20] == []
    assert asked > 1_000_000


def one_decision_answers_as_the_oracle(made: SmallWorld, now: datetime) -> None:
    for edge in EDGES:
        told = facts(now + edge)
        for actor, viewer in pairs(made):
            expected = [oracle.may_read(told, viewer, folder) for folder in made.folders]
            assert [gate.may_read(actor, folder, at=told.at) for folder in made.folders] == expected


def questions_answer_as_the_oracle_at_every_moment(made: SmallWorld, now: datetime) -> None:
    """And invariant 1: who acts is one function or person at every moment, on what is open."""
    seen: dict[str, int] = {"read": 0, "wait": 0, "act": 0}
    for hours in (-2, -1, 0, 1, 2):
        told = facts(now + timedelta(hours=hours))
        questions = told.tables["Question"]
        acting: dict[int, set[Any]] = {}
        for actor, viewer in pairs(made):
            asked = {
                "read": (Question.objects.read_by(actor, at=told.at), oracle.question),
                "wait": (Question.objects.waiting_for(actor, at=told.at), oracle.waits_for),
                "act": (Question.objects.acted_on_by(actor, at=told.at), oracle.acts),
            }
            for what, (rows, rule) in asked.items():
                answer = set(rows.values_list("pk", flat=True))
                assert answer == {row.id for row in questions if rule(told, viewer, row)}, what
                seen[what] += len(answer)
                for pk in answer if what == "act" else ():
                    acting.setdefault(pk, set()).add(viewer.person)
        assert {pk for pk, people in acting.items() if len(people) > 1} == set()
        assert {row.id for row in questions if not oracle.is_open(row)}.isdisjoint(acting)
    assert min(seen.values()) > 500
