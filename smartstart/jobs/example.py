"""The example region: an invented world in an empty database, loaded room by room."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from smartstart.people import example as people

ROOMS = ("language", "programme", "thread", "voices", "design", "circle", "consult")


def load(*, at: datetime) -> list[str]:
    """Mark an empty database as example and load every room that has one; return those rooms.

    Each room's ``example.load(at=...)`` may be called again: what is there stays. Raises
    NotAnEmptyHouse when the database is in use for something else.
    """
    people.mark(at=at)
    people.make_cast(at=at)
    loaded = ["people"]
    for room in ROOMS:
        if find_spec(f"smartstart.{room}.example"):
            import_module(f"smartstart.{room}.example").load(at=at)
            loaded.append(room)
    return loaded
