"""The plain-language meter: is this Dutch short and clear enough for everybody (B1)? Pure.

It counts and it knows words; it does not understand. What it finds is a reason to look again, not
a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyphen

AIM_WORDS = 12  # words in a sentence
MOST_WORDS = 15
MOST_SYLLABLES = 5
LONGEST_PHRASE = 6  # words in one entry of the lists
HERE = Path(__file__).parent

WORD = re.compile(r"%\(\w+\)s|\{\w+\}|[^\W_]+(?:['’/-][^\W_]+)*")
PARAGRAPH = re.compile(r"\n+")
END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
QUOTATION = re.compile(r"“[^“”\n]{0,2000}”")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _words(
    "bijv bv blz ca dhr dr drs d.w.z enz evt excl incl jl mevr mr mw nl nr o.a prof resp "
    "st t.a.v tel t.o.v vgl z.s.m"
)
BECOMES = _words("word wordt worden werd werden geworden")
# "ge...d", "ge...t", "ge...en" and the same behind a prefix: made of a verb, as in "wordt gemaakt".
PARTICIPLE = re.compile(
    r"(?:aan|af|bij|door|in|mee|na|om|op|over|toe|uit|voor|weg)?ge\w{2,18}(?:d|t|en)"
    r"|(?:be|ver|ont|her)\w{3,18}(?:d|t)"
)
NO_PARTICIPLE = _words(
    "geen gezien gewoon geld gezond gebied geest gemeente bent best beslist bestand gebruikt"
)
Listed: TypeAlias = dict[tuple[str, ...], str]
JOINERS = _words("en maar want dus of")
LEAST_IN_A_HALF = 4  # words
LEAST_RARE = 9  # letters of a word that may be rare
RareOf: TypeAlias = Callable[[list[str]], Collection[str]]  # answers which of these are rare
FAR = 8  # words between "wordt" and its verb


class Kind(StrEnum):
    """What is hard about a stretch of text."""

    LONG_SENTENCE = "long sentence"
    LONG_WORD = "long word"
    FORMAL = "formal"
    PASSIVE = "passive"
    FORBIDDEN = "forbidden"
    RARE = "rare"


@dataclass(frozen=True)
class Hard:
    """A stretch that is hard to read: where, why, and what to say instead when there is a word."""

    start: int
    end: int
    kind: Kind
    instead: str = ""


@dataclass(frozen=True)
class Measured:
    """How a text measures: counts, what is hard in text order, words in the longest sentence."""

    words: int
    sentences: int
    longest: int
    hard: tuple[Hard, ...]

    @property
    def average(self) -> float:
        """Words per sentence; 0 for a text without words."""
        return self.words / self.sentences if self.sentences else 0.0


def measure(
    text: str,
    *,
    for_families: bool = False,
    quotations: bool = True,
    most: int = MOST_WORDS,
    rare_of: RareOf | None = None,
) -> Measured:
    """Measure a Dutch text; ``for_families`` also looks for words that a family never reads.

    Without ``quotations`` what stands between “ and ” is not measured: somebody said it so.
    A sentence of more than ``most`` words is long. Rare words are found by ``rare_of`` alone.
    """
    if not quotations:
        text = QUOTATION.sub(lambda match: " " * len(match.group()), text)
    sentences = [words for words in map(list, sentences_in(text)) if words]
    hard = [
        *(hard for words in sentences for hard in _hard_in(text, words, most)),
        *(_listed(text, sentences, formal_words(), Kind.FORMAL)),
        *(_listed(text, sentences, forbidden_words(), Kind.FORBIDDEN) if for_families else ()),
        *(_rare_in(text, sentences, rare_of) if rare_of else ()),
    ]
    lengths = [len(words) for words in sentences]
    ordered = tuple(sorted(hard, key=lambda item: (item.start, item.end, item.kind)))
    return Measured(sum(lengths), len(lengths), max(lengths, default=0), ordered)


def says_what_hurts(text: str) -> bool:
    """Whether a text has a word that no family screen says."""
    sentences = [words for words in map(list, sentences_in(text)) if words]
    return any(True for _ in _listed(text, sentences, forbidden_words(), Kind.FORBIDDEN))


def sentences_in(text: str) -> Iterator[list[tuple[int, int]]]:
    """Cut a text in sentences, each a list of words as places; some are empty.

    A line ends a sentence; a stop behind a known abbreviation or a single letter does not.
    """
    words = [(match.start(), match.end()) for match in WORD.finditer(text)]
    ends = sorted(
        [match.start() for match in END.finditer(text) if not _is_abbreviated(text, match.start())]
        + [match.start() for match in PARAGRAPH.finditer(text)]
    )
    at = 0
    for end in [*ends, len(text)]:
        sentence = []
        while at < len(words) and words[at][0] < end:
            sentence.append(words[at])
            at += 1
        yield sentence


def syllables(word: str) -> int:
    """Count the syllables of a Dutch word by where it may be broken: a low estimate."""
    return len(_breaker().positions(word.casefold())) + 1


def _is_abbreviated(text: str, stop: int) -> bool:
    start = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop)) + 1
    word = text[max(start, stop - 12) : stop].strip("(“\"'").casefold()
    return text[stop] == "." and (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()))


def _hard_in(text: str, words: list[tuple[int, int]], most: int) -> Iterator[Hard]:
    if len(words) > most:
        yield Hard(words[0][0], words[-1][1], Kind.LONG_SENTENCE, cut_in_two(text, words))
    folded = [text[start:end].casefold() for start, end in words]
    for at, (word, (start, end)) in enumerate(zip(folded, words, strict=True)):
        if len(word) > 12 and syllables(word) > MOST_SYLLABLES:
            yield Hard(start, end, Kind.LONG_WORD)
        verb = _verb_of(folded, at) if word in BECOMES else None
        if verb is not None:
            yield Hard(words[min(at, verb)][0], words[max(at, verb)][1], Kind.PASSIVE)


def _verb_of(folded: list[str], at: int) -> int | None:
    """Return the place of the participle nearest to “wordt”; none when somebody becomes 12."""
    near = range(max(0, at - FAR), min(len(folded), at + FAR))
    verbs = [place for place in near if _is_participle(folded[place])]
    becomes_old = folded[at + 1 : at + 2] and folded[at + 1][0].isdigit()
    return None if becomes_old else min(verbs, key=lambda verb: abs(verb - at), default=None)


def cut_in_two(text: str, words: list[tuple[int, int]]) -> str:
    """Return a long sentence as two, cut at the “en” or “maar” nearest to its middle; or nothing.

    Only where two sentences meet: each half keeps at least four words.
    """
    middle = len(words) / 2
    joins = [
        at
        for at in range(LEAST_IN_A_HALF, len(words) - LEAST_IN_A_HALF)
        if text[slice(*words[at])].casefold() in JOINERS
    ]
    if not joins:
        return ""
    at = min(joins, key=lambda place: abs(place - middle))
    joiner, end = text[slice(*words[at])].casefold(), words[-1][1]
    begin = words[at + 1][0] if joiner == "en" else words[at][0]
    first = text[words[0][0] : words[at][0]].rstrip(" ,;:")
    return f"{first}. {text[begin].upper()}{text[begin + 1 : end]}."


def _rare_in(text: str, sentences: list[list[tuple[int, int]]], rare_of: RareOf) -> Iterator[Hard]:
    """Find rare words; asked once, for a helper in another process may answer."""
    asked = {
        (start, end): text[start:end]
        for words in sentences
        for at, (start, end) in enumerate(words)
        if end - start >= LEAST_RARE
        and text[start:end].isalpha()
        and not (at and text[start].isupper())
    }
    rare = set(rare_of(list(asked.values()))) if asked else set()
    return (Hard(*place, Kind.RARE) for place, word in asked.items() if word in rare)


def _is_participle(word: str) -> bool:
    return word not in NO_PARTICIPLE and PARTICIPLE.fullmatch(word) is not None


def _listed(
    text: str, sentences: list[list[tuple[int, int]]], listed: Listed, kind: Kind
) -> Iterator[Hard]:
    """Find the listed words and phrases; of two that start at one word the longest."""
    first_words = {phrase[0] for phrase in listed}
    for words in sentences:
        folded = [text[start:end].casefold() for start, end in words]
        at = 0
        while at < len(folded):
            length = _longest_at(folded, at, listed) if folded[at] in first_words else 0
            if length:
                phrase = tuple(folded[at : at + length])
                yield Hard(words[at][0], words[at + length - 1][1], kind, listed[phrase])
            at += length or 1


def _longest_at(folded: list[str], at: int, listed: Listed) -> int:
    lengths = range(min(LONGEST_PHRASE, len(folded) - at), 0, -1)
    return next((length for length in lengths if tuple(folded[at : at + length]) in listed), 0)


@cache
def formal_words() -> Listed:
    """List the words of officials, each with what to say instead."""
    return _read("plain_words.txt")


@cache
def forbidden_words() -> Listed:
    """List the words that no family screen says, each with what to say instead."""
    return _read("forbidden_words.txt")


def _read(name: str) -> Listed:
    found: Listed = {}
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        forms, _, instead = line.partition(" = ")
        found |= {tuple(form.split()): instead for form in forms.split("|")}
    return found


@cache
def _breaker() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")
