"""The first terms as the files of this room hold them. Pure."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

TERMS: Final = Path(__file__).with_name("terms")
SOURCES: Final = "sources.toml"


@cache
def first_terms() -> tuple[dict[str, Any], ...]:
    """Return the terms of the files, by file: word, forms, plain, synonyms, translations, means."""
    files = sorted(path for path in TERMS.glob("*.toml") if path.name != SOURCES)
    return tuple(entry for path in files for entry in _read(path.name)["term"])


def sources() -> dict[str, str]:
    """Return by key where a meaning can be checked."""
    found: dict[str, str] = _read(SOURCES)["sources"]
    return found


def noted_on() -> date:
    """Return the day on which the sources were written down."""
    day: date = _read(SOURCES)["noted_on"]
    return day


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TERMS / name).read_text(encoding="utf-8"))
