"""Every read rule against the oracle: every actor, every row, on the day and the days beside it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from smartstart.access.models import Guarded
from smartstart.access.permissions import Role
from tests.access import oracle
from tests.access.worlds import World, world

SEEDS = range(int(os.environ.get("SMARTSTART_WORLDS", "2")))  # `make soak` asks for many


def guarded() -> list[type[models.Model]]:
    """All models of the house that have a read rule; those of the circle have their own oracle."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("smartstart.")
        and model._meta.app_label != "circle"
        and isinstance(model._default_manager.all(), Guarded)
    ]


def test_every_guarded_model_has_a_rule_in_the_oracle() -> None:
    assert set(guarded()) == set(oracle.RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_querysets_answer_as_the_oracle(seed: int, now: datetime) -> None:
    made = world(seed, now)
    assert {model for model in guarded() if not made.rows[model]} == set()
    asked, different = 0, []
    for days in (0, 1, -1):
        made.now = now + timedelta(days=days)
        for actor in made.actors:
            for model in guarded():
                rows = model._default_manager.all()
                answer = set(rows.visible_to(actor, on=made.today).values_list("pk", flat=True))  # type: ignore[attr-defined]
                expected = oracle.seen(made, actor, model)
                asked += len(made.rows[model])
                different += [
                    f"{model._meta.label} {pk} day {days:+}: {actor.role}"
                    f" {'sees' if pk in answer else 'does not see'} it"
                    for pk in answer ^ expected
                ]
    assert sorted(set(different)) == []
    assert asked > 20_000


@pytest.mark.django_db
def test_no_row_is_doubled(now: datetime) -> None:
    made = world(99, now)
    for actor in made.actors:
        for model in guarded():
            rows = model._default_manager.all().visible_to(actor, on=made.today)  # type: ignore[attr-defined]
            found = list(rows.values_list("pk", flat=True))
            assert len(found) == len(set(found)), (model, actor.role)


@pytest.mark.django_db
def test_who_runs_organisation_or_server_reads_nothing_a_visitor_does_not(now: datetime) -> None:
    """Invariant 5, asked of every model that holds what families told."""
    made = world(7, now)
    for actor in made.actors:
        if actor.role in {Role.ADMINISTRATOR, Role.OPERATOR, Role.PRIVACY_OFFICER}:
            for model in guarded():
                if model._meta.app_label in {"voices", "thread"}:
                    visitor = oracle.seen(made, made.actors[0], model)
                    rows = model._default_manager.all().visible_to(actor, on=made.today)  # type: ignore[attr-defined]
                    assert set(rows.values_list("pk", flat=True)) <= visitor


def _every_role_is_asked(made: World) -> set[Role]:
    return {actor.role for actor in made.actors}


@pytest.mark.django_db
def test_the_world_asks_for_every_role(now: datetime) -> None:
    assert _every_role_is_asked(world(1, now)) == set(Role)
