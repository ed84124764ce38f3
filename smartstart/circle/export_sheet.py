"""An export on a sheet for people: about whom, then what was said, with who and when beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.circle.export import Export, Row
from smartstart.circle.paper import Piece, Sheet
from smartstart.circle.states import HowHeard, StepKind

LABELS: Final[dict[str, str | Promise]] = {
    "entry": gettext_lazy("Message"),
    "ownside": gettext_lazy("Our own side"),
    "question": gettext_lazy("Question"),
    "reply": gettext_lazy("An answer"),
    "questionstep": gettext_lazy("What happened"),
    "agreement": gettext_lazy("Agreement"),
    "action": gettext_lazy("Who does what"),
    "seat": gettext_lazy("In the circle"),
    "address": gettext_lazy("Address"),
    "said": gettext_lazy("What I said"),
    "attachment": gettext_lazy("File beside it"),
    "meeting": gettext_lazy("Meeting"),
    "heard": gettext_lazy("Was I heard?"),
    "beforehand": gettext_lazy("Said before the meeting"),
    "restriction": gettext_lazy("No organisation reads this now"),
    "strain": gettext_lazy("Costs me strength"),
}
# Texts that stand on a line of their own, in this order; all others are the words of the piece.
FACTS: Final[dict[str, str | Promise]] = {
    "author_called": gettext_lazy("By"),
    "by_called": gettext_lazy("By"),
    "asker_called": gettext_lazy("Asked by"),
    "to_called": gettext_lazy("To whom"),
    "holder_called": gettext_lazy("Who picks this up"),
    "responsible_called": gettext_lazy("Who does it"),
    "chair_called": gettext_lazy("Who leads it"),
    "place": gettext_lazy("Where"),
    "works_at": gettext_lazy("Works at"),
    "work": gettext_lazy("Work"),
    "phone": gettext_lazy("Phone"),
    "doing": gettext_lazy("Does now"),
    "seen_by": gettext_lazy("Who sees it"),
}
DAYS: Final[dict[str, str | Promise]] = {
    "due_on": gettext_lazy("Ready before"),
    "review_on": gettext_lazy("We look again on"),
    "last_day": gettext_lazy("Until and including"),
}
NAMED: Final = {"called", "title"}
CODES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "questionstep": dict(StepKind.choices),
    "heard": dict(HowHeard.choices),
}


def as_sheet(export: Export) -> Sheet:
    """Return an export as a sheet for people: about whom, then what was said, oldest first."""
    pieces: list[Piece] = []
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in export.rows:
        rows[row.part].append(row)
    for part, name in export.parts:
        about = list(_pieces(rows.pop(part.folder_id, [])))
        whole = _("%(child)s, in both homes") % {"child": name} if part.circle_id is None else name
        pieces += [Piece(_("About %(name)s") % {"name": whole}), *about] if about else []
    pieces += _pieces(row for left in rows.values() for row in left)
    day = date_format(localtime(export.at), "j F Y, G.i")
    below = _("Everything you could read on %(day)s.") % {"day": day}
    return Sheet(export.called or _("My circle"), pieces, below)


def _pieces(rows: Iterable[Row]) -> Iterator[Piece]:
    """Yield what was said, oldest first, and under each what belongs to it."""
    told = [row for row in rows if row.kind in LABELS and row.texts]
    told.sort(key=lambda row: (row.at is None, row.at.timestamp() if row.at else 0.0))
    there = {row.ref for row in told}
    under: dict[str, list[Row]] = defaultdict(list)
    for row in told:
        under[next((ref for ref in row.belongs.values() if ref in there), "")].append(row)
    waiting = under[""][::-1]
    while waiting:
        row = waiting.pop()
        yield _piece(row)
        waiting += under[row.ref][::-1]


def _piece(row: Row) -> Piece:
    texts = {name: words for name, words in row.texts.items() if name not in FACTS}
    title = _title(row)
    label = str(LABELS[row.kind])
    heading = f"{label}: {title}" if title else label
    said = [_said(row, words) for name, words in texts.items() if name not in NAMED]
    return Piece(heading, list(_facts(row)), "\n".join(said))


def _title(row: Row) -> str:
    """Return what stands behind its kind: its title, or what happened."""
    if row.kind == "questionstep":
        return _said(row, str(row.fields.get("kind") or ""))
    return row.texts.get("title", "") or row.texts.get("called", "")


def _said(row: Row, words: str) -> str:
    """Return words; of a choice what it means."""
    return str(CODES.get(row.kind, {}).get(words, words))


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    """Return who and when; what is said twice (the work is called as its place) once."""
    if row.at:
        yield str(_("When")), date_format(localtime(row.at), "j F Y, G.i")
    met: set[str] = set()
    for name, label in FACTS.items():
        words = row.texts.get(name, "")
        if words and words.casefold() not in met:
            yield str(label), words
        met |= {words.casefold()} if name in {"works_at", "work"} else set()
    for name, label in DAYS.items():
        if day := row.fields.get(name):
            yield str(label), date_format(date.fromisoformat(str(day)), "j F Y")
