"""Parts of a page that come again and again, rendered once and then only filled in.

A list of twenty cards is the same template twenty times: rendering it anew took longer than all
else together. ``printed`` renders a template once for each mould (template, language, what is the
same, which texts are there at all) with marks where the texts come, and puts each text in its
place, escaped as a template would. The template stays the only place where it stands how it looks.

Nothing of anybody is remembered: texts never stay. A template that is printed may show a text, ask
whether there is one, put it in an address (a reference) or take the spaces out of it (``cut``);
what it compares or counts is given as ``same``. A test holds both ways beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any, Final
from uuid import UUID

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST: Final = 2_000  # of moulds
_MARK: Final = re.compile(r"qz(\d+) ?zq|0{8}-0000-4000-8000-(\d{12})")
_moulds: dict[Hashable, tuple[tuple[str, int, bool], ...]] = {}


def printed(
    template: str, texts: Mapping[str, str | UUID], same: Mapping[str, Hashable]
) -> SafeString:
    """Return the template with these values; a dot in a name is a dot in the template."""
    there = tuple((name, type(value) is UUID) for name, value in texts.items() if value)
    mould = (template, get_language(), there, *texts, *same.items())
    if mould not in _moulds:
        if len(_moulds) >= MOST:
            _moulds.clear()
        _moulds[mould] = _cut_up(template, there, {**dict.fromkeys(texts, ""), **same})
    values: list[str] = [*(escape(str(texts[name])) for name, _ in there), ""]
    pieces = _moulds[mould]
    return SafeString(
        "".join(
            [
                before + (values[number] if whole else values[number].replace(" ", ""))
                for before, number, whole in pieces
            ]
        )
    )


def _cut_up(
    template: str, there: tuple[tuple[str, bool], ...], same: Mapping[str, Any]
) -> tuple[tuple[str, int, bool], ...]:
    """Render with marks, and cut at the marks: text before, which value, and whether it is whole.

    A mark holds a space, so that a text whose spaces were taken out is known.
    """
    marks = {name: _mark(number, is_ref=is_ref) for number, (name, is_ref) in enumerate(there)}
    rendered = get_template(template).render(_nested({**same, **marks}))
    pieces, end = [], 0
    for mark in _MARK.finditer(rendered):
        is_whole = mark.group(2) is not None or " " in mark.group()
        number = int(mark.group(1) or mark.group(2))
        pieces.append((rendered[end : mark.start()], number, is_whole))
        end = mark.end()
    return (*pieces, (rendered[end:], -1, True))


def _mark(number: int, *, is_ref: bool) -> str | UUID:
    return UUID(f"00000000-0000-4000-8000-{number:012d}") if is_ref else f"qz{number} zq"


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by their names, with a dictionary for each dot."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        *before, last = name.split(".")
        inside = found
        for one in before:
            inside = inside.setdefault(one, {})
        inside[last] = value
    return found
