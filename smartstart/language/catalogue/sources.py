"""The source texts that code and templates ask a translation for."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Which argument is the context, the text and the plural, for each function of gettext.
PLAIN = (None, 0, None)
PLURAL = (None, 0, 1)
CONTEXT = (0, 1, None)
CONTEXT_PLURAL = (0, 1, 2)
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
ONE_STRING = re.compile(STRING, re.DOTALL)


@dataclass(frozen=True)
class Message:
    """One text that the screens need, and where it is asked for."""

    msgid: str
    context: str | None
    plural: str | None
    path: Path
    line: int

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext looks a text up by."""
        return (self.context, self.msgid)


def messages_in(path: Path) -> Iterator[Message]:
    """Every text that this Python file or template asks a translation for, in file order."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _in_code(text, path)
    else:
        yield from _in_template(text, path)


def _in_code(text: str, path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text, filename=str(path))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        places = FUNCTIONS.get(name)
        if places is None:
            continue
        strings = [
            arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
            for arg in node.args
        ]
        yield from _message(places, strings, path, node.lineno)


def _in_template(text: str, path: Path) -> Iterator[Message]:
    pseudo_code = templatize(text, origin=str(path))
    for match in IN_TEMPLATE.finditer(pseudo_code):
        quoted = ONE_STRING.findall(match.group(2))
        strings: list[str | None] = [ast.literal_eval(part.lstrip("u")) for part in quoted]
        line = pseudo_code.count("\n", 0, match.start()) + 1
        yield from _message(FUNCTIONS[match.group(1)], strings, path, line)


def _message(
    places: tuple[int | None, int, int | None],
    strings: list[str | None],
    path: Path,
    line: int,
) -> Iterator[Message]:
    def at(place: int | None) -> str | None:
        return strings[place] if place is not None and place < len(strings) else None

    context, msgid, plural = (at(place) for place in places)
    if msgid:
        yield Message(msgid, context, plural, path, line)
