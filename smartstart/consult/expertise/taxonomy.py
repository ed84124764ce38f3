"""The taxonomy as it ships: one file for each field, in our own words. Pure.

A file of a field holds a table for each expertise: ``called``, ``short``, ``about``, ``says``
(everyday ways in Dutch) and ``words`` (single words of the field). A file that is called after a
language holds for each expertise everyday ways in that language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("data")
OTHERS: Final = ("en", "tr", "ar", "pl", "uk")


@dataclass(frozen=True, slots=True)
class Told:
    """One expertise as the files tell it; ``says`` are pairs of language and words."""

    key: str
    domain: str
    called: str
    short: str
    about: str
    words: str
    says: tuple[tuple[str, str], ...]


@cache
def told() -> tuple[Told, ...]:
    """Return every expertise of the files, by field and then as the file has it."""
    others = {language: _read(FOLDER / f"{language}.toml") for language in OTHERS}
    return tuple(
        _told(key, path.stem, entry, others)
        for path in sorted(FOLDER.glob("*.toml"))
        if path.stem not in OTHERS
        for key, entry in _read(path).items()
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _told(
    key: str, domain: str, entry: dict[str, object], others: dict[str, dict[str, Any]]
) -> Told:
    says = [("nl", words) for words in _listed(entry, "says")]
    for language, said in others.items():
        says += [(language, words) for words in _listed(said, key)]
    return Told(
        key=key,
        domain=domain,
        called=str(entry["called"]),
        short=str(entry["short"]),
        about=str(entry["about"]),
        words=" ".join(str(entry.get("words", "")).split()),
        says=tuple(says),
    )


def _listed(entry: dict[str, object], name: str) -> list[str]:
    found = entry.get(name, [])
    return [str(words) for words in found] if isinstance(found, list) else []
