"""What in a question may tell who it is about, each with another wording; a person decides.

The text is in memory only: in this process, and in the language helper over its socket.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from smartstart.language import client

MOST_SECONDS: Final = 3.0
INSTEAD: Final = {
    "person": "iemand",
    "school": "de school",
    "institution": "een organisatie",
    "neighbourhood": "een wijk",
    "place": "een plaats",
    "street": "een straat",
    "date": "een dag",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, what it seems to be, and what could stand there instead."""

    start: int
    end: int
    kind: str
    proposal: str


def findings_in(words: str, *, socket_path: Path) -> tuple[list[Finding], bool]:
    """Return what was found, in order, and whether the fixed rules worked alone."""
    found = client.propose(words, socket_path=socket_path, timeout=MOST_SECONDS)
    made = [
        Finding(one.start, one.end, one.kind.value, INSTEAD.get(one.kind.value, ""))
        for one in found.items
        if one.kind.value != "age"
    ]
    return made, found.by == "rules"
