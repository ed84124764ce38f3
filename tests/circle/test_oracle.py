"""Every read rule of the circle against the oracle: every viewer, every row, on every edge."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.models import Guarded
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.circle import gate, gate_questions
from smartstart.circle.models import Question
from smartstart.holding.climbing import covered_by
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


def _seen(model: type[models.Model]) -> Callable[..., Any]:
    def seen(actor: Actor, *, on: date) -> Any:
        rows: Any = model._default_manager.all()
        return rows.visible_to(actor, on=on).values_list("pk")

    return seen


SEEN = {name: _seen(model) for name, model in guarded().items()}
# With a question, which is asked at a moment and not on a day.
BY_THE_CLOCK = {"Question", "Attached", "Reply", "QuestionStep", "Leaving", "Attachment"}


def differing(told: Facts, actor: Actor, viewer: Viewer, *, at_once: bool) -> list[str]:
    """Return what querysets and oracle do not agree about, for one viewer on one day.

    ``at_once``: as the pages ask, their text written once for all viewers of one mould.
    """
    found = []
    for name in guarded():
        is_written = at_once and name not in BY_THE_CLOCK
        rows = (written if is_written else _asked_anew)(SEEN[name], actor, on=told.today)
        answer = {pk for (pk,) in rows}
        rule = oracle.RULES[name]
        expected = {row.id for row in told.tables[name] if rule(told, viewer, row)}
        found += [
            f"{name} {pk}: {viewer.role} {'sees' if pk in answer else 'does not see'} it"
            for pk in answer ^ expected
        ]
    return found


def _asked_anew(build: Callable[..., Any], actor: Actor, **told: Any) -> Any:
    return build(actor, **told)


def _read(actor: Actor, *, at: datetime, covered: list[UUID]) -> Any:
    return Question.objects.read_by(actor, at=at, covered=covered).values_list("pk")


def _waiting(actor: Actor, *, at: datetime, covered: list[UUID]) -> Any:
    return Question.objects.waiting_for(actor, at=at, covered=covered).values_list("pk")


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
            different += differing(told, actor, viewer, at_once=edge == timedelta())
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
            acts = Question.objects.acted_on_by(actor, at=told.at).values_list("pk")
            ask = _asked_anew if hours % 2 else written
            who = {"at": told.at, "covered": covered_by(actor)}
            asked = {
                "read": (ask(_read, actor, **who), oracle.question),
                "wait": (ask(_waiting, actor, **who), oracle.waits_for),
                "act": (acts, oracle.acts),
            }
            for what, (rows, rule) in asked.items():
                answer = {pk for (pk,) in rows}
                assert answer == {row.id for row in questions if rule(told, viewer, row)}, what
                seen[what] += len(answer)
                for pk in answer if what == "act" else ():
                    acting.setdefault(pk, set()).add(viewer.person)
        assert {pk for pk, people in acting.items() if len(people) > 1} == set()
        assert {row.id for row in questions if not oracle.is_open(row)}.isdisjoint(acting)
    assert min(seen.values()) > 500
