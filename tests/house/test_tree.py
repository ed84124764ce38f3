"""The tree: sizes, settings that are told, tasks that carry references, nothing of a machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django_tasks.base import Task

from tests.house import code

MOST_LINES = 600
MOST_IN_A_FUNCTION = 50
MOST_IN_A_PAGE = 80
MOST_IN_A_COMPONENT = 30
TEMPLATES = code.PACKAGE / "web" / "templates"
# Whole texts and lists that nobody writes by hand, and what a machine made.
NOT_COUNTED = {"LICENSE", "run.txt", "dev.txt", "setup.txt", "package-lock.json"}
MADE = ("smartstart/web/static/", "bench/", "assets/package-lock.json")


def written() -> list[Path]:
    """Return the files that people write."""
    return [
        path
        for path in code.tracked()
        if path.suffix in {".py", ".html", ".mjs", ".js", ".css"}
        and not str(path.relative_to(code.ROOT)).startswith(MADE)
        and "migrations" not in path.parts
    ]


def test_files_are_short() -> None:
    found = [
        f"{code.where(path)} has {lines} lines"
        for path in written()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]

    assert not found, code.told(f"A file of more than {MOST_LINES} lines is two files:", found)


def test_functions_are_short() -> None:
    found = [
        f"{code.where(path, node.lineno)} {node.name} has {code.length(node)}"
        for path in written()
        if path.suffix == ".py"
        for node in code.functions(path)
        if code.length(node) > MOST_IN_A_FUNCTION
    ]

    assert not found, code.told(f"More than {MOST_IN_A_FUNCTION} lines: name its parts:", found)


def test_templates_are_short() -> None:
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        most = MOST_IN_A_COMPONENT if "components" in path.parts else MOST_IN_A_PAGE
        lines = len(path.read_text().splitlines())
        if lines > most:
            found.append(f"{code.where(path)} has {lines}, at most {most}")

    assert not found, code.told("Take a part out and include it:", found)


def test_templates_hold_no_style_or_script() -> None:
    inline = re.compile(
        r"\sstyle=|\son(click|change|load|submit|input|key\w+|mouse\w+|focus|blur)=|<style"
        r"|<script(?![^>]*(\ssrc=|type=.application/json))|javascript:|hx-on",
        re.IGNORECASE,
    )
    found = [
        code.where(path, words[: hit.start()].count("\n") + 1)
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (words := path.read_text())
        for hit in inline.finditer(words)
    ]

    assert not found, code.told("Our own security header forbids this; use a class:", found)


def test_every_setting_is_told() -> None:
    settings = "\n".join(path.read_text() for path in code.python("config"))
    names = set(re.findall(r"\"(SMARTSTART_[A-Z_]+)\"", settings))
    told = set(re.findall(r"`(SMARTSTART_[A-Z_]+)`", _page("docs/operate/settings.md")))

    assert names - told == set(), "Tell these in docs/operate/settings.md"
    assert told - names == set(), "docs/operate/settings.md tells settings that are not there"


def test_tasks_carry_references_only() -> None:
    """The task table is stored in clear: numbers, references and dates, never words."""
    plain = {"UUID", "int", "bool", "datetime", "date", "str"}
    found = []
    for path in code.python():
        for function in code.functions(path):
            if not any(_is_task(decorator) for decorator in function.decorator_list):
                continue
            for argument in (*function.args.args, *function.args.kwonlyargs):
                kind = ast.unparse(argument.annotation) if argument.annotation else "nothing"
                is_ref = argument.arg.endswith(("_ref", "_id", "ref", "_at", "_on"))
                if argument.arg != "context" and (
                    kind not in plain or (kind == "str" and not is_ref)
                ):
                    found.append(f"{code.where(path, function.lineno)} {argument.arg}: {kind}")

    assert Task.__name__ == "Task"
    assert not found, code.told("Pass a reference (something_ref: str) and look it up:", found)


def _is_task(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).split(".")[-1] == "task"


MACHINE = re.compile(
    r"(?<![\w.])/(?:work/(?:main|shared|\.library)|root|home/\w+|tmp/team|opt/pypi|opt/wheels)/"
    r"|pypi\.org/simple|files\.pythonhosted|registry\.npmjs"
    r"|https?://(?:10|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d"
)


def test_nothing_in_the_tree_names_a_machine_or_an_index() -> None:
    found = [
        code.where(path, number)
        for path in code.tracked()
        if path.suffix in code.TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]

    assert not found, code.told("Leave out paths of one machine and addresses of an index:", found)


def test_a_todo_has_a_number() -> None:
    found = [
        code.where(path, number)
        for path in written()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))", line)
    ]

    assert not found, code.told("Do it, or write TODO(#number):", found)


def test_no_error_is_swallowed() -> None:
    found = [
        code.where(path, node.lineno)
        for path in code.python()
        for node in ast.walk(code.tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (len(node.body) == 1 and isinstance(node.body[0], ast.Pass)))
    ]

    assert not found, code.told("Say which error and what then; suppress() names it:", found)


def test_warnings_of_the_type_checker_are_answered_one_by_one() -> None:
    found = [
        code.where(path, number)
        for path in code.python()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"#\s*type:\s*ignore(?!\[)", line)
    ]

    assert not found, code.told("Name the code of what is ignored:", found)


def test_licence_names_stand_in_the_public_code_file() -> None:
    words = _page("publiccode.yml")

    assert "license: EUPL-1.2" in words
    assert "European Union Public Licence" in _page("LICENSE").title()


def _page(name: str) -> str:
    return (code.ROOT / name).read_text()
