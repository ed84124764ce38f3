"""What the sources must not do so that every page can also be read in English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from smartstart.language.catalogue.__main__ import ROOT


def lazily_named(tree: ast.Module) -> set[str]:
    """Return by which names a module asks for a text in whatever language comes later."""
    return {
        name.asname or name.name
        for found in ast.walk(tree)
        if isinstance(found, ast.ImportFrom) and found.module == "django.utils.translation"
        for name in found.names
        if name.name in {"gettext_lazy", "pgettext_lazy"}
    }


def while_starting(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield what is worked out when a module is read: all but what stands in functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if isinstance(child, ast.expr | ast.stmt):
                yield child
            yield from while_starting(child)


def filled_in_too_soon(source: str) -> Iterator[int]:
    """Yield the lines where a lazy text is filled in: that says it in one language for ever."""
    tree = ast.parse(source)
    lazy = lazily_named(tree)
    for found in while_starting(tree):
        text = found.left if isinstance(found, ast.BinOp) else None
        if isinstance(found, ast.Call) and isinstance(found.func, ast.Attribute):
            text = found.func.value if found.func.attr == "format" else None
        if isinstance(text, ast.Call) and isinstance(text.func, ast.Name) and text.func.id in lazy:
            yield found.lineno


def test_no_text_is_filled_in_while_the_house_starts() -> None:
    bad = "from django.utils.translation import gettext_lazy as _\nA = _('%(n)s MB') % {'n': 1}\n"
    assert list(filled_in_too_soon(bad)) == [2]
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted(Path(ROOT).rglob("*.py"))
        for line in filled_in_too_soon(path.read_text())
    ]
    assert wrong == [], "a lazy text with % is Dutch for ever: fill it in when it is asked for"
