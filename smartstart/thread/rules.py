"""The arithmetic of the thread: which kind stands above which, and what a knot rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from smartstart.thread.kinds import COLUMN, RANK, VOICES, Column, Kind, Lack, State


@dataclass(frozen=True, slots=True)
class Bead:
    """A knot as the arithmetic sees it; ``source`` is what several knots of one voice share."""

    id: int
    kind: Kind
    state: State
    source: object = None


@dataclass(frozen=True, slots=True)
class Support:
    """What a knot rests on: voices that still stand, of how many, and figures likewise."""

    voices: int = 0
    of_voices: int = 0
    figures: int = 0
    of_figures: int = 0

    @property
    def lacks(self) -> frozenset[Lack]:
        """What is not there at all."""
        return frozenset(
            lack
            for lack, count in ((Lack.VOICE, self.voices), (Lack.FIGURE, self.figures))
            if not count
        )


def support(beads: Collection[Bead], ties: Iterable[tuple[int, int]]) -> Mapping[int, Support]:
    """What each knot rests on, through everything below it; a knot never counts itself.

    ``ties`` are (lower, upper). Two excerpts of one voice count as one voice, and as standing when
    one of them stands. Cost: knots x what lies below them.
    """
    known = {bead.id: bead for bead in beads}
    below = sources_below(known, ties)
    return {id_: _support([known[low] for low in lows]) for id_, lows in below.items()}


def sources_below(
    known: Mapping[int, Bead], ties: Iterable[tuple[int, int]]
) -> Mapping[int, frozenset[int]]:
    """The knots of the first column that lie below each knot, through any number of ties."""
    lowers: dict[int, list[int]] = {}
    for lower, upper in ties:
        if lower in known and upper in known:
            lowers.setdefault(upper, []).append(lower)
    found: dict[int, frozenset[int]] = {}
    for bead in sorted(known.values(), key=lambda bead: RANK[bead.kind]):
        under: set[int] = set()
        for low in lowers.get(bead.id, ()):
            under |= {low} if COLUMN[known[low].kind] is Column.SOURCES else found[low]
        found[bead.id] = frozenset(under)
    return found


def _support(below: Iterable[Bead]) -> Support:
    standing: dict[bool, set[object]] = {True: set(), False: set()}
    every: dict[bool, set[object]] = {True: set(), False: set()}
    for bead in below:
        is_voice = bead.kind in VOICES
        source = bead.source if bead.source is not None else bead.id
        every[is_voice].add(source)
        if bead.state is not State.WITHDRAWN:
            standing[is_voice].add(source)
    return Support(
        voices=len(standing[True]),
        of_voices=len(every[True]),
        figures=len(standing[False]),
        of_figures=len(every[False]),
    )
