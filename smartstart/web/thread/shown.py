"""A thread as templates take it: the drawing, and the same content as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from smartstart.thread.kinds import RANK, VOICES, Column, Kind
from smartstart.thread.names import COLUMNS, KINDS
from smartstart.thread.queries import KnotLine, ThreadView
from smartstart.web.thread import markup, words
from smartstart.web.thread.drawing import Drawing, Piece, draw

MEASURED = frozenset({Kind.INDICATOR, Kind.FINDING})


@dataclass(frozen=True, slots=True)
class Way:
    """A link from one knot to another."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Node:
    """One knot in the list: its kind in words, its box, and the ways down and up."""

    anchor: str
    kind: str
    box: str
    words: str
    small: str
    url: str = ""
    gap: str = ""
    lacks: tuple[str, ...] = ()
    below: tuple[Way, ...] = ()
    above: tuple[Way, ...] = ()

    @property
    def is_weak(self) -> bool:
        """Whether the line below it is dotted."""
        return self.box in {"weakened", "withdrawn"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole thread for a page."""

    drawing: Drawing
    nodes: tuple[Node, ...] = field(default=())

    @property
    def drawn(self) -> SafeString:
        """The drawing, for a wide page."""
        return markup.drawn(self.drawing)

    @property
    def listed(self) -> SafeString:
        """The same as a list."""
        return markup.listed(self.nodes)


Address = Callable[[KnotLine], str]


def shown(view: ThreadView, *, address: Address, way: Address | None = None) -> Shown:
    """Return a thread with where each knot leads from the drawing, and from the list."""
    way = way or address
    coming = not_measured(view)
    return Shown(_drawing(view, coming, address), (*_nodes(view, way), *_coming(coming, view, way)))


def anchor(knot: KnotLine) -> str:
    """Return the place of a knot on its page."""
    return f"knot-{knot.ref}"


def not_measured(view: ThreadView) -> list[KnotLine]:
    """Return the solutions of which nothing was measured yet: that is shown as well."""
    concepts = [knot for knot in view.knots if knot.kind is Kind.CONCEPT and not knot.is_withdrawn]
    return [
        knot for knot in concepts if not any(up.kind in MEASURED for up in view.above(knot.ref))
    ]


def _piece(knot: KnotLine, address: Address) -> Piece:
    return Piece(
        str(knot.ref),
        words.box_of(knot),
        words.below_its_column(knot),
        words.beside(knot),
        address(knot),
    )


def _drawing(view: ThreadView, coming: Sequence[KnotLine], address: Address) -> Drawing:
    columns = [
        (str(COLUMNS[column.column]), [_piece(knot, address) for knot in column.knots])
        for column in view.columns
    ]
    waits = [
        Piece(f"coming-{knot.ref}", "coming", _("Not measured yet"), knot.words.title)
        for knot in coming
    ]
    columns[-1] = (columns[-1][0], [*columns[-1][1], *waits])
    weak = {knot.ref for knot in view.knots if knot.is_weakened or knot.is_withdrawn}
    ties = [(str(low), str(up)) for low, up in view.ties]
    ties += [(str(knot.ref), f"coming-{knot.ref}") for knot in coming]
    dotted = {(str(low), str(up)): low in weak for low, up in view.ties}
    dotted |= {(str(knot.ref), f"coming-{knot.ref}"): knot.ref in weak for knot in coming}
    return draw(columns, ties, dotted)


def _nodes(view: ThreadView, way: Address) -> list[Node]:
    by_ref = {knot.ref: knot for knot in view.knots}
    below: dict[UUID, list[Way]] = {}
    above: dict[UUID, list[Way]] = {}
    for low, up in view.ties:
        below.setdefault(up, []).append(_way(by_ref[low], way))
        above.setdefault(low, []).append(_way(by_ref[up], way))
    return [
        Node(
            anchor=anchor(knot),
            kind=str(KINDS[knot.kind]),
            box=words.box_of(knot),
            words=words.said_by(knot),
            small=words.beside(knot),
            url=way(knot) if way(knot) != f"#{anchor(knot)}" else "",
            gap=knot.gap if knot.lacks else "",
            lacks=lacks_of(knot),
            below=tuple(below.get(knot.ref, ())),
            above=tuple(above.get(knot.ref, ())),
        )
        for knot in view.knots
    ]


def _way(knot: KnotLine, way: Address) -> Way:
    return Way(words.short(words.said_by(knot)), way(knot))


def _coming(coming: Sequence[KnotLine], view: ThreadView, way: Address) -> list[Node]:
    return [
        Node(
            anchor=f"coming-{knot.ref}",
            kind=str(COLUMNS[Column.TESTED]),
            box="coming",
            words=_("Not measured yet"),
            small=knot.words.title,
            below=(_way(knot, way),),
        )
        for knot in coming
    ]


def lacks_of(knot: KnotLine) -> tuple[str, ...]:
    """Return in words what a solution misses below it: the voice first, then the figure."""
    return tuple(words.lack_of(knot, lack) for lack in sorted(knot.lacks, reverse=True))


def quotes_below(view: ThreadView, ref: UUID) -> list[KnotLine]:
    """Return the voices below a knot that may be read."""
    return [k for k in view.voices_below(ref) if k.kind in VOICES and k.words.words]


def part_of(view: ThreadView, ref: UUID) -> ThreadView:
    """Return the thread of one knot: what it rests on, itself, and what rests on it."""
    met = {k.ref for k in (*view.below(ref), view.knot(ref), *view.above(ref))}
    return ThreadView(
        view.pilot_id,
        view.version,
        tuple(k for k in view.knots if k.ref in met),
        tuple((low, up) for low, up in view.ties if low in met and up in met),
    )


def can_be_below(kind: Kind, knot: KnotLine) -> bool:
    """Whether a thing of this kind may rest on this knot."""
    return RANK[knot.kind] < RANK[kind] and not knot.is_withdrawn
