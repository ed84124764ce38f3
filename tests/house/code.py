"""What the house tests look at: the files of the tree as text and as syntax."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "smartstart"
ROOMS = (
    "base",
    "access",
    "people",
    "language",
    "post",
    "holding",
    "programme",
    "thread",
    "voices",
    "consult",
    "design",
    "circle",
    "jobs",
    "web",
    "config",
)
TEXT = {
    ".py", ".html", ".txt", ".md", ".toml", ".yml", ".yaml", ".json", ".css", ".js", ".mjs",
    ".po", ".in", ".svg", ".sh", "",
}  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that git knows and that is there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(
        ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()
    )


def python(*below: str, migrations: bool = False) -> list[Path]:
    """Return the Python files of these rooms (all when none is named), in order."""
    tops = [PACKAGE / name for name in below] if below else [PACKAGE]
    return sorted(
        path
        for top in tops
        for path in ([top] if top.is_file() else top.rglob("*.py"))
        if migrations or "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax of a Python file."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Return each module that a file imports, with its line, inner imports too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def where(path: Path, line: int = 0) -> str:
    """Return a place as people and editors read it."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{line}" if line else name


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without decorators, signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def told(advice: str, places: list[str]) -> str:
    """Return what an assertion says: what to do, then where."""
    return "\n".join([advice, *sorted(places)])
