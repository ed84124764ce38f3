"""What pages ask about the thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.reading import Reading
from smartstart.access.written import written
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.thread import rules
from smartstart.thread.kinds import COLUMN, NEEDS_BOTH, RANK, Column, Kind, Lack, State
from smartstart.thread.models import (
    THINGS,
    GapReason,
    Knot,
    KnotQuerySet,
    Thing,
    Thread,
    Tie,
    Translated,
)
from smartstart.thread.operations import by_kind
from smartstart.thread.rules import Support
from smartstart.thread.words import Words, inside


@dataclass(frozen=True, slots=True)
class KnotLine:
    """One knot as a page shows it.

    Withdrawn: a tombstone, without words. ``lacks`` is what a concept misses below it and ``gap``
    the reasons given for that. ``support`` counts what it rests on ("2 van 3 stemmen").
    """

    id: int
    ref: UUID
    kind: Kind
    state: State
    audience: str
    changed_at: datetime
    words: Words
    support: Support
    lacks: frozenset[Lack]
    gap: str

    @property
    def is_withdrawn(self) -> bool:
        """Whether only a tombstone is left."""
        return self.state is State.WITHDRAWN

    @property
    def is_weakened(self) -> bool:
        """Whether something it rested on was withdrawn."""
        return self.state is State.WEAKENED

    @property
    def column(self) -> Column:
        """Where it is drawn."""
        return COLUMN[self.kind]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of the drawing, top to bottom."""

    column: Column
    knots: tuple[KnotLine, ...]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as a page shows it: knots by rank and making, ties as (lower, upper)."""

    pilot_id: int
    version: int
    knots: tuple[KnotLine, ...]
    ties: tuple[tuple[UUID, UUID], ...]

    @property
    def columns(self) -> tuple[ColumnView, ...]:
        """All five columns, also the empty ones."""
        return tuple(
            ColumnView(column, tuple(knot for knot in self.knots if knot.column is column))
            for column in Column
        )

    @property
    def weakened(self) -> tuple[KnotLine, ...]:
        """What rested on something that was withdrawn."""
        return tuple(knot for knot in self.knots if knot.is_weakened)

    @property
    def withdrawn(self) -> tuple[KnotLine, ...]:
        """The tombstones."""
        return tuple(knot for knot in self.knots if knot.is_withdrawn)

    @property
    def gaps(self) -> tuple[KnotLine, ...]:
        """Concepts that miss a voice or a figure, explained or not."""
        return tuple(knot for knot in self.knots if knot.lacks)

    def knot(self, ref: UUID) -> KnotLine:
        """Return one knot. Raises NotFound."""
        found = next((knot for knot in self.knots if knot.ref == ref), None)
        if found is None:
            raise NotFound
        return found

    def below(self, ref: UUID) -> tuple[KnotLine, ...]:
        """Everything this knot rests on, voices and figures first: one step from any solution."""
        return self._met(ref, [(upper, lower) for lower, upper in self.ties])

    def above(self, ref: UUID) -> tuple[KnotLine, ...]:
        """Everything that rests on this knot."""
        return self._met(ref, self.ties)

    def voices_below(self, ref: UUID) -> tuple[KnotLine, ...]:
        """The voices and figures that this knot rests on in the end."""
        return tuple(knot for knot in self.below(ref) if knot.column is Column.SOURCES)

    def _met(self, ref: UUID, steps: Sequence[tuple[UUID, UUID]]) -> tuple[KnotLine, ...]:
        ways: dict[UUID, list[UUID]] = {}
        for start, end in steps:
            ways.setdefault(start, []).append(end)
        met, waiting = set[UUID](), [self.knot(ref).ref]
        while waiting:
            new = [end for end in ways.get(waiting.pop(), ()) if end not in met]
            met.update(new)
            waiting += new
        return tuple(knot for knot in self.knots if knot.ref in met)


def thread_of(reading: Reading, pilot_id: int) -> ThreadView:
    """Return the thread of a pilot to who works or thinks along in it, as far as they may read.

    Raises NotFound. Costs five queries and one for each kind that has words, however many knots.
    """
    on = day_of(reading.at)
    pilot = Pilot.objects.worked_on_by(reading.actor, on=on).select_related("folder").one(pilot_id)
    reading.relies_on(pilot.folder)
    knots = list(_in_order(Knot.objects.visible_to(reading.actor, on=on).filter(pilot=pilot)))
    said = inside(by_kind(knots), reading)
    gaps: dict[int, str] = {}
    for reason in GapReason.objects.filter(knot__pilot=pilot).order_by("lacks"):
        gaps[reason.knot_id] = f"{gaps.get(reason.knot_id, '')}\n{reason.words}".strip()
    return _view(pilot.pk, version_of(pilot.pk), knots, said, gaps)


def public_thread(pilot_id: int, *, on: date, version: int | None = None) -> ThreadView:
    """Return the public part of a thread, with the words as they were published.

    Empty when nothing is public. Three queries; two for who asked ``version_of`` already.
    """
    version = version_of(pilot_id) if version is None else version
    knots: list[Knot] = written(_public, VISITOR, pilot=pilot_id, on=on)
    rows = [knot.published for knot in knots if hasattr(knot, "published")]
    published = {row.knot_id: row for row in rows if row.until is None or row.until >= on}
    said = {
        id_: Words(row.title, row.words, row.by, form=row.form) for id_, row in published.items()
    }
    gaps = {id_: row.gap for id_, row in published.items()}
    return _view(pilot_id, version, knots, said, gaps)


def _public(actor: Actor, *, pilot: int, on: date) -> KnotQuerySet:
    visible = Knot.objects.visible_to(actor, on=on).filter(pilot_id=pilot)
    return _in_order(visible.select_related("published"))


def version_of(pilot_id: int) -> int:
    """Return the version of a pilot's thread, 0 when it has none yet: part of public ETags.

    Words may also end by the day, so an ETag holds the day as well.
    """
    found = Thread.objects.filter(pilot_id=pilot_id).values_list("version", flat=True).first()
    return found or 0


def weakened_in(actor: Actor, pilot_id: int, *, on: date) -> list[tuple[Knot, str]]:
    """Return weakened knots of a pilot with titles, oldest change first. Up to eight queries."""
    visible = Knot.objects.visible_to(actor, on=on).filter(pilot_id=pilot_id)
    knots = list(visible.filter(state=State.WEAKENED.value).order_by("changed_at", "id"))
    titles = _titles(knots)
    return [(knot, titles.get(knot.pk, "")) for knot in knots]


@dataclass(frozen=True, slots=True)
class Gap:
    """A concept that misses something below it, and the reasons that are written down."""

    knot: Knot
    title: str
    lacks: frozenset[Lack]
    reasons: Mapping[Lack, str]

    @property
    def explained(self) -> frozenset[Lack]:
        """What it misses with a reason."""
        return frozenset(self.reasons)

    @property
    def is_open(self) -> bool:
        """Whether a reason still has to be written."""
        return bool(self.lacks - self.explained)


def gaps_in(actor: Actor, pilot_id: int, *, on: date) -> list[Gap]:
    """Return the concepts of a pilot that lack a voice or a figure, in the order of making."""
    knots = list(_in_order(Knot.objects.visible_to(actor, on=on).filter(pilot_id=pilot_id)))
    lines = rules.support(_beads(knots), _ties(knots))
    lacking = [k for k in knots if Kind(k.kind) in NEEDS_BOTH and lines[k.pk].lacks]
    reasons: dict[int, dict[Lack, str]] = {}
    for reason in GapReason.objects.filter(knot__in=lacking):
        reasons.setdefault(reason.knot_id, {})[Lack(reason.lacks)] = reason.words
    titles = _titles(lacking)
    return [Gap(k, titles.get(k.pk, ""), lines[k.pk].lacks, reasons.get(k.pk, {})) for k in lacking]


def has_solution(actor: Actor, pilot_id: int, *, on: date) -> bool:
    """Say whether a pilot has a concept, visible to this actor. One query."""
    solutions = Knot.objects.visible_to(actor, on=on).filter(kind__in=list(NEEDS_BOTH))
    return solutions.filter(pilot_id=pilot_id).exists()


def thing(actor: Actor, ref: UUID, *, on: date) -> Thing:
    """Return a thing of this room by the reference of its knot. Raises NotFound."""
    knot = Knot.objects.visible_to(actor, on=on).filter(ref=ref).first()
    if knot is None or Kind(knot.kind) not in THINGS:
        raise NotFound
    rows = THINGS[Kind(knot.kind)]._default_manager.select_related("knot__pilot__folder")
    return rows.get(knot=knot)


@dataclass(frozen=True, slots=True)
class Fed:
    """Something that a story led to, for who told it: no other voice, only the team's own words."""

    kind: Kind
    state: State
    title: str
    words: str
    others: int
    language: str = "nl"


def fed_by(
    actor: Actor, *, on: date, source: UUID | None = None, language: str = "nl"
) -> list[Fed]:
    """Return what rests on a story, lowest first: on the actor's own, or on ``source`` for a team.

    ``others``: how many other voices it also rests on. ``language``: where somebody translated it,
    those words are given, else the Dutch ones. Six to fourteen queries.
    """
    story = source or actor.within
    if story is None:
        return []
    visible = Knot.objects.visible_to(actor, on=on).fed_by(story)
    mine = visible.filter(rank__gt=RANK[Kind.EXCERPT])
    knots = [k for k in _in_order(mine) if k.state != State.WITHDRAWN]
    every = list(Knot.objects.filter(pilot__in={knot.pilot_id for knot in knots}))
    lines = rules.support(_beads(every), _ties(every))
    said = _said_in(knots, language)
    return [
        replace(said[k.pk], state=State(k.state), others=max(0, lines[k.pk].voices - 1))
        for k in knots
        if k.pk in said
    ]


# Parts ----------------------------------------------------------------------------------------


def _in_order(knots: KnotQuerySet) -> KnotQuerySet:
    return knots.order_by("rank", "made_at", "id")


def _beads(knots: Iterable[Knot]) -> list[rules.Bead]:
    return [rules.Bead(k.pk, Kind(k.kind), State(k.state), k.source) for k in knots]


def _ties(knots: Sequence[Knot]) -> list[tuple[int, int]]:
    pilots = sorted({knot.pilot_id for knot in knots})
    return written(_ties_within, pilots=pilots) if pilots else []


def _ties_within(*, pilots: Sequence[int]) -> QuerySet[Tie, Any]:
    rows = Tie.objects.filter(upper__pilot__in=pilots).order_by("id")
    return rows.values_list("lower_id", "upper_id")


def _words_of(kind: Kind, knots: Sequence[int]) -> dict[int, tuple[str, str]]:
    if kind not in THINGS:
        return {}
    rows = THINGS[kind]._default_manager.filter(knot_id__in=knots)
    return {
        knot: (title, words) for knot, title, words in rows.values_list("knot_id", "title", "words")
    }


def _said_in(knots: Sequence[Knot], language: str) -> dict[int, Fed]:
    """Return what things say, translated where somebody did and the Dutch is still the same."""
    found: dict[int, Fed] = {}
    for kind, ids in by_kind(knots).items():
        for id_, (title, words) in _words_of(kind, ids).items():
            found[id_] = Fed(kind, State.STANDING, title, words, others=0)
    for row in Translated.objects.filter(knot__in=knots, language=language):
        dutch = found.get(row.knot_id)
        if dutch is not None and dutch.title == row.of:
            said = replace(dutch, title=row.title, words=row.words, language=language)
            found[row.knot_id] = said
    return found


def _titles(knots: Sequence[Knot]) -> dict[int, str]:
    return {
        id_: title
        for kind, ids in by_kind(knots).items()
        for id_, (title, _) in _words_of(kind, ids).items()
    }


def _view(
    pilot_id: int,
    version: int,
    knots: Sequence[Knot],
    said: Mapping[int, Words],
    gaps: Mapping[int, str],
) -> ThreadView:
    ties = _ties(knots)
    lines = rules.support(_beads(knots), ties)
    refs = {knot.pk: knot.ref for knot in knots}
    return ThreadView(
        pilot_id,
        version,
        tuple(_line(knot, said, lines[knot.pk], gaps) for knot in knots),
        tuple((refs[low], refs[up]) for low, up in ties if low in refs and up in refs),
    )


def _line(
    knot: Knot, said: Mapping[int, Words], support: Support, gaps: Mapping[int, str]
) -> KnotLine:
    kind, state = Kind(knot.kind), State(knot.state)
    return KnotLine(
        id=knot.pk,
        ref=knot.ref,
        kind=kind,
        state=state,
        audience=knot.audience,
        changed_at=knot.changed_at,
        words=said.get(knot.pk, Words("")) if state is not State.WITHDRAWN else Words(""),
        support=support,
        lacks=support.lacks if kind in NEEDS_BOTH else frozenset(),
        gap=gaps.get(knot.pk, ""),
    )
