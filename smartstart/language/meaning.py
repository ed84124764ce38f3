"""Ask the language helper what a text is near to in meaning, and do without when it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from smartstart.language.client import ask
from smartstart.language.helper.wire import BrokenMessageError

FAILS: Final = (OSError, BrokenMessageError, LookupError, TypeError, ValueError, AttributeError)
KEYS_AT_A_TIME: Final = 100


@dataclass(frozen=True, slots=True)
class Near:
    """How near each key of each corpus is (-1 to 1), and of which edition each corpus is."""

    near: Mapping[str, Mapping[str, float]]
    stamps: Mapping[str, str | None]


def near(
    text: str, corpora: Sequence[str], *, socket_path: Path, timeout: float = 1.0
) -> Near | None:
    """Return how near this text is to what the helper learned; None: it cannot say now."""
    try:
        question = {"ask": "near", "text": text, "corpora": list(corpora)}
        answer = ask(question, socket_path, timeout)
        if answer.get("ready") is not True:
            return None
        found = {
            str(name): {str(key): float(one) for key, one in keys.items()}
            for name, keys in answer["near"].items()
        }
        return Near(found, dict(answer["stamps"]))
    except FAILS:
        return None


def learn(
    corpus: str,
    items: Iterable[tuple[str, Sequence[str]]],
    *,
    stamp: str,
    socket_path: Path,
    timeout: float = 30.0,
) -> bool:
    """Teach the helper a whole corpus; return whether it has it. Texts it knew cost nothing.

    Each key has at least one text. Until the last part is in, the helper answers from what it had;
    that part carries the stamp.
    """
    try:
        parts = [*_parts(items), []]
        for number, part in enumerate(parts):
            question = {
                "ask": "learn",
                "corpus": corpus,
                "items": [[key, list(texts)] for key, texts in part],
                "first": number == 0,
                "stamp": stamp if number == len(parts) - 1 else None,
            }
            if ask(question, socket_path, timeout).get("ready") is not True:
                return False
    except FAILS:
        return False
    return True


def _parts(
    items: Iterable[tuple[str, Sequence[str]]],
) -> Iterator[list[tuple[str, Sequence[str]]]]:
    rest = iter(items)
    while part := list(islice(rest, KEYS_AT_A_TIME)):
        yield part
