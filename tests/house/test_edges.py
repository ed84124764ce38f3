"""The edges only translate: no rows, no tries, no sealed content past the door."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house import code

# The task table and the shifts are the machinery of jobs itself.
OWN_TABLES = {code.PACKAGE / "jobs" / "models.py"}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.middleware")
# Allauth asks its adapter in these terms; it answers with plain values.
OWN_PROCESS = code.PACKAGE / "language" / "helper"
SPEAKS_HTTP = {code.PACKAGE / "people" / "adapter.py"}


def test_the_edges_ask_rooms_and_not_tables() -> None:
    found = [
        code.where(path, number)
        for path in code.python("web", "jobs")
        if path not in OWN_TABLES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.(objects|_default_manager|_base_manager)\b", line)
    ]

    assert not found, code.told("Ask a query or an operation of the room instead:", found)


def test_only_config_and_web_know_http() -> None:
    lower = [room for room in code.ROOMS if room not in {"web", "config"}]
    found = [
        code.where(path, line)
        for path in code.python(*lower)
        if path not in SPEAKS_HTTP
        for module, line in code.imports(path)
        if module.startswith(HTTP)
    ]

    assert not found, code.told("Pass plain values; only config and web know HTTP:", found)


def test_rules_are_arithmetic() -> None:
    found = [
        code.where(path, line)
        for path in code.python()
        if path.name == "rules.py"
        for module, line in code.imports(path)
        if module.split(".")[0] == "django" and not module.startswith("django.utils.translation")
    ]

    assert not found, code.told("A rule takes and gives plain values, without Django:", found)


def test_a_room_does_not_use_anothers_rules() -> None:
    found = [
        code.where(path, line)
        for path in code.python()
        for module, line in code.imports(path)
        if re.fullmatch(r"smartstart\.(\w+)\.rules", module)
        and f"smartstart/{module.split('.')[1]}/" not in str(path)
    ]

    assert not found, code.told("Ask the other room's operations or queries:", found)


def test_sealed_content_is_opened_in_operations_and_tasks_only() -> None:
    allowed = {"tasks.py", "reading.py"}
    found = [
        code.where(path, line)
        for path in code.python()
        if path.name not in allowed
        and not path.name.startswith("operations")
        and "operations" not in path.parts
        for module, line in code.imports(path)
        if module.endswith(".open_for_deed")
    ]

    assert not found, code.told("What an answer shows is read through a Reading:", found)


def test_an_answer_is_whole() -> None:
    found = [
        code.where(path)
        for path in code.python("web", "config")
        if re.search(r"\b(StreamingHttpResponse|FileResponse)\b", path.read_text())
    ]

    assert not found, code.told("The door settles whole answers only; use HttpResponse:", found)


def views() -> list[Path]:
    """Return the files in which views stand."""
    return [
        path
        for path in code.python("web")
        if path.parent.parent == code.PACKAGE / "web" and path.name.endswith("views.py")
    ]


def test_views_are_fifteen_lines_and_have_no_try() -> None:
    found = []
    for path in views():
        for function in code.functions(path):
            if code.length(function) > 15:
                found.append(f"{code.where(path, function.lineno)} has {code.length(function)}")
            is_view = any(argument.arg == "request" for argument in function.args.args)
            if is_view and any(isinstance(node, ast.Try) for node in ast.walk(function)):
                found.append(f"{code.where(path, function.lineno)} has a try")

    assert not found, code.told("A view asks, checks the form, does and answers:", found)


# A migrate by anybody must leave the ledger protected; Django says so in one way only.
OF_DJANGO = {"django.db.models.signals.post_migrate", "django.db.models.signals"}


def test_there_are_no_signals_between_rooms() -> None:
    found = [
        code.where(path, line)
        for path in code.python()
        for module, line in code.imports(path)
        if module.startswith(("django.dispatch", "django.db.models.signals"))
        and not (path.name == "apps.py" and module in OF_DJANGO)
    ]

    assert not found, code.told("Call the operation; a signal hides who does what:", found)


def test_the_clock_is_read_at_the_edges() -> None:
    lower = [room for room in code.ROOMS if room not in {"web", "config", "jobs"}]
    found = [
        code.where(path, number)
        for path in code.python(*lower)
        if path != code.PACKAGE / "base" / "clock.py"
        and path.name != "tasks.py"  # where background work enters the house
        and OWN_PROCESS not in path.parents
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\bclock\.(now|today)\(|\b(datetime|timezone)\.now\(|\bdate\.today\(", line)
    ]

    assert not found, code.told("Take `at`, `on` or `today` as an argument:", found)


@pytest.mark.parametrize("room", [room for room in code.ROOMS if room not in {"config"}])
def test_every_room_says_what_it_is(room: str) -> None:
    words = ast.get_docstring(code.tree(code.PACKAGE / room / "__init__.py"))

    assert words, f"smartstart/{room}/__init__.py: say what this room is and must never do."


def test_no_shelf_without_a_name() -> None:
    shelves = {"utils", "common", "helpers", "services", "managers", "misc"}
    found = [code.where(path) for path in code.python() if shelves & {path.stem, path.parent.name}]

    assert not found, code.told("Name the thing that stands in it:", found)
