"""Which long words are rare in Dutch: not among the 29,000 that people use most, by ``wordfreq``.

The list comes with that package and takes 25 MB to read: only the language helper and
``make check`` import this module, a worker of the pages asks the helper (``client.rare``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import wordfreq

from smartstart.language.recognise import compound_parts

MOST_USED: Final = 30_000  # the small list of wordfreq has about 29,000
LEAST_COMMON: Final = 5  # letters of a common word that a compound may hold
LEAST_RARE: Final = 9  # letters
LEAST_PART: Final = 3  # letters of a part of a compound
LONGEST_KNOWN: Final = 40
BENT: Final = (  # how a common word may end
    *("s", "en", "e", "n", "t", "d", "de", "te", "den", "ten", "er", "ers", "je", "jes", "tje"),
)


def rare(words: Iterable[str]) -> list[str]:
    """Return those of these words that are rare, in their order."""
    return [word for word in words if is_rare(word)]


def is_rare(word: str) -> bool:
    """Whether a long word is not among the common ones, bent nor made of two of them."""
    word = word.casefold()
    if len(word) > LONGEST_KNOWN:
        return True
    if len(word) < LEAST_RARE or _is_common(word):
        return False
    return not any(
        _is_common(word[at:]) and (_is_part(word[:at]) or _is_part(word[:at].removesuffix("s")))
        for at in range(LEAST_PART, len(word) - LEAST_PART + 1)
    )


def _is_part(word: str) -> bool:
    return word in common_words() or word in compound_parts()


def _is_common(word: str) -> bool:
    common = common_words()
    return word in common or any(
        word.endswith(end) and word.removesuffix(end) in common for end in BENT
    )


@cache
def common_words() -> frozenset[str]:
    """List the common words of five letters or more."""
    most_used = wordfreq.top_n_list("nl", MOST_USED, wordlist="small")
    return frozenset(word for word in most_used if len(word) >= LEAST_COMMON)
