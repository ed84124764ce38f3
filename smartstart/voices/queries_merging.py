"""What the page asks on which two coders lay their work side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.people.models import Hat
from smartstart.voices import rules, transcripts
from smartstart.voices.models import Code, Coding, CodingRound, MergeDecision
from smartstart.voices.operations_coding import coders_of, measured, side_by_side
from smartstart.voices.refusals import NotEveryoneIsReady
from smartstart.voices.rules import Difference


@dataclass(frozen=True, slots=True)
class SideLine:
    """What one coder did at one place; ``code`` is the code's number and ``name`` its name."""

    ref: UUID
    words: str
    code: int
    name: str
    memo: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference: in which sentence (from 1), both sides, and what was chosen ("" is open)."""

    sentence: int
    difference: Difference
    first: SideLine | None
    second: SideLine | None
    choice: str


@dataclass(frozen=True, slots=True)
class MergingPage:
    """The work of the coders side by side, and how far they agree.

    Merged: ``alpha`` and its ends are as they were then. ``per_code`` maps a code's number to its
    own agreement. ``agreement`` is None with one coder.
    """

    round: CodingRound
    names: tuple[str, ...]
    rows: tuple[DifferenceLine, ...]
    alike: int
    agreement: rules.Agreement | None
    per_code: dict[int, rules.Agreement]

    @property
    def left(self) -> int:
        """How many differences are still to be talked over."""
        return sum(not row.choice for row in self.rows)


def merging_page(reading: Reading, round_ref: UUID) -> MergingPage:
    """Return the differences of a round in the order of the text.

    Raises NotFound, or NotEveryoneIsReady: before that nobody sees anything, also not here.
    """
    visible = CodingRound.objects.visible_to(reading.actor, on=day_of(reading.at))
    round_ = (
        visible.filter(ref=round_ref)
        .select_related("transcript__folder", "transcript__interview__pilot__folder")
        .first()
    )
    if round_ is None:
        raise NotFound
    reading.relies_on(round_.transcript.interview.pilot.folder)
    if round_.everyone_ready_at is None:
        raise NotEveryoneIsReady
    return _page(reading, round_)


def _page(reading: Reading, round_: CodingRound) -> MergingPage:
    text = reading.text(round_.transcript, "text")
    codings = list(
        Coding.objects.visible_to(reading.actor, on=day_of(reading.at))
        .filter(round=round_)
        .select_related("folder", "code__merged_into")
        .order_by("start", "id")
    )
    coders = coders_of(round_)
    paired = side_by_side(coders, codings)
    report = measured(round_, text) if len(coders) > 1 else None
    numbers = dict(
        Code.objects.filter(pilot=round_.transcript.interview.pilot_id).values_list("id", "number")
    )
    per_code = report.per_code.items() if report else ()
    return MergingPage(
        round=round_,
        names=_names(coders),
        rows=_rows(reading, round_, paired.differing, text) if report else (),
        alike=len(paired.rows) - len(paired.differing),
        agreement=report.overall if report else None,
        per_code={numbers[code]: found for code, found in per_code if isinstance(code, int)},
    )


def _names(coders: Sequence[UUID]) -> tuple[str, ...]:
    hats = Hat.objects.filter(ref__in=coders).select_related("account")
    names = {hat.ref: hat.account.shown_as for hat in hats}
    return tuple(names.get(coder, "") for coder in coders)


def _rows(
    reading: Reading,
    round_: CodingRound,
    differing: Sequence[tuple[Difference, Coding | None, Coding | None]],
    text: str,
) -> tuple[DifferenceLine, ...]:
    decisions = MergeDecision.objects.filter(round=round_)
    chosen = {(d.first_id, d.second_id): d.choice for d in decisions}
    starts = [start for start, _ in transcripts.sentences(text)]
    lines = []
    for difference, one, other in differing:
        place = min(coding.start for coding in (one, other) if coding)
        pair = (one.pk if one else None, other.pk if other else None)
        lines.append(
            DifferenceLine(
                sentence=bisect_right(starts, place),
                difference=difference,
                first=_side(reading, one, text),
                second=_side(reading, other, text),
                choice=chosen.get(pair, ""),
            )
        )
    return tuple(lines)


def _side(reading: Reading, coding: Coding | None, text: str) -> SideLine | None:
    if coding is None:
        return None
    code = coding.code.merged_into or coding.code
    words = text[coding.start : coding.end]
    return SideLine(coding.ref, words, code.number, code.name, reading.text(coding, "memo"))
