"""A coded text as HTML, fast enough for a very long interview.

A page holds thousands of sentences and codings; a template part for each would take seconds. What
stands here is escaped once and put together as plain strings. ``assets/js/coding.js`` draws one
paragraph again in the same way after a change; a test in the browser holds both to each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from django.utils.safestring import SafeString

COLOURS: Final = 9
_PSEUDONYM: Final = re.compile(r"\[[^\[\]\n]{2,60}\]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of the text with an element around it; ``end_mark`` stands where it ends."""

    start: int
    end: int
    opens: str
    closes: str
    end_mark: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """One coding as it is drawn."""

    id: str
    start: int
    end: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, from ``start`` to ``end`` (exclusive); ``number`` is its first sentence's.

    A question without a label of its own shows that it asks.
    """

    number: int
    start: int
    end: int
    asks: bool = False


def colour_of(number: int) -> int:
    """Which of the nine colours goes with a code; the number says which code it is."""
    return (number - 1) % COLOURS + 1


def coded(mark: Marked, *, chosen: bool = False) -> Strip:
    """The stretch of one coding: its colour, and its number as a link to the piece."""
    kind = f"ss-code ss-code--{colour_of(mark.number)}"
    if chosen:
        kind += " ss-code--chosen"
    name = escape(f"{mark.number} {mark.name}")
    link = f'<a href="?piece={mark.id}#c{mark.id}" id="c{mark.id}" aria-label="{name}">'
    return Strip(
        mark.start,
        mark.end,
        f'<mark class="{kind}" data-coding="{mark.id}">',
        "</mark>",
        f"<sup>{link}{mark.number}</a></sup>",
    )


def pseudonyms(text: str) -> list[Strip]:
    """The stretches that stand in the place of a name: words between square brackets."""
    return [
        Strip(found.start(), found.end(), '<span class="ss-pseudonym">', "</span>")
        for found in _PSEUDONYM.finditer(text)
    ]


class Sheet:
    """A text with its strips, of which one paragraph or all can be drawn."""

    def __init__(self, text: str, sentences: Sequence[Span], strips: Sequence[Strip]) -> None:
        self._text = text
        self._sentences = sentences
        self._sentence_starts = [start for start, _ in sentences]
        self._strips = sorted(strips, key=lambda strip: (strip.start, -strip.end))
        self._starts = [strip.start for strip in self._strips]
        self._longest = max((strip.end - strip.start for strip in self._strips), default=0)

    def rows(self, paragraphs: Sequence[Paragraph], words: Mapping[str, str]) -> SafeString:
        """All paragraphs as the rows of a list. ``words["asks"]`` stands before a question."""
        asks = f"<strong>{escape(words['asks'])}</strong> "
        return SafeString(
            "".join(
                f'<li id="p{one.number}"><span class="ss-transcript__number">{one.number}</span>'
                f'<div data-paragraph="{one.number}">{asks if one.asks else ""}'
                f"{self.sentences(one.start, one.end)}</div></li>"
                for one in paragraphs
            )
        )

    def sentences(self, start: int, end: int) -> str:
        """The sentences of a stretch, each an element that says where it starts."""
        first = bisect_left(self._sentence_starts, start)
        last = bisect_left(self._sentence_starts, end)
        return " ".join(
            f'<span class="ss-sentence" id="z{number}" data-at="{a}">{self.drawn(a, b)}</span>'
            for number, (a, b) in enumerate(self._sentences[first:last], first + 1)
        )

    def drawn(self, start: int, end: int) -> str:
        """The words from here to there, with every strip that touches them."""
        near = list(self._near(start, end))
        if not near:
            return escape(self._text[start:end], quote=False)
        edges = {start, end}
        edges.update(e for strip in near for e in (strip.start, strip.end) if start < e < end)
        out: list[str] = []
        is_open: list[Strip] = []
        for a, b in pairwise(sorted(edges)):
            active = [strip for strip in near if strip.start <= a and strip.end >= b]
            kept = _in_common(is_open, active)
            out.extend(_closing(is_open[kept:], a))
            out.extend(strip.opens for strip in active[kept:])
            out.append(escape(self._text[a:b], quote=False))
            is_open = active
        out.extend(_closing(is_open, end))
        return "".join(out)

    def _near(self, start: int, end: int) -> Iterator[Strip]:
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return (strip for strip in self._strips[first:last] if strip.end > start)


def _in_common(one: Sequence[Strip], other: Sequence[Strip]) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left is not right:
            return place
    return min(len(one), len(other))


def _closing(strips: Sequence[Strip], at: int) -> Iterator[str]:
    """Close the innermost first; what really ends here gets its mark before."""
    for strip in reversed(strips):
        yield (strip.end_mark if strip.end <= at else "") + strip.closes
