"""The ready agendas of the five steps: timed parts and what one says, in plain Dutch."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from smartstart.design.rules import Piece
from smartstart.design.states import Step

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Agenda:
    """One ready evening: what it is called, what to do before, and its parts in order."""

    title: str
    before: tuple[str, ...]
    pieces: tuple[Piece, ...]


@cache
def ready(step: Step) -> Agenda:
    """Return the ready agenda of a step."""
    told = tomllib.loads((HERE / f"{step.value}.toml").read_text(encoding="utf-8"))
    pieces = (Piece(one["title"], one["minutes"], one["script"].strip()) for one in told["part"])
    return Agenda(told["title"], tuple(told["before"]), tuple(pieces))
