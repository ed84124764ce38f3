"""The arithmetic of coding and consent: spans, agreement, differences, what a yes allows.

A span is (start, end) in code points of the transcript, end exclusive. Coders and codes are
any hashable references; nothing here knows a name.
"""

import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count as numbers_from
from itertools import groupby, pairwise

Span = tuple[int, int]
Reference = Hashable

GOOD_FROM = 0.8
MODERATE_FROM = 0.667
_RESAMPLES = 200
FEW_SENTENCES = 10  # re-drawing fewer gives an interval that says nothing
_SEED = 20_060_403
_MIDDLE = 0.95
_BLANKS = re.compile(r"\s+")
_NUMBERED = re.compile(r"\[.+ \d+\]")


# Spans ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder put one code on one span."""

    coder: Reference
    code: Reference
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


def lies_within(span: Span, length: int) -> bool:
    """Whether a span is not empty and stands in a text of so many characters."""
    return 0 <= span[0] < span[1] <= length


def shared_characters(one: Span, other: Span) -> int:
    """How many characters two spans share; 0 when they do not touch."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def collide(spans: Sequence[Span], taken: Sequence[Span]) -> bool:
    """Whether a span shares a character with another, or with one that is taken already."""
    in_order = sorted(spans)
    among = any(other[0] < one[1] for one, other in pairwise(in_order))
    return among or any(shared_characters(one, other) for one in spans for other in taken)


def covered_characters(spans: Iterable[Span]) -> int:
    """How many characters stand in at least one span."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


# Names searched again ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewFind:
    """A stretch that one more search adds, the find it is (a part of), and its new words."""

    span: Span
    find: Span
    words: str


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """What one more search for names adds, and which stretches that wait it takes the place of."""

    added: tuple[NewFind, ...]
    dropped: frozenset[Span]


def found_again(
    text: str,
    found: Mapping[Span, str],
    *,
    decided: Mapping[Span, str],
    waiting: Mapping[Span, str],
) -> FoundAgain:
    """Lay a new search beside what is there: from stretch to what is to stand in its place.

    What a person decided stays as it is; of a find that reaches over it, the rest is added. What
    waits stays unless a new find covers it otherwise. A name that has words keeps them in its new
    places; another name never gets those.
    """
    stays = {**decided, **{span: waiting[span] for span in waiting.keys() & found.keys()}}
    taken = {place for span in stays for place in range(*span)}
    new = [(rest, find) for find in found for rest in _rests(text, find, taken)]
    covered = {place for rest, _ in new for place in range(*rest)}
    dropped = {span for span in waiting.keys() - stays.keys() if covered & set(range(*span))}
    kept = {**decided, **{span: waiting[span] for span in waiting if span not in dropped}}
    words = _words_beside(found, kept)
    added = tuple(NewFind(rest, find, words[found[find]]) for rest, find in new)
    return FoundAgain(added, frozenset(dropped))


def _rests(text: str, find: Span, taken: Collection[int]) -> Iterable[Span]:
    """Return what is left of a find beside what is taken: all of it, or what may be a name."""
    if not any(place in taken for place in range(*find)):
        yield find
        return
    for is_taken, places in groupby(range(*find), lambda place: place in taken):
        if is_taken:
            continue
        letters = [place for place in places if text[place].isalnum()]
        if any(text[place].isupper() or text[place].isdecimal() for place in letters):
            yield letters[0], letters[-1] + 1


def _words_beside(found: Mapping[Span, str], kept: Mapping[Span, str]) -> dict[str, str]:
    """Return for each label of a search the words to use, given words that stand already."""
    numbered = {label for label in found.values() if _NUMBERED.fullmatch(label)}
    words = {found[span]: kept[span] for span in kept if found.get(span) in numbered}
    taken = set(kept.values())
    for label in dict.fromkeys(found.values()):
        if label not in words:
            words[label] = _free_label(label, taken) if label in numbered else label
            taken.add(words[label])
    return words


def _free_label(label: str, taken: Collection[str]) -> str:
    """Return ``[persoon 2]``, or the same word with the first number that is free."""
    if label not in taken:
        return label
    word = label.rpartition(" ")[0]
    return next(free for number in numbers_from(1) if (free := f"{word} {number}]") not in taken)


# Agreement --------------------------------------------------------------------------------------


class Level(StrEnum):
    """What an alpha is worth in a word (Krippendorff, Content Analysis, 2004, section 11.4.4)."""

    GOOD = "good"
    MODERATE = "moderate"
    LOW = "low"
    UNDECIDED = "undecided"


def level_of(alpha: float | None) -> Level:
    """Good from 0.8, moderate from 0.667, low below; undecided when alpha has no value."""
    if alpha is None:
        return Level.UNDECIDED
    if alpha >= GOOD_FROM:
        return Level.GOOD
    return Level.MODERATE if alpha >= MODERATE_FROM else Level.LOW


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree.

    ``alpha`` is None where nothing varies: then agreement and chance cannot be told apart.
    ``low`` to ``high`` is the middle 95 % of what re-drawn sentences give (None with alpha
    None). ``share`` is the part of the text somebody gave the code that everybody gave it
    (overall: the part of the coded text with exactly the same codes), 0 to 1. ``sentences`` is
    how many could be re-drawn.
    """

    alpha: float | None
    low: float | None
    high: float | None
    share: float
    sentences: int

    @property
    def level(self) -> Level:
        """Good, moderate, low or undecided, for alpha itself."""
        return level_of(self.alpha)

    @property
    def is_on_little(self) -> bool:
        """Whether there are too few sentences for the interval to say anything."""
        return self.sentences < FEW_SENTENCES

    @property
    def may_be(self) -> tuple[Level, Level]:
        """The words for both ends of the interval; the same word twice means it is certain."""
        return level_of(self.low), level_of(self.high)


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement over all codes and per code; ``coded_characters`` is the size of the union."""

    overall: Agreement
    per_code: Mapping[Reference, Agreement]
    coded_characters: int


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal values; one sequence per unit, None for a missing value.

    Units with fewer than two values count for nothing. None when no unit is left or all values
    are the same. Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    tally = _Tally()
    for unit in units:
        tally.add([value for value in unit if value is not None], 1)
    return tally.alpha()


class _Tally:
    """Sums from which alpha follows: disagreeing pairs and how often each value was given."""

    def __init__(self) -> None:
        self.disagreements = 0.0
        self.values: Counter[Hashable] = Counter()

    def add(self, values: Sequence[Hashable], weight: int) -> None:
        """Count ``weight`` units that all got these values."""
        if len(values) < 2:
            return
        counts = Counter(values)
        pairs = len(values) ** 2 - sum(count**2 for count in counts.values())
        self.disagreements += weight * pairs / (len(values) - 1)
        for value, count in counts.items():
            self.values[value] += weight * count

    def alpha(self) -> float | None:
        """One less observed over expected disagreement; None when nothing varies."""
        return _alpha(self.disagreements, list(self.values.values()))


def _alpha(disagreements: float, counts: Collection[int]) -> float | None:
    total = sum(counts)
    expected = total**2 - sum(count**2 for count in counts)
    return 1 - (total - 1) * disagreements / expected if expected else None


class _Sample:
    """Tallies per sentence, laid out to be drawn again many times.

    Only what differs from the commonest value is kept by sentence; the rest follows from the
    total. Most codes stand in few sentences, so a draw costs little.
    """

    def __init__(self, per_sentence: Mapping[int, _Tally]) -> None:
        whole = _Tally()
        for tally in per_sentence.values():
            whole.disagreements += tally.disagreements
            whole.values.update(tally.values)
        self.alpha = whole.alpha()
        self._totals = {place: sum(t.values.values()) for place, t in per_sentence.items()}
        self._disagreeing = [(p, t.disagreements) for p, t in per_sentence.items()]
        self._disagreeing = [(p, found) for p, found in self._disagreeing if found]
        self._rarer: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
        commonest = {value for value, _ in whole.values.most_common(1)}
        for place, tally in per_sentence.items():
            for value in tally.values.keys() - commonest:
                self._rarer[value].append((place, tally.values[value]))

    def alpha_of(self, draw: Mapping[int, int]) -> float | None:
        """Alpha when each sentence counts as often as it was drawn."""
        times = draw.get
        counts = [sum(times(p, 0) * n for p, n in places) for places in self._rarer.values()]
        total = sum(self._totals[place] * drawn for place, drawn in draw.items())
        disagreements = sum(times(place, 0) * found for place, found in self._disagreeing)
        return _alpha(disagreements, [*counts, total - sum(counts)])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch on which nobody's codes change: its sentence, length and each coder's codes."""

    sentence: int
    length: int
    codes: tuple[frozenset[Reference], ...]


def agreement(
    codings: Collection[Coding],
    coders: Sequence[Reference],
    *,
    sentences: Sequence[Span],
    seed: int = _SEED,
) -> AgreementReport:
    """How far two or more coders agree on the text that at least one of them coded.

    The unit is the character, so a boundary that differs counts by its size and the figure does
    not depend on how we cut sentences; text nobody coded counts for nothing (it would make any
    pair of coders look alike). Per code the value is "has this code" or not, on the text with any
    code; overall it is the whole set of codes a coder gave, so a partly different set differs.
    Characters of one sentence hang together, so the interval re-draws whole sentences (200
    times, same seed, same answer). ``coders`` who coded nothing took part and left all blank.
    Cost: codings x coders, plus 200 x coded sentences x codes.
    """
    pieces = _pieces(codings, coders, [start for start, _ in sentences])
    draws = _draws(sorted({piece.sentence for piece in pieces}), seed)
    codes = list(dict.fromkeys(coding.code for coding in codings))
    return AgreementReport(
        overall=_agreement(pieces, draws, _same_set, lambda given: given),
        per_code={code: _agreement_on(code, pieces, draws) for code in codes},
        coded_characters=sum(piece.length for piece in pieces),
    )


def _pieces(
    codings: Iterable[Coding], coders: Sequence[Reference], sentence_starts: Sequence[int]
) -> list[_Piece]:
    """The coded union cut at every place where a coding or a sentence begins or ends."""
    places = {coder: place for place, coder in enumerate(coders)}
    events: dict[int, list[tuple[int, Reference, int]]] = defaultdict(list)
    for coding in codings:
        events[coding.start].append((places[coding.coder], coding.code, 1))
        events[coding.end].append((places[coding.coder], coding.code, -1))
    for start in sentence_starts:
        events[start] = events.get(start, [])
    running: list[Counter[Reference]] = [Counter() for _ in coders]
    pieces: list[_Piece] = []
    before = 0
    for position in sorted(events):
        given = tuple(frozenset(+counts) for counts in running)
        if any(given) and position > before:
            sentence = bisect_right(sentence_starts, before)
            pieces.append(_Piece(sentence, position - before, given))
        for place, code, change in events[position]:
            running[place][code] += change
        before = position
    return pieces


def _draws(sentences: Sequence[int], seed: int) -> list[Counter[int]]:
    """As many sentences as there are, drawn with putting back, 200 times."""
    chance = random.Random(seed)  # noqa: S311 - statistics, no secret
    count = len(sentences)
    return [Counter(chance.choices(sentences, k=count)) for _ in range(_RESAMPLES if count else 0)]


def _agreement_on(
    code: Reference, pieces: Sequence[_Piece], draws: Sequence[Counter[int]]
) -> Agreement:
    def same(given: tuple[frozenset[Reference], ...]) -> bool | None:
        has = [code in codes for codes in given]
        return all(has) if any(has) else None

    return _agreement(pieces, draws, same, lambda codes: code in codes)


def _same_set(given: tuple[frozenset[Reference], ...]) -> bool | None:
    return len(set(given)) == 1


def _agreement(
    pieces: Sequence[_Piece],
    draws: Sequence[Counter[int]],
    same: Callable[[tuple[frozenset[Reference], ...]], bool | None],
    value: Callable[[frozenset[Reference]], Hashable],
) -> Agreement:
    per_sentence: dict[int, _Tally] = defaultdict(_Tally)
    alike = concerned = 0
    for piece in pieces:
        per_sentence[piece.sentence].add([value(codes) for codes in piece.codes], piece.length)
        is_same = same(piece.codes)
        concerned += piece.length if is_same is not None else 0
        alike += piece.length if is_same else 0
    sample = _Sample(per_sentence)
    low, high = _interval(sample.alpha, map(sample.alpha_of, draws))
    share = alike / concerned if concerned else 0.0
    return Agreement(sample.alpha, low, high, share, len(per_sentence))


def _interval(
    alpha: float | None, drawn: Iterable[float | None]
) -> tuple[float | None, float | None]:
    """The middle 95 % of the draws in which anything varied, widened to hold alpha itself."""
    if alpha is None:
        return None, None
    found = sorted(value for value in drawn if value is not None) or [alpha]
    tail = int(len(found) * (1 - _MIDDLE) / 2)
    return min(alpha, found[tail]), max(alpha, found[-1 - tail])


# Differences ------------------------------------------------------------------------------------


class Difference(StrEnum):
    """How one coding of one coder stands to the coding of the other beside it."""

    NONE = "none"
    SPAN = "span"
    CODE = "code"
    ONE_ONLY = "one_only"


@dataclass(frozen=True, slots=True)
class Row:
    """Two codings that belong together, or one alone; never both None."""

    difference: Difference
    first: Coding | None
    second: Coding | None

    @property
    def span(self) -> Span:
        """From where the first of them starts to where the last ends."""
        found = [coding for coding in (self.first, self.second) if coding]
        return min(c.start for c in found), max(c.end for c in found)


def differences(first: Sequence[Coding], second: Sequence[Coding]) -> list[Row]:
    """The codings of two coders side by side, in the order of the text.

    Pairs are made once, in this order: same span and code; same code with the most text in
    common; same span with another code. Who is left stands alone. Each coding is in one row.
    """
    pairs = _Pairs(first, second)
    pairs.match(Difference.NONE, lambda a, b: a.span == b.span and a.code == b.code)
    pairs.match(Difference.SPAN, lambda a, b: a.code == b.code)
    pairs.match(Difference.CODE, lambda a, b: a.span == b.span)
    return sorted(pairs.rows(), key=lambda row: (row.span, row.first is None))


class _Pairs:
    """Codings of two coders, paired off step by step."""

    def __init__(self, first: Sequence[Coding], second: Sequence[Coding]) -> None:
        self._first = dict(enumerate(first))
        self._second = dict(enumerate(second))
        self._rows: list[Row] = []

    def match(self, difference: Difference, belongs: Callable[[Coding, Coding], bool]) -> None:
        """Pair what overlaps and belongs together, most shared text first."""
        for _, one, other in sorted(self._candidates(belongs)):
            if one in self._first and other in self._second:
                pair = self._first.pop(one), self._second.pop(other)
                self._rows.append(Row(difference, *pair))

    def _candidates(
        self, belongs: Callable[[Coding, Coding], bool]
    ) -> list[tuple[tuple[int, Span, Span], int, int]]:
        """Overlapping pairs by place; who is first does not change the order of the spans."""
        others = sorted(self._second.items(), key=lambda item: item[1].span)
        starts = [coding.start for _, coding in others]
        longest = max((coding.end - coding.start for _, coding in others), default=0)
        return [
            ((-shared, min(mine.span, theirs.span), max(mine.span, theirs.span)), one, other)
            for one, mine in self._first.items()
            for other, theirs in others[
                bisect_right(starts, mine.start - longest - 1) : bisect_right(starts, mine.end)
            ]
            if belongs(mine, theirs) and (shared := shared_characters(mine.span, theirs.span))
        ]

    def rows(self) -> list[Row]:
        alone = [Row(Difference.ONE_ONLY, coding, None) for coding in self._first.values()]
        alone += [Row(Difference.ONE_ONLY, None, coding) for coding in self._second.values()]
        return self._rows + alone


# Consent ----------------------------------------------------------------------------------------


class Layer(StrEnum):
    """What a person can say yes to, each on its own; quoting and sharing need use."""

    USE = "use"
    QUOTE = "quote"
    SHARE = "share"


class ConsentState(StrEnum):
    """Where a consent stands on one day."""

    NOT_YET = "not_yet"
    GIVEN = "given"
    REFUSED = "refused"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person said yes to, from ``given_on`` to ``keep_until``, both included.

    ``withdrawn_on`` is the first day nothing may be used any more, also what came before.
    """

    layers: frozenset[Layer]
    given_on: date
    keep_until: date
    withdrawn_on: date | None = None


def consent_state(consent: Consent, *, on: date) -> ConsentState:
    """Where a consent stands on a day. Withdrawn goes before all else, then ended."""
    if consent.withdrawn_on is not None and consent.withdrawn_on <= on:
        return ConsentState.WITHDRAWN
    if on > consent.keep_until:
        return ConsentState.ENDED
    if Layer.USE not in consent.layers:
        return ConsentState.REFUSED
    return ConsentState.NOT_YET if on < consent.given_on else ConsentState.GIVEN


def layers_allowed(consent: Consent, *, on: date) -> frozenset[Layer]:
    """What may be done on a day; nothing unless the consent stands that day."""
    stands = consent_state(consent, on=on) is ConsentState.GIVEN
    return consent.layers if stands else frozenset()


def years_on(day: date, years: int) -> date:
    """Return the same day so many years on, or back; 29 February is 28 in a year without it."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def same_words(one: str, other: str) -> bool:
    """Whether two texts read the same: only blanks and line ends may differ."""
    return one.split() == other.split()


def quote_stands_in(quote: str, approved: str) -> bool:
    """Whether the quote is whole words of the approved excerpt, in one piece and in its order.

    Blanks and line ends may differ; nothing else may. A blank quote stands nowhere.
    """
    words, piece = _folded(quote), _folded(approved)
    place = piece.find(words) if words else -1
    while place >= 0:
        if _is_edge(piece, place) and _is_edge(piece, place + len(words)):
            return True
        place = piece.find(words, place + 1)
    return False


def _folded(words: str) -> str:
    return _BLANKS.sub(" ", words).strip()


def _is_edge(text: str, place: int) -> bool:
    """Whether no word runs on across this place."""
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())
