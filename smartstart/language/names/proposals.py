"""A proposal, and how many findings become one list in which the same name is the same word."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from smartstart.language.names.words import COMMON, FORMS_OF_ADDRESS, PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Kind(StrEnum):
    """What a found stretch of text seems to be."""

    PERSON = "person"
    SCHOOL = "school"
    INSTITUTION = "institution"
    NEIGHBOURHOOD = "neighbourhood"
    PLACE = "place"
    STREET = "street"
    POSTCODE = "postcode"
    DATE = "date"
    AGE = "age"
    PHONE = "phone"
    MAIL = "mail"
    BSN = "bsn"
    NUMBER = "number"
    URL = "url"


# The Dutch word that takes the place of a name; a number follows where one can tell them apart.
LABELS = {
    Kind.PERSON: "persoon",
    Kind.SCHOOL: "school",
    Kind.INSTITUTION: "organisatie",
    Kind.NEIGHBOURHOOD: "wijk",
    Kind.PLACE: "plaats",
    Kind.STREET: "straat",
    Kind.POSTCODE: "postcode",
    Kind.DATE: "datum",
    Kind.AGE: "leeftijd",
    Kind.PHONE: "telefoonnummer",
    Kind.MAIL: "e-mailadres",
    Kind.BSN: "bsn",
    Kind.NUMBER: "nummer",
    Kind.URL: "webadres",
}
NUMBERED = frozenset(
    {
        Kind.PERSON,
        Kind.SCHOOL,
        Kind.INSTITUTION,
        Kind.NEIGHBOURHOOD,
        Kind.PLACE,
        Kind.STREET,
        Kind.DATE,
    }
)
# Kinds whose name may stand again elsewhere in the text without the words that gave it away.
NAMES = frozenset(
    {Kind.PERSON, Kind.SCHOOL, Kind.INSTITUTION, Kind.NEIGHBOURHOOD, Kind.PLACE, Kind.STREET}
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MOST_WORDS = 12  # a longer run of capitals is a list, not one name
NO_NAME = PARTICLES | COMMON
ARTICLES = frozenset({"de", "het", "een", "'t", "t"})


@dataclass(frozen=True, order=True)
class Finding:
    """One stretch that a rule found; ``function`` is the function word beside a person."""

    start: int
    end: int
    kind: Kind
    function: str = ""

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start


@dataclass(frozen=True)
class Proposal:
    """Replace ``text[start:end]`` by ``replacement``; equal replacements mean the same name."""

    start: int
    end: int
    kind: Kind
    replacement: str


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that overlap: the longest gives kind and function, the stretch covers all.

    Of equally long ones the first given wins. In the order of the text.
    """
    ordered = sorted(enumerate(findings), key=lambda pair: (pair[1].start, pair[0]))
    groups: list[list[tuple[int, Finding]]] = []
    reach = -1
    for order, found in ordered:
        if found.start < reach:
            groups[-1].append((order, found))
        else:
            groups.append([(order, found)])
        reach = max(reach, found.end)
    return [_joined(group) for group in groups]


def _joined(group: Sequence[tuple[int, Finding]]) -> Finding:
    _order, best = min(group, key=lambda pair: (-pair[1].length, pair[0]))
    function = best.function
    if best.kind is Kind.PERSON and not function:
        function = next((found.function for _order, found in group if found.function), "")
    start = min(found.start for _order, found in group)
    end = max(found.end for _order, found in group)
    return Finding(start, end, best.kind, function)


def proposals(text: str, findings: Iterable[Finding]) -> list[Proposal]:
    """Make proposals of findings: no overlap, text order, one replacement per distinct name.

    Every other place where a found name stands is proposed too, so that a text in which all
    proposals are carried out holds none of the names.
    """
    once = merged(findings)
    found = merged([*again(text, once), *once])
    labels = _labels(text, found)
    return [
        Proposal(item.start, item.end, item.kind, label)
        for item, label in zip(found, labels, strict=True)
    ]


def replaced(text: str, confirmed: Iterable[Proposal]) -> str:
    """Carry out the confirmed proposals; they do not overlap."""
    parts, at = [], 0
    for proposal in sorted(confirmed, key=lambda item: item.start):
        parts += [text[at : proposal.start], proposal.replacement]
        at = proposal.end
    return "".join([*parts, text[at:]])


def name_words(text: str) -> tuple[str, ...]:
    """Reduce a name to what makes it the same name: its words, without article or address."""
    words = [word.casefold() for word in WORD.findall(text)]
    while len(words) > 1 and (words[0] in ARTICLES or words[0] in FORMS_OF_ADDRESS):
        words = words[1:]
    return tuple(words)


def again(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Find every further place where the words of a found name stand.

    A person is also found by one word of the name. A place must hold a capital, so that "de
    Linden" does not give away every "linden".
    """
    kinds: dict[tuple[str, ...], Kind] = {}
    for found in findings:
        for words in _sought(text[found.start : found.end], found.kind):
            kinds.setdefault(words, found.kind)
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in kinds:
        lengths[words[0]].add(len(words))
    tokens = [(match.start(), match.end()) for match in WORD.finditer(text)] if kinds else []
    folded = [text[start:end].casefold() for start, end in tokens]
    places = []
    for at, first in enumerate(folded):
        for length in lengths.get(first, ()):
            kind = kinds.get(tuple(folded[at : at + length]))
            stretch = tokens[at : at + length]
            if kind is not None and any(text[start].isupper() for start, _end in stretch):
                places.append(Finding(stretch[0][0], stretch[-1][1], kind))
    return places


def _sought(name: str, kind: Kind) -> Iterator[tuple[str, ...]]:
    """Answer the runs of words that give this name away elsewhere in the text."""
    if kind not in NAMES:
        return
    words = name_words(name)
    if 1 < len(words) <= MOST_WORDS or (len(words) == 1 and len(words[0]) > 1):
        yield words
    if kind is Kind.PERSON:
        for word in WORD.findall(name):
            folded = word.casefold()
            if word[0].isupper() and len(word) > 2 and folded not in NO_NAME:
                yield (folded,)


def _labels(text: str, found: Sequence[Finding]) -> list[str]:
    """Give each finding its replacement, in text order; numbers run per word."""
    same = _same_names(text, found)
    functions: dict[tuple[str, ...], str] = {}
    for item, key in zip(found, same, strict=True):
        if item.function:
            functions.setdefault((item.kind, *key), item.function)
    counters: dict[str, int] = defaultdict(int)
    given: dict[tuple[str, ...], str] = {}
    for item, key in zip(found, same, strict=True):
        full_key = (item.kind, *key)
        if full_key not in given:
            word = functions.get(full_key, LABELS[item.kind])
            counters[word] += 1
            number = f" {counters[word]}" if item.kind in NUMBERED else ""
            given[full_key] = f"[{word}{number}]"
    return [given[(item.kind, *key)] for item, key in zip(found, same, strict=True)]


def _same_names(text: str, found: Sequence[Finding]) -> list[tuple[str, ...]]:
    """Answer for each finding the fullest form of its name in this text.

    "Christel" and "mevrouw Heeren" are "Christel Heeren" when nobody else has that word.
    """
    keys = [name_words(text[item.start : item.end]) for item in found]
    full: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    persons = {
        key
        for item, key in zip(found, keys, strict=True)
        if item.kind is Kind.PERSON and 0 < len(key) <= MOST_WORDS
    }
    for key in persons:
        for word in set(key):
            full[word].add(key)
    fullest = {key: _fullest(key, full) for key in persons}
    return [
        fullest.get(key, key) if item.kind is Kind.PERSON else key
        for item, key in zip(found, keys, strict=True)
    ]


def _fullest(key: tuple[str, ...], full: dict[str, set[tuple[str, ...]]]) -> tuple[str, ...]:
    """Answer the one longer name that holds all these words; the name itself when in doubt."""
    while True:
        rarest = min(key, key=lambda word: len(full[word]))
        longer = [
            other for other in full[rarest] if len(other) > len(key) and set(key) <= set(other)
        ]
        if not longer:
            return key
        longest = max(longer, key=lambda other: (len(other), other))
        if any(not set(other) <= set(longest) for other in longer):
            return key
        key = longest
