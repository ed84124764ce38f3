"""Every table: down the house, behind the door, with words about its personal data."""

from __future__ import annotations

import inspect
import re
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection, models

from smartstart.access import triggers
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from tests.house import code

TEXTS = (models.CharField, models.TextField, models.BinaryField, models.JSONField, models.FileField)
LAYER = {room: height for height, room in enumerate(code.ROOMS)}
# Tables of the machinery: who is at work, who acts and the ledger itself have doors of their own.
WITHOUT_DOOR = {"access", "jobs", "people", "language", "post"}
# Names of places that everybody may know.
PUBLIC = {"programme.Region", "programme.Municipality", "programme.Vindplaats"}
LIBRARY_PARENTS = {"password", "last_login"}


def own_models() -> list[type[models.Model]]:
    """Return the models of our rooms, without the ones Django makes between two."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("smartstart.") and not model._meta.auto_created
    ]


def test_every_relation_points_down() -> None:
    found = []
    for model in own_models():
        room = model._meta.app_label
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta.app_label
            if target in LAYER and LAYER[target] > LAYER[room]:
                found.append(f"{model._meta.label}.{field.name} -> {target}")

    assert not found, code.told("Point at the lower room; a reference (UUID) may go up:", found)


def test_there_are_no_generic_foreign_keys() -> None:
    found = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]

    assert not found, code.told("Say which table it is:", found)


def test_every_guarded_queryset_has_its_rule() -> None:
    found = [
        model._meta.label
        for model in own_models()
        if isinstance(rows := model._default_manager.all(), Guarded)
        and type(rows).visible_to is Guarded.visible_to
    ]

    assert not found, code.told("Say who may know that such a row exists, in visible_to:", found)


def test_what_a_folder_holds_is_behind_the_door() -> None:
    found = [
        model._meta.label
        for model in own_models()
        if issubclass(model, Holds) and not isinstance(model._default_manager.all(), Guarded)
    ]

    assert not found, code.told("Sealed rows need a Guarded queryset with visible_to:", found)


def test_organisational_data_is_behind_the_door() -> None:
    found = [
        model._meta.label
        for model in own_models()
        if model._meta.app_label not in WITHOUT_DOOR
        and not isinstance(model._default_manager.all(), Guarded)
        and model._meta.label not in PUBLIC
        and _borrows_no_door(model)
    ]

    assert not found, code.told("Give it a Guarded queryset, or borrow the parent's door:", found)


def _borrows_no_door(model: type[models.Model]) -> bool:
    """Whether no row it belongs to has a door: a child may be reached through its parent only."""
    parents = [field.related_model for field in model._meta.fields if field.is_relation]
    guarded = [
        parent
        for parent in parents
        if parent is not None
        and parent.__module__.startswith("smartstart.")
        and isinstance(parent._default_manager.all(), Guarded)
    ]
    return bool(parents) and not guarded and model._meta.model_name != "knot"


def test_every_text_says_whether_it_is_personal() -> None:
    found = []
    for model in own_models():
        personal: dict[str, Any] = getattr(model, "personal_data", {})
        other: frozenset[str] = getattr(model, "no_personal_data", frozenset())
        for field in model._meta.fields:
            said = {*personal, *other, *LIBRARY_PARENTS}
            if isinstance(field, TEXTS) and not field.choices and field.name not in said:
                found.append(f"{model._meta.label}.{field.name}")

    assert not found, code.told("Name it in personal_data or in no_personal_data:", found)


def test_what_is_said_about_personal_data_is_whole_and_true() -> None:
    found = []
    for model in own_models():
        names = {field.name for field in model._meta.get_fields()}
        for name, said in getattr(model, "personal_data", {}).items():
            if name not in names:
                found.append(f"{model._meta.label}.{name} is no field")
            if not isinstance(said, Personal) or not all(
                (said.purpose, said.basis, said.retention, said.readers)
            ):
                found.append(f"{model._meta.label}.{name}: purpose, basis, retention, readers")
        found += [
            f"{model._meta.label}.{name} is no field"
            for name in getattr(model, "no_personal_data", frozenset())
            if name not in names
        ]

    assert not found, code.told("Repair what the model says about itself:", found)


def test_every_model_stands_in_the_glossary() -> None:
    """The first sentence of a docstring ends with (Dutch: word); the glossary says the same."""
    glossary = _glossary()
    found = []
    for model in own_models():
        words = inspect.getdoc(model) or ""
        said = re.search(r"\(Dutch: ([^)]+)\)", words)
        english = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
        if said is None:
            found.append(f"{model._meta.label}: its docstring names no Dutch word")
        elif glossary.get(said.group(1)) != english:
            found.append(f"{model._meta.label}: | {said.group(1)} | {english} | ... |")

    assert not found, code.told("Add the line to docs/glossary.md, or repair the docstring:", found)


def _glossary() -> dict[str, str]:
    """Return Dutch word to English word; one Dutch word has one English word."""
    rows = re.findall(
        r"^\| ([^|]+?) \| ([^|]+?) \| [^|]+ \|$", (code.ROOT / "docs/glossary.md").read_text(), re.M
    )
    return {dutch: english for dutch, english in rows if dutch not in {"Dutch", "---"}}


def test_the_glossary_has_one_word_for_one_thing() -> None:
    text = (code.ROOT / "docs/glossary.md").read_text()
    dutch = [
        row for row in re.findall(r"^\| ([^|]+?) \|", text, re.M) if row not in {"Dutch", "---"}
    ]

    assert dutch == sorted(dutch, key=str.casefold), "Keep the glossary in order of the Dutch word."
    assert len(dutch) == len(set(dutch)), "One Dutch word stands in it twice."


def test_the_triggers_of_the_ledger_are_there_after_migrate(db: None) -> None:
    assert triggers.missing(connection) == set()


def test_names_of_constraints_are_sentences() -> None:
    found = [
        constraint.name
        for model in own_models()
        for constraint in model._meta.constraints
        if len(constraint.name.split("_")) < 3
    ]

    assert not found, code.told("Name it as a sentence, as people_hat_ends_after_it_begins:", found)
