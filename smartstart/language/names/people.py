"""Word rules for names: who is called Mevrouw, what stands behind "basisschool", which street."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartstart.language.names import words
from smartstart.language.names.proposals import WORD, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NAME = 6  # words; longer runs of capitals are headings
LONGEST_ROW = 8  # names behind one "mijn kinderen"
SENTENCE_END = frozenset('.!?:;\n\r\t“”"„•–—|>')
HOUSE_NUMBER = re.compile(r" \d{1,5}(?: ?[a-zA-Z](?!\w)|-\d{1,4})?(?!\w)")
BETWEEN_NAME_AND_FUNCTION = re.compile(r" ?[,–—(-] ?\Z| is \Z", re.ASCII)
ARTICLE = re.compile(r"(?:de|het|een|onze|mijn|hun|als|wij|ik)\Z", re.IGNORECASE)
PHRASE = re.compile("|".join(re.escape(phrase) for phrase in words.KNOWN_PHRASES))
TRIGGERS = {
    **dict.fromkeys(words.SCHOOL_WORDS, Kind.SCHOOL),
    **dict.fromkeys(words.NEIGHBOURHOOD_WORDS, Kind.NEIGHBOURHOOD),
    **dict.fromkeys(words.PLACE_WORDS, Kind.PLACE),
    **dict.fromkeys(words.INSTITUTION_WORDS, Kind.INSTITUTION),
    **dict.fromkeys(words.INSTITUTIONS, Kind.INSTITUTION),
    **dict.fromkeys(words.FORMS_OF_ADDRESS, Kind.PERSON),
    **dict.fromkeys(words.KIN, Kind.PERSON),
    **dict.fromkeys(words.FUNCTIONS, Kind.PERSON),
}


@dataclass(frozen=True)
class Token:
    """One word of the text; ``folded`` is how the lists know it."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def has_capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[0].isupper()


class KnownPhrases:
    """Where in a text the phrases stand that are nobody's name."""

    def __init__(self, text: str) -> None:
        found = [(match.start(), match.end()) for match in PHRASE.finditer(text)]
        self.starts = [start for start, _end in found]
        self.ends = [end for _start, end in found]

    def cover(self, start: int, end: int) -> bool:
        """Whether this stretch is part of such a phrase."""
        at = bisect_left(self.ends, end)
        return at < len(self.ends) and self.starts[at] <= start


class Words:
    """The words of a text, once cut; what every rule of this page walks over."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            Token(match.start(), match.end(), match.group(), match.group().casefold())
            for match in WORD.finditer(text)
        ]
        self.known = KnownPhrases(text)

    def gap(self, at: int) -> str:
        """Tell what stands between word ``at`` and the one before it."""
        start = self.tokens[at - 1].end if at else 0
        return self.text[start : self.tokens[at].start]

    def starts_sentence(self, at: int) -> bool:
        """Whether a capital here says nothing, because a sentence or line starts."""
        gap = self.gap(at)
        return at == 0 or not SENTENCE_END.isdisjoint(gap)

    def name_from(self, at: int) -> int:
        """Answer the index after the name that starts at word ``at``; ``at`` when none does."""
        end = last = at
        while last < len(self.tokens) and last - at < LONGEST_NAME:
            if (last > at and not self._joined(last)) or not self._may_be_in_name(last):
                break
            last += 1
            end = last if self.tokens[last - 1].has_capital else end
        return end if any(self._is_name(token) for token in self.tokens[at:end]) else at

    def _joined(self, at: int) -> bool:
        """Whether a word and the one before it can be one name; a stop only after an initial."""
        before = self.tokens[at - 1]
        after_initial = self.gap(at) in {". ", "."} and before.end - before.start == 1
        return after_initial or self.gap(at) in {" ", " '", " ’"}

    def _may_be_in_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.folded in words.LEADING_PARTICLES and at + 1 < len(self.tokens):
            return self.tokens[at + 1].folded in words.AFTER_LEADING_PARTICLE
        return token.folded in words.PARTICLES or self._is_name(token)

    def _is_name(self, token: Token) -> bool:
        is_abbreviation = 2 <= len(token.text) <= 4 and token.text.isupper()
        return token.has_capital and token.folded not in words.COMMON and not is_abbreviation

    def stretch(self, first: int, after: int, kind: Kind, function: str = "") -> Finding:
        """Make a finding of words ``first`` up to, not including, ``after``."""
        return Finding(self.tokens[first].start, self.tokens[after - 1].end, kind, function)


def names(text: str) -> Iterator[Finding]:
    """Find people, schools, neighbourhoods, places, institutions and streets by their words.

    What a word gave away comes before what only capitals suggest.
    """
    cut = Words(text)
    for at, token in enumerate(cut.tokens):
        kind = TRIGGERS.get(token.folded)
        if kind is not None:
            yield from _after_trigger(cut, at, kind)
        if token.has_capital:
            yield from _name_by_ending(cut, at)
        if token.folded.endswith(words.STREET_ENDINGS):
            yield from _street(cut, at)
    for at, token in enumerate(cut.tokens):
        if token.has_capital:
            yield from _capitals(cut, at)


def _after_trigger(cut: Words, at: int, kind: Kind) -> Iterator[Finding]:
    """Find the name behind "mevrouw", "basisschool", "wijk", "gedragscoach" or "mijn zoon"."""
    token = cut.tokens[at]
    if token.folded in words.INSTITUTIONS and token.has_capital:
        yield cut.stretch(at, at + 1, kind)
    first = at + 1
    stop = {". "} if token.folded in words.FORMS_OF_ADDRESS else set()
    if first >= len(cut.tokens) or cut.gap(first) not in {" ", " '", ", ", ": ", *stop}:
        return
    if cut.gap(first) == ", ":
        kind = Kind.PERSON  # "op school, Samira?" is said to somebody
    if kind is Kind.PERSON and token.folded not in words.FORMS_OF_ADDRESS:
        first += cut.tokens[first].text == "van"  # "de moeder van Noor", but "mevrouw van Dijk"
    yield from _names_in_a_row(cut, first, kind, _function_word(token))


def _function_word(token: Token) -> str:
    return token.folded if token.folded in words.FUNCTIONS else ""


def _names_in_a_row(cut: Words, first: int, kind: Kind, function: str) -> Iterator[Finding]:
    """Find one name, and for people also those behind it: "Noor, Sem en Daan"."""
    for _turn in range(LONGEST_ROW):
        after = cut.name_from(first)
        if after == first or cut.known.cover(cut.tokens[first].start, cut.tokens[after - 1].end):
            return
        yield cut.stretch(first, after, kind, function or _function_behind(cut, after))
        if kind is not Kind.PERSON or after >= len(cut.tokens):
            return
        joins = cut.tokens[after].folded in {"en", "of"} and cut.gap(after) == " "
        if not joins and cut.gap(after) != ", ":
            return
        first, function = after + joins, ""


def _name_by_ending(cut: Words, at: int) -> Iterator[Finding]:
    """Find "Theresialyceum" and "Reeshof College"."""
    token = cut.tokens[at]
    if token.folded in words.SCHOOL_ENDINGS:
        first = at
        while first and at - first < 3 and _joins(cut, first):
            first -= 1
        if first < at:
            yield cut.stretch(first, at + 1, Kind.SCHOOL)
    elif token.folded.endswith(words.SCHOOL_ENDINGS) and token.folded not in words.SCHOOL_WORDS:
        yield cut.stretch(at, at + 1, Kind.SCHOOL)


def _joins(cut: Words, at: int) -> bool:
    before = cut.tokens[at - 1]
    return (
        cut.gap(at) == " "
        and before.has_capital
        and before.folded not in words.COMMON
        and before.folded not in words.SCHOOL_WORDS
    )


def _capitals(cut: Words, at: int) -> Iterator[Finding]:
    """Find two or more words with a capital side by side, and who speaks in a written-out talk."""
    token = cut.tokens[at]
    if token.folded in words.COMMON or token.folded in TRIGGERS:
        return
    if at and cut.gap(at) == " " and cut.tokens[at - 1].has_capital and _continues(cut, at):
        return
    after = cut.name_from(at)
    run = cut.tokens[at:after]
    if not run or cut.known.cover(token.start, run[-1].end) or any(_is_no_person(it) for it in run):
        return
    function = _function_behind(cut, after)
    capitals = sum(item.has_capital for item in run)
    if capitals >= 2 or function or _speaks(cut, at, after):
        yield cut.stretch(at, after, Kind.PERSON, function)


def _is_no_person(token: Token) -> bool:
    return TRIGGERS.get(token.folded, Kind.PERSON) is not Kind.PERSON


def _speaks(cut: Words, at: int, after: int) -> bool:
    """Whether a line starts with this name and a colon, as a written-out talk does."""
    before = cut.gap(at).rstrip(" ")
    end = cut.tokens[after - 1].end
    starts_line = before.endswith("\n") or (at == 0 and not before)
    return starts_line and cut.text[end : end + 2] == ": "


def _continues(cut: Words, at: int) -> bool:
    """Whether the word before is the start of this same name."""
    before = cut.tokens[at - 1]
    return before.folded not in words.COMMON and before.folded not in TRIGGERS


def _function_behind(cut: Words, after: int) -> str:
    """Answer the function word after a name: "Christel Heeren – gedragscoach"."""
    end = cut.tokens[after - 1].end
    for token in cut.tokens[after : after + 3]:
        between = cut.text[end : token.start]
        if "\n" in between or "." in between or len(between) > 40:
            return ""
        if token.folded in words.FUNCTIONS:
            between = re.sub(r"(?:de|het|een|onze|als) \Z", "", between)
            return token.folded if BETWEEN_NAME_AND_FUNCTION.search(between) else ""
    return ""


def _street(cut: Words, at: int) -> Iterator[Finding]:
    """Find "Burgemeester Jansenlaan 12" and, with a number, also "het korvelpad 3"."""
    token = cut.tokens[at]
    if token.folded in words.NOT_A_STREET or token.folded in words.STREET_ENDINGS:
        return
    number = HOUSE_NUMBER.match(cut.text, token.end)
    needs_number = not token.has_capital or token.folded.endswith(words.STREET_ENDINGS_WITH_NUMBER)
    if number is None and (needs_number or cut.starts_sentence(at)):
        return
    first = at
    while first and at - first < 4 and _belongs_to_street(cut, first):
        first -= 1
    while first < at and not cut.tokens[first].has_capital:
        first += 1
    yield Finding(cut.tokens[first].start, number.end() if number else token.end, Kind.STREET)


def _belongs_to_street(cut: Words, at: int) -> bool:
    before = cut.tokens[at - 1]
    joined = cut.gap(at) in {" ", ". "}
    named = before.has_capital and before.folded not in words.COMMON
    return joined and (named or before.folded in words.PARTICLES)
