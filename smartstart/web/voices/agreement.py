"""How far two coders agree, in words with the uncertainty, and the choices per difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.voices.queries_merging import DifferenceLine, MergingPage, SideLine
from smartstart.voices.states import Choice

IN_WORDS: Final[dict[str, str | Promise]] = {
    "good": gettext_lazy("You agree almost always:"),
    "moderate": gettext_lazy("You agree often:"),
    "low": gettext_lazy("You often see it differently:"),
}
LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class Told:
    """The agreement in words; without a figure ``figure`` is empty."""

    strong: str
    words: str
    figure: str


def told(found: MergingPage) -> Told | None:
    """Return the agreement in words with its interval; None with one coder."""
    measured = found.agreement
    if measured is None:
        return None
    if measured.alpha is None or measured.low is None or measured.high is None:
        words = _("You gave too little codes, or all the same. Agreement cannot be measured.")
        return Told("", words, "")
    figure, low, high = (_figure(one) for one in (measured.alpha, measured.low, measured.high))
    if measured.is_on_little:
        words = _(
            "0 is chance, 1 is always the same. Measured over text that somebody gave a code. "
            "The uncertainty: very large, because so few sentences have a code."
        )
    else:
        words = _(
            "0 is chance, 1 is always the same. Measured over text that somebody gave a code. "
            "The uncertainty: %(low)s to %(high)s."
        ) % {"low": low, "high": high}
    return Told(f"{IN_WORDS[measured.level.value]} {figure}.", words, figure)


def _figure(value: float) -> str:
    return number_format(round(value, 2), decimal_pos=2)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle a difference."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One difference with its choices; ``chosen`` is what was chosen, in words."""

    place: int
    line: DifferenceLine
    first: str
    second: str
    options: list[Option]
    chosen: str


def rows(found: MergingPage, coders: list[str]) -> list[Row]:
    """Return every difference, in the order of the text; ``coders`` is what they are called."""
    return [_row(place, line, coders) for place, line in enumerate(found.rows, 1)]


def _row(place: int, line: DifferenceLine, coders: list[str]) -> Row:
    options = _options(line, coders)
    chosen = next((one.words for one in options if one.value == line.choice), "")
    return Row(place, line, _short(line.first), _short(line.second), options, chosen)


def _options(line: DifferenceLine, coders: list[str]) -> list[Option]:
    first, second = line.first, line.second
    if first and second and first.code == second.code:
        return [
            Option(Choice.FIRST, _("The piece of %(name)s") % {"name": coders[0]}),
            Option(Choice.SECOND, _("The piece of %(name)s") % {"name": coders[-1]}),
        ]
    if first and second:
        return [
            Option(Choice.FIRST, _code(first)),
            Option(Choice.SECOND, _code(second)),
            Option(Choice.BOTH, _("Both")),
        ]
    only = first or second
    keep = Choice.FIRST if first else Choice.SECOND
    kept = [Option(keep, _code(only))] if only else []
    return [*kept, Option(Choice.NEITHER, _("No code"))]


def _code(side: SideLine) -> str:
    return _("Code %(number)s") % {"number": side.code}


def _short(side: SideLine | None) -> str:
    """Return the words of a piece; of a long one its beginning and its end."""
    words = side.words if side else ""
    if len(words) <= LONGEST:
        return words
    half = LONGEST // 2
    start, end = words[:half].rsplit(" ", 1)[0], words[-half:].split(" ", 1)[-1]
    return f"{start} … {end}"
