"""What the page of one knot shows to the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from smartstart.design.notes_in_thread import Spot, spots_of
from smartstart.thread import queries
from smartstart.thread.kinds import VOICES, Kind, Lack
from smartstart.thread.names import KINDS
from smartstart.thread.queries import KnotLine
from smartstart.voices.queries import rather_not_shown
from smartstart.web.design_boards.leafing import note_address
from smartstart.web.thread import pages, public, words
from smartstart.web.thread import shown as show
from smartstart.web.thread.forms import FORMS, GapForm, TieForm
from smartstart.web.visit import VisitorRequest


@dataclass(frozen=True, slots=True)
class Tied:
    """A knot that is tied to the one shown."""

    ref: str
    kind: str
    words: str
    small: str
    url: str
    box: str


@dataclass(frozen=True, slots=True)
class Hung:
    """Where on a board a note of the thread hangs, and the way there."""

    url: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that a solution misses, the reason when there is one, and the form that asks it."""

    lack: str
    words: str
    is_explained: bool
    url: str
    form: GapForm


def knot_page(
    request: VisitorRequest, where: pages.Place, knot: KnotLine, gap_form: GapForm | None = None
) -> dict[str, Any]:
    """Return one knot with its ways, what it lacks, and what can be done with it."""
    view = where.view
    lower = [view.knot(low) for low, up in view.ties if up == knot.ref]
    upper = [view.knot(up) for low, up in view.ties if low == knot.ref]
    tied = {k.ref for k in lower}
    others = [
        choice for choice in where.below(knot.kind) if choice[0] not in {str(ref) for ref in tied}
    ]
    is_thing = knot.kind in FORMS
    return {
        "knot": knot,
        "kind": KINDS[knot.kind],
        "said": words.said_by(knot),
        "small": words.beside(knot),
        "form_pairs": public.solution(view, knot, where.pilot).form if is_thing else (),
        "is_solution": knot.kind is Kind.CONCEPT,
        "audience": pages.AUDIENCES[knot.audience],
        "crumbs": pages.crumbs(where),
        "spots": _spots(request, [knot, *lower]),
        "lower": [_tied(where, k) for k in lower],
        "upper": [_tied(where, k) for k in upper],
        "rather_not": rather_not_shown(request.actor, where.pilot.pk, on=request.today),
        "quotes": show.quotes_below(view, knot.ref) if knot.kind not in VOICES else [],
        "lacking": _lacking(request, where, knot, gap_form),
        "tie_form": TieForm(below=others) if others and is_thing else None,
        "can_change": where.writes and is_thing,
        "taken_up": words.taken_up(knot) if where.writes else (),
        "can_stand": where.writes and knot.is_weakened,
        "next": [where.new(kind, knot) for kind in pages.NEXT.get(knot.kind, ())]
        if where.writes and not knot.is_withdrawn
        else [],
    }


def _spots(request: VisitorRequest, knots: Sequence[KnotLine]) -> list[Hung]:
    """Return where on a board the notes among these knots hang."""
    notes = [knot.ref for knot in knots if knot.kind is Kind.NOTE and not knot.is_withdrawn]
    found = spots_of(request.actor, notes, on=request.today) if notes else []
    return [Hung(note_address(spot.board, spot.note), spot) for spot in found]


def _tied(where: pages.Place, knot: KnotLine) -> Tied:
    return Tied(
        str(knot.ref),
        str(KINDS[knot.kind]),
        words.said_by(knot),
        words.beside(knot),
        where.address(knot),
        words.box_of(knot),
    )


def _lacking(
    request: VisitorRequest, where: pages.Place, knot: KnotLine, asked: GapForm | None
) -> list[Lacking]:
    if not knot.lacks:
        return []
    gaps = queries.gaps_in(request.actor, where.pilot.pk, on=request.today)
    said = next((gap.reasons for gap in gaps if gap.knot.ref == knot.ref), {})
    return [
        Lacking(
            lack.value,
            words.lack_of(knot, lack),
            lack in said,
            reverse("thread:gap", args=[where.pilot.slug, knot.ref, lack.value]),
            asked
            if asked is not None and asked.prefix == lack.value
            else GapForm(prefix=lack.value, initial={"words": said.get(lack, "")}),
        )
        for lack in sorted(knot.lacks, key=lambda lack: list(Lack).index(lack))
    ]
