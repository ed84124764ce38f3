"""Finding the words of the dictionary in a text.

Promise: a text of 5,000 words among 2,000 terms in less than 20 ms. Floor: cutting the same text
in words. The text is long words that are hard to tell from compounds, with one term in eight.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.figure import Figure, row, side_by_side
from smartstart.language.first_terms import first_terms
from smartstart.language.recognise import WORD, Known, Recogniser, compound_parts

TERMS: Final = 2_000
WORDS: Final = 5_000
TARGET_MS: Final = 20.0


def rows() -> Iterator[dict[str, Any]]:
    chance = random.Random(2026)
    known = [Known(term["word"], tuple(term.get("forms", ()))) for term in first_terms()]
    known += [Known(_word(chance)) for _ in range(TERMS - len(known))]
    recogniser, text = Recogniser(known), _text(chance, known)
    assert len(WORD.findall(text)) >= WORDS

    def find() -> None:
        assert sum(1 for _ in recogniser.find(text)) > WORDS // 10

    value, floor = side_by_side(find, lambda: list(WORD.finditer(text)), times=20)
    figure = Figure(f"terms in a text, {TERMS} terms", WORDS, value, TARGET_MS, floor)
    yield row("language", "-", figure)


def _word(chance: random.Random) -> str:
    syllables = range(chance.randint(2, 4))
    return (
        "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in syllables) + "l"
    )


def _text(chance: random.Random, known: list[Known]) -> str:
    parts = sorted(compound_parts())
    terms = [term.word for term in known]

    def word() -> str:
        if chance.random() < 1 / 8:
            return chance.choice(terms)
        return chance.choice(parts) + _word(chance)

    return " ".join(word() for _ in range(WORDS))
