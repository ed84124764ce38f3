"""The register of processing, made from what every model says about its own fields."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db.models import Model

from smartstart.base.personal import Personal


@dataclass(frozen=True, slots=True)
class Entry:
    """One field with personal data: where it stands and what it says about itself.

    ``dutch`` is what our screens call the thing.
    """

    room: str
    thing: str
    dutch: str
    field: str
    says: Personal


# What the library of signing in keeps; its models cannot say it themselves.
OF_THE_LIBRARY: Final = (
    Entry(
        "people",
        "Authenticator",
        "sleutel",
        "data",
        Personal("sign in with a second key", "agreement", "until the key is removed", "nobody"),
    ),
    Entry(
        "people",
        "SocialAccount",
        "koppeling",
        "uid",
        Personal(
            "sign in at the own organisation", "agreement", "until the link is undone", "nobody"
        ),
    ),
)


def entries() -> list[Entry]:
    """Return every field with personal data of every room, in order of room, thing and field."""
    found = [
        Entry(model._meta.app_label, model.__name__, _dutch(model), name, says)
        for model in apps.get_models()
        for name, says in getattr(model, "personal_data", {}).items()
        if model.__module__.startswith("smartstart.")
    ]
    return sorted(
        [*found, *OF_THE_LIBRARY], key=lambda entry: (entry.room, entry.thing, entry.field)
    )


def _dutch(model: type[Model]) -> str:
    """Return the Dutch word with which a model ends its first line."""
    said = re.search(r"\(Dutch: ([^)]+)\)", inspect.getdoc(model) or "")
    return said[1] if said else model.__name__


def as_page() -> str:
    """Return the register as Markdown, the same bytes for the same models."""
    lines = [
        "# Register of processing",
        "",
        "Made by `smartstart register --write` from what every model says about its fields.",
        "Do not edit: change the model. A test compares this page with the models.",
        "",
    ]
    rooms = sorted({entry.room for entry in entries()})
    for room in rooms:
        lines += [f"## {room}", ""]
        lines += [
            "| what | field | why | ground | how long | who reads it |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(entry) for entry in entries() if entry.room == room]
        lines.append("")
    return "\n".join(lines)


def _row(entry: Entry) -> str:
    says = entry.says
    cells = (entry.thing, entry.field, says.purpose, says.basis, says.retention, says.readers)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
