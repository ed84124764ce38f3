"""Tables for a spreadsheet (.csv) that cannot run anything when opened.

UTF-8 with a mark, semicolons and CR LF: a Dutch Excel opens it by double click with every letter
right; R and pandas read it with ``sep=";"`` and ``encoding="utf-8-sig"``. Every cell of words is
quoted, so that another separator cannot split one.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from smartstart.voices.exchange.project import ExportProject, in_order

Cell = str | int | float | None

_MARK = "\ufeff"
# What a spreadsheet takes for a formula, plain or full-width; tab and line ends lead into one.
_STARTS_FORMULA = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b|%"
_UNSEEN = (
    "\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_RISKY = re.compile(f"[{_UNSEEN}'\"]*[{_STARTS_FORMULA}]")
_NULS = re.compile("\x00")


def defused(words: str) -> str:
    """The words so that a spreadsheet shows and never runs them: an apostrophe goes in front.

    Looks past blanks, quotes and invisible characters in front, which some programs drop.
    """
    plain = _NULS.sub("", words)
    return f"'{plain}" if _RISKY.match(plain) else plain


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A .csv file with these columns. Numbers stay numbers; None is an empty cell."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([defused(column) for column in columns])
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return (_MARK + target.getvalue()).encode("utf-8", "replace")


def write_fragments(project: ExportProject, columns: Sequence[str]) -> bytes:
    """Each coding one row: interview, from, until, words, code, description, coder.

    ``columns`` are the seven headings in the reader's language, in that order.
    """
    ordered = in_order(project)
    codes = {code.guid: code for code in ordered.codes}
    coders = {user.guid: user.name for user in ordered.users}
    return write_table(
        columns,
        (
            (
                source.name,
                selection.start,
                selection.end,
                source.text[selection.start : selection.end],
                codes[coding.code].name,
                codes[coding.code].description,
                coders.get(coding.coder, "") if coding.coder else "",
            )
            for source in ordered.sources
            for selection in source.selections
            for coding in selection.codings
        ),
    )


def _cell(cell: Cell) -> Cell:
    return defused(cell) if isinstance(cell, str) else "" if cell is None else cell
