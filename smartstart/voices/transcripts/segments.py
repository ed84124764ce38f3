"""Which paragraphs of an interview are questions and which are answers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST_QUESTION = 300
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_OPENING_QUOTES = ("“", "„", '"', "«", "‟")
_CLOSING_QUOTES = ("”", "“", '"', "»")
_AFTER_QUOTE = " .,;!?…)"
_LABEL = re.compile(
    r"[\W_]{0,3}(?P<who>[^\W\d_][\w.'’ -]{0,40}?)\s{0,3}(?P<number>\d{0,3})\s?:(?=\s)"
)
_MOST_WORDS_IN_NAME = 4
_ASKING_LABELS = "vraag v q question interviewer interviewster onderzoeker i int"
_TELLING_LABELS = (
    "antwoord a answer geïnterviewde respondent r resp deelnemer verteller ouder moeder vader"
)
_ASKS = frozenset(_ASKING_LABELS.split())
_TELLS = frozenset(_TELLING_LABELS.split())


class Speaker(StrEnum):
    """Whether a paragraph asks or answers."""

    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph of the text, from ``start`` to ``end`` (exclusive, code points).

    ``number`` counts the questions from 1; an answer carries the number of its question. It is
    0 before the first question and for what is neither. ``who`` is the name or label in front,
    which stands in the text as well. ``starts_at`` and ``ends_at`` are seconds in the recording.
    """

    start: int
    end: int
    speaker: Speaker | None
    number: int
    who: str = ""
    starts_at: float | None = None
    ends_at: float | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    who: str


def segments_of(text: str, names: frozenset[str] = frozenset()) -> tuple[Segment, ...]:
    """The paragraphs of a text in order, told apart by labels, by quotes or by question marks.

    ``names`` are speakers known from elsewhere, as the voices in subtitles.

    Labels ("Vraag:", "Sanne:") go before curly quotes, and those before question marks. Every
    character that is not blank stands in exactly one segment; an empty text has none.
    """
    lines = _lines(text, names)
    if any(line.who for line in lines):
        speakers = _by_label(lines)
    elif any(_opens_quote(line.words) for line in lines):
        speakers = _by_quotes(lines)
    else:
        speakers = _by_question_marks(lines)
    return _numbered(lines, speakers)


def _lines(text: str, known: frozenset[str]) -> list[_Line]:
    found = [(match.start(), match.group()) for match in _LINE.finditer(text)]
    labels = [_label(words) for _, words in found]
    names = _names_among(labels) | {name.casefold() for name in known}
    return [
        _Line(
            start + len(words) - len(words.lstrip()),
            start + len(words.rstrip()),
            words.strip(),
            label if label.casefold() in names else "",
        )
        for (start, words), label in zip(found, labels, strict=True)
    ]


def _label(words: str) -> str:
    match = _LABEL.match(words.strip() + " ")
    if not match or len(match["who"].split()) > _MOST_WORDS_IN_NAME:
        return ""
    return match["who"].strip()


def _names_among(labels: Iterable[str]) -> frozenset[str]:
    """The labels that are speakers: known words, and capitalised names that come back.

    One line that happens to start with "Let op:" makes no conversation.
    """
    counts = Counter(
        label.casefold()
        for label in labels
        if label[:1].isupper() or label.casefold() in _ASKS | _TELLS
    )
    known = {name for name in counts if name in _ASKS | _TELLS and len(name) > 1}
    returning = {name for name, count in counts.items() if count > 1}
    if len(returning | known) < 2:
        return frozenset(known)
    return frozenset(known | returning)


def _by_label(lines: Sequence[_Line]) -> list[Speaker | None]:
    """Each line belongs to the label it has or to the last one before it.

    Where only questions are labelled the other lines answer them, and the other way round.
    """
    askers = _askers(lines)
    somebody_tells = any(line.who and line.who.casefold() not in askers for line in lines)
    speakers: list[Speaker | None] = []
    current: Speaker | None = None
    for line in lines:
        if line.who:
            current = Speaker.QUESTION if line.who.casefold() in askers else Speaker.ANSWER
            speakers.append(current)
        elif current is Speaker.QUESTION and not somebody_tells:
            speakers.append(Speaker.ANSWER)
        elif not askers and _asks(line.words):
            speakers.append(Speaker.QUESTION)
        else:
            speakers.append(current)
    return speakers


def _askers(lines: Sequence[_Line]) -> frozenset[str]:
    """Who asks: known words, or else the one whose turns mostly end with a question mark."""
    turns = Counter(line.who.casefold() for line in lines if line.who)
    known = frozenset(turns) & _ASKS
    if known:
        return known
    asked = Counter(line.who.casefold() for line in lines if line.who and _asks(line.words))
    most = max(turns, key=lambda name: (asked[name] / turns[name], -turns[name], name))
    mostly = most not in _TELLS and asked[most] * 2 >= turns[most]
    return frozenset({most}) if mostly else frozenset()


def _by_quotes(lines: Sequence[_Line]) -> list[Speaker | None]:
    """Answers stand in quotes, over one or more paragraphs; what directly precedes one asks."""
    speakers = _quoted(lines)
    for place, line in enumerate(lines[:-1]):
        followed = speakers[place] is None and speakers[place + 1] is Speaker.ANSWER
        if followed and len(line.words) <= LONGEST_QUESTION:
            speakers[place] = Speaker.QUESTION
    return speakers


def _quoted(lines: Sequence[_Line]) -> list[Speaker | None]:
    closes = _closing_lines(lines)
    speakers: list[Speaker | None] = []
    open_until = -1
    for place, line in enumerate(lines):
        if _opens_quote(line.words) and place > open_until:
            open_until = closes[place]
        speakers.append(Speaker.ANSWER if place <= open_until else None)
    return speakers


def _closing_lines(lines: Sequence[_Line]) -> list[int]:
    """For each opening line the line where its quote closes; itself when it never does."""
    closing = list(range(len(lines)))
    last = -1
    for place in range(len(lines) - 1, -1, -1):
        words = lines[place].words
        if words.rstrip(_AFTER_QUOTE).endswith(_CLOSING_QUOTES):
            last = place
        if _opens_quote(words):
            closing[place] = max(last, place)
            last = -1
    return closing


def _by_question_marks(lines: Sequence[_Line]) -> list[Speaker | None]:
    """Without labels or quotes: short lines that ask, and whatever follows them."""
    speakers: list[Speaker | None] = []
    begun = False
    for line in lines:
        asks = _asks(line.words) and len(line.words) <= LONGEST_QUESTION
        begun = begun or asks
        answer = Speaker.ANSWER if begun else None
        speakers.append(Speaker.QUESTION if asks else answer)
    return speakers


def _opens_quote(words: str) -> bool:
    return words.startswith(_OPENING_QUOTES)


def _asks(words: str) -> bool:
    return words.rstrip(' ”"»)').endswith(("?", "؟", "？"))


def _numbered(lines: Sequence[_Line], speakers: Sequence[Speaker | None]) -> tuple[Segment, ...]:
    number = 0
    before: Speaker | None = None
    segments = []
    for line, speaker in zip(lines, speakers, strict=True):
        if speaker is Speaker.QUESTION and before is not Speaker.QUESTION:
            number += 1
        segments.append(
            Segment(line.start, line.end, speaker, number if speaker else 0, who=line.who)
        )
        before = speaker
    return tuple(segments)


def timed(
    segments: Sequence[Segment], cues: Sequence[tuple[int, int, float, float]]
) -> tuple[Segment, ...]:
    """The segments with the time of the cues they came from: (start, end, from, until).

    Cues stand in the order of the text and do not overlap in it.
    """
    result = []
    place = 0
    for segment in segments:
        while place < len(cues) and cues[place][1] <= segment.start:
            place += 1
        within = place
        while within < len(cues) and cues[within][0] < segment.end:
            within += 1
        if within > place:
            spoken = cues[place:within]
            first, last = min(c[2] for c in spoken), max(c[3] for c in spoken)
            result.append(replace(segment, starts_at=first, ends_at=last))
        else:
            result.append(segment)
    return tuple(result)
