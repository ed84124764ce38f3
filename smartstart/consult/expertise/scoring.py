"""How well each expertise answers a text: by its words, and by its meaning. Pure.

By words: BM25 over stems and over pieces of words, each brought to one scale (how many standard
deviations above the mean of all expertises), added. A question in another language is compared
with what is said in that language, and a little with the Dutch (DigiD, havo). By meaning: what the
sentence encoder found, on the same scale. Weights were tuned on the tuning half of
``benchmarks/routing`` only.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from smartstart.consult.expertise import tongues, words

SATURATION: Final = 1.2
STEMS_LENGTH: Final = 0.5
PIECES_LENGTH: Final = 0.6
DUTCH: Final = "nl"
# How much the meaning counts beside the words, for a Dutch question and for another language.
MEANING_DUTCH: Final = 0.5
MEANING_OTHER: Final = 1.0
# By the words alone, in standard deviations: so high, and so far before the next, is no guess. Of
# the tuning half three in four stand out so, and of those the first is right nine times in ten.
CLEAR: Final = 7.0
AHEAD: Final = 1.0
DUTCH_BESIDE: Final = 0.25  # how much the Dutch words count for a question in another language


@dataclass(frozen=True, slots=True)
class Known:
    """One expertise as the scores see it: its key, the Dutch about it, and what others say."""

    key: str
    text: str
    says: Mapping[str, str] = field(default_factory=dict)  # by language, without Dutch


def gathered(key: str, texts: Iterable[str], says: Iterable[tuple[str, str]]) -> Known:
    """Return an expertise of Dutch texts and of pairs of language and words."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, said in says:
        by_language[language].append(said)
    dutch = " ".join([*by_language.pop(DUTCH, []), *texts])
    return Known(key, dutch, {language: " ".join(said) for language, said in by_language.items()})


class Bm25:
    """Which documents hold the terms of a text, the rare terms counting most."""

    def __init__(
        self, documents: Sequence[str], cut: Callable[[str], Iterable[str]], *, length: float
    ) -> None:
        counted = [Counter(cut(document)) for document in documents]
        sizes = [counts.total() for counts in counted]
        mean = sum(sizes) / len(sizes) if any(sizes) else 1.0
        held = Counter(term for counts in counted for term in counts)
        self.count = len(documents)
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, counts in enumerate(counted):
            norm = SATURATION * (1 - length + length * sizes[at] / mean)
            for term, times in counts.items():
                rarity = log(1 + (self.count - held[term] + 0.5) / (held[term] + 0.5))
                weight = rarity * times * (SATURATION + 1) / (times + norm)
                self.postings[term].append((at, weight))

    def scores(self, terms: Iterable[str]) -> list[float]:
        """Return a score for each document, in order; each term counts once."""
        found = [0.0] * self.count
        for term in set(terms):
            for at, weight in self.postings.get(term, ()):
                found[at] += weight
        return found


class Scorer:
    """Scores every expertise for one text. Made once of the taxonomy; a text costs milliseconds."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.keys = [one.key for one in known]
        texts = [one.text for one in known]
        self._stems = Bm25(texts, lambda text: words.stems(text, keep=True), length=STEMS_LENGTH)
        self._pieces = Bm25(texts, words.pieces, length=PIECES_LENGTH)
        self._others = {
            language: _Other(language, [one.says.get(language, "") for one in known])
            for language in sorted({language for one in known for language in one.says})
        }

    def scores(
        self, text: str, *, language: str, meaning: Mapping[str, float] | None
    ) -> dict[str, float]:
        """Return a score from 0 to 1 for each expertise; 1 is the best one, all 0: nothing fits.

        ``meaning``: how near each expertise is by the sentence encoder; None: words only.
        """
        found = self._by_words(text, language)
        if meaning is not None:
            weight = MEANING_DUTCH if language == DUTCH else MEANING_OTHER
            near = _on_one_scale([meaning.get(key, 0.0) for key in self.keys])
            found = _added(found, [2 * weight * one for one in near])
        best = max(found, default=0.0)
        if best <= 0:
            return dict.fromkeys(self.keys, 0.0)
        return {key: max(0.0, one / best) for key, one in zip(self.keys, found, strict=True)}

    def stands_out(self, text: str, *, language: str) -> str | None:
        """Return the expertise that clearly answers a text by its words; None: it is a guess."""
        found = sorted(zip(self._by_words(text, language), self.keys, strict=True), reverse=True)
        if not found or found[0][0] < CLEAR:
            return None
        is_ahead = len(found) == 1 or found[0][0] - found[1][0] >= AHEAD
        return found[0][1] if is_ahead else None

    def _by_words(self, text: str, language: str) -> list[float]:
        dutch = _added(
            _on_one_scale(self._stems.scores(words.stems(text))),
            _on_one_scale(self._pieces.scores(words.pieces(text))),
        )
        other = self._others.get(language)
        if other is None:
            return dutch
        return _added(other.scores(text), [DUTCH_BESIDE * one for one in dutch])


class _Other:
    """What is said in one other language, by stems and by pieces of words."""

    def __init__(self, language: str, texts: Sequence[str]) -> None:
        self._language = language
        self._stems = Bm25(texts, self._stems_of, length=STEMS_LENGTH)
        self._pieces = Bm25(texts, self._pieces_of, length=PIECES_LENGTH)

    def scores(self, text: str) -> list[float]:
        return _added(
            _on_one_scale(self._stems.scores(self._stems_of(text))),
            _on_one_scale(self._pieces.scores(self._pieces_of(text))),
        )

    def _stems_of(self, text: str) -> list[str]:
        return tongues.stems(text, self._language)

    def _pieces_of(self, text: str) -> Iterable[str]:
        return tongues.pieces(text, self._language)


def _added(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _on_one_scale(found: Sequence[float]) -> list[float]:
    """Return how many standard deviations each stands above the mean; all 0 when all are equal."""
    if len(found) < 2:
        return list(found)
    mean, spread = statistics.fmean(found), statistics.pstdev(found)
    if spread < 1e-9:
        return [0.0] * len(found)
    return [(one - mean) / spread for one in found]
