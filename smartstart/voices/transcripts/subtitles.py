"""The words of a recording's subtitles (WebVTT): who said what, and when."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from smartstart.base.files.errors import FileHasNoText
from smartstart.base.files.tidying import tidy

_CLOCK = r"(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s+-->\s+{_CLOCK}(?:\s|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]*[^<>\n]{0,200}>")
_SENTENCE_ENDS = (".", "?", "!", "…", "”", '"', "»", "。", "؟")
_NOT_SPOKEN = ("NOTE", "STYLE", "REGION", "WEBVTT")
_BLOCK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: the words between two moments, in seconds, and who said them if told."""

    starts_at: float
    ends_at: float
    who: str
    words: str


Spoken = tuple[int, int, float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a file; for subtitles also who speaks and where each cue stands in the text.

    A spoken piece is (start, end, from, until): code points, then seconds.
    """

    text: str
    names: frozenset[str] = frozenset()
    spoken: tuple[Spoken, ...] = ()


def words_of_subtitles(content: str) -> Words:
    """The text, one paragraph per turn.

    Cues of one speaker that follow each other are one paragraph, which opens with the name.
    Without names a paragraph ends where a sentence ends. Raises FileHasNoText without cues.
    """
    pieces: list[str] = []
    spoken: list[Spoken] = []
    names: set[str] = set()
    length = 0
    before: Cue | None = None
    for cue in _cues(tidy(content)):
        lead = _lead(before, cue)
        pieces += (lead, cue.words)
        start = length + len(lead)
        length = start + len(cue.words)
        spoken.append((start, length, cue.starts_at, cue.ends_at))
        names.add(cue.who)
        before = cue
    if not spoken:
        raise FileHasNoText
    return Words("".join(pieces), frozenset(names - {""}), tuple(spoken))


def _lead(before: Cue | None, cue: Cue) -> str:
    """What stands between two cues: a blank within a turn, a blank line and a name before one."""
    name = f"{cue.who}: " if cue.who else ""
    if before is None:
        return name
    if cue.who and cue.who == before.who:
        return " "
    goes_on = not cue.who and not before.who and not before.words.endswith(_SENTENCE_ENDS)
    return " " if goes_on else f"\n\n{name}"


def _cues(text: str) -> Iterator[Cue]:
    for block in _BLOCK.split(text):
        lines = block.split("\n")
        if lines[0].startswith(_NOT_SPOKEN) and not any("-->" in line for line in lines[:2]):
            continue
        for place, line in enumerate(lines[:2]):
            if timing := _TIMING.match(line):
                yield from _turns(timing, "\n".join(lines[place + 1 :]))
                break


def _turns(timing: re.Match[str], payload: str) -> Iterator[Cue]:
    """The turns in one cue; more than one when two voices share it."""
    clock = timing.groups()
    starts_at, ends_at = _seconds(*clock[:4]), _seconds(*clock[4:])
    parts = _VOICE.split(payload)
    for who, words in zip(["", *parts[1::2]], parts[0::2], strict=True):
        said = tidy(" ".join(html.unescape(_TAG.sub("", words)).split()))
        if said:
            yield Cue(starts_at, max(starts_at, ends_at), _name(who), said)


def _name(who: str) -> str:
    return tidy(" ".join(html.unescape(who).split())).replace(":", "").strip()


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
