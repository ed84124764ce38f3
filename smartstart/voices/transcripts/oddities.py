"""What a person should look at before a transcript is coded; nothing is changed by itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from smartstart.base.files.tidying import REPLACED
from smartstart.voices.transcripts.segments import Segment, Speaker

_LINES_LOOKED_AT = 6
_SHORTEST_PARAGRAPH = 40
_LONGEST_QUOTED = 60
_RESIDUE_LINES = (
    "skip to content|skip to main content|skip to navigation|jump to content|ga naar inhoud|"
    "ga naar de inhoud|ga naar hoofdinhoud|ga direct naar de inhoud|naar de inhoud|"
    "spring naar inhoud|spring naar de inhoud|direct naar inhoud|menu|main menu|hoofdmenu|"
    "accept cookies|accept all cookies|accepteer cookies|alle cookies accepteren|"
    "toggle navigation|open menu|sluit menu|zoeken|search|print deze pagina|deel deze pagina"
)
_RESIDUE = frozenset(_RESIDUE_LINES.split("|"))


class OddityKind(StrEnum):
    """The oddities we know."""

    WEB_RESIDUE = "web_residue"
    SAID_TWICE = "said_twice"
    IN_ANOTHER_TEXT = "in_another_text"
    LOST_CHARACTERS = "lost_characters"
    NO_QUESTIONS = "no_questions"


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing that is odd; ``quoted`` is how the piece of text starts, or empty."""

    kind: OddityKind
    quoted: str = ""

    @property
    def sentence(self) -> str:
        """What is odd and what to do, in plain words."""
        sentences = {
            OddityKind.WEB_RESIDUE: gettext(
                "This text has a leftover of a web page: “%(quoted)s”. Take it out if you can."
            ),
            OddityKind.SAID_TWICE: gettext(
                "This stands in the text twice: “%(quoted)s”. Code it only once."
            ),
            OddityKind.IN_ANOTHER_TEXT: gettext(
                "This also stands in another interview: “%(quoted)s”. Code it only once."
            ),
            OddityKind.LOST_CHARACTERS: gettext(
                "Some characters got lost and show as \ufffd. Save the file as UTF-8 and try again."
            ),
            OddityKind.NO_QUESTIONS: gettext(
                "We could not tell questions from answers. You can still code this text."
            ),
        }
        return sentences[self.kind] % {"quoted": self.quoted}


def oddities_in(text: str, segments: Sequence[Segment]) -> tuple[Oddity, ...]:
    """Everything odd in one text, in reading order within each kind."""
    return (
        *_residue(text, segments),
        *_said_twice(text, segments),
        *([Oddity(OddityKind.LOST_CHARACTERS)] if REPLACED in text else []),
        *([] if _has_a_question(segments) else [Oddity(OddityKind.NO_QUESTIONS)]),
    )


def also_in(text: str, segments: Sequence[Segment], other: str) -> tuple[Oddity, ...]:
    """Paragraphs of this text, of 40 characters or more, that stand word for word in another."""
    there = {_folded(line) for line in other.split("\n")}
    return tuple(
        Oddity(OddityKind.IN_ANOTHER_TEXT, _start_of(paragraph))
        for paragraph in _paragraphs(text, segments)
        if _folded(paragraph) in there
    )


def _residue(text: str, segments: Sequence[Segment]) -> Iterator[Oddity]:
    for segment in segments[:_LINES_LOOKED_AT]:
        line = text[segment.start : segment.end]
        if len(line) <= _LONGEST_QUOTED and _folded(line).strip(" .!>»|") in _RESIDUE:
            yield Oddity(OddityKind.WEB_RESIDUE, line)


def _said_twice(text: str, segments: Sequence[Segment]) -> Iterator[Oddity]:
    paragraphs = list(_paragraphs(text, segments))
    counts = Counter(map(_folded, paragraphs))
    told: set[str] = set()
    for paragraph in paragraphs:
        folded = _folded(paragraph)
        if counts[folded] > 1 and folded not in told:
            told.add(folded)
            yield Oddity(OddityKind.SAID_TWICE, _start_of(paragraph))


def _paragraphs(text: str, segments: Sequence[Segment]) -> Iterator[str]:
    for segment in segments:
        if segment.end - segment.start >= _SHORTEST_PARAGRAPH:
            yield text[segment.start : segment.end]


def _has_a_question(segments: Sequence[Segment]) -> bool:
    return any(segment.speaker is Speaker.QUESTION for segment in segments)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _start_of(words: str) -> str:
    if len(words) <= _LONGEST_QUOTED:
        return words
    return words[:_LONGEST_QUOTED].rsplit(" ", 1)[0] + "…"
