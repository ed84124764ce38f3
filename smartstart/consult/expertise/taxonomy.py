"""The taxonomy as it ships: one file for each field, in our own words. Pure.

A file holds a table for each expertise: ``called``, ``short``, ``about``, ``says`` (everyday ways
in Dutch), ``words`` (single words of the field) and, by language, the same said in another one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

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
    return tuple(
        _told(key, path.stem, entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    )


def _told(key: str, domain: str, entry: dict[str, object]) -> Told:
    says = [("nl", words) for words in _listed(entry, "says")]
    says += [(language, words) for language in OTHERS for words in _listed(entry, language)]
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
