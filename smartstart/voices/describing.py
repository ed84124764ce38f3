"""How a person may be shown beside their words: never by their own name."""

from __future__ import annotations

import re
from typing import Final

from smartstart.voices.refusals import NameStandsInIt

# Before a name, and no name themselves.
TITLES: Final = frozenset(
    {
        *("mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr", "heer", "dr", "drs"),
        *("juf", "juffrouw", "meester", "moeder", "mama", "vader", "papa", "ouder", "oma", "opa"),
        *("tante", "oom", "zoon", "dochter", "de", "het", "een"),
    }
)
BETWEEN: Final = frozenset(
    {
        *("van", "der", "den", "de", "ter", "ten", "te", "t", "het"),
        *("el", "al", "la", "le", "di", "da", "bin", "ben"),
    }
)
SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def names_of(with_whom: str) -> frozenset[str]:
    """Return the words that name somebody in how the team wrote them down, in small letters.

    They stand in front: "Anouk de Wit uit Tilburg" is Anouk and Wit. What begins with a small
    letter ends them, but for a word between two names, or before one ("mevrouw").
    """
    found: set[str] = set()
    for word in _WORD.findall(with_whom):
        small = word.lower()
        if small in TITLES or small in BETWEEN:
            continue
        if word == small:
            break
        if len(word) >= SHORTEST:
            found.add(small)
    return frozenset(found)


def require_no_name(described: str, *, with_whom: str) -> None:
    """Let only words through that do not name the person. Raises NameStandsInIt."""
    if names_of(with_whom) & {word.lower() for word in _WORD.findall(described)}:
        raise NameStandsInIt
