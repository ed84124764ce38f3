"""Which catalogue holds the words of which file: every room has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "LC_MESSAGES/django.po"
LANGUAGE = "nl"
# What belongs to no room but to the look of every page.
LOOK = frozenset({"components", "gallery", "errors", "look", "styleguide"})
# Templates that a library looks up under its own names, and the room that wrote them.
LIBRARY_TEMPLATES = {
    "account": "people",
    "allauth": "people",
    "mfa": "people",
    "socialaccount": "people",
    "usersessions": "people",
}
LOOSE_LOOK_FILES = ("base", "4", "5", "csrf")


def catalogue_for(root: Path, path: Path) -> Path:
    """Find the catalogue that must hold the words of one file below the package ``root``."""
    room, *below = path.relative_to(root).parts
    if room != "web":
        return root / room / "locale" / LANGUAGE / FILE
    if below[0] == "templates":
        below = below[1:]
    return root / "web" / f"locale_{_web_room(below)}" / LANGUAGE / FILE


def _web_room(below: list[str]) -> str:
    folder = below[0]
    if len(below) == 1:
        return "look" if folder.startswith(LOOSE_LOOK_FILES) else "web"
    if folder in LOOK:
        return "look"
    if folder == "templatetags":
        return "web"
    return LIBRARY_TEMPLATES.get(folder, folder)


def catalogues(root: Path) -> list[Path]:
    """Every catalogue file below the package, in the order of its path."""
    return sorted(root.glob(f"**/locale*/{LANGUAGE}/{FILE}"))


def all_catalogues(root: Path) -> list[Path]:
    """Every catalogue file in every language: the few pages that speak more than Dutch as well."""
    return sorted(root.glob(f"**/locale*/*/{FILE}"))


def source_files(root: Path) -> Iterator[Path]:
    """Every Python file and template below the package that may ask a translation."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if "migrations" in parts or "static" in parts or not path.is_file():
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path
