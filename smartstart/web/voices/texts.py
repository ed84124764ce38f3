"""A text as pages show it: numbered by sentence, with names or with codes drawn in."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.voices.queries import CheckingPage, CodeLine, CodingLine, CodingPage, PseudonymLine
from smartstart.voices.transcripts import Segment, Speaker, sentences
from smartstart.web.voices.marking import (
    Marked,
    Paragraph,
    Sheet,
    Span,
    Strip,
    coded,
    pseudonyms,
)

# Names ----------------------------------------------------------------------------------------

KINDS: Final[dict[str, str | Promise]] = {
    "person": gettext_lazy("a name"),
    "school": gettext_lazy("a school"),
    "institution": gettext_lazy("an organisation"),
    "neighbourhood": gettext_lazy("a neighbourhood"),
    "place": gettext_lazy("a town"),
    "street": gettext_lazy("an address"),
    "postcode": gettext_lazy("a postcode"),
    "date": gettext_lazy("a day"),
    "age": gettext_lazy("an age"),
    "phone": gettext_lazy("a phone number"),
    "mail": gettext_lazy("a mail address"),
    "bsn": gettext_lazy("a number of a person"),
    "number": gettext_lazy("a number"),
    "url": gettext_lazy("a web address"),
}


@dataclass(slots=True)
class Name:
    """Words that may point at somebody, as often as they stand in the text; decided at once."""

    place: int
    words: str
    kind: str | Promise
    replacement: str
    state: str
    refs: list[UUID] = field(default_factory=list)

    @property
    def times(self) -> int:
        """How often these words stand in the text."""
        return len(self.refs)


def names_in(lines: Iterable[PseudonymLine]) -> list[Name]:
    """Return the proposals with the same words as one, in the order of the text."""
    found: dict[tuple[str, str], Name] = {}
    for line in lines:
        there = found.setdefault(
            (line.words, line.kind),
            Name(
                len(found) + 1,
                line.words,
                KINDS.get(line.kind, line.kind),
                line.replacement,
                line.state,
            ),
        )
        there.refs.append(line.ref)
        there.state = "proposed" if "proposed" in (there.state, line.state) else line.state
    return list(found.values())


def checking_rows(found: CheckingPage, names: Sequence[Name]) -> SafeString:
    """Return the original text; each proposal is a link to where it is decided."""
    place_of = {ref: name for name in names for ref in name.refs}
    strips = [_name_strip(line, place_of[line.ref]) for line in found.pseudonyms]
    cut = sentences(found.text)
    return Sheet(found.text, cut, strips).rows(paragraphs(found.segments, cut), _words())


def _name_strip(line: PseudonymLine, name: Name) -> Strip:
    place = name.place
    if line.state == "rejected":
        return Strip(line.start, line.end, f'<a class="ss-left" href="#n{place}">', "</a>")
    opens = f'<a class="ss-finding" href="#n{place}">'
    if line.state == "proposed":
        return Strip(line.start, line.end, opens, "</a>")
    instead = f"</del> <span>{escape(line.replacement)}</span>"
    opens = f'<a class="ss-pseudonym" href="#n{place}"><del>'
    return Strip(line.start, line.end, opens, "</a>", instead)


def stretches_of(words: str, found: CheckingPage) -> list[Span]:
    """Return where these words stand by themselves in the text, apart from what is proposed."""
    taken = [(line.start, line.end) for line in found.pseudonyms]
    stretches, place = [], found.text.find(words)
    while place >= 0:
        end = place + len(words)
        is_free = all(end <= start or place >= until for start, until in taken)
        if is_free and _is_alone(found.text, place, end):
            stretches.append((place, end))
        place = found.text.find(words, end)
    return stretches


def _is_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )


# Codes ----------------------------------------------------------------------------------------


def paragraphs(segments: Sequence[Segment], cut: Sequence[Span]) -> list[Paragraph]:
    """Return the paragraphs, each with the number of its first sentence (from 1)."""
    starts = [start for start, _end in cut]
    return [
        Paragraph(
            bisect_left(starts, segment.start) + 1,
            segment.start,
            segment.end,
            asks=segment.speaker is Speaker.QUESTION and not segment.who,
        )
        for segment in segments
    ]


def shown_codings(found: CodingPage) -> list[CodingLine]:
    """Return what is drawn: the result once merged, else one's own."""
    if found.round.merged_at is not None:
        return [line for line in found.codings if line.stands is not False]
    mine = [line for line in found.codings if line.is_mine]
    return mine if any(coder.is_me for coder in found.coders) else list(found.codings)


def counted(found: CodingPage, shown: Sequence[CodingLine]) -> list[tuple[CodeLine, int]]:
    """Return the codes, each with on how many shown pieces it stands."""
    counts = Counter(line.code for line in shown)
    return [(code, counts[code.ref]) for code in found.codes]


def sheet_of(found: CodingPage, piece: Piece | None) -> dict[str, Any]:
    """Return what the sheet shows: the text with its codes, and how the round stands."""
    shown, round_ = shown_codings(found), found.round
    chosen = piece.coding if piece else None
    strips = [*_coded(found, shown, chosen), *pseudonyms(found.text)]
    sheet = Sheet(found.text, found.sentences, strips)
    return {
        "rows": sheet.rows(paragraphs(found.segments, found.sentences), _words()),
        "codes": counted(found, shown),
        "codings": for_script(found, shown),
        "is_blind": round_.is_blind and round_.everyone_ready_at is None and len(found.coders) > 1,
        "everyone_ready": round_.everyone_ready_at is not None,
        "is_merged": round_.merged_at is not None,
    }


def _coded(
    found: CodingPage, shown: Sequence[CodingLine], chosen: CodingLine | None
) -> Iterable[Strip]:
    codes = {code.ref: code for code in found.codes}
    for line in shown:
        code = codes[line.code]
        mark = Marked(line.ref.hex, line.start, line.end, code.number, code.name)
        yield coded(mark, chosen=chosen is not None and chosen.ref == line.ref)


def for_script(found: CodingPage, shown: Sequence[CodingLine]) -> list[dict[str, Any]]:
    """Return the codings as the script keeps them; no words."""
    numbers = {code.ref: code.number for code in found.codes}
    return [
        {
            "id": line.ref.hex,
            "start": line.start,
            "end": line.end,
            "number": numbers[line.code],
            "memo": bool(line.memo),
        }
        for line in shown
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """The chosen piece: its words, its code and its memo."""

    coding: CodingLine
    code: CodeLine
    words: str


def piece_of(found: CodingPage, ref: str) -> Piece | None:
    """Return the piece with this reference among what is shown; None without one."""
    shown = shown_codings(found) if ref else []
    line = next((one for one in shown if ref in {one.ref.hex, str(one.ref)}), None)
    if line is None:
        return None
    code = next(code for code in found.codes if code.ref == line.code)
    return Piece(line, code, found.text[line.start : line.end])


@dataclass(frozen=True, slots=True)
class SentencePage:
    """One sentence to code: its words, those around it, and which codes stand on it."""

    number: int
    last: int
    start: int
    end: int
    words: str
    before: str
    after: str
    ticked: frozenset[UUID]
    """The codes that one put on precisely this sentence."""


def sentence_page(found: CodingPage, number: int) -> SentencePage | None:
    """Return the sentence with this number (from 1); None when the text has no such sentence."""
    if not 1 <= number <= len(found.sentences):
        return None
    start, end = found.sentences[number - 1]
    around = found.sentences[max(0, number - 2) : number + 1]
    mine = [
        line for line in found.codings if line.is_mine and (line.start, line.end) == (start, end)
    ]
    return SentencePage(
        number=number,
        last=len(found.sentences),
        start=start,
        end=end,
        words=found.text[start:end],
        before=found.text[around[0][0] : start].strip() if number > 1 else "",
        after=found.text[end : around[-1][1]].strip(),
        ticked=frozenset(line.code for line in mine),
    )


def _words() -> dict[str, str]:
    return {"asks": _("Question:")}
