"""The witness: signed checkpoints kept outside the database, one JSON line each.

A copy of this file at another organisation is what makes a rolled-back or re-signed database
visible: ``verify`` compares it with what the database says now.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from smartstart.base.canonical import canonical


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of a witness: the statement as signed, and its signature."""

    statement: bytes
    signature: bytes

    @property
    def number(self) -> int:
        """The number of the checkpoint it speaks of."""
        return int(json.loads(self.statement)["number"])


def read(file: Path) -> list[Heard]:
    """Return what the witness holds, in its order; nothing when there is no file yet.

    A last line that was cut short by a crash is left out. Raises ValueError for any other line
    that cannot be read.
    """
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    return [_heard(line) for line in lines[:-1]]


def append(file: Path, heard: Iterable[Heard]) -> None:
    """Add lines and sync; a half line that a crash left is taken away first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("a+b") as witness:
        witness.seek(0)
        witness.truncate(witness.read().rfind(b"\n") + 1)
        for said in heard:
            line = {"statement": said.statement.decode(), "signature": said.signature.hex()}
            witness.write(canonical(line) + b"\n")
        witness.flush()
        os.fsync(witness.fileno())


def _heard(line: bytes) -> Heard:
    try:
        said = json.loads(line)
        return Heard(said["statement"].encode(), bytes.fromhex(said["signature"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a line of the witness cannot be read") from error
