"""Ask the language helper, and do without it when it does not answer."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from smartstart.language.helper import wire
from smartstart.language.names.proposals import Kind, Proposal, proposals
from smartstart.language.names.rules import found_by_rules

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Proposals:
    """What may point at a person, in text order, and whether the name tables were used.

    ``by`` is ``"full"``, or ``"rules"`` when the helper was not there in time: then names that
    no rule knows are missed, and the screen says so.
    """

    by: Literal["full", "rules"]
    items: tuple[Proposal, ...]


@dataclass(frozen=True)
class HelperStatus:
    """Whether the helper runs, whether its tables are there, and else how far they are (0 to 1).

    ``step`` is ``waiting``, ``reading``, ``names``, ``streets``, ``places``, ``institutions``,
    ``keeping``, ``loading``, ``ready``, ``failed`` or, when nobody answers, ``down``.
    """

    running: bool
    ready: bool
    progress: float
    step: str
    seconds: float


DOWN = HelperStatus(running=False, ready=False, progress=0.0, step="down", seconds=0.0)


def propose(text: str, *, socket_path: Path, timeout: float = 10.0) -> Proposals:
    """Propose what to replace in this text, within ``timeout`` seconds plus the word rules' time.

    Never fails: without the helper the word rules work alone, in this process.
    """
    try:
        answer = ask({"ask": "pseudonyms", "text": text}, socket_path, timeout)
        if answer.get("ready") is True:
            return Proposals("full", _checked(answer["items"], len(text)))
    except (OSError, wire.BrokenMessageError, LookupError, TypeError, ValueError):
        return by_rules(text)
    return by_rules(text)


def by_rules(text: str) -> Proposals:
    """Propose by the word rules alone."""
    return Proposals("rules", tuple(proposals(text, found_by_rules(text))))


def rare(words: list[str], *, socket_path: Path, timeout: float = 0.5) -> frozenset[str]:
    """Return which of these words are rare in Dutch; none when the helper cannot say now."""
    try:
        answer = ask({"ask": "rare", "words": words}, socket_path, timeout)
        return frozenset(map(str, answer["rare"]))
    except (OSError, wire.BrokenMessageError, LookupError, TypeError, ValueError):
        return frozenset()


def status(*, socket_path: Path, timeout: float = 1.0) -> HelperStatus:
    """Tell how the helper is; ``DOWN`` when it does not answer in time."""
    try:
        answer = ask({"ask": "status"}, socket_path, timeout)
        return HelperStatus(
            running=True,
            ready=answer["ready"] is True,
            progress=float(answer["progress"]),
            step=str(answer["step"]),
            seconds=float(answer["seconds"]),
        )
    except (OSError, wire.BrokenMessageError, LookupError, TypeError, ValueError):
        return DOWN


def ask(question: dict[str, Any], socket_path: Path, timeout: float) -> dict[str, Any]:
    """Ask the helper one thing. Raises OSError or BrokenMessageError when there is no answer."""
    until = time.monotonic() + timeout
    message = wire.packed(question, most=wire.MOST_ASKED)
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(timeout)
        line.connect(str(socket_path))
        wire.send(line, message, until=until)
        return wire.receive(line, most=wire.MOST_ANSWERED, until=until)


def _checked(items: list[Any], length: int) -> tuple[Proposal, ...]:
    """Make proposals of an answer. Raises ValueError when they overlap or leave the text."""
    made = tuple(
        Proposal(int(start), int(end), Kind(kind), str(replacement))
        for start, end, kind, replacement in items
    )
    at = 0
    for proposal in made:
        if not at <= proposal.start < proposal.end <= length:
            raise ValueError("a proposal that does not fit the text")
        at = proposal.end
    return made
