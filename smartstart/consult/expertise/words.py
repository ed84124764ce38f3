"""What a text is cut into before it is compared: stems of its words, and pieces of them. Pure.

Stemming happens here, in Python, so that ranks are the same on every database. Pieces of five
letters find a word inside a compound ("schooladvies" and "advies") and a word with a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import snowballstemmer

WORD: Final = re.compile(r"[^\W_]+")
PIECE: Final = 5  # letters
LONGEST_WORD: Final = 40  # letters; what is longer is no word
MOST_WORDS: Final = 400  # of one text; more say nothing new
_SAY_NOTHING: Final = """
    de het een en van ik je jij u hij zij ze we wij is zijn was waren dat die dit deze in op te met
    voor aan om er maar als ook nog wel dan naar bij uit of mijn haar ons onze hun wat wie hoe waar
    kan kunnen wil willen moet moeten heeft heb hebben word wordt worden geen al nu zo door over tot
    hier daar steeds altijd kind
    """
NO_MEANING: Final = frozenset(_SAY_NOTHING.split())


def words_in(text: str) -> list[str]:
    """Return the words of a text that say something, in lower case, in order."""
    found = (match.group().casefold() for match in WORD.finditer(text))
    kept = [word for word in found if word not in NO_MEANING and len(word) <= LONGEST_WORD]
    return kept[:MOST_WORDS]


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("dutch")


@cache
def _stem_of_known(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


def stems(text: str, *, keep: bool = False) -> list[str]:
    """Return the Dutch stems of a text. ``keep``: of our own data, so remember them.

    Of a question nothing is kept: a cache of words would be a place where its words stay.
    """
    if keep:
        return [_stem_of_known(word) for word in words_in(text)]
    found: list[str] = _stemmer().stemWords(words_in(text))
    return found


def pieces(text: str) -> Iterator[str]:
    """Yield the pieces of five letters of each Dutch word; of a shorter word the word itself."""
    return pieces_of(words_in(text))


def pieces_of(found: Iterable[str], *, size: int = PIECE) -> Iterator[str]:
    """Yield the pieces of so many letters of each word; of a shorter word the word itself."""
    for word in found:
        framed = f"^{word}$"
        for at in range(max(1, len(framed) - size + 1)):
            yield framed[at : at + size]
